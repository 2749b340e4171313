import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../audit/audit';
import { canonicalEntry, ENTRY_COLUMNS, type StoredEntry } from '../audit/encoding';
import { tablesOf } from '../database';
import { vaultOf } from '../vault/vault';
import { createEntryPages, type StoredPage } from './entry-pages';
import { CHECKPOINTS, TILES } from './models';
import type { Signer } from './signer';
import { leafOfEntry, type Store } from './store';
import { leafHash } from './tree/hashes';
import { TILE_WIDTH } from './tree/tiles';
import type { Findings } from './verifier/findings';
import type { CheckpointReader, KeptCheckpoint, LogSource } from './verifier/source';
import { verifyLog, type Verification } from './verifier/verify-log';

/** Tiles that are read at once. */
const TILES_AT_ONCE = 4;
const LEAVES_AT_ONCE = TILES_AT_ONCE * TILE_WIDTH;
const PAGES_AHEAD = 2;
const NAMED = 1000;

export interface VerifyLogOptions {
  witnesses?: ReadonlyArray<CheckpointReader & { name: string }>;
  progress?: (leaves: number, size: number) => void;
  /** How many findings are told in full. */
  limit?: number;
}

/** The log as it stands in the database, up to the size that it has now: it may grow meanwhile. */
export async function databaseSource(
  strapi: Core.Strapi,
  store: Store,
  signer: Signer
): Promise<LogSource & { further(findings: Findings): Promise<void> }> {
  // In this order, for the log may grow between these: nothing that is read first may be longer than the state.
  const anchor = await vaultOf(strapi).keyStore().logAnchor();
  const newest = await store.newestCheckpoint();
  const state = await store.state();
  const longest = Math.max(state.treeSize, newest?.treeSize ?? 0);
  const pages = createEntryPages(strapi);
  const odd: StoredPage['odd'] = [];
  let settled = 0;
  let passed = 0;
  let held = new Map<number, Promise<StoredPage>>();
  let tiles: { first: number; hashes: Map<number, Buffer> } | null = null;

  const startOf = (leaf: number) =>
    // Of the page in which pruning ended only what is left.
    Math.max(leaf - (leaf % LEAVES_AT_ONCE), Math.min(state.prunedBelow, leaf));
  const endOf = (start: number) =>
    Math.min(start - (start % LEAVES_AT_ONCE) + LEAVES_AT_ONCE, state.treeSize);
  const pageAt = (start: number): Promise<StoredPage> => {
    const known = held.get(start);
    if (known) return known;
    const page = pages.page(start, endOf(start) - start, state.watermark);
    page.catch(() => undefined);
    return page;
  };

  return {
    size: state.treeSize,
    grownTo: async () => (await store.state()).treeSize,
    prunedBelow: state.prunedBelow,
    keys: await signer.verifiers(),
    anchor: anchor && { size: anchor.treeSize, root: Buffer.from(anchor.rootHash, 'base64') },

    async entries(fromLeaf, limit) {
      if (limit < TILE_WIDTH && fromLeaf + limit !== state.treeSize) {
        return pages.page(fromLeaf, limit, state.watermark);
      }
      const from = startOf(fromLeaf);
      const end = endOf(from);
      const coming = pageAt(from);
      const ahead = new Map([[from, coming]]);
      // The database reads the pages after it while this one is hashed.
      for (let at = end; at < state.treeSize && ahead.size <= PAGES_AHEAD; at = endOf(at)) {
        ahead.set(at, pageAt(at));
      }
      held = ahead;
      const page = await coming;
      if (from >= passed) {
        passed = end;
        settled += page.settled;
        odd.push(...page.odd.slice(0, NAMED - odd.length));
      }
      const first = fromLeaf - from;
      return {
        bytes: page.bytes.slice(first, first + limit),
        ids: page.ids?.slice(first, first + limit),
      };
    },

    async carefully(fromLeaf, limit) {
      const { bytes, ids } = await pages.byRows(fromLeaf, limit, state.watermark);
      // Pruned since this began: whatever is missing now was there and was let go.
      if (bytes.includes(null) && fromLeaf < (await store.state()).prunedBelow) return null;
      return { bytes, ids };
    },

    async tile(level, index) {
      const first = index - (index % TILES_AT_ONCE);
      if (level > 0)
        return (await readTiles(strapi, level, index, 1)).get(index) ?? Buffer.alloc(0);
      if (tiles?.first !== first) {
        tiles = { first, hashes: await readTiles(strapi, 0, first, TILES_AT_ONCE) };
      }
      return tiles.hashes.get(index) ?? Buffer.alloc(0);
    },

    async checkpoints(afterSize, limit): Promise<KeptCheckpoint[]> {
      const rows = (await (
        await tablesOf(strapi)
      )(CHECKPOINTS)
        .where('tree_size', '>', afterSize)
        .andWhere('tree_size', '<=', longest)
        .orderBy('tree_size')
        .limit(limit)
        .select('tree_size', 'note')) as Array<{ tree_size: number; note: string }>;
      return rows.map(({ tree_size: size, note }) => ({ size: Number(size), note }));
    },

    /** What only the database can tell: rows that are in no leaf, and columns that no entry is made of. */
    async further(findings) {
      for (const { leafIndex, entryId } of odd) {
        findings.add({
          code: 'altered',
          leafIndex,
          entryId,
          message: `The row of entry ${entryId} (leaf ${leafIndex}) was altered: a column beside the entry's own is not as the log writes it.`,
        });
      }
      await nameStrays(strapi, findings, state.watermark, settled);
    },
  };
}

