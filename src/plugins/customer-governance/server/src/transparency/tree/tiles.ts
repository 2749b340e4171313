import { EMPTY_ROOT, HASH_BYTES, nodeHash, subtreeHash } from './hashes';

/** Hashes of a full tile. A tile spans eight levels of the binary tree; this is the width of its lowest. */
export const TILE_WIDTH = 256;
const TILE_LEVELS = 8;
const FULL_TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/**
 * Gives tiles: the hashes of a tile one behind the other. The last tile of a level may be partial, and may by now hold
 * more than a smaller tree needs.
 */
export interface TileReader {
  tile(level: number, index: number): Promise<Buffer>;
}

export interface Tile {
  level: number;
  index: number;
  hashes: Buffer;
}

/** How many hashes stand at a level of the tiles of a tree: one for each full tile of the level below. */
export const hashesAtLevel = (level: number, size: number): number =>
  Math.floor(size / TILE_WIDTH ** level);

/** The same reader, which reads no tile twice: a proof asks for the same few tiles again and again. */
export function cached(reader: TileReader): TileReader {
  const tiles = new Map<string, Promise<Buffer>>();
  return {
    tile(level, index) {
      const key = `${level}/${index}`;
      const known = tiles.get(key) ?? reader.tile(level, index);
      tiles.set(key, known);
      return known;
    },
  };
}

/** The reader as it will be once `changed` is stored. */
export function withTiles(reader: TileReader, changed: readonly Tile[]): TileReader {
  const tiles = new Map(changed.map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  return {
    tile: async (level, index) => tiles.get(`${level}/${index}`) ?? reader.tile(level, index),
  };
}

/** A tile, of which at least the first `width` hashes must be there. */
async function tileOf(
  reader: TileReader,
  level: number,
  index: number,
  width: number
): Promise<Buffer> {
  const hashes = await reader.tile(level, index);
  if (hashes.length < width * HASH_BYTES) {
    const held = Math.floor(hashes.length / HASH_BYTES);
    throw new Error(`${tilePath(level, index)} holds ${held} hashes; ${width} are needed.`);
  }
  return hashes;
}

/**
 * Hash of the complete subtree of 2^level leaves that begins at leaf index × 2^level.
 * @param level of the binary tree, where leaves are at 0.
 */
export async function hashAt(
  reader: TileReader,
  level: number,
  index: number,
  size: number
): Promise<Buffer> {
  if ((index + 1) * 2 ** level > size) {
    throw new Error(`The subtree ${index} of level ${level} is not complete at ${size} leaves.`);
  }
  const tileLevel = Math.floor(level / TILE_LEVELS);
  const count = 2 ** (level % TILE_LEVELS);
  const first = index * count;
  const tile = await tileOf(
    reader,
    tileLevel,
    Math.floor(first / TILE_WIDTH),
    (first % TILE_WIDTH) + count
  );
  return subtreeHash(tile, first % TILE_WIDTH, count);
}

/** The largest power of two below `n`: where RFC 6962 parts a tree of n leaves. @param n at least 2. */
export function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Hash of the leaves from `from` to before `to`, which must be a subtree that RFC 6962 forms in a tree of `size`. */
export async function rangeHash(
  reader: TileReader,
  from: number,
  to: number,
  size: number
): Promise<Buffer> {
  const width = to - from;
  const level = Math.log2(width);
  if (Number.isInteger(level)) return hashAt(reader, level, from / width, size);
  const split = from + splitOf(width);
  return nodeHash(
    await rangeHash(reader, from, split, size),
    await rangeHash(reader, split, to, size)
  );
}

/** Root of the tree of the first `size` leaves. Reads the last tile of each level. */
export async function rootOf(reader: TileReader, size: number): Promise<Buffer> {
  return size === 0 ? EMPTY_ROOT : rangeHash(cached(reader), 0, size, size);
}

/**
 * Appends leaves to a tree of `size`.
 * @returns every tile that is new or has grown, lowest level first. A full tile never changes, so the memory is that of
 *   the new leaves and one tile a level.
 */
export async function appendLeaves(
  reader: TileReader,
  size: number,
  leafHashes: readonly Buffer[]
): Promise<Tile[]> {
  const changed: Tile[] = [];
  let added: readonly Buffer[] = leafHashes;
  for (let level = 0; added.length > 0; level++) {
    const present = hashesAtLevel(level, size);
    const width = present % TILE_WIDTH;
    let index = Math.floor(present / TILE_WIDTH);
    const before =
      width === 0
        ? []
        : [(await tileOf(reader, level, index, width)).subarray(0, width * HASH_BYTES)];
    const row = Buffer.concat([...before, ...added]);
    const completed: Buffer[] = [];
    for (let start = 0; start < row.length; start += FULL_TILE_BYTES, index++) {
      const hashes = row.subarray(start, start + FULL_TILE_BYTES);
      changed.push({ level, index, hashes });
      if (hashes.length === FULL_TILE_BYTES) completed.push(subtreeHash(hashes, 0, TILE_WIDTH));
    }
    added = completed;
  }
  return changed;
}

/** What stands at a path of C2SP tlog-tiles; `width` is 256 where the tile is full. */
export interface TileAddress {
  level: number | 'entries';
  index: number;
  width: number;
}

const GROUP = 1000;
const MAX_LEVEL = 63;

/** Path of a tile or an entry bundle in C2SP tlog-tiles: `tile/0/x001/x234/067`, with `.p/5` behind it when partial. */
export function tilePath(level: number | 'entries', index: number, width = TILE_WIDTH): string {
  const group = (n: number) => String(n % GROUP).padStart(3, '0');
  let path = group(index);
  for (let rest = Math.floor(index / GROUP); rest > 0; rest = Math.floor(rest / GROUP)) {
    path = `x${group(rest)}/${path}`;
  }
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Reads a path of C2SP tlog-tiles. @returns null for whatever is not exactly such a path. */
export function parseTilePath(path: string): TileAddress | null {
  const match = /^tile\/(\d{1,2}|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!match) return null;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = Number(match[2].replace(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (level !== 'entries' && level > MAX_LEVEL) return null;
  if (width === 0 || !Number.isSafeInteger(index)) return null;
  // One tile has one path: no needless zeros, no `.p/256`.
  return tilePath(level, index, width) === path ? { level, index, width } : null;
}
