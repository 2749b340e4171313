import { HASH_BYTES, nodeHash } from './hashes';
import { cached, rangeHash, splitOf, type TileReader } from './tiles';

/** The hashes that lead from a leaf to the root of the tree of the first `size` leaves (RFC 6962, 2.1.1). */
export async function inclusionProof(
  reader: TileReader,
  leafIndex: number,
  size: number
): Promise<Buffer[]> {
  if (!isIndex(leafIndex) || !isIndex(size) || leafIndex >= size) {
    throw new RangeError(`There is no leaf ${leafIndex} in a tree of ${size} leaves.`);
  }
  const tiles = cached(reader);
  const proof: Buffer[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const split = from + splitOf(to - from);
    if (leafIndex < split) {
      proof.push(await rangeHash(tiles, split, to, size));
      to = split;
    } else {
      proof.push(await rangeHash(tiles, from, split, size));
      from = split;
    }
  }
  return proof.reverse();
}

/** Whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leafHash: Uint8Array,
  leafIndex: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array
): boolean {
  if (!isIndex(leafIndex) || !isIndex(size) || leafIndex >= size) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let node = leafIndex;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      // On the right border a node that has no sibling rises as it is.
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(hash, root);
}

/** The hashes that show that the tree of the first `n` leaves goes on from that of the first `m` (RFC 6962, 2.1.2). */
export async function consistencyProof(
  reader: TileReader,
  m: number,
  n: number
): Promise<Buffer[]> {
  if (!isIndex(m) || !isIndex(n) || m < 1 || m > n) {
    throw new RangeError(`There is no consistency proof from ${m} to ${n} leaves.`);
  }
  if (m === n) return [];
  const tiles = cached(reader);
  const proof: Buffer[] = [];
  let [from, to] = [0, n];
  while (to !== m) {
    const split = from + splitOf(to - from);
    if (m <= split) {
      proof.push(await rangeHash(tiles, split, to, n));
      to = split;
    } else {
      proof.push(await rangeHash(tiles, from, split, n));
      from = split;
    }
  }
  // What is left is a part of the old tree; where it is the whole of it, the verifier knows its root already.
  if (from > 0) proof.push(await rangeHash(tiles, from, to, n));
  return proof.reverse();
}

/** Whether the tree of `n` leaves goes on from that of `m` (RFC 9162, 2.1.4.2). No tree tells anything of the empty one. */
export function verifyConsistency(
  m: number,
  n: number,
  rootM: Uint8Array,
  rootN: Uint8Array,
  proof: readonly Uint8Array[]
): boolean {
  if (!isIndex(m) || !isIndex(n) || m < 1 || m > n) return false;
  if (![rootM, rootN, ...proof].every(isHash)) return false;
  if (m === n) return proof.length === 0 && equal(rootM, rootN);
  if (proof.length === 0) return false;
  let node = m - 1;
  let last = n - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  const path = Number.isInteger(Math.log2(m)) ? [rootM, ...proof] : proof;
  let older = path[0];
  let newer = path[0];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equal(older, rootM) && equal(newer, rootN);
}

const isIndex = (n: number) => Number.isSafeInteger(n) && n >= 0;
const isHash = (hash: Uint8Array) => hash.length === HASH_BYTES;
const isOdd = (n: number) => n % 2 === 1;
// Not by `>>`, which knows 32 bits only.
const half = (n: number) => Math.floor(n / 2);
const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
