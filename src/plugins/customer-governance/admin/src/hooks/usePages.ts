import * as React from 'react';

import { useFetchClient } from '@strapi/strapi/admin';

import type { Page } from '../api/types';
import { isAbort, readFailure, type Failure } from '../utils/errors';
import { useResource, type Resource } from './useResource';

export interface Pages<Item> extends Resource<Item[]> {
  total: number | undefined;
  hasMore: boolean;
  loadMore: () => void;
  loadingMore: boolean;
  moreFailure: Failure | undefined;
}

interface Tail<Item> {
  /** The first page that these items follow; another first page makes them stale. */
  head: Page<Item> | undefined;
  items: Item[];
  nextCursor: string | null;
  loading: boolean;
  failure: Failure | undefined;
}

// One and the same array, so that a list without further pages stays equal to itself.
const NO_ITEMS: never[] = [];

const emptyTail = <Item>(head: Page<Item> | undefined): Tail<Item> => ({
  head,
  items: NO_ITEMS,
  nextCursor: head?.nextCursor ?? null,
  loading: false,
  failure: undefined,
});

const withCursor = (path: string, cursor: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;

/** A list with keyset paging: the first page, and the following ones on request. */
export const usePages = <Item>(path: string | null): Pages<Item> => {
  const { get } = useFetchClient();
  const first = useResource<Page<Item>>(path);
  const head = first.data;
  const [stored, setTail] = React.useState<Tail<Item>>(() => emptyTail(head));
  const tail = stored.head === head ? stored : emptyTail(head);
  const controller = React.useRef<AbortController | null>(null);

  // A reload or another filter makes a page that is still under way worthless.
  React.useEffect(() => () => controller.current?.abort(), [head]);

  const loadMore = async (): Promise<void> => {
    if (path === null || tail.nextCursor === null || tail.loading) return;
    const own = new AbortController();
    controller.current = own;
    setTail({ ...tail, loading: true, failure: undefined });
    try {
      const { data } = await get<Page<Item>>(withCursor(path, tail.nextCursor), {
        signal: own.signal,
      });
      if (own.signal.aborted) return;
      setTail({
        ...emptyTail(head),
        items: [...tail.items, ...data.items],
        nextCursor: data.nextCursor,
      });
    } catch (error) {
      if (own.signal.aborted || isAbort(error)) return;
      setTail({ ...tail, loading: false, failure: readFailure(error) });
    }
  };

  const items = React.useMemo(
    () => (head ? [...head.items, ...tail.items] : undefined),
    [head, tail.items]
  );

  return {
    ...first,
    data: items,
    total: head?.total,
    hasMore: tail.nextCursor !== null,
    loadMore: () => void loadMore(),
    loadingMore: tail.loading,
    moreFailure: tail.failure,
  };
};
