import { apiPath } from '../../api/paths';

/** What narrows the inbox. Switches are `true` or left out. */
export const FILTERS = ['kind', 'sensitivity', 'requester', 'overdue', 'inPlace'] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Record<FilterName, string>;

export const NO_FILTERS: Filters = {
  kind: '',
  sensitivity: '',
  requester: '',
  overdue: '',
  inPlace: '',
};

/** Reads the filters from the page's address, so that a filtered inbox can be linked to. */
export const filtersFrom = (search: URLSearchParams): Filters => {
  const filters = { ...NO_FILTERS };
  FILTERS.forEach((name) => {
    filters[name] = search.get(name) ?? '';
  });
  return filters;
};

/** The page's address with these filters instead of those it has; all else in it stays. */
export const withFilters = (search: URLSearchParams, filters: Filters): URLSearchParams => {
  const next = new URLSearchParams(search);
  FILTERS.forEach((name) => {
    const value = filters[name].trim();
    if (value === '') next.delete(name);
    else next.set(name, value);
  });
  return next;
};

/** Whether anything is filtered at all: an empty list then means something else. */
export const isFiltered = (filters: Filters): boolean =>
  FILTERS.some((name) => filters[name].trim() !== '');

/** The path that asks for the steps. */
export const inboxPath = (state: 'pending' | 'decided', filters: Filters): string =>
  apiPath('/approvals', { state, ...filters, requester: filters.requester.trim() });
