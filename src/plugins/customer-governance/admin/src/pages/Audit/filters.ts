import { apiPath } from '../../api/paths';

export const FILTERS = [
  'actor',
  'group',
  'action',
  'recordId',
  'purpose',
  'outcome',
  'channel',
  'from',
  'to',
] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Record<FilterName, string>;

export const NO_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, ''])) as Filters;

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

/** A day, or a minute of it: `2026-03-01`, `2026-03-01T08:30`. */
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/;

/** The first instant of a day or minute of the reader's clock. */
const startOf = (moment: string): Date | undefined => {
  const parts = MOMENT.exec(moment);
  if (!parts) return undefined;
  const [year, month, day, hour = 0, minute = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return new Date(year, month - 1, day, hour, minute);
};

/** The last instant of a day or minute: both ends of a period are whole. */
const endOf = (moment: string): Date | undefined => {
  const end = startOf(moment);
  if (timeOf(moment)) end?.setSeconds(59, 999);
  else end?.setHours(23, 59, 59, 999);
  return end;
};

/** The query of the entries that the filters let through. */
export const entriesQuery = ({
  from,
  to,
  ...rest
}: Filters): Record<string, string | undefined> => ({
  ...toSearch({ ...NO_FILTERS, ...rest }),
  from: startOf(from)?.toISOString(),
  to: endOf(to)?.toISOString(),
});

/** The path that asks for the entries. */
export const entriesPath = (filters: Filters): string =>
  apiPath('/audit-entries', entriesQuery(filters));

/** The path of a file with the same entries. */
export const exportPath = (
  query: Record<string, string | undefined>,
  format: 'csv' | 'ndjson'
): string => apiPath('/audit-entries/export', { ...query, format });

/** A day as the filters write it. */
export const dayOf = (date: Date | undefined): string => {
  if (!date) return '';
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** The day that it is at an instant in a time zone; by the reader's clock where none is known. */
export const dayIn = (timezone: string | undefined, instant: Date): string =>
  timezone
    ? new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(instant)
    : dayOf(instant);

/** The day of a moment as a date, for the date picker. */
export const dateOf = (moment: string): Date | undefined => startOf(moment.slice(0, 10));

/** The time of a moment; empty when it is a whole day. */
export const timeOf = (moment: string): string => moment.split('T')[1] ?? '';

/** A moment of a day and a time; without a day there is none. */
export const momentOf = (day: string, time: string): string =>
  day && time ? `${day}T${time}` : day;

/** The day so many days after another. */
export const dayAfter = (day: string, days: number): string => {
  const date = dateOf(day);
  date?.setDate(date.getDate() + days);
  return dayOf(date);
};
