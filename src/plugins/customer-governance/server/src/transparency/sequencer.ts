import type { Core } from '@strapi/strapi';
import { canonicalEntry } from '../audit/encoding';
import { fromJson, inTransaction } from '../database';
import type { KeyStore } from '../vault/key-store';
import { HOUR_MS, HOURS, LEAVES, RECORD_ENTRIES } from './models';
import type { Signer } from './signer';
import type { CheckpointRow, PendingEntry, Store, TreeState } from './store';
import type { TombstoneFiles } from './tombstone-files';
import { checkpointText } from './tree/checkpoint';
import { leafHash } from './tree/hashes';
import { signNote } from './tree/note';
import { appendLeaves, cached, rootOf, TILE_WIDTH, withTiles, type TileReader } from './tree/tiles';

/** Four tiles: long enough to be quick, short enough that SQLite's one connection is soon free again. */
const BATCH = 4 * TILE_WIDTH;

/** Why the sequencer signs no more. Entries go on being written; `audit:verify` tells what happened. */
export type Halt =
  /** The tree is smaller than one that was signed: the data was restored, or the end of the log was cut off. */
  | 'smaller-than-signed'
  /** The hashes are no longer those that were signed. */
  | 'other-than-signed';

/**
 * Orders committed entries into the tree and signs checkpoints, off the path of whoever writes entries. One at a time on
 * however many instances; a batch is one transaction, so that a killed one leaves nothing and is done again.
 */
