import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

import { StateBadge } from '../Badges';
import { None, Section } from './Section';

interface SideListProps<Item> {
  title: string;
  empty: string;
  items: Item[];
  idOf: (item: Item) => string;
  headOf: (item: Item) => { name: string; state: string };
  /** What more there is to say of one. */
  children: (item: Item) => React.ReactNode;
}

/** A section of the side panel: what the record has of something, each with its state. */
export const SideList = <Item,>({
  title,
  empty,
  items,
  idOf,
  headOf,
  children,
}: SideListProps<Item>) => (
  <Section title={title}>
    {items.length === 0 ? (
      <None>{empty}</None>
    ) : (
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {items.map((item) => {
          const { name, state } = headOf(item);
          return (
            <Flex tag="li" key={idOf(item)} direction="column" alignItems="flex-start" gap={1}>
              <Flex gap={2} wrap="wrap">
                <Typography>{name}</Typography>
                <StateBadge state={state} />
              </Flex>
              {children(item)}
            </Flex>
          );
        })}
      </Flex>
    )}
  </Section>
);
