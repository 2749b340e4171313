import * as React from 'react';

import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

const List = styled(Box)`
  display: grid;
  grid-template-columns: minmax(var(--fact-name, 10rem), max-content) 1fr;
  gap: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[4]}`};
  align-items: baseline;
  width: 100%;

  dd {
    margin: 0;
    min-width: 0;
    overflow-wrap: anywhere;
  }
`;

export interface Fact {
  name: string;
  value: React.ReactNode;
}

/** Names and values, as a description list; a fact without a value shows a dash. */
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <List tag="dl">
    {facts.map(({ name, value }) => (
      <React.Fragment key={name}>
        <Typography tag="dt" variant="pi" textColor="neutral600">
          {name}
        </Typography>
        <Typography tag="dd">{value ?? '—'}</Typography>
      </React.Fragment>
    ))}
  </List>
);
