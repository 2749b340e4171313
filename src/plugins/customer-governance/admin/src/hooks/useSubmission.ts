import * as React from 'react';

import { useFetchClient, useNotification } from '@strapi/strapi/admin';

import { apiPath } from '../api/paths';
import { isAbort, readFailure } from '../utils/errors';
import { refreshCounts } from './useNotificationCounts';
import { useTranslate } from './useTranslate';

export interface Submission {
  busy: boolean;
  /** What the server said against it; to be shown beside the form. */
  error: string | undefined;
  /** Posts and answers what came back, or undefined when it failed (then `error` says why). */
  post: <Answer>(path: string, body?: object) => Promise<Answer | undefined>;
  clear: () => void;
}

/** One change at a time, with its busy state and its error. */
export const useSubmission = (): Submission => {
  const client = useFetchClient();
  const t = useTranslate();
  const [busy, setBusy] = React.useState(false);
  const [error, setError] = React.useState<string>();
  const running = React.useRef(false);

  const post = React.useCallback(
    async <Answer>(path: string, body: object = {}): Promise<Answer | undefined> => {
      // State is too slow against a double click.
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setError(undefined);
      try {
        const { data } = await client.post<Answer>(apiPath(path), body);
        // A decision, a withdrawal, a notification that was read: what waits may have changed.
        refreshCounts();
        return data;
      } catch (caught) {
        if (!isAbort(caught)) setError(readFailure(caught).message ?? t('error.unreachable'));
        return undefined;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [client, t]
  );

  const clear = React.useCallback(() => setError(undefined), []);

  return { busy, error, post, clear };
};

/** A short message at the top of the panel. */
export const useNotify = (): ((type: 'success' | 'danger' | 'info', message: string) => void) => {
  const { toggleNotification } = useNotification();
  return React.useCallback(
    (type, message) => toggleNotification({ type, message }),
    [toggleNotification]
  );
};
