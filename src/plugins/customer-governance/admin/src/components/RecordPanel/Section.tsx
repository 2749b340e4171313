import * as React from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';

interface SectionProps {
  title: string;
  children: React.ReactNode;
}

/** A titled part of the side panel. */
export const Section = ({ title, children }: SectionProps) => {
  const id = React.useId();
  return (
    <Box tag="section" aria-labelledby={id} width="100%">
      <Flex direction="column" alignItems="stretch" gap={2}>
        <Typography tag="h3" id={id} variant="pi" fontWeight="bold" textColor="neutral600">
          {title}
        </Typography>
        {children}
      </Flex>
    </Box>
  );
};

/** Said in a section that has nothing. */
export const None = ({ children }: { children: string }) => (
  <Typography variant="pi" textColor="neutral600">
    {children}
  </Typography>
);
