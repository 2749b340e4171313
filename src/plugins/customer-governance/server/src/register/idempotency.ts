import { createHash, createHmac } from 'node:crypto';
import { errors } from '@strapi/utils';
import { canonicalJson } from '../audit/encoding';

/** What is kept of a request, so that a second one with the same key is known again. */
export interface RequestMark {
  key: string;
  digest: string;
}

/**
 * The mark of a request. Its body may hold a visitor's number, which a plain digest would give away to whoever tries all
 * numbers: so the digest is keyed by the client's random key, of which only a digest is kept.
 */
export function markOf(actor: string, clientKey: string, body: unknown): RequestMark {
  return {
    key: createHash('sha256').update(`${actor}\n${clientKey}`).digest('hex'),
    digest: createHmac('sha256', clientKey)
      .update(canonicalJson(JSON.parse(JSON.stringify(body ?? {}))))
      .digest('hex'),
  };
}

/** @throws ApplicationError when the key was used for something else. */
export function assertSame(mark: RequestMark, digest: string | null): void {
  if (mark.digest === digest) return;
  throw new errors.ApplicationError(
    'This Idempotency-Key was used for another entry. Send a new key with a new entry.'
  );
}
