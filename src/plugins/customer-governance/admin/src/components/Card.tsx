import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

interface CardProps {
  /** Before the title: a box to tick. */
  leading?: React.ReactNode;
  title: string;
  badges?: React.ReactNode;
  /** Beside the title: when, until when. */
  aside?: React.ReactNode;
  actions?: React.ReactNode;
  children: React.ReactNode;
}

/** One request, order or grant in a list; an article that is named by its title. */
export const Card = ({ leading, title, badges, aside, actions, children }: CardProps) => {
  const id = React.useId();
  return (
    <Flex
      tag="article"
      aria-labelledby={id}
      direction="column"
      alignItems="stretch"
      gap={4}
      padding={6}
      background="neutral0"
      shadow="tableShadow"
      hasRadius
    >
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Flex gap={3} wrap="wrap">
          {leading}
          <Typography tag="h2" id={id} variant="delta">
            {title}
          </Typography>
          {badges}
        </Flex>
        {aside && (
          <Typography variant="pi" textColor="neutral600">
            {aside}
          </Typography>
        )}
      </Flex>
      {children}
      {actions && (
        <Flex gap={2} justifyContent="flex-end" wrap="wrap">
          {actions}
        </Flex>
      )}
    </Flex>
  );
};
