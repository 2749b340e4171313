import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { readToken, writeToken } from './token';

const key = randomBytes(32);
const NOW = new Date('2026-03-01T00:00:00Z');
const facts = {
  form: 'enquiries',
  nonce: 'abc',
  notice: 'f'.repeat(64),
  expiresAt: NOW.getTime() + 1,
};

describe('a token of a web form', () => {
  it('says what it was given out with', () => {
    expect(readToken(key, writeToken(key, facts), 'enquiries', NOW)).toEqual({ ok: true, facts });
  });

  it('ends with its term, and is good for its own form alone', () => {
    const token = writeToken(key, facts);
    const later = new Date(facts.expiresAt);
    expect(readToken(key, token, 'enquiries', later)).toEqual({ ok: false, reason: 'expired' });
    expect(readToken(key, token, 'other', NOW)).toEqual({ ok: false, reason: 'other-form' });
    expect(readToken(randomBytes(32), token, 'enquiries', NOW)).toEqual({
      ok: false,
      reason: 'forged',
    });
  });

  it('is forged as soon as one character of it is another', () => {
    const token = writeToken(key, facts);
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    fc.assert(
      fc.property(fc.nat(token.length - 2), fc.constantFrom(...characters), (at, character) => {
        fc.pre(token[at] !== character);
        const other = token.slice(0, at) + character + token.slice(at + 1);
        expect(readToken(key, other, 'enquiries', NOW).ok).toBe(false);
      })
    );
  });

  it('is read without an error, whatever is sent in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readToken(key, text, 'enquiries', NOW).ok).toBe(false);
      })
    );
  });
});
