import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token says of the form that it was given out with. */
export interface TokenFacts {
  form: string;
  /** By which it is good once. */
  nonce: string;
  /** Hash of the notice that was shown. */
  notice: string;
  /** In milliseconds since 1970. */
  expiresAt: number;
}

export type ReadToken =
  { ok: true; facts: TokenFacts } | { ok: false; reason: 'forged' | 'expired' | 'other-form' };

const FORGED = { ok: false, reason: 'forged' } as const;
const SHAPE = /^[\w-]{1,800}\.[\w-]{43}$/;

const signatureOf = (key: Buffer, payload: string): Buffer =>
  createHmac('sha256', key).update(payload).digest();

/** A token: what it says in the open, and our signature under it. Nothing of it is kept until it is used. */
export function writeToken(key: Buffer, { form, nonce, notice, expiresAt }: TokenFacts): string {
  const payload = Buffer.from(JSON.stringify([form, nonce, notice, expiresAt])).toString(
    'base64url'
  );
  return `${payload}.${signatureOf(key, payload).toString('base64url')}`;
}

/** Reads a token that a client sent back. @param form the one that the entry is for. */
export function readToken(key: Buffer, token: string, form: string, now: Date): ReadToken {
  if (!SHAPE.test(token)) return FORGED;
  const [payload = '', signature = ''] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const own = signatureOf(key, payload);
  if (given.length !== own.length || !timingSafeEqual(given, own)) return FORGED;
  const [ofForm, nonce, notice, expiresAt] = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8')
  ) as [string, string, string, number];
  if (ofForm !== form) return { ok: false, reason: 'other-form' };
  if (expiresAt <= now.getTime()) return { ok: false, reason: 'expired' };
  return { ok: true, facts: { form: ofForm, nonce, notice, expiresAt } };
}
