import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { bech32, fromBech32 } from './bech32';

/**
 * The age format, version 1 (https://age-encryption.org/v1), with X25519 recipients: what this writes, `age -d` opens, and
 * the other way round. On Node's own cryptography, which streams at the disk's pace.
 */

const VERSION = 'age-encryption.org/v1';
const X25519_LABEL = `${VERSION}/X25519`;
const RECIPIENT = 'age';
const IDENTITY = 'age-secret-key-';
const KEY_BYTES = 32;
const FILE_KEY_BYTES = 16;
const NONCE_BYTES = 16;
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;
const LINE_COLUMNS = 64;
const MAX_HEADER_BYTES = 64 * 1024;
// The DER headings of X25519 keys (RFC 8410); Node imports no bare key.
const SPKI_HEADING = Buffer.from('302a300506032b656e032100', 'hex');
const PKCS8_HEADING = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** An archive that is not what it should be, or not for this identity. */
export class AgeError extends Error {
  constructor(
    readonly code: 'malformed' | 'wrong-identity' | 'damaged' | 'truncated',
    message: string
  ) {
    super(message);
    this.name = 'AgeError';
  }
}

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
const fromBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return toBase64(bytes) === text ? bytes : null;
};

const publicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_HEADING, raw]), format: 'der', type: 'spki' });
const rawPublic = (key: KeyObject): Buffer =>
  Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url');
const hkdf = (key: Uint8Array, salt: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, KEY_BYTES));

/** The public key of a recipient. @returns null where the text is none. */
export function readRecipient(text: string): Buffer | null {
  const raw = fromBech32(RECIPIENT, text);
  return raw?.length === KEY_BYTES && text === text.toLowerCase() ? raw : null;
}

/** A new identity, as `age-keygen` makes them, and the recipient that encrypts for it. */
export function newIdentity(): { identity: string; recipient: string } {
  const { privateKey } = generateKeyPairSync('x25519');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-KEY_BYTES);
  const identity = bech32(IDENTITY, secret).toUpperCase();
  return { identity, recipient: recipientOf(identity) };
}

/** @throws AgeError when the text is no identity. */
function privateKeyOf(identity: string): KeyObject {
  const raw = fromBech32(IDENTITY, identity);
  if (raw?.length !== KEY_BYTES) {
    throw new AgeError('malformed', 'This is not an identity: it begins with AGE-SECRET-KEY-1.');
  }
  return createPrivateKey({
    key: Buffer.concat([PKCS8_HEADING, raw]),
    format: 'der',
    type: 'pkcs8',
  });
}

/** Who encrypts for an identity. */
export const recipientOf = (identity: string): string =>
  bech32(RECIPIENT, rawPublic(createPublicKey(privateKeyOf(identity))));

/** The identities of a file as `age-keygen` writes it: one a line, comments besides. */
export function readIdentities(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  identities.forEach(privateKeyOf);
  if (identities.length === 0) throw new AgeError('malformed', 'The file holds no identity.');
  return identities;
}

/** The key that wraps the file key, of a shared secret between an ephemeral share and a recipient. */
function wrapping(secret: Buffer, share: Buffer, recipient: Buffer): Buffer {
  // An all-zero secret is that of a public key of low order.
  if (secret.every((byte) => byte === 0)) throw new AgeError('malformed', 'A key of low order.');
  return hkdf(secret, Buffer.concat([share, recipient]), X25519_LABEL);
}

const crypted = (
  make: typeof createCipheriv | typeof createDecipheriv,
  key: Buffer,
  nonce: Buffer
) => make('chacha20-poly1305', key, nonce, { authTagLength: TAG_BYTES });

function sealChunk(key: Buffer, nonce: Buffer, chunk: Uint8Array): Buffer {
  const cipher = crypted(createCipheriv, key, nonce) as ReturnType<typeof createCipheriv> & {
    getAuthTag(): Buffer;
  };
  return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
}

