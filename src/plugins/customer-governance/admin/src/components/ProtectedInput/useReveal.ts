import * as React from 'react';

import type { RevealAnswer } from '../../api/types';
import { refreshRecord } from '../../hooks/useRecordStatus';
import { useShownBriefly } from '../../hooks/useShownBriefly';
import { useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

interface RevealedValue {
  value: string;
  /** End of the grant; null for a standing permission. */
  until: string | null;
}
export type Revealed = RevealedValue & { hiddenAt: Date };

export interface Reveal {
  shown: Revealed | null;
  busy: boolean;
  error: string | undefined;
  /** Answers whether the value is on the screen now. */
  reveal: (purpose: string) => Promise<boolean>;
  hide: () => void;
  clearError: () => void;
}

interface Target {
  type: string | undefined;
  documentId: string | undefined;
  attribute: string;
}

/** A clear value on the screen, for a short time. It goes when the record is left, too. */
export const useReveal = ({ type, documentId, attribute }: Target): Reveal => {
  const { busy, error, post, clear } = useSubmission();
  const t = useTranslate();
  const { shown, show, hide } = useShownBriefly<RevealedValue>();
  const [missing, setMissing] = React.useState(false);

  React.useEffect(() => hide, [attribute, documentId, hide, type]);

  const reveal = async (purpose: string): Promise<boolean> => {
    if (!type || !documentId) return false;
    setMissing(false);
    const answer = await post<RevealAnswer>('/reveal', {
      type,
      documentIds: [documentId],
      attributes: [attribute],
      purpose,
    });
    if (!answer) {
      // Most likely the grant has ended meanwhile: the buttons must follow.
      refreshRecord(type, documentId);
      return false;
    }
    const value = answer.values[documentId]?.[attribute];
    if (value === undefined) {
      setMissing(true);
      return false;
    }
    show({ value, until: answer.until });
    return true;
  };

  const clearError = React.useCallback(() => {
    clear();
    setMissing(false);
  }, [clear]);

  return {
    shown,
    busy,
    error: error ?? (missing ? t('protected.nothingToReveal') : undefined),
    reveal,
    hide,
    clearError,
  };
};
