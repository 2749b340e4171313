import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

interface PanelProps {
  title: string;
  children: React.ReactNode;
}

/** A titled white area of the overview. */
export const Panel = ({ title, children }: PanelProps) => {
  const id = React.useId();
  return (
    <Flex
      tag="section"
      aria-labelledby={id}
      direction="column"
      alignItems="stretch"
      justifyContent="flex-start"
      gap={4}
      padding={6}
      height="100%"
      width="100%"
      background="neutral0"
      shadow="tableShadow"
      hasRadius
    >
      <Typography tag="h2" id={id} variant="delta">
        {title}
      </Typography>
      {children}
    </Flex>
  );
};
