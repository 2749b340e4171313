import crypto from 'node:crypto';

/** Bytes of a hash: SHA-256. */
export const HASH_BYTES = 32;

const LEAF = 0x00;
const NODE = 0x01;

/**
 * SHA-256 as text of one character a byte. The making of a Buffer for each hash costs more than the hash itself, so the
 * hot loops write this text into a Buffer that they have already. Node before 20.12 has no one-shot hash.
 */
const sha256: (data: Uint8Array | string) => string =
  typeof crypto.hash === 'function'
    ? (data) => crypto.hash('sha256', data, 'binary')
    : (data) => crypto.createHash('sha256').update(data).digest('binary');

const toBuffer = (digest: string) => Buffer.from(digest, 'latin1');

// Node runs this code in one thread, and nothing here is interrupted between filling and hashing.
let leafBytes = Buffer.alloc(1 + 4096, LEAF);
const nodeBytes = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** Bytes of UTF-8 that one UTF-16 unit has at most. */
const UTF8_MOST = 3;

function leafDigest(data: Uint8Array | string): string {
  const most = typeof data === 'string' ? UTF8_MOST * data.length : data.length;
  if (leafBytes.length <= most) leafBytes = Buffer.alloc(1 + 2 * most, LEAF);
  if (typeof data !== 'string') {
    leafBytes.set(data, 1);
    return sha256(leafBytes.subarray(0, 1 + data.length));
  }
  return sha256(leafBytes.subarray(0, 1 + leafBytes.write(data, 1, 'utf8')));
}

/** Root of the tree without leaves: the hash of nothing (RFC 6962, 2.1). */
export const EMPTY_ROOT: Buffer = toBuffer(sha256(''));

/** Hash of a leaf: SHA-256(0x00 ‖ data). Text is taken as UTF-8. */
export const leafHash = (data: Uint8Array | string): Buffer => toBuffer(leafDigest(data));

/** Writes the hash of a leaf into `target` at a byte offset. */
export function leafHashInto(data: Uint8Array | string, target: Buffer, offset: number): void {
  target.write(leafDigest(data), offset, 'latin1');
}

/** Hash of a node: SHA-256(0x01 ‖ left ‖ right). The prefixes keep a node from passing for a leaf. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 1 + HASH_BYTES);
  return toBuffer(sha256(nodeBytes));
}

/** Writes the hash of the node over the pair of hashes at `from` of `source` into `target`. */
export function nodeHashInto(source: Buffer, from: number, target: Buffer, offset: number): void {
  source.copy(nodeBytes, 1, from, from + 2 * HASH_BYTES);
  target.write(sha256(nodeBytes), offset, 'latin1');
}

/** The root of `count` hashes, a power of two of them, that stand one behind the other in `hashes` from the first on. */
export function subtreeHash(hashes: Buffer, first: number, count: number): Buffer {
  const start = first * HASH_BYTES;
  const row = Buffer.from(hashes.subarray(start, start + count * HASH_BYTES));
  for (let width = count; width > 1; width /= 2) {
    for (let i = 0; i < width / 2; i++) {
      nodeHashInto(row, i * 2 * HASH_BYTES, row, i * HASH_BYTES);
    }
  }
  return row.subarray(0, HASH_BYTES);
}
