import type { CheckpointRow } from '../store';
import { DIFFERS, WitnessError, type WitnessTarget } from './target';

const TIMEOUT_MS = 10_000;
const CONFLICT = 409;
/** What a server answers that knows nothing of such an address or method. */
const UNKNOWN = [404, 405, 410, 501];
const DIGITS = 12;

/**
 * A witness that takes signed notes by POST. 2xx: it keeps the checkpoint; 409: it keeps another one of that size, or
 * this one does not go on from what it has. Files of tombstones go to `…/tombstones/STORE/NUMBER.json` below that address
 * by PUT, and are asked for there by GET. A redirect is not followed: the token is for this address alone.
 */
export function httpWitness(
  url: string,
  token: string | undefined,
  storeId: string,
  send: typeof fetch = fetch
): WitnessTarget {
  const call = async (
    address: string,
    signal: AbortSignal,
    request: { method: string; type?: string; body?: string }
  ): Promise<Response> =>
    send(address, {
      method: request.method,
      headers: {
        ...(request.type ? { 'content-type': request.type } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    }).catch((error: Error) => {
      throw new WitnessError(error.name === 'TimeoutError' ? 'timed-out' : 'unreachable');
    });
  const tombstonesAt = (number: number): string => {
    const address = new URL(url);
    const name = `${String(number).padStart(DIGITS, '0')}.json`;
    address.pathname = `${address.pathname.replace(/\/$/, '')}/tombstones/${storeId.slice(0, 16)}/${name}`;
    return address.href;
  };
  /** What it says besides is not read. */
  const discard = (answer: Response) => answer.body?.cancel().catch(() => undefined);

  return {
    name: 'http',
    async deliver({ note }: CheckpointRow, signal: AbortSignal) {
      const type = 'text/plain; charset=utf-8';
      const answer = await call(url, signal, { method: 'POST', type, body: note });
      await discard(answer);
      if (answer.status === CONFLICT) throw new WitnessError(DIFFERS);
      if (!answer.ok) throw new WitnessError(`status-${answer.status}`);
    },

    async deliverTombstones({ number, content }, signal) {
      const type = 'application/json';
      const answer = await call(tombstonesAt(number), signal, {
        method: 'PUT',
        type,
        body: content,
      });
      await discard(answer);
      if (answer.status === CONFLICT) throw new WitnessError(DIFFERS);
      if (UNKNOWN.includes(answer.status)) return false;
      if (!answer.ok) throw new WitnessError(`status-${answer.status}`);
      return true;
    },

    async tombstones(number, signal) {
      const answer = await call(tombstonesAt(number), signal, { method: 'GET' });
      const isFile = /^application\/json\b/.test(answer.headers.get('content-type') ?? '');
      // A server that takes checkpoints alone may answer anything else to what it does not know.
      if (UNKNOWN.includes(answer.status) || (answer.ok && !isFile)) {
        await discard(answer);
        return null;
      }
      if (!answer.ok) {
        await discard(answer);
        throw new WitnessError(`status-${answer.status}`);
      }
      return answer.text().catch(() => {
        throw new WitnessError('unreachable');
      });
    },
  };
}
