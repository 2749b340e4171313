import { createEntry } from '../bench/people';
import { below, type Random } from '../bench/random';
import type { Prepared } from './prepare';

/** What the application has answered to: after any kill it must still be so. */
export interface Acknowledged {
  /** How often each customer was changed, by documentId. The change itself writes that number. */
  changes: Map<string, number>;
}

const CLIENTS = 4;
/** Of ten requests so many create; the others change. */
const CREATES_OF_TEN = 5;

let number = 0;

/**
 * Creates and changes customers over HTTP until the application is gone.
 * @param answering is called at every answer.
 * @returns how many requests were answered. @throws when an answer is not 2xx.
 */
export async function load(
  url: string,
  { token, relations }: Prepared,
  random: Random,
  acknowledged: Acknowledged,
  answering: () => void
): Promise<number> {
  const call = async (method: 'POST' | 'PUT', path: string, data: object) => {
    let answer: Response;
    let body: string;
    try {
      answer = await fetch(`${url}/api/customer-governance/customers${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ data }),
      });
      body = await answer.text();
    } catch {
      // Gone: whether this one took effect nobody knows.
      return null;
    }
    answering();
    if (!answer.ok) throw new Error(`${method} customers: ${answer.status} ${body}`);
    return JSON.parse(body).data as { documentId: string };
  };

  const client = async (): Promise<number> => {
    const own: string[] = [];
    for (let answered = 0; ; answered++) {
      if (own.length === 0 || below(random, 10) < CREATES_OF_TEN) {
        const entry = createEntry(random, number++);
        const created = await call('POST', '', { ...entry, ...relations, position: '0' });
        if (!created) return answered;
        acknowledged.changes.set(created.documentId, 0);
        own.push(created.documentId);
      } else {
        const id = own[below(random, own.length)] as string;
        const next = (acknowledged.changes.get(id) ?? 0) + 1;
        if (!(await call('PUT', `/${id}`, { position: String(next) }))) return answered;
        acknowledged.changes.set(id, next);
      }
    }
  };
  const counts = await Promise.all(Array.from({ length: CLIENTS }, client));
  return counts.reduce((sum, count) => sum + count, 0);
}
