import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { KEY_BYTES, systemRandom, type RandomBytes } from './cipher';

/** Plaintext bytes of a chunk; only the last may have fewer. */
export const CHUNK_BYTES = 64 * 1024;

const TAG_BYTES = 16;
const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
/** "CGS" and the version of the format. */
const MAGIC = Buffer.from([0x43, 0x47, 0x53, 0x01]);
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const NONCE_BYTES = 12;
/** The counter is four bytes of the nonce: 256 TiB, which nothing here comes near. */
const MAX_CHUNKS = 2 ** 32;
const USE = 'customer-governance/stream/1';

/** A sealed stream that does not open: another key or place, altered, cut off, put in another order, or longer than it was. */
export class StreamBroken extends Error {
  constructor() {
    super(
      'A sealed stream does not open: it was altered, cut off or moved, or its key is another one.'
    );
    this.name = 'StreamBroken';
  }
}

/** How many bytes a plaintext of `bytes` has when it is sealed. */
export function sealedSize(bytes: number): number {
  return HEADER_BYTES + bytes + Math.max(1, Math.ceil(bytes / CHUNK_BYTES)) * TAG_BYTES;
}

/**
 * Seals whatever flows through, of any length, in constant memory: the STREAM construction (Hoang, Reyhanitabar, Rogaway and
 * Vizár, 2015) over AES-256-GCM, as age and Tink have it. Layout: "CGS" · version (1 byte) · salt (32) · chunks, each of
 * 64 KiB of ciphertext and a tag (16). Each stream has a key of its own, derived from the given one and the salt; the
 * nonce of a chunk is its number and whether it is the last.
 * @param associated binds the stream to its place; it is not stored and must be given again to open.
 */
export function sealStream(
  key: Buffer,
  associated: string,
  random: RandomBytes = systemRandom
): Transform {
  const salt = random(SALT_BYTES);
  const streamKey = keyOf(key, salt, associated);
  const seal = (chunk: Buffer, number: number, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', streamKey, nonceOf(number, last));
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  };
  return inPieces(CHUNK_BYTES, seal, {
    start: (push) => push(Buffer.concat([MAGIC, salt])),
  });
}

/**
 * Opens what `sealStream` made. Only verified chunks come out, each as soon as it is; so whoever must not act on half a
 * text waits for the end. Fails with StreamBroken when key, place, or any byte differs, or bytes are missing or more.
 */
export function openStream(key: Buffer, associated: string): Transform {
  let streamKey: Buffer | undefined;
  const open = (piece: Buffer, number: number, last: boolean): Buffer => {
    const body = piece.subarray(0, piece.length - TAG_BYTES);
    // An empty last chunk is that of an empty text; behind another one it would be a second end.
    if (!streamKey || piece.length < TAG_BYTES || (body.length === 0 && number > 0)) {
      throw new StreamBroken();
    }
    try {
      const decipher = createDecipheriv('aes-256-gcm', streamKey, nonceOf(number, last));
      decipher.setAuthTag(piece.subarray(piece.length - TAG_BYTES));
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } catch {
      throw new StreamBroken();
    }
  };
  return inPieces(SEALED_CHUNK_BYTES, open, {
    header: HEADER_BYTES,
    onHeader: (header) => {
      if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new StreamBroken();
      streamKey = keyOf(key, header.subarray(MAGIC.length), associated);
    },
  });
}

interface Ends {
  start?: (push: (bytes: Buffer) => void) => void;
  header?: number;
  onHeader?: (header: Buffer) => void;
}

/** Cuts what flows through into pieces of one size, of which the last is known as such, and works on each. */
function inPieces(
  size: number,
  work: (piece: Buffer, number: number, last: boolean) => Buffer,
  { start, header = 0, onHeader }: Ends
): Transform {
  let held: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  let headerRead = header === 0;
  let started = false;

  const take = (count: number): Buffer => {
    const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held, bytes);
    held = bytes > count ? [all.subarray(count)] : [];
    bytes -= count;
    return all.subarray(0, count);
  };
  const next = (piece: Buffer, last: boolean): Buffer => {
    if (number >= MAX_CHUNKS) throw new StreamBroken();
    const result = work(piece, number, last);
    number += 1;
    return result;
  };
  const begin = (stream: Transform) => {
    if (started) return;
    started = true;
    start?.((given) => stream.push(given));
  };
  const guarded = (callback: TransformCallback, run: () => void) => {
    try {
      run();
    } catch (error) {
      callback(error as Error);
      return;
    }
    callback();
  };

  return new Transform({
    transform(this: Transform, chunk: Buffer, _encoding, callback) {
      guarded(callback, () => {
        begin(this);
        held.push(chunk);
        bytes += chunk.length;
        if (!headerRead && bytes >= header) {
          onHeader?.(take(header));
          headerRead = true;
        }
        // One byte more than a piece says that this piece is not the last.
        while (headerRead && bytes > size) this.push(next(take(size), false));
      });
    },
    flush(this: Transform, callback) {
      guarded(callback, () => {
        begin(this);
        if (!headerRead) throw new StreamBroken();
        this.push(next(take(bytes), true));
      });
    },
  });
}

/** The key of one stream: HKDF-SHA-256 (RFC 5869) over the given key, the stream's salt and its place. */
function keyOf(key: Buffer, salt: Buffer, associated: string): Buffer {
  const info = Buffer.from(`${USE}\n${associated}`, 'utf8');
  return Buffer.from(hkdfSync('sha256', key, salt, info, KEY_BYTES));
}

/** Seven zeros, the number of the chunk in four bytes, and one byte that is 1 for the last. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 5);
  nonce[NONCE_BYTES - 1] = last ? 1 : 0;
  return nonce;
}
