import { EMPTY_ROOT, HASH_BYTES, nodeHash, nodeHashInto } from '../tree/hashes';
import { TILE_WIDTH } from '../tree/tiles';

const TILE_LEVELS = 8;

/** A full tile of some level and the hash that the level above must hold of it. */
export interface CompletedTile {
  level: number;
  index: number;
  hash: Buffer;
}

/**
 * The tree as it grows leaf by leaf, in the memory of one tile and of one hash a level. Knows the root of every size
 * within the last tile.
 */
export class GrowingTree {
  /** How many leaves are in full tiles. */
  #base = 0;
  #width = 0;
  /** The nodes of the last tile, by level; 0 holds the leaves. */
  readonly #nodes = Array.from({ length: TILE_LEVELS + 1 }, (_, level) =>
    Buffer.alloc((TILE_WIDTH >> level) * HASH_BYTES)
  );
  /** The subtrees on the left of the last tile, by level above it: one for each bit of the number of full tiles. */
  readonly #left: Buffer[] = [];

  get size(): number {
    return this.#base + this.#width;
  }

  /** Lays the hashes of the next tile. The tile before must have been closed. */
  lay(hashes: Buffer): void {
    this.#width = hashes.length / HASH_BYTES;
    hashes.copy(this.#nodes[0]);
    for (let level = 1; level <= TILE_LEVELS; level++) {
      const below = this.#nodes[level - 1];
      const count = this.#width >> level;
      for (let i = 0; i < count; i++) {
        nodeHashInto(below, 2 * i * HASH_BYTES, this.#nodes[level], i * HASH_BYTES);
      }
    }
  }

  /** Hash of the last tile, which must be full. */
  tileHash(): Buffer {
    return Buffer.from(this.#nodes[TILE_LEVELS]);
  }

  /** The root of the first `size` leaves, of which the last is in the last tile. */
  rootAt(size: number): Buffer {
    if (size === 0) return EMPTY_ROOT;
    const width = size - this.#base;
    let hash: Buffer | null = null;
    for (let level = 0; level <= TILE_LEVELS; level++) {
      const index = width >> level;
      if (index % 2 === 0) continue;
      const at = (index - 1) * HASH_BYTES;
      const node = this.#nodes[level].subarray(at, at + HASH_BYTES);
      hash = hash === null ? Buffer.from(node) : nodeHash(node, hash);
    }
    let tiles = this.#base / TILE_WIDTH;
    for (let level = 0; tiles > 0; level++, tiles = Math.floor(tiles / 2)) {
      if (tiles % 2 === 0) continue;
      hash = hash === null ? this.#left[level] : nodeHash(this.#left[level], hash);
    }
    return hash ?? EMPTY_ROOT;
  }

  /** Puts the last tile, which must be full, with those before it. @returns every tile of any level that it completes. */
  close(): CompletedTile[] {
    let index = this.#base / TILE_WIDTH;
    let hash = this.tileHash();
    const completed: CompletedTile[] = [{ level: 0, index, hash }];
    let level = 0;
    for (; index % 2 === 1; level++, index = (index - 1) / 2) {
      hash = nodeHash(this.#left[level], hash);
      if ((level + 1) % TILE_LEVELS === 0) {
        completed.push({ level: (level + 1) / TILE_LEVELS, index: (index - 1) / 2, hash });
      }
    }
    this.#left[level] = hash;
    this.#base += TILE_WIDTH;
    this.#width = 0;
    return completed;
  }
}
