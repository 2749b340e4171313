import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { AUDIT_TABLE } from '../audit/audit';
import { ENTRY_COLUMNS, type StoredEntry } from '../audit/encoding';
import { connectionOf, isPostgres, tablesOf, type Tables } from '../database';
import { CHECKPOINTS, LEAVES, STATE, TILES } from './models';
import type { Tile, TileReader } from './tree/tiles';

export interface TreeState {
  treeSize: number;
  watermark: number;
  horizonId: number | null;
  horizonXmax: bigint | null;
  prunedBelow: number;
  keyId: number | null;
  halted: string | null;
  /** The last verification of the whole log. */
  verified: { at: Date; treeSize: number; findings: number } | null;
}

/** A signed tree head. */
export interface CheckpointRow {
  treeSize: number;
  /** base64 */
  rootHash: string;
  note: string;
  createdAt: Date;
}

export type PendingEntry = StoredEntry & { id: number };

/** A row of the checkpoints' table. */
export const checkpointOf = (row: Record<string, unknown>): CheckpointRow => ({
  treeSize: Number(row.tree_size),
  rootHash: String(row.root_hash),
  note: String(row.note),
  createdAt: new Date(row.created_at as number | string | Date),
});

/** The leaf of the row `entry`, of a query that asks for those that have one, or none yet. */
export const leafOfEntry = (tables: Tables): Knex.QueryBuilder =>
  tables(`${LEAVES} as leaf`).whereRaw('leaf.entry_id = entry.id').select('id');

