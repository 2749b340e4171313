import * as React from 'react';

import { Flex } from '@strapi/design-system';

import type { Pages } from '../hooks/usePages';
import { LoadMore } from './LoadMore';
import { ResourceView } from './ResourceView';

interface CardListProps<Item> {
  label: string;
  pages: Pages<Item>;
  empty: string;
  idOf: (item: Item) => string | number;
  children: (item: Item) => React.ReactNode;
}

/** A list of cards with its waiting, failed and empty states and its further pages. */
export const CardList = <Item,>({ label, pages, empty, idOf, children }: CardListProps<Item>) => (
  <ResourceView resource={pages} empty={{ when: (items) => items.length === 0, text: empty }}>
    {(items) => (
      <>
        <Flex tag="ul" aria-label={label} direction="column" alignItems="stretch" gap={4}>
          {items.map((item) => (
            <li key={idOf(item)}>{children(item)}</li>
          ))}
        </Flex>
        <LoadMore pages={pages} />
      </>
    )}
  </ResourceView>
);
