import * as React from 'react';

import { readRetentionReason } from '../utils/retentionReason';
import { useFormat } from './useFormat';
import { useTranslate } from './useTranslate';

/** Why a record falls due, in the user's language. */
export const useRetentionReason = (): ((sentence: string) => string) => {
  const t = useTranslate();
  const { date } = useFormat();
  return React.useCallback(
    (sentence) => {
      const reason = readRetentionReason(sentence);
      if (!reason) return sentence;
      const { why, event, day, ...values } = reason;
      return t(`retention.why.${why}`, {
        ...values,
        event: event && t(`retention.event.${event}`),
        day: date(day),
      });
    },
    [date, t]
  );
};
