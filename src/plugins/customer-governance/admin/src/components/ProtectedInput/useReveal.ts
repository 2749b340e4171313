import * as React from 'react';

import type { RevealAnswer } from '../../api/types';
import { refreshRecord } from '../../hooks/useRecordStatus';
import { useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

/** How long a revealed value stays on the screen. */
export const SHOWN_FOR_SECONDS = 60;

export interface Revealed {
  value: string;
  /** End of the grant; null for a standing permission. */
  until: string | null;
  /** When the value is hidden again. */
  hiddenAt: Date;
}

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

/**
 * A clear value on the screen, for a short time and in this component's memory only: never in the
 * form, from where it would be saved back. It goes when the page, the record or the tab is left.
 */
export const useReveal = ({ type, documentId, attribute }: Target): Reveal => {
  const { busy, error, post, clear } = useSubmission();
  const t = useTranslate();
  const [shown, setShown] = React.useState<Revealed | null>(null);
  const [missing, setMissing] = React.useState(false);

  const hide = React.useCallback(() => setShown(null), []);

  React.useEffect(() => hide, [attribute, documentId, hide, type]);

  React.useEffect(() => {
    if (!shown) return;
    const timer = window.setTimeout(hide, shown.hiddenAt.getTime() - Date.now());
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') hide();
    };
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', hide);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', hide);
    };
  }, [hide, shown]);

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
    setShown({
      value,
      until: answer.until,
      hiddenAt: new Date(Date.now() + SHOWN_FOR_SECONDS * 1000),
    });
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
