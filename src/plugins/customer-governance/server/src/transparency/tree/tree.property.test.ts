import { createHash } from 'node:crypto';
import fc from 'fast-check';

import { EMPTY_ROOT, leafHash } from './hashes';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proofs';
import { appendLeaves, rootOf, tilePath, withTiles, type TileReader } from './tiles';

const SEED = Number(process.env.TREE_SEED ?? Date.now() & 0x7fffffff);
const MAX_SIZE = 300;

// Written anew from the recursive definition in RFC 6962, 2.1, so that nothing of the product checks itself.
const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const known = new Map<string, Buffer>();
function naiveRoot(leaves: readonly Buffer[], from = 0, to = leaves.length): Buffer {
  const key = `${from}-${to}`;
  const done = known.get(key);
  if (done) return done;
  let hash: Buffer;
  if (to === from) hash = sha256();
  else if (to - from === 1) hash = sha256(Buffer.from([0]), leaves[from]);
  else {
    let k = 1;
    while (k * 2 < to - from) k *= 2;
    hash = sha256(
      Buffer.from([1]),
      naiveRoot(leaves, from, from + k),
      naiveRoot(leaves, from + k, to)
    );
  }
  known.set(key, hash);
  return hash;
}

const LEAVES = Array.from({ length: MAX_SIZE }, (_, i) => Buffer.from(`entry ${i}`));
const HASHES = LEAVES.map((leaf) => leafHash(leaf));
const ROOTS = Array.from({ length: MAX_SIZE + 1 }, (_, size) => naiveRoot(LEAVES, 0, size));

class Tiles implements TileReader {
  readonly stored = new Map<string, Buffer>();
  size = 0;
  tile = async (level: number, index: number) =>
    this.stored.get(tilePath(level, index)) ?? Buffer.alloc(0);
  async append(hashes: readonly Buffer[]): Promise<void> {
    for (const { level, index, hashes: tile } of await appendLeaves(this, this.size, hashes)) {
      this.stored.set(tilePath(level, index), tile);
    }
    this.size += hashes.length;
  }
}

const tiles = new Tiles();
beforeAll(() => tiles.append(HASHES));

/** A steady stream of numbers below a bound, so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
const random = numbers(SEED);

/** The proof with one bit flipped, with one hash less, with one more, and with two in the other order. */
function damaged(proof: readonly Buffer[]): Array<[string, Buffer[]]> {
  const spare = HASHES[random(MAX_SIZE)];
  const at = random(proof.length + 1);
  const made: Array<[string, Buffer[]]> = [
    ['added', [...proof.slice(0, at), spare, ...proof.slice(at)]],
    ['added at the end', [...proof, spare]],
  ];
  if (proof.length === 0) return made;
  const which = random(proof.length);
  const flipped = proof.map((hash) => Buffer.from(hash));
  flipped[which][random(32)] ^= 1 << random(8);
  made.push(['flipped', flipped]);
  made.push(['removed', proof.filter((_, i) => i !== which)]);
  made.push([
    'cut short',
    proof.map((hash, i) => (i === which ? Buffer.from(hash.subarray(1)) : hash)),
  ]);
  if (proof.length > 1) made.push(['reversed', [...proof].reverse()]);
  return made;
}

describe(`every tree of up to ${MAX_SIZE} leaves (TREE_SEED=${SEED})`, () => {
  it('has the root of the recursive definition', async () => {
    for (let size = 0; size <= MAX_SIZE; size++) {
      expect((await rootOf(tiles, size)).equals(ROOTS[size])).toBe(true);
    }
    expect(ROOTS[0]).toEqual(EMPTY_ROOT);
  });

  it('proves every leaf, and no damaged proof, other leaf, index or height passes', async () => {
    const failures: string[] = [];
    const expectThat = (holds: boolean, what: string) => void (holds || failures.push(what));
    for (let size = 1; size <= MAX_SIZE; size++) {
      const root = ROOTS[size];
      for (let leaf = 0; leaf < size; leaf++) {
        const proof = await inclusionProof(tiles, leaf, size);
        const hash = HASHES[leaf];
        const passes = (i: number, n: number, p = proof, h = hash, r = root) =>
          verifyInclusion(h, i, n, p, r);
        const name = `leaf ${leaf} of ${size}`;
        expectThat(passes(leaf, size), name);
        for (const [what, wrong] of damaged(proof)) {
          expectThat(!passes(leaf, size, wrong), `${name}: ${what}`);
        }
        const other = (leaf + 1 + random(size)) % size;
        if (other !== leaf) {
          expectThat(!passes(other, size), `${name}: as leaf ${other}`);
          expectThat(!passes(leaf, size, proof, HASHES[other]), `${name}: with leaf ${other}`);
        }
        expectThat(!passes(leaf + size, size), `${name}: beyond the size`);
        expectThat(!passes(leaf, 2 * size), `${name}: twice the size`);
        expectThat(!passes(leaf, Math.floor(size / 2)), `${name}: half the size`);
        expectThat(!passes(leaf, size, proof, hash, ROOTS[size - 1]), `${name}: another root`);
      }
    }
    expect(failures).toEqual([]);
  });

  it('goes on from every smaller one, and no damaged proof, other size or root passes', async () => {
    const failures: string[] = [];
    const expectThat = (holds: boolean, what: string) => void (holds || failures.push(what));
    for (let n = 1; n <= MAX_SIZE; n++) {
      for (let m = 1; m <= n; m++) {
        const proof = await consistencyProof(tiles, m, n);
        const passes = (a: number, b: number, p = proof, rootA = ROOTS[m], rootB = ROOTS[n]) =>
          verifyConsistency(a, b, rootA, rootB, p);
        const name = `${m} to ${n}`;
        expectThat(passes(m, n), name);
        for (const [what, wrong] of damaged(proof)) {
          expectThat(!passes(m, n, wrong), `${name}: ${what}`);
        }
        const other = 1 + random(n);
        if (other !== m) {
          expectThat(!passes(other, n), `${name}: from ${other}`);
          expectThat(!passes(m, n, proof, ROOTS[other]), `${name}: from the root of ${other}`);
        }
        expectThat(!passes(m, 2 * n), `${name}: to twice the size`);
        expectThat(!passes(m, n, proof, ROOTS[m], ROOTS[n - 1]), `${name}: to another root`);
        expectThat(!passes(n + 1, n), `${name}: from a larger tree`);
      }
    }
    expect(failures).toEqual([]);
  });

  it('refuses what no tree has', async () => {
    for (const [leaf, size] of [
      [0, 0],
      [3, 3],
      [-1, 3],
      [0.5, 3],
    ]) {
      await expect(inclusionProof(tiles, leaf, size)).rejects.toThrow(RangeError);
      expect(verifyInclusion(HASHES[0], leaf, size, [], ROOTS[1])).toBe(false);
    }
    for (const [m, n] of [
      [0, 3],
      [4, 3],
      [1.5, 3],
    ]) {
      await expect(consistencyProof(tiles, m, n)).rejects.toThrow(RangeError);
      expect(verifyConsistency(m, n, ROOTS[1], ROOTS[3], [])).toBe(false);
    }
    await expect(rootOf(new Tiles(), 1)).rejects.toThrow('tile/0/000 holds 0 hashes; 1 are needed');
  });
});

