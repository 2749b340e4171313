import type { Core } from '@strapi/strapi';
import { auditOf, AUDIT_TABLE } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { LEAVES, RECORD_ENTRIES } from './models';
import type { Store } from './store';
import { TILE_WIDTH } from './tree/tiles';

/** Tiles in one transaction. */
const BATCH = 16;

/**
 * Removes the entries of whole tiles that are older than `before`, oldest first, and stops at the first tile that holds a
 * younger one. The hashes of the tiles stay: so every remaining entry, and every checkpoint that was ever signed, can be
 * verified as before. What was removed can no longer be read, and the log says so itself.
 * @returns how many entries were removed.
 */
export async function pruneLog(
  strapi: Core.Strapi,
  store: Store,
  before: Date,
  progress?: (removed: number) => void
): Promise<number> {
  let removed = 0;
  for (;;) {
    const batch = await inTransaction(strapi, async () => {
      await store.lock();
      const { prunedBelow, treeSize, halted } = await store.state();
      if (halted) return 0;
      const below = await oldTilesEnd(strapi, prunedBelow, treeSize, before);
      if (below === prunedBelow) return 0;
      // The triggers let these rows go, and only within this transaction.
      await store.change({ permit_below: below });
      const table = await tablesOf(strapi);
      const leaves = () => table(LEAVES).where('id', '>=', prunedBelow).andWhere('id', '<', below);
      await table(RECORD_ENTRIES).whereIn('entry_id', leaves().select('entry_id')).delete();
      await table(AUDIT_TABLE).whereIn('id', leaves().select('entry_id')).delete();
      await leaves().delete();
      await store.change({ permit_below: 0, pruned_below: below });
      const count = below - prunedBelow;
      await auditOf(strapi).append({ action: 'log.prune', details: { count, below } });
      return count;
    });
    if (batch === 0) return removed;
    removed += batch;
    progress?.(removed);
  }
}

/** The leaf index at which the next whole tiles end that hold nothing younger than `before`. */
async function oldTilesEnd(
  strapi: Core.Strapi,
  from: number,
  treeSize: number,
  before: Date
): Promise<number> {
  const table = await tablesOf(strapi);
  const end = Math.min(from + BATCH * TILE_WIDTH, treeSize - (treeSize % TILE_WIDTH));
  const young = await table(`${LEAVES} as leaf`)
    .join(`${AUDIT_TABLE} as entry`, 'entry.id', 'leaf.entry_id')
    .where('leaf.id', '>=', from)
    .andWhere('leaf.id', '<', end)
    .andWhere('entry.at', '>=', before)
    .min({ first: 'leaf.id' })
    .first();
  if (young?.first === null || young?.first === undefined) return Math.max(end, from);
  return Math.max(Number(young.first) - (Number(young.first) % TILE_WIDTH), from);
}
