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
  put: <Answer>(path: string, body?: object) => Promise<Answer | undefined>;
  clear: () => void;
}

/** One change at a time, with its busy state and its error. */
export const useSubmission = (): Submission => {
  const client = useFetchClient();
  const t = useTranslate();
  const [busy, setBusy] = React.useState(false);
  const [error, setError] = React.useState<string>();
  const running = React.useRef(false);

  const send = React.useCallback(
    async <Answer>(
      method: 'post' | 'put',
      path: string,
      body: object = {}
    ): Promise<Answer | undefined> => {
      // State is too slow against a double click.
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setError(undefined);
      try {
        const { data } = await client[method]<Answer>(apiPath(path), body);
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

  const post = React.useCallback(
    <Answer>(path: string, body?: object) => send<Answer>('post', path, body),
    [send]
  );
  const put = React.useCallback(
    <Answer>(path: string, body?: object) => send<Answer>('put', path, body),
    [send]
  );
  const clear = React.useCallback(() => setError(undefined), []);

  return { busy, error, post, put, clear };
};

/** A short message at the top of the panel. */
export const useNotify = (): ((type: 'success' | 'danger' | 'info', message: string) => void) => {
  const { toggleNotification } = useNotification();
  return React.useCallback(
    (type, message) => toggleNotification({ type, message }),
    [toggleNotification]
  );
};