describe(`a tree that grows (TREE_SEED=${SEED})`, () => {
  it('has the same tiles and root whatever the batches that it was appended in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1200 }),
        fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 12 }),
        async (size, cuts) => {
          const hashes = Array.from({ length: size }, (_, i) => leafHash(`leaf ${i}`));
          const once = new Tiles();
          await once.append(hashes);
          const grown = new Tiles();
          for (const width of [...cuts, size]) {
            await grown.append(hashes.slice(grown.size, grown.size + width));
          }
          expect(grown.stored).toEqual(once.stored);
          expect(await rootOf(grown, size)).toEqual(await rootOf(once, size));
        }
      ),
      { numRuns: 60, seed: SEED }
    );
  });

  it('never changes a full tile, and shows its new root before the tiles are stored', async () => {
    const grown = new Tiles();
    const full = new Map<string, Buffer>();
    for (let size = 0; size < 1100; size += 37) {
      const hashes = Array.from({ length: 37 }, (_, i) => leafHash(`leaf ${size + i}`));
      const changed = await appendLeaves(grown, size, hashes);
      for (const { level, index } of changed) {
        expect(full.has(tilePath(level, index))).toBe(false);
      }
      const coming = await rootOf(withTiles(grown, changed), size + 37);
      await grown.append(hashes);
      expect(await rootOf(grown, size + 37)).toEqual(coming);
      for (const [path, tile] of grown.stored) {
        if (tile.length === 8192) full.set(path, tile);
      }
    }
    expect(full.size).toBe(4);
  });

  it('stays right where the counts no longer fit in 32 bits', async () => {
    // Full tiles as high as the tree is; only those on the right border are ever read.
    const same = leafHash('the same leaf');
    const rows: Buffer[] = [];
    const rowOf = (level: number): Buffer => {
      rows[level] ??=
        level === 0
          ? Buffer.concat(Array.from({ length: 256 }, () => same))
          : Buffer.concat(Array.from({ length: 256 }, () => pairUp(rowOf(level - 1))));
      return rows[level];
    };
    const pairUp = (row: Buffer): Buffer => {
      let hashes = Array.from({ length: row.length / 32 }, (_, i) =>
        row.subarray(32 * i, 32 * i + 32)
      );
      while (hashes.length > 1) {
        hashes = Array.from({ length: hashes.length / 2 }, (_, i) =>
          sha256(Buffer.from([1]), hashes[2 * i], hashes[2 * i + 1])
        );
      }
      return hashes[0];
    };
    const endless: TileReader = { tile: async (level) => rowOf(level) };
    const [m, n] = [2 ** 33 + 12_345, 2 ** 40 + 2 ** 33 + 7];
    const [rootM, rootN] = [await rootOf(endless, m), await rootOf(endless, n)];
    const leaf = 2 ** 39 + 2 ** 32 + 5;
    const inclusion = await inclusionProof(endless, leaf, n);
    expect(verifyInclusion(same, leaf, n, inclusion, rootN)).toBe(true);
    expect(verifyInclusion(same, leaf + 2 ** 32, 2 * n, inclusion, rootN)).toBe(false);
    const consistency = await consistencyProof(endless, m, n);
    expect(verifyConsistency(m, n, rootM, rootN, consistency)).toBe(true);
    expect(verifyConsistency(m + 2 ** 32, n, rootM, rootN, consistency)).toBe(false);
  });
});
