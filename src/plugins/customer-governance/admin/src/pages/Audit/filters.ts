import { apiPath } from '../../api/paths';

export const FILTERS = ['actor', 'action', 'recordId', 'purpose', 'outcome', 'from', 'to'] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Record<FilterName, string>;

export const NO_FILTERS: Filters = {
  actor: '',
  action: '',
  recordId: '',
  purpose: '',
  outcome: '',
  from: '',
  to: '',
};

/** Reads the filters from the page's address, so that a filtered log can be linked to. */
export const filtersFrom = (search: URLSearchParams): Filters => {
  const filters = { ...NO_FILTERS };
  FILTERS.forEach((name) => {
    filters[name] = search.get(name) ?? '';
  });
  return filters;
};

/** The filters that are set, for the page's address. */
export const toSearch = (filters: Filters): Record<string, string> =>
  Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = filters[name].trim();
      return value === '' ? [] : [[name, value]];
    })
  );

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The first and the last instant of a day of the user's: days in the filter are whole days. */
const startOfDay = (day: string): string | undefined => dateOf(day)?.toISOString();

const endOfDay = (day: string): string | undefined => {
  const end = dateOf(day);
  end?.setHours(23, 59, 59, 999);
  return end?.toISOString();
};

/** The path that asks for the entries; `to` includes its day. */
export const entriesPath = ({ from, to, ...rest }: Filters): string =>
  apiPath('/audit-entries', {
    ...toSearch({ ...NO_FILTERS, ...rest }),
    from: startOfDay(from),
    to: endOfDay(to),
  });

/** A day as the filters write it. */
export const dayOf = (date: Date | undefined): string => {
  if (!date) return '';
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** A day of the filters as a date, for the date picker. */
export const dateOf = (day: string): Date | undefined => {
  if (!DAY.test(day)) return undefined;
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
};
