import * as React from 'react';

import { Box } from '@strapi/design-system';
import { Shield } from '@strapi/icons';
import { styled } from 'styled-components';

import { useFreshCounts, useNotificationCounts } from '../hooks/useNotificationCounts';

const MANY = 99;

const Frame = styled(Box)`
  position: relative;
  line-height: 0;
`;

const Mark = styled.span`
  position: absolute;
  top: -0.9rem;
  left: 1rem;
  min-width: 1.6rem;
  padding: 0 0.4rem;
  border-radius: 0.8rem;
  font-size: 1rem;
  font-weight: 600;
  line-height: 1.6rem;
  text-align: center;
  color: ${({ theme }) => theme.colors.neutral0};
  background: ${({ theme }) => theme.colors.primary600};
`;

/**
 * The icon of the menu link, with the number of steps that wait for the user. Strapi's menu shows numbers on its own links
 * only; an icon is a component and can bring its own.
 */
export const MenuIcon = (props: React.ComponentProps<typeof Shield>) => {
  useFreshCounts();
  const { waiting } = useNotificationCounts();
  return (
    <Frame>
      <Shield {...props} />
      {waiting > 0 && <Mark data-badge="waiting">{waiting > MANY ? `${MANY}+` : waiting}</Mark>}
    </Frame>
  );
};
