import * as React from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Information, WarningCircle } from '@strapi/icons';

type Tone = 'neutral' | 'success' | 'warning' | 'danger';

const LOOK = {
  neutral: {
    background: 'neutral100',
    border: 'neutral200',
    fill: 'neutral600',
    Icon: Information,
  },
  success: {
    background: 'success100',
    border: 'success200',
    fill: 'success600',
    Icon: CheckCircle,
  },
  warning: {
    background: 'warning100',
    border: 'warning200',
    fill: 'warning600',
    Icon: WarningCircle,
  },
  danger: { background: 'danger100', border: 'danger200', fill: 'danger600', Icon: WarningCircle },
} as const;

interface NoticeProps {
  tone: Tone;
  title?: string;
  children: React.ReactNode;
}

/** A remark that stays in its place, unlike a notification. Dangers are announced to screen readers. */
export const Notice = ({ tone, title, children }: NoticeProps) => {
  const { background, border, fill, Icon } = LOOK[tone];
  return (
    <Flex
      role={tone === 'danger' ? 'alert' : undefined}
      alignItems="flex-start"
      gap={3}
      padding={3}
      width="100%"
      background={background}
      borderColor={border}
      hasRadius
    >
      <Box paddingTop={1}>
        <Icon aria-hidden fill={fill} width="16px" height="16px" />
      </Box>
      <Flex direction="column" alignItems="stretch" gap={1} flex="1" minWidth={0}>
        {title && <Typography fontWeight="bold">{title}</Typography>}
        <Typography tag="div" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {children}
        </Typography>
      </Flex>
    </Flex>
  );
};
