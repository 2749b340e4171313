import * as React from 'react';

import { useIntl } from 'react-intl';

interface Formatters {
  date: (value: string | null | undefined) => string;
  dateTime: (value: string | null | undefined) => string;
  time: (value: string | Date) => string;
  number: (value: number | null | undefined) => string;
  list: (values: string[]) => string;
}

const NOTHING = '—';

const isDayOnly = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** Dates, times and numbers in the user's own language; a dash stands for nothing. */
export const useFormat = (): Formatters => {
  const intl = useIntl();

  return React.useMemo(() => {
    const valid = (value: string | null | undefined): value is string =>
      Boolean(value) && !Number.isNaN(Date.parse(value as string));

    return {
      // A day without a time is the same day everywhere, so it must not shift with the time zone.
      date: (value) =>
        valid(value)
          ? intl.formatDate(value, {
              dateStyle: 'medium',
              ...(isDayOnly(value) ? { timeZone: 'UTC' } : {}),
            })
          : NOTHING,
      dateTime: (value) =>
        valid(value)
          ? intl.formatDate(value, { dateStyle: 'medium', timeStyle: 'short' })
          : NOTHING,
      time: (value) => intl.formatTime(value, { timeStyle: 'medium' }),
      number: (value) =>
        value === null || value === undefined ? NOTHING : intl.formatNumber(value),
      list: (values) =>
        values.length === 0
          ? NOTHING
          : intl.formatList(values, { type: 'conjunction', style: 'narrow' }),
    };
  }, [intl]);
};