export function createSequencer({
  strapi,
  store,
  signer,
  keyStore,
  files,
  now = () => new Date(),
}: {
  strapi: Core.Strapi;
  store: Store;
  signer: Signer;
  keyStore: KeyStore;
  files: Pick<TombstoneFiles, 'close' | 'extensions'>;
  now?: () => Date;
}) {
  /** The next entries after the id `after`, or what stands against signing. */
  const batch = (after: number) =>
    inTransaction(strapi, async () => {
      await store.lock();
      const state = await store.state();
      if (state.halted) return { rows: 0, last: after, halted: state.halted };
      const rows = await store.unsequenced(after, BATCH);
      if (rows.length === 0) return { rows: 0, last: after };
      const reader = cached(store.tiles());
      const halted = await unfit(state, reader);
      if (halted) {
        await store.change({ halted });
        return { rows: 0, last: after, halted };
      }
      const signed = await extend(state, reader, rows);
      return { rows: rows.length, last: rows[rows.length - 1].id, signed };
    });

  /** Never sign a smaller or another tree than before, whatever the database says now. */
  const unfit = async (state: TreeState, reader: TileReader): Promise<Halt | null> => {
    const anchor = await keyStore.logAnchor();
    const checkpoint = await store.newestCheckpoint();
    for (const signed of [anchor, checkpoint]) {
      if (!signed || signed.treeSize === 0) continue;
      if (signed.treeSize > state.treeSize) return 'smaller-than-signed';
      const root = await rootOf(reader, signed.treeSize).catch(() => null);
      if (root?.toString('base64') !== signed.rootHash) return 'other-than-signed';
    }
    return null;
  };

  const extend = async (state: TreeState, reader: TileReader, rows: readonly PendingEntry[]) => {
    const leaves = rows.map((row) => leafHash(canonicalEntry(row)));
    const tiles = await appendLeaves(reader, state.treeSize, leaves);
    const treeSize = state.treeSize + rows.length;
    const root = await rootOf(withTiles(reader, tiles), treeSize);
    await store.saveTiles(tiles);
    await store.insertRows(
      LEAVES,
      [
        { name: 'id', type: 'integer' },
        { name: 'entry_id', type: 'integer' },
      ],
      rows.map((row, at) => [state.treeSize + at, row.id])
    );
    await index(rows);
    const key = await signer.current();
    const extensions = await files.extensions();
    const text = checkpointText({ origin: key.name, size: treeSize, root, extensions });
    const checkpoint: CheckpointRow = {
      treeSize,
      rootHash: root.toString('base64'),
      note: signNote(text, await signer.signers(state.keyId)),
      createdAt: now(),
    };
    await store.addCheckpoint(checkpoint);
    await store.change({ tree_size: treeSize, key_id: key.id });
    return checkpoint;
  };

  /** What the explorer looks things up by: the entries of a record, and the counts of each hour. */
  const index = async (rows: readonly PendingEntry[]) => {
    const named = new Map<string, [string, number, number]>();
    const hours = new Map<string, [number, string, string, string, string, number, number]>();
    for (const row of rows) {
      const records = fromJson<string[] | null>(row.record_ids as string) ?? [];
      const at = new Date(row.at).getTime();
      for (const id of records) named.set(`${id} ${row.id}`, [id, at, row.id]);
      const hour = Math.floor(at / HOUR_MS);
      const { actor_kind: kind, actor_id: actor, action, outcome } = row;
      const key = [hour, kind, actor, action, outcome].join(' ');
      const counted = hours.get(key);
      if (counted) {
        counted[5] += 1;
        counted[6] += records.length;
      } else {
        hours.set(key, [hour, kind, actor, action, outcome, 1, records.length]);
      }
    }
    await store.insertRows(
      RECORD_ENTRIES,
      [
        { name: 'record_id', type: 'text' },
        { name: 'at', type: 'bigint' },
        { name: 'entry_id', type: 'integer' },
      ],
      [...named.values()]
    );
    await store.insertRows(
      HOURS,
      [
        { name: 'hour', type: 'integer' },
        { name: 'actor_kind', type: 'text' },
        { name: 'actor_id', type: 'text' },
        { name: 'action', type: 'text' },
        { name: 'outcome', type: 'text' },
        { name: 'entries', type: 'integer' },
        { name: 'records', type: 'integer' },
      ],
      [...hours.values()],
      `ON CONFLICT (hour, actor_kind, actor_id, action, outcome) DO UPDATE SET
         entries = ${HOURS}.entries + excluded.entries, records = ${HOURS}.records + excluded.records`
    );
  };

  /**
   * Moves the watermark, below which no entry can appear any more. On PostgreSQL a transaction may commit a lower id later
   * than another a higher one; an id counts as settled when every transaction has ended that was running when it was
   * first seen (a trigger gives each inserting transaction its number before it takes an id, see `protection.ts`).
   * Entries between watermark and horizon are found by the leaf that they lack.
   */
  const settle = async (
    state: TreeState,
    seen: { xmin: bigint; xmax: bigint; newest: number } | null,
    last: number
  ) => {
    if (!seen) {
      if (last > state.watermark) await store.change({ watermark: last });
      return;
    }
    const { horizonId, horizonXmax } = state;
    const waits = horizonId !== null && horizonXmax !== null;
    // A restore into another cluster begins with small transaction numbers again: note a new horizon.
    const foreign = waits && seen.xmax < horizonXmax;
    if (waits && !foreign && seen.xmin < horizonXmax) return;
    const watermark = waits && !foreign ? Math.max(horizonId, state.watermark) : state.watermark;
    if (watermark === state.watermark && horizonId === seen.newest && !foreign) return;
    await store.change({
      watermark,
      horizon_id: seen.newest,
      horizon_xmax: String(seen.xmax),
    });
  };

  const pass = async (): Promise<number> => {
    const state = await store.state();
    if (state.halted) return 0;
    await files.close();
    const seen = await store.snapshot();
    let last = state.watermark;
    let sequenced = 0;
    // Looked for without the lock: an idle application writes nothing.
    while ((await store.unsequenced(last, 1)).length > 0) {
      const done = await batch(last);
      sequenced += done.rows;
      last = done.last;
      if (done.halted) {
        strapi.log.error(
          `ALERT: the audit log is not signed any more: ${done.halted}. Run "npm run governance -- audit:verify"; after a restore that was meant, audit:resume.`
        );
        return sequenced;
      }
      // After the commit: an anchor of a tree that was rolled back would stop the log for good.
      if (done.signed) await keyStore.raiseLogAnchor(done.signed);
    }
    await settle(state, seen, last);
    return sequenced;
  };

  let running: Promise<number> | undefined;
  return {
    /**
     * Sequences everything that is committed by now, after whatever pass is running.
     * @returns how many entries found their place.
     */
    async run(): Promise<number> {
      // Whoever joins a running pass may have written entries after it had looked: they are for the next one.
      while (running) await running.catch(() => 0);
      running = pass();
      try {
        return await running;
      } finally {
        running = undefined;
      }
    },
  };
}

export type Sequencer = ReturnType<typeof createSequencer>;
