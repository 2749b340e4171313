import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../audit/audit';
import { canonicalEntry, ENTRY_COLUMNS, type StoredEntry } from '../audit/encoding';
import { tablesOf } from '../database';
import { LEAVES } from './models';
import type { Store } from './store';
import { HASH_BYTES } from './tree/hashes';
import { hashesAtLevel, TILE_WIDTH, type TileAddress } from './tree/tiles';

const LENGTH_BYTES = 2;
const MAX_ENTRY_BYTES = 65_535;

/**
 * A tile of hashes of C2SP tlog-tiles, as far as the newest checkpoint goes.
 * @returns null where there is none of that width.
 */
export async function publishedTile(
  store: Store,
  { level, index, width }: TileAddress & { level: number },
  size: number
): Promise<Buffer | null> {
  if (index * TILE_WIDTH + width > hashesAtLevel(level, size)) return null;
  const tile = await store.tiles().tile(level, index);
  return tile.length < width * HASH_BYTES ? null : tile.subarray(0, width * HASH_BYTES);
}

/**
 * An entry bundle of C2SP tlog-tiles: each entry's canonical bytes behind their length in two bytes.
 * @returns null where an entry is beyond the newest checkpoint, was pruned, or is not there as it was hashed.
 */
export async function publishedBundle(
  strapi: Core.Strapi,
  { index, width }: TileAddress,
  size: number
): Promise<Buffer | null> {
  const first = index * TILE_WIDTH;
  if (first + width > size) return null;
  const rows = (await (
    await tablesOf(strapi)
  )(`${LEAVES} as leaf`)
    .join(`${AUDIT_TABLE} as entry`, 'entry.id', 'leaf.entry_id')
    .where('leaf.id', '>=', first)
    .andWhere('leaf.id', '<', first + width)
    .orderBy('leaf.id')
    .select(ENTRY_COLUMNS.map((column) => `entry.${column}`))) as StoredEntry[];
  return rows.length === width ? bundleOf(rows) : null;
}

function bundleOf(rows: readonly StoredEntry[]): Buffer | null {
  const parts: Buffer[] = [];
  for (const row of rows) {
    const bytes = bytesOf(row);
    if (!bytes || bytes.length > MAX_ENTRY_BYTES) return null;
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt16BE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}

/** A row that somebody altered may have no canonical form at all. */
function bytesOf(row: StoredEntry): Buffer | null {
  try {
    return Buffer.from(canonicalEntry(row));
  } catch {
    return null;
  }
}
