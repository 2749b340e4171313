import * as React from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';

interface SheetProps {
  /** By which it is printed alone. */
  id: string;
  heading: string;
  maxWidth: string;
  children: React.ReactNode;
}

/** A document as a sheet of paper, under its heading. */
export const Sheet = ({ id, heading, maxWidth, children }: SheetProps) => (
  <Box
    id={id}
    tag="article"
    aria-labelledby={`${id}-title`}
    background="neutral0"
    shadow="tableShadow"
    hasRadius
    padding={10}
    maxWidth={maxWidth}
    // Several lists of facts on one sheet stand under one another.
    style={{ '--fact-name': '18rem' } as React.CSSProperties}
  >
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Typography tag="h2" id={`${id}-title`} variant="beta">
        {heading}
      </Typography>
      {children}
    </Flex>
  </Box>
);
