import * as React from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

export type TimelineTone = 'neutral' | 'primary' | 'success' | 'danger' | 'warning';

export interface TimelineEntry {
  id: string | number;
  Icon: React.ComponentType<React.SVGProps<SVGSVGElement>>;
  tone: TimelineTone;
  title: string;
  badges?: React.ReactNode;
  /** When it was; at the side. */
  at?: React.ReactNode;
  /** Still to come: its line is dashed. */
  ahead?: boolean;
  children?: React.ReactNode;
}

const Item = styled.li`
  display: grid;
  grid-template-columns: 2.8rem minmax(0, 1fr);
  column-gap: ${({ theme }) => theme.spaces[3]};
  position: relative;
  padding-bottom: ${({ theme }) => theme.spaces[5]};

  &:last-child {
    padding-bottom: 0;
  }

  &:not(:last-child)::before {
    content: '';
    position: absolute;
    top: 2.8rem;
    bottom: 0;
    left: 1.3rem;
    border-left: 2px solid ${({ theme }) => theme.colors.neutral200};
  }

  &[data-ahead]:not(:last-child)::before {
    border-left-style: dashed;
  }
`;

const Mark = ({ Icon, tone }: Pick<TimelineEntry, 'Icon' | 'tone'>) => (
  <Flex
    aria-hidden
    justifyContent="center"
    width="2.8rem"
    height="2.8rem"
    borderRadius="50%"
    background={tone === 'neutral' ? 'neutral150' : `${tone}100`}
  >
    <Icon fill={tone === 'neutral' ? 'neutral600' : `${tone}600`} width="14px" height="14px" />
  </Flex>
);

/** What happened, happens and is still to come, one below the other. */
export const Timeline = ({ label, entries }: { label: string; entries: TimelineEntry[] }) => (
  <Box tag="ol" aria-label={label} width="100%">
    {entries.map(({ id, Icon, tone, title, badges, at, ahead, children }) => (
      <Item key={id} data-ahead={ahead || undefined}>
        <Mark Icon={Icon} tone={tone} />
        <Flex direction="column" alignItems="stretch" gap={1} minWidth={0} paddingTop={1}>
          <Flex justifyContent="space-between" gap={2} wrap="wrap">
            <Flex gap={2} wrap="wrap">
              <Typography fontWeight="semiBold">{title}</Typography>
              {badges}
            </Flex>
            {at && (
              <Typography variant="pi" textColor="neutral600">
                {at}
              </Typography>
            )}
          </Flex>
          {children}
        </Flex>
      </Item>
    ))}
  </Box>
);
