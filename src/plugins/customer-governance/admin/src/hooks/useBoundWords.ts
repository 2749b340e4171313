import * as React from 'react';

import type { WeighedBound } from '../api/retention';
import { useFormat } from './useFormat';
import { useTranslate } from './useTranslate';

export type WordedBound = Pick<WeighedBound, 'bound' | 'months' | 'event' | 'eventOn'>;

/** How long a rule keeps a record, and from when, in the user's language. */
export const useBoundWords = (): ((bound: WordedBound) => string) => {
  const t = useTranslate();
  const { date } = useFormat();
  return React.useCallback(
    ({ bound, months, event, eventOn }) => {
      const values = { months, event: t(`retention.event.${event}`), day: date(eventOn) };
      const form = months === 0 && bound === 'at-most' ? 'at-once' : bound;
      return eventOn ? t(`retention.bound.${form}`, values) : t(`retention.open.${form}`, values);
    },
    [date, t]
  );
};
