import type { CheckpointRow } from '../store';
import { DIFFERS, WitnessError, type WitnessTarget } from './target';

const TIMEOUT_MS = 10_000;
const CONFLICT = 409;

/**
 * A witness that takes signed notes by POST. 2xx: it keeps the checkpoint; 409: it keeps another one of that size, or
 * this one does not go on from what it has. A redirect is not followed: the token is for this address alone.
 */
export function httpWitness(
  url: string,
  token: string | undefined,
  send: typeof fetch = fetch
): WitnessTarget {
  return {
    name: 'http',
    async deliver({ note }: CheckpointRow, signal: AbortSignal) {
      const answer = await send(url, {
        method: 'POST',
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: note,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      }).catch((error: Error) => {
        throw new WitnessError(error.name === 'TimeoutError' ? 'timed-out' : 'unreachable');
      });
      // What it says besides is not read.
      await answer.body?.cancel().catch(() => undefined);
      if (answer.status === CONFLICT) throw new WitnessError(DIFFERS);
      if (!answer.ok) throw new WitnessError(`status-${answer.status}`);
    },
  };
}
