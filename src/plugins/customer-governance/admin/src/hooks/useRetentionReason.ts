import * as React from 'react';

import { NO_RULE, readRetentionReason } from '../utils/retentionReason';
import { useBoundWords } from './useBoundWords';
import { useTranslate } from './useTranslate';

/** Why a record falls due, in the user's language. */
export const useRetentionReason = (): ((reason: string) => string) => {
  const t = useTranslate();
  const words = useBoundWords();
  return React.useCallback(
    (reason) => {
      if (reason === NO_RULE) return t('retention.noRule');
      const bound = readRetentionReason(reason);
      return bound ? words(bound) : reason;
    },
    [t, words]
  );
};