/** The tables of the tree. Inside a transaction everything joins it. */
export function createStore(strapi: Core.Strapi) {
  return {
    /** The one row of the state exists. */
    async create(): Promise<void> {
      const row = { id: 1, tree_size: 0, watermark: 0, pruned_below: 0, permit_below: 0 };
      await (await tablesOf(strapi))(STATE).insert(row).onConflict('id').ignore();
    },

    async state(): Promise<TreeState> {
      const row = await (await tablesOf(strapi))(STATE).where({ id: 1 }).first();
      return {
        treeSize: Number(row.tree_size),
        watermark: Number(row.watermark),
        horizonId: row.horizon_id === null ? null : Number(row.horizon_id),
        horizonXmax: row.horizon_xmax === null ? null : BigInt(row.horizon_xmax),
        prunedBelow: Number(row.pruned_below),
        keyId: row.key_id === null ? null : Number(row.key_id),
        halted: row.halted || null,
        verified: row.verified_at
          ? {
              at: new Date(row.verified_at),
              treeSize: Number(row.verified_size),
              findings: Number(row.verified_findings),
            }
          : null,
      };
    },

    async noteVerification(treeSize: number, findings: number, at: Date): Promise<void> {
      await this.change({
        verified_at: at,
        verified_size: treeSize,
        verified_findings: findings,
      });
    },

    async change(columns: Record<string, unknown>): Promise<void> {
      await (await tablesOf(strapi))(STATE).where({ id: 1 }).update(columns);
    },

    /** Whoever comes next waits until this transaction ends: there is one sequencer at a time, on however many instances. */
    async lock(): Promise<void> {
      await (await tablesOf(strapi))(STATE).where({ id: 1 }).update({ permit_below: 0 });
    },

    /** Reads tiles; one that is not there has no hashes. */
    tiles: (): TileReader => ({
      async tile(level, index) {
        const table = (await tablesOf(strapi))(TILES);
        const row = await table.where({ level, tile_index: index }).first('hashes');
        return Buffer.from(row?.hashes ?? '', 'base64');
      },
    }),

    async saveTiles(tiles: readonly Tile[]): Promise<void> {
      const rows = tiles.map(({ level, index, hashes }) => ({
        level,
        tile_index: index,
        hashes: hashes.toString('base64'),
      }));
      if (rows.length === 0) return;
      await (
        await tablesOf(strapi)
      )(TILES)
        .insert(rows)
        .onConflict(['level', 'tile_index'])
        .merge(['hashes']);
    },

    /** Committed entries after the id `after` that have no place in the tree yet, in the order of their ids. */
    async unsequenced(after: number, limit: number): Promise<PendingEntry[]> {
      const tables = await tablesOf(strapi);
      return tables(`${AUDIT_TABLE} as entry`)
        .where('entry.id', '>', after)
        .whereNotExists(leafOfEntry(tables))
        .orderBy('entry.id')
        .limit(limit)
        .select(['entry.id', ...ENTRY_COLUMNS.map((column) => `entry.${column}`)]);
    },

    async newestCheckpoint(): Promise<CheckpointRow | null> {
      const row = await (await tablesOf(strapi))(CHECKPOINTS).orderBy('tree_size', 'desc').first();
      return row ? checkpointOf(row) : null;
    },

    /** The checkpoint of a size, if one was signed. */
    async checkpointAt(treeSize: number): Promise<CheckpointRow | null> {
      const row = await (
        await tablesOf(strapi)
      )(CHECKPOINTS)
        .where({ tree_size: treeSize })
        .first();
      return row ? checkpointOf(row) : null;
    },

    async addCheckpoint({ treeSize, rootHash, note, createdAt }: CheckpointRow): Promise<void> {
      await (
        await tablesOf(strapi)
      )(CHECKPOINTS).insert({
        tree_size: treeSize,
        root_hash: rootHash,
        note,
        created_at: createdAt,
      });
    },

    /**
     * Inserts many short rows in one statement of one binding, which both databases read as JSON: several times as fast as
     * a value list, and without the limit of its terms.
     * @param columns with their types, for PostgreSQL.
     */
    async insertRows(
      table: string,
      columns: ReadonlyArray<{ name: string; type: 'text' | 'integer' | 'bigint' }>,
      rows: ReadonlyArray<ReadonlyArray<string | number>>,
      onConflict = ''
    ): Promise<void> {
      if (rows.length === 0) return;
      const connection = await connectionOf(strapi);
      const names = columns.map(({ name }) => name).join(', ');
      const json = JSON.stringify(rows);
      if (isPostgres(strapi)) {
        const schema = strapi.db.getSchemaName() ?? 'public';
        const values = columns.map(({ type }, at) => `(item ->> ${at})::${type}`).join(', ');
        await connection.raw(
          `INSERT INTO "${schema}"."${table}" (${names})
           SELECT ${values} FROM jsonb_array_elements(?::jsonb) AS item ${onConflict}`,
          [json]
        );
        return;
      }
      const values = columns.map((_, at) => `json_extract(value, '$[${at}]')`).join(', ');
      // WHERE TRUE: without it the parser takes ON CONFLICT for a join's ON.
      await connection.raw(
        `INSERT INTO ${table} (${names}) SELECT ${values} FROM json_each(?) WHERE TRUE ${onConflict}`,
        [json]
      );
    },

    /**
     * What PostgreSQL says of the running transactions, and the newest entry that it shows, in one snapshot.
     * @returns null on SQLite, which has one writer at a time: there the ids stand in the order of the commits.
     */
    async snapshot(): Promise<{ xmin: bigint; xmax: bigint; newest: number } | null> {
      if (!isPostgres(strapi)) return null;
      const schema = strapi.db.getSchemaName() ?? 'public';
      const answer = await (
        await connectionOf(strapi)
      ).raw(
        `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin,
                pg_snapshot_xmax(pg_current_snapshot())::text AS xmax,
                (SELECT max(id) FROM "${schema}"."${AUDIT_TABLE}") AS newest`
      );
      const [row] = answer.rows as Array<{ xmin: string; xmax: string; newest: number | null }>;
      return { xmin: BigInt(row.xmin), xmax: BigInt(row.xmax), newest: Number(row.newest ?? 0) };
    },
  };
}

export type Store = ReturnType<typeof createStore>;
