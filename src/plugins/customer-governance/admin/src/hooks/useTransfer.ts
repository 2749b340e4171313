import * as React from 'react';

import { isAbort } from '../utils/errors';
import { transfer, TransferFailed, type Received } from '../utils/transfer';
import { apiPath } from '../api/paths';
import { useTranslate } from './useTranslate';

export interface FileTransfer {
  busy: boolean;
  /** From 0 to 1, while something is sent. */
  share: number;
  error: string | undefined;
  /** Answers what came back, or undefined when it failed (then `error` says why) or was given up. */
  run: (
    path: string,
    body: Blob | object,
    query?: Record<string, string>
  ) => Promise<Received | undefined>;
  clear: () => void;
}

/** One file on its way at a time; it is given up when the component goes. */
export const useTransfer = (): FileTransfer => {
  const t = useTranslate();
  const [busy, setBusy] = React.useState(false);
  const [share, setShare] = React.useState(0);
  const [error, setError] = React.useState<string>();
  const controller = React.useRef<AbortController | null>(null);

  React.useEffect(() => () => controller.current?.abort(), []);

  const run = React.useCallback(
    async (path: string, body: Blob | object, query: Record<string, string> = {}) => {
      if (controller.current) return undefined;
      const own = new AbortController();
      controller.current = own;
      setBusy(true);
      setShare(0);
      setError(undefined);
      try {
        const { signal } = own;
        return await transfer({ path: apiPath(path, query), body, signal, onProgress: setShare });
      } catch (caught) {
        if (isAbort(caught)) return undefined;
        const said = caught instanceof TransferFailed ? caught.message : '';
        setError(said || t('error.unreachable'));
        return undefined;
      } finally {
        controller.current = null;
        setBusy(false);
      }
    },
    [t]
  );
  const clear = React.useCallback(() => setError(undefined), []);
  return { busy, share, error, run, clear };
};
