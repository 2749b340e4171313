import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';

/** Where randomness comes from; tests give their own. */
export type RandomBytes = (size: number) => Buffer;
export const systemRandom: RandomBytes = (size) => randomBytes(size);

export const KEY_BYTES = 32;
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Sealed bytes that do not open under the given key and associated data: altered, moved, or of another key. */
export class SealBroken extends Error {
  constructor() {
    super(
      'A sealed value does not open: it was altered, moved to another record, or its key is another one.'
    );
    this.name = 'SealBroken';
  }
}

/** Nonces that are drawn at a time: each by itself takes the system longer than the sealing. */
const nonces = Buffer.alloc(1024 * NONCE_BYTES);
let nextNonce = nonces.length;

/** A random nonce. Each stands here once, so that none can come twice. */
function drawNonce(): Buffer {
  if (nextNonce === nonces.length) {
    randomFillSync(nonces);
    nextNonce = 0;
  }
  nextNonce += NONCE_BYTES;
  return nonces.subarray(nextNonce - NONCE_BYTES, nextNonce);
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce.
 * Layout: format (1 byte) · nonce (12) · ciphertext · tag (16).
 * @param associated binds the ciphertext to its place; it is not stored and must be given again to open.
 */
export function seal(
  key: Buffer | KeyObject,
  plaintext: Buffer,
  associated: string,
  random?: RandomBytes
): Buffer {
  const nonce = random ? random(NONCE_BYTES) : drawNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(associated, 'utf8'));
  const body = cipher.update(plaintext);
  // In this mode nothing is left for the end but the tag.
  cipher.final();
  const sealed = Buffer.allocUnsafe(1 + NONCE_BYTES + body.length + TAG_BYTES);
  sealed[0] = FORMAT;
  nonce.copy(sealed, 1);
  body.copy(sealed, 1 + NONCE_BYTES);
  cipher.getAuthTag().copy(sealed, 1 + NONCE_BYTES + body.length);
  return sealed;
}

/** Opens what `seal` made. @throws SealBroken when key, associated data or any byte differs. */
export function open(key: Buffer, sealed: Buffer, associated: string): Buffer {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) throw new SealBroken();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES));
    decipher.setAAD(Buffer.from(associated, 'utf8'));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const body = sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
}

/** Opens with the first of several keys that fits. @throws SealBroken when none does. */
export function openUnder<T>(keys: readonly Buffer[], opening: (key: Buffer) => T): T {
  for (const key of keys) {
    try {
      return opening(key);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
    }
  }
  throw new SealBroken();
}

/** HKDF-SHA-256 (RFC 5869): a key for one use, from a key that has many. */
export function derive(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), Buffer.from(use, 'utf8'), KEY_BYTES));
}

/** Blind index: HMAC-SHA-256 (RFC 2104) of a normalised value, in base64url (43 characters). */
export function blindIndex(key: Buffer | KeyObject, value: string): string {
  return createHmac('sha256', key).update(value, 'utf8').digest('base64url');
}
