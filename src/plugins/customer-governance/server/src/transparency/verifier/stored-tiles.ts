import { HASH_BYTES } from '../tree/hashes';
import { TILE_WIDTH, hashesAtLevel, tilePath } from '../tree/tiles';
import type { Findings } from './findings';
import type { CompletedTile } from './growing-tree';
import type { LogSource } from './source';

/** The tiles that the source holds: read once each from the first to the last, and held against what they should be. */
export class StoredTiles {
  /** The last tile that was read of each level above the leaves. */
  readonly #upper: Array<{ index: number; hashes: Buffer }> = [];

  constructor(
    private readonly source: LogSource,
    private readonly findings: Findings
  ) {}

  /** The first `width` hashes of a tile of leaves, or null when it does not hold so many. */
  async leaves(index: number, width: number): Promise<Buffer | null> {
    const hashes = await this.source.tile(0, index);
    return hashes.length < width * HASH_BYTES ? null : hashes.subarray(0, width * HASH_BYTES);
  }

  /** The hash that the level above holds of a full tile, or null. */
  async above({ level, index }: { level: number; index: number }): Promise<Buffer | null> {
    const upper = Math.floor(index / TILE_WIDTH);
    let tile = this.#upper[level + 1];
    if (tile?.index !== upper) {
      tile = { index: upper, hashes: await this.source.tile(level + 1, upper) };
      this.#upper[level + 1] = tile;
    }
    const at = (index % TILE_WIDTH) * HASH_BYTES;
    return tile.hashes.length < at + HASH_BYTES ? null : tile.hashes.subarray(at, at + HASH_BYTES);
  }

  /** Tells when the level above does not hold what it should of a full tile. */
  async expect(tile: CompletedTile): Promise<void> {
    const held = await this.above(tile);
    if (held?.equals(tile.hash)) return;
    const upper = tilePath(tile.level + 1, Math.floor(tile.index / TILE_WIDTH));
    const leaves = TILE_WIDTH ** (tile.level + 1);
    this.findings.add({
      code: 'tile',
      leafIndex: tile.index * leaves,
      lastLeafIndex: (tile.index + 1) * leaves - 1,
      entryId: null,
      message: `${upper} ${held ? 'holds another hash of' : 'lacks the hash of'} ${tilePath(tile.level, tile.index)} than its hashes give.`,
    });
  }

  /** Tells which hashes of a tile of leaves are not those that were signed. */
  tellDamaged(index: number, kept: Buffer | null, signed: Buffer): void {
    const path = tilePath(0, index);
    const from = index * TILE_WIDTH;
    const width = signed.length / HASH_BYTES;
    if (!kept) {
      this.findings.add({
        code: 'tile',
        leafIndex: from,
        lastLeafIndex: from + width - 1,
        entryId: null,
        message: `${path} is missing or too short. Its entries are there.`,
      });
      return;
    }
    for (let i = 0; i < width; i++) {
      const at = i * HASH_BYTES;
      if (kept.compare(signed, at, at + HASH_BYTES, at, at + HASH_BYTES) === 0) continue;
      this.findings.add({
        code: 'tile',
        leafIndex: from + i,
        entryId: null,
        message: `${path} holds another hash of leaf ${from + i} than the one that was signed. The entry is as it was signed.`,
      });
    }
  }

  /** Tells of tiles that hold more than the tree has. */
  async expectNoMore(): Promise<void> {
    const { size } = this.source;
    const last: Array<{ level: number; index: number; held: number }> = [];
    // Up to the level above the highest of the tree, which has none.
    for (let level = 0, count = size; level === 0 || count > 0; level++) {
      count = hashesAtLevel(level, size);
      const index = Math.floor(count / TILE_WIDTH);
      const held = (await this.source.tile(level, index)).length / HASH_BYTES;
      last.push({ level, index, held });
    }
    const grown = (await this.source.grownTo?.()) ?? size;
    for (const { level, index, held } of last) {
      const count = Math.max(hashesAtLevel(level, grown) - index * TILE_WIDTH, 0);
      if (held <= count) continue;
      this.findings.add({
        code: 'tile',
        leafIndex: (index * TILE_WIDTH + count) * TILE_WIDTH ** level,
        entryId: null,
        message: `${tilePath(level, index)} holds more hashes than a tree of ${grown} leaves has.`,
      });
    }
  }
}
