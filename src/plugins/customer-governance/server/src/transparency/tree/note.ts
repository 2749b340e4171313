import crypto, { type KeyObject } from 'node:crypto';

/** The type byte of Ed25519 in the signed note format. */
const ED25519 = 0x01;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const KEY_ID_BYTES = 4;
const MAX_SIGNATURES = 100;
// The DER heading of an Ed25519 public key (RFC 8410); Node imports no bare key.
const SPKI_HEADING = Buffer.from('302a300506032b6570032100', 'hex');

/** Why a note does not count. */
export class NoteError extends Error {
  constructor(
    readonly code: 'malformed' | 'forged' | 'unknown-key',
    message: string
  ) {
    super(message);
  }
}

export interface NoteSigner {
  name: string;
  /** Eight hexadecimal digits. */
  keyId: string;
  sign(text: string): Buffer;
}

export interface NoteVerifier {
  name: string;
  keyId: string;
  publicKey: KeyObject;
}

/** The 32 bytes of an Ed25519 public key. */
function rawKey(publicKey: KeyObject | Uint8Array): Buffer {
  if (publicKey instanceof Uint8Array) {
    if (publicKey.length !== KEY_BYTES) throw new Error('An Ed25519 public key has 32 bytes.');
    return Buffer.from(publicKey);
  }
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new Error('Not an Ed25519 key.');
  return Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url');
}

/** A key name is neither empty nor has it spaces or a plus, which part the fields of a line. */
export const isKeyName = (name: string): boolean => /^[^\s+]+$/u.test(name);

/** Id of a key: the first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key), as eight hexadecimal digits. */
export function keyId(name: string, publicKey: KeyObject | Uint8Array): string {
  if (!isKeyName(name)) throw new Error('A key name has neither spaces nor "+".');
  return crypto
    .createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([ED25519]))
    .update(rawKey(publicKey))
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES);
}

/** The verifier key `name+id+key`, as one tells it to whoever verifies. */
export function verifierKey(name: string, publicKey: KeyObject | Uint8Array): string {
  const key = Buffer.concat([Buffer.from([ED25519]), rawKey(publicKey)]);
  return `${name}+${keyId(name, publicKey)}+${key.toString('base64')}`;
}

/** Reads a verifier key. @throws NoteError when it is none, or none of Ed25519. */
export function parseVerifierKey(text: string): NoteVerifier {
  // The base64 of the key may hold a plus too.
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text);
  const bytes = match ? fromBase64(match[3]) : null;
  if (!match || bytes?.length !== 1 + KEY_BYTES || bytes[0] !== ED25519) {
    throw new NoteError('malformed', 'This is not a verifier key of Ed25519.');
  }
  const raw = bytes.subarray(1);
  if (keyId(match[1], raw) !== match[2]) {
    throw new NoteError('malformed', 'The id of this verifier key is not that of its key.');
  }
  const publicKey = crypto.createPublicKey({
    key: Buffer.concat([SPKI_HEADING, raw]),
    format: 'der',
    type: 'spki',
  });
  return { name: match[1], keyId: match[2], publicKey };
}

/** A signer with an Ed25519 private key. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  return {
    name,
    keyId: keyId(name, crypto.createPublicKey(privateKey)),
    sign: (text) => crypto.sign(null, Buffer.from(text), privateKey),
  };
}

/** Signs a text, which ends in a newline and has no other control characters. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!isNoteText(text)) throw new NoteError('malformed', 'A note is text that ends in a newline.');
  const lines = signers.map(({ name, keyId: id, sign }) => {
    const signature = Buffer.concat([Buffer.from(id, 'hex'), sign(text)]);
    return `— ${name} ${signature.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * Opens a signed note: every signature by a key that is known must be right, and there must be one at least. Signatures
 * by other keys are passed over.
 * @returns the text and `name+id` of the keys that signed it.
 * @throws NoteError
 */
export function openNote(
  note: string,
  verifiers: readonly NoteVerifier[]
): { text: string; verified: string[] } {
  const malformed = () => new NoteError('malformed', 'This is not a signed note.');
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  if (end < 0 || !isNoteText(text) || !note.endsWith('\n')) throw malformed();
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformed();

  const verified = new Set<string>();
  for (const line of lines) {
    const [, name, signature] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
    const bytes = signature ? fromBase64(signature) : null;
    if (!bytes || bytes.length <= KEY_ID_BYTES) throw malformed();
    const id = bytes.subarray(0, KEY_ID_BYTES).toString('hex');
    const verifier = verifiers.find((known) => known.name === name && known.keyId === id);
    if (!verifier) continue;
    const own = bytes.subarray(KEY_ID_BYTES);
    const right =
      own.length === SIGNATURE_BYTES &&
      crypto.verify(null, Buffer.from(text), verifier.publicKey, own);
    if (!right) throw new NoteError('forged', `The signature of ${name}+${id} is not right.`);
    verified.add(`${name}+${id}`);
  }
  if (verified.size === 0) {
    throw new NoteError('unknown-key', 'None of the known keys has signed this note.');
  }
  return { text, verified: [...verified] };
}

/** Valid UTF-8 without control characters but newlines, the last of which ends it. */
const isNoteText = (text: string): boolean =>
  text.endsWith('\n') &&
  Buffer.from(text).toString() === text &&
  !/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(text);

/** Base64 in its one proper spelling: Node itself lets much else pass. */
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