/** Verifies the log in the database. @see verifyLog */
export async function verifyDatabase(
  strapi: Core.Strapi,
  store: Store,
  signer: Signer,
  { witnesses, progress, limit }: VerifyLogOptions = {}
): Promise<Verification> {
  const source = await databaseSource(strapi, store, signer);
  return verifyLog(
    { ...source, witnesses },
    { progress, limit, further: (findings) => source.further(findings) }
  );
}

async function readTiles(
  strapi: Core.Strapi,
  level: number,
  first: number,
  count: number
): Promise<Map<number, Buffer>> {
  const rows = (await (
    await tablesOf(strapi)
  )(TILES)
    .where({ level })
    .andWhere('tile_index', '>=', first)
    .andWhere('tile_index', '<', first + count)
    .select('tile_index', 'hashes')) as Array<{ tile_index: number; hashes: string }>;
  return new Map(
    rows.map(({ tile_index: index, hashes }) => [Number(index), Buffer.from(hashes, 'base64')])
  );
}

/**
 * Rows that have no leaf although the sequencer has long passed them were written behind it. Counting is quick; only when
 * there are more rows than leaves is each looked for.
 * @param settled how many leaves have a row up to the watermark.
 */
async function nameStrays(
  strapi: Core.Strapi,
  findings: Findings,
  watermark: number,
  settled: number
): Promise<void> {
  const tables = await tablesOf(strapi);
  const [{ rows }] = (await tables(AUDIT_TABLE)
    .where('id', '<=', watermark)
    .count({ rows: '*' })) as Array<{ rows: number | string }>;
  if (Number(rows) <= settled) return;
  const strays = (await tables(`${AUDIT_TABLE} as entry`)
    .where('entry.id', '<=', watermark)
    .whereNotExists(leafOfEntry(tables))
    .orderBy('entry.id')
    .limit(NAMED)
    .select(ENTRY_COLUMNS.map((column) => `entry.${column}`))) as StoredEntry[];
  for (const row of strays) {
    let hash = '';
    try {
      hash = leafHash(canonicalEntry(row)).toString('latin1');
    } catch {
      // No entry at all: it is in no tree.
    }
    findings.mismatch({ entry: { position: null, hash, entryId: row.document_id } });
  }
}