/** @returns null where it does not open. */
function openChunk(key: Buffer, nonce: Buffer, chunk: Buffer): Buffer | null {
  const decipher = crypted(createDecipheriv, key, nonce) as ReturnType<typeof createDecipheriv> & {
    setAuthTag(tag: Buffer): void;
  };
  decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

const NO_NONCE = Buffer.alloc(12);

/** 88 bits that count the chunks, and a byte that tells the last. */
function nonceOf(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function stanza(fileKey: Buffer, recipient: Buffer): string {
  const ephemeral = generateKeyPairSync('x25519');
  const share = rawPublic(ephemeral.publicKey);
  const secret = diffieHellman({
    privateKey: ephemeral.privateKey,
    publicKey: publicKey(recipient),
  });
  const body = toBase64(sealChunk(wrapping(secret, share, recipient), NO_NONCE, fileKey));
  return `-> X25519 ${toBase64(share)}\n${body}\n`;
}

const macOf = (fileKey: Buffer, header: string): Buffer =>
  createHmac('sha256', hkdf(fileKey, Buffer.alloc(0), 'header'))
    .update(header)
    .digest();

/** Parts of any size as chunks of exactly so many bytes, but the last. One more is read ahead to know which that is. */
async function* chunked(source: AsyncIterable<Uint8Array>, size: number) {
  let held: Buffer[] = [];
  let length = 0;
  for await (const part of source) {
    held.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    length += part.byteLength;
    if (length <= size) continue;
    let whole = Buffer.concat(held, length);
    while (whole.length > size) {
      yield { chunk: whole.subarray(0, size), last: false };
      whole = whole.subarray(size);
    }
    held = [whole];
    length = whole.length;
  }
  yield { chunk: Buffer.concat(held, length), last: true };
}

/** Encrypts a stream for recipients. @throws AgeError when one of them is none. */
export async function* encryptFor(
  recipients: readonly string[],
  source: AsyncIterable<Uint8Array>
): AsyncGenerator<Buffer> {
  const fileKey = randomBytes(FILE_KEY_BYTES);
  const stanzas = recipients.map((text) => {
    const recipient = readRecipient(text);
    if (!recipient) throw new AgeError('malformed', 'A recipient begins with age1.');
    return stanza(fileKey, recipient);
  });
  const header = `${VERSION}\n${stanzas.join('')}---`;
  const nonce = randomBytes(NONCE_BYTES);
  yield Buffer.concat([Buffer.from(`${header} ${toBase64(macOf(fileKey, header))}\n`), nonce]);
  const key = hkdf(fileKey, nonce, 'payload');
  let counter = 0;
  for await (const { chunk, last } of chunked(source, CHUNK_BYTES)) {
    yield sealChunk(key, nonceOf(counter++, last), chunk);
  }
}

/**
 * Decrypts a stream. A chunk is given out when it is found to be right, and the end only when it is the end.
 * @throws AgeError naming what is wrong, for a damaged chunk also where.
 */
export async function* decryptWith(
  identities: readonly string[],
  source: AsyncIterable<Uint8Array>
): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    let start = Buffer.alloc(0);
    let header = readHeader(start);
    while (!header) {
      const { value, done } = await iterator.next();
      if (done || start.length > MAX_HEADER_BYTES) {
        throw new AgeError('malformed', 'This is not a file of age.');
      }
      start = Buffer.concat([start, value]);
      header = readHeader(start);
    }
    yield* openPayload(openHeader(header, identities), iterator);
  } finally {
    // Whoever reads no further lets go of the file.
    await iterator.return?.();
  }
}

async function* openPayload(
  { fileKey, nonce, rest }: ReturnType<typeof openHeader>,
  iterator: AsyncIterator<Uint8Array>
): AsyncGenerator<Buffer> {
  const key = hkdf(fileKey, nonce, 'payload');
  async function* payload() {
    yield rest;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  let counter = 0;
  for await (const { chunk, last } of chunked(payload(), CHUNK_BYTES + TAG_BYTES)) {
    const opened = openChunk(key, nonceOf(counter, last), chunk);
    // Only a file without content ends in a chunk without content.
    if (!opened || (opened.length === 0 && counter > 0)) throw damage(key, counter, chunk, last);
    counter += 1;
    yield opened;
  }
}

/** A chunk that opens as one in the middle is whole: then the end is missing, and nothing else. */
function damage(key: Buffer, counter: number, chunk: Buffer, last: boolean): AgeError {
  const at = counter * CHUNK_BYTES;
  const cut = last && (chunk.length < TAG_BYTES || openChunk(key, nonceOf(counter, false), chunk));
  return cut
    ? new AgeError('truncated', `The file is cut off after ${at} bytes of its content.`)
    : new AgeError(
        'damaged',
        `The file was altered or is damaged between bytes ${at} and ${at + CHUNK_BYTES} of its content.`
      );
}

interface Header {
  stanzas: Array<{ share: Buffer | null; body: Buffer }>;
  /** What the code authenticates. */
  text: string;
  mac: Buffer;
  nonce: Buffer;
  rest: Buffer;
}

/** The header at the start of a file. @returns null as long as it is not all there. @throws AgeError */
function readHeader(bytes: Buffer): Header | null {
  const malformed = () => new AgeError('malformed', 'This is not a file of age.');
  if (!`${VERSION}\n`.startsWith(bytes.subarray(0, VERSION.length + 1).toString('latin1'))) {
    throw malformed();
  }
  const end = /\n--- ([\w+/]+)\n/.exec(bytes.subarray(0, MAX_HEADER_BYTES).toString('latin1'));
  if (!end || bytes.length < end.index + end[0].length + NONCE_BYTES) return null;
  const text = bytes.subarray(0, end.index + '\n---'.length).toString('latin1');
  const mac = fromBase64(end[1]);
  if (mac?.length !== KEY_BYTES) throw malformed();
  const stanzas = text
    .slice(VERSION.length + 1, -'---'.length)
    .split(/^-> /m)
    .slice(1)
    .map((block) => {
      const [first, ...lines] = block.trimEnd().split('\n');
      const [type, share] = first.split(' ');
      const body = fromBase64(lines.join(''));
      if (!body || lines.some((line) => line.length > LINE_COLUMNS)) throw malformed();
      return { share: type === 'X25519' && share ? fromBase64(share) : null, body };
    });
  const payload = end.index + end[0].length;
  return {
    stanzas,
    text,
    mac,
    nonce: bytes.subarray(payload, payload + NONCE_BYTES),
    rest: bytes.subarray(payload + NONCE_BYTES),
  };
}

function openHeader({ stanzas, text, mac, nonce, rest }: Header, identities: readonly string[]) {
  for (const identity of identities) {
    const privateKey = privateKeyOf(identity);
    const own = rawPublic(createPublicKey(privateKey));
    for (const { share, body } of stanzas) {
      if (share?.length !== KEY_BYTES) continue;
      const secret = diffieHellman({ privateKey, publicKey: publicKey(share) });
      const fileKey = openChunk(wrapping(secret, share, own), NO_NONCE, body);
      if (!fileKey) continue;
      if (!timingSafeEqual(macOf(fileKey, text), mac)) {
        throw new AgeError('damaged', 'The header of the file was altered.');
      }
      return { fileKey, nonce, rest };
    }
  }
  throw new AgeError('wrong-identity', 'The file was not encrypted for this identity.');
}
