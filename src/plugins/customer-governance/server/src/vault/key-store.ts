import type { Knex } from 'knex';
import { insertIntoPostgres, insertNatively } from '../bulk-insert';
import { chunks } from '../database';
import type { Place } from '../database-place';
import { openKeyDatabase } from './key-database';
import { clearKeySpace, eachKeyRow, type Vacuum } from './key-store-space';
import {
  createTables,
  KEKS,
  KEYS,
  LOG_ANCHOR,
  LOG_KEYS,
  META,
  TOMBSTONE_FILES,
  TOMBSTONES,
  WHOLE,
} from './key-store-tables';
import { nextOf } from './next-key';

export interface KeyEncryptionKeyRow {
  id: number;
  epoch: number | null;
  wrapped: Buffer;
  created_at: string;
}
export interface DataKeyRow {
  record_type: string;
  document_id: string;
  kek_id: number;
  wrapped: Buffer;
  created_at: string;
}
export interface Tombstone {
  record_type: string;
  document_id: string;
  /** Empty when the whole record is gone; else the attributes that are, sorted and with commas between. */
  attributes: string;
  /** Empty when somebody removed it without an order. */
  order_number: string;
  destroyed_at: string;
}

/** The attributes that are gone, as a tombstone has them. */
export const attributesOfTombstone = (attributes: readonly string[]): string =>
  [...attributes].sort().join(',');

/** A key that signs the audit log, apart from the data keys: nobody who may open a value can sign by that right. */
export interface LogKeyRow {
  id: number;
  /** Of the signed notes; also the first line of the checkpoints. */
  name: string;
  /** Raw Ed25519, base64. */
  public_key: string;
  /** The key-encryption key that wraps it; `null` where the root key alone does, as before the key epochs. */
  kek_id: number | null;
  wrapped: Buffer;
  created_at: string;
}
/** The newest tree that was signed, kept where a restore of the data does not reach it. */
export interface LogAnchor {
  treeSize: number;
  /** base64 */
  rootHash: string;
}

export type KeyStore = ReturnType<typeof createKeyStore>;

/** knex writes a multi-row insert for SQLite as a compound select, which has at most 500 terms. */
const BATCH = 400;
const IDS_PER_QUERY = 1000;

/**
 * The keys' own database, apart from the data, so that a backup of the data holds no keys.
 * It knows rows and nothing of cryptography; `keyring.ts` gives them meaning.
 */
export function createKeyStore(place: Place) {
  const database = openKeyDatabase(place);
  const { knex, schema, table, builder, named } = database;

  const addTombstones = async (trx: Knex, tombstones: readonly Tombstone[]): Promise<void> => {
    for (const part of chunks(tombstones, BATCH)) {
      await table(TOMBSTONES, trx)
        .insert(part)
        .onConflict(['document_id', 'record_type', 'attributes'])
        .ignore();
    }
  };

  const bury = async (trx: Knex, tombstones: readonly Tombstone[]): Promise<void> => {
    await addTombstones(trx, tombstones);
    for (const type of new Set(tombstones.map((row) => row.record_type))) {
      const ids = tombstones.filter((row) => row.record_type === type);
      for (const part of chunks(ids, IDS_PER_QUERY)) {
        await table(KEYS, trx)
          .whereIn('record_type', [type, nextOf(type)])
          .whereIn(
            'document_id',
            part.map((row) => row.document_id)
          )
          .delete();
      }
    }
  };

  /** One statement of two bindings for the whole page: a statement a row is several times as slow. */
  const replace = async (
    connection: Knex,
    before: readonly DataKeyRow[],
    after: readonly DataKeyRow[]
  ): Promise<void> => {
    if (after.length === 0) return;
    const rows = after.map((row, at) => [
      row.record_type,
      row.document_id,
      before[at]?.kek_id,
      row.kek_id,
      row.wrapped.toString('hex'),
      before[at]?.wrapped.toString('hex'),
    ]);
    const values = schema
      ? `SELECT item ->> 0 AS t, item ->> 1 AS d, (item ->> 2)::int AS b, (item ->> 3)::int AS k,
           decode(item ->> 4, 'hex') AS w, decode(item ->> 5, 'hex') AS o FROM jsonb_array_elements(?::jsonb) AS item`
      : `SELECT json_extract(value, '$[0]') AS t, json_extract(value, '$[1]') AS d, json_extract(value, '$[2]') AS b,
           json_extract(value, '$[3]') AS k, unhex(json_extract(value, '$[4]')) AS w,
           unhex(json_extract(value, '$[5]')) AS o FROM json_each(?)`;
    await connection.raw(
      `UPDATE ${named(KEYS)} AS own SET kek_id = v.k, wrapped = v.w FROM (${values}) AS v
       WHERE own.record_type = v.t AND own.document_id = v.d AND own.kek_id = v.b AND own.wrapped = v.o`,
      [JSON.stringify(rows)]
    );
  };

  return {
    /** Whether a key store is there already. Asking never creates one. */
    async exists(): Promise<boolean> {
      return database.present() && (await builder().hasTable(META));
    },

    /** Creates the tables where they are missing, and adds what an older version had not. */
    async create(): Promise<void> {
      await database.prepare();
      await createTables(builder, schema);
    },

    async meta(name: string): Promise<string | undefined> {
      const row = await table(META).where({ name }).first();
      return row?.value;
    },
    /** First writer wins: another instance that starts at the same time reads what this one wrote. */
    async setMetaOnce(name: string, value: string): Promise<void> {
      await table(META).insert({ name, value }).onConflict('name').ignore();
    },
    /** Another value in place of the one that was read, unless somebody has changed it since. */
    async replaceMeta(name: string, from: string, to: string): Promise<void> {
      await table(META).where({ name, value: from }).update({ value: to });
    },

    async keyEncryptionKeys(): Promise<KeyEncryptionKeyRow[]> {
      return table(KEKS).orderBy('id');
    },
    async addKeyEncryptionKeyOnce(row: KeyEncryptionKeyRow): Promise<void> {
      await table(KEKS).insert(row).onConflict('id').ignore();
    },
    /** Removes a key-encryption key unless something is still under it. @returns whether it is gone. */
    async removeUnusedKeyEncryptionKey(id: number): Promise<boolean> {
      for (const name of [KEYS, LOG_KEYS]) {
        if (await table(name).where({ kek_id: id }).first('kek_id')) return false;
      }
      try {
        await table(KEKS).where({ id }).delete();
        return true;
      } catch (error) {
        // Another instance has wrapped something under it since it was looked for: the foreign key keeps it.
        if (isForeignKey(error)) return false;
        throw error;
      }
    },
    /** Has removed key-encryption keys leave the files as far as that can be done while others read. */
    async purgeRemoved(): Promise<void> {
      await database.purge(KEKS).catch(() => undefined);
    },

    async addDataKeys(rows: DataKeyRow[]): Promise<void> {
      const columns = ['record_type', 'document_id', 'kek_id', 'wrapped', 'created_at'] as const;
      const cells = rows.map((row) => columns.map((column) => row[column]));
      const target = { schema, table: KEYS, columns };
      await (schema ? insertIntoPostgres : insertNatively)(knex, target, cells);
    },
    async dataKeys(type: string, documentIds: readonly string[]): Promise<DataKeyRow[]> {
      const rows: DataKeyRow[] = [];
      for (const part of chunks(documentIds, BATCH)) {
        rows.push(...(await table(KEYS).where({ record_type: type }).whereIn('document_id', part)));
      }
      return rows;
    },
    /** Keys of records, and those that are about to take their place, as they are at one moment. */
    async dataKeysAndNext(type: string, documentIds: readonly string[]): Promise<DataKeyRow[]> {
      const rows: DataKeyRow[] = [];
      for (const part of chunks(documentIds, BATCH)) {
        rows.push(
          ...(await table(KEYS)
            .whereIn('record_type', [type, nextOf(type)])
            .whereIn('document_id', part))
        );
      }
      return rows;
    },
    /** Stores keys, each unless there is one already. */
    async addDataKeysOnce(rows: DataKeyRow[]): Promise<void> {
      for (const part of chunks(rows, BATCH)) {
        await table(KEYS).insert(part).onConflict(['record_type', 'document_id']).ignore();
      }
    },
    /**
     * Lets keys take the place of those of their records, in one transaction with the tombstones of what the old ones had
     * sealed besides.
     */
    async replaceDataKeys(
      type: string,
      rows: DataKeyRow[],
      tombstones: Tombstone[]
    ): Promise<void> {
      await knex.transaction(async (trx) => {
        await addTombstones(trx, tombstones);
        for (const part of chunks(rows, BATCH)) {
          await table(KEYS, trx)
            .whereIn('record_type', [type, nextOf(type)])
            .whereIn(
              'document_id',
              part.map((row) => row.document_id)
            )
            .delete();
          await table(KEYS, trx).insert(part);
        }
      });
    },
    /** Of these records, those that were destroyed as a whole. */
    async buried(type: string, documentIds: readonly string[]): Promise<string[]> {
      const ids: string[] = [];
      for (const part of chunks(documentIds, BATCH)) {
        const rows = (await table(TOMBSTONES)
          .select('document_id')
          .where({ record_type: type, attributes: WHOLE })
          .whereIn('document_id', part)) as Array<{ document_id: string }>;
        ids.push(...rows.map(({ document_id }) => document_id));
      }
      return ids;
    },
    /** Tombstones of single attributes of these records. */
    async attributeTombstones(type: string, documentIds: readonly string[]): Promise<Tombstone[]> {
      const rows: Tombstone[] = [];
      for (const part of chunks(documentIds, BATCH)) {
        rows.push(
          ...(await table(TOMBSTONES)
            .where({ record_type: type })
            .whereNot({ attributes: WHOLE })
            .whereIn('document_id', part))
        );
      }
      return rows;
    },
    async removeDataKeys(type: string, documentIds: readonly string[]): Promise<number> {
      let removed = 0;
      for (const part of chunks(documentIds, BATCH)) {
        removed += await table(KEYS)
          .where({ record_type: type })
          .whereIn('document_id', part)
          .delete();
      }
      return removed;
    },
    async countDataKeys(where: { notUnder?: number } = {}): Promise<number> {
      const query = table(KEYS).count({ count: '*' });
      if (where.notUnder !== undefined) query.whereNot({ kek_id: where.notUnder });
      const [row] = await query;
      return Number(row?.count ?? 0);
    },
    /**
     * Wraps a page of the data keys under other key-encryption keys anew. Each is replaced only if it is still under the key
     * that it was read under; on PostgreSQL two instances take different pages.
     * @param others the key-encryption keys that are to be left.
     * @returns how many it found.
     */
    async rewrap(
      others: readonly number[],
      limit: number,
      anew: (rows: DataKeyRow[]) => Promise<DataKeyRow[]>
    ): Promise<number> {
      if (others.length === 0) return 0;
      const page = (trx = knex): Knex.QueryBuilder =>
        table(KEYS, trx)
          .whereIn('kek_id', [...others])
          .limit(limit);
      if (!schema) {
        const rows: DataKeyRow[] = await page();
        await replace(knex, rows, await anew(rows));
        return rows.length;
      }
      return knex.transaction(async (trx) => {
        const rows: DataKeyRow[] = await page(trx).forUpdate().skipLocked();
        await replace(trx, rows, await anew(rows));
        return rows.length;
      });
    },
    /** Data keys made before `before`, from after the given key on: the orphan sweep walks them in pages. */
    async dataKeysPage(
      after: { type: string; documentId: string } | null,
      before: string,
      limit: number
    ): Promise<DataKeyRow[]> {
      const query = table(KEYS).where('created_at', '<', before);
      if (after) {
        query.andWhere((q) =>
          q
            .where('record_type', '>', after.type)
            .orWhere((same) =>
              same.where('record_type', after.type).andWhere('document_id', '>', after.documentId)
            )
        );
      }
      return query.orderBy(['record_type', 'document_id']).limit(limit);
    },

    /** Destroys keys and leaves tombstones, in one transaction: what is destroyed stays destroyed after a restore. */
    destroyDataKeys: (tombstones: Tombstone[]): Promise<void> =>
      knex.transaction((trx) => bury(trx, tombstones)),
    /** A page of the tombstones in the order of their keys, after the given one. */
    async tombstonesPage(after: Tombstone | null, limit: number): Promise<Tombstone[]> {
      const query = table(TOMBSTONES);
      if (after) {
        query.whereRaw('(document_id, record_type, attributes) > (?, ?, ?)', [
          after.document_id,
          after.record_type,
          after.attributes,
        ]);
      }
      return query.orderBy(['document_id', 'record_type', 'attributes']).limit(limit);
    },

    async newestTombstoneFile(): Promise<{ number: number; digest: string } | null> {
      return (await table(TOMBSTONE_FILES).orderBy('number', 'desc').first()) ?? null;
    },
    async tombstoneFile(number: number): Promise<{ number: number; digest: string } | null> {
      return (await table(TOMBSTONE_FILES).where({ number }).first()) ?? null;
    },
    /** In no order of their own: whoever writes the file puts them into one. */
    async tombstonesOfFile(number: number): Promise<Tombstone[]> {
      return table(TOMBSTONES).where({ file: number });
    },
    /**
     * Puts tombstones that are in no file yet into the next one, unless another instance makes the same file.
     * @returns how many.
     */
    async fileTombstones(
      number: number,
      limit: number,
      digestOf: (rows: Tombstone[]) => string
    ): Promise<number> {
      const place = schema ? 'ctid' : 'rowid';
      if (!(await table(TOMBSTONES).where({ file: null }).first('document_id'))) return 0;
      return knex.transaction(async (trx) => {
        const next = table(TOMBSTONES, trx).where({ file: null }).select(place).limit(limit);
        await table(TOMBSTONES, trx).whereIn(place, next).update({ file: number });
        const rows: Tombstone[] = await table(TOMBSTONES, trx).where({ file: number });
        if (rows.length === 0) return 0;
        await table(TOMBSTONE_FILES, trx).insert({ number, digest: digestOf(rows) });
        return rows.length;
      });
    },
    /**
     * Takes a file that a witness kept, with its tombstones as they were. A key went, or was replaced, in the transaction
     * that left its tombstone: where that is not here, the key that is here is the old one, and goes.
     */
    async takeTombstones(number: number, digest: string, rows: Tombstone[]): Promise<void> {
      await knex.transaction(async (trx) => {
        for (const part of chunks(rows, BATCH)) {
          const ids = part.map((row) => row.document_id);
          const here: Tombstone[] = await table(TOMBSTONES, trx).whereIn('document_id', ids);
          const known = new Set(here.map(placeOf));
          await bury(
            trx,
            part.filter((row) => !known.has(placeOf(row)))
          );
          await table(TOMBSTONES, trx)
            .insert(part.map((row) => ({ ...row, file: number })))
            .onConflict(['document_id', 'record_type', 'attributes'])
            .merge(['order_number', 'destroyed_at', 'file']);
        }
        await table(TOMBSTONE_FILES, trx).insert({ number, digest });
      });
    },

    /** Every key that ever signed the log, oldest first; the last one signs. */
    async logKeys(): Promise<LogKeyRow[]> {
      return table(LOG_KEYS).orderBy('id');
    },
    /** First writer wins: of two instances that make a key at once, one finds the other's. */
    async addLogKeyOnce(row: LogKeyRow): Promise<void> {
      await table(LOG_KEYS).insert(row).onConflict('id').ignore();
    },
    /** Another wrapping of a log key, unless somebody has replaced it since. */
    async rewrapLogKey(row: LogKeyRow, kekId: number, wrapped: Buffer): Promise<void> {
      await table(LOG_KEYS)
        .where({ id: row.id, kek_id: row.kek_id })
        .update({ kek_id: kekId, wrapped });
    },
    async logAnchor(): Promise<LogAnchor | null> {
      const row = await table(LOG_ANCHOR).where({ id: 1 }).first();
      return row ? { treeSize: Number(row.tree_size), rootHash: row.root_hash } : null;
    },
    /** Remembers a signed tree, unless a larger one is remembered already. */
    async raiseLogAnchor({ treeSize, rootHash }: LogAnchor): Promise<void> {
      await table(LOG_ANCHOR)
        .insert({ id: 1, tree_size: 0, root_hash: '' })
        .onConflict('id')
        .ignore();
      await table(LOG_ANCHOR)
        .where({ id: 1 })
        .andWhere('tree_size', '<', treeSize)
        .update({ tree_size: treeSize, root_hash: rootHash });
    },
    /** Forgets the signed tree for another one: only for a restore that its operator has declared. */
    async resetLogAnchor({ treeSize, rootHash }: LogAnchor): Promise<void> {
      await table(LOG_ANCHOR).where({ id: 1 }).update({ tree_size: treeSize, root_hash: rootHash });
    },

    /** The file of the key store, where it is one. */
    filename: place.client === 'sqlite' ? place.filename : undefined,
    /** Clears what removed keys leave behind in the database files. */
    clearSpace: (vacuum: Vacuum) => clearKeySpace({ knex, schema }, vacuum),
    /** Gives all rows as text; PostgreSQL only. @returns how many there were. */
    eachRow: (take: (text: string) => void) => eachKeyRow({ knex, schema }, take),

    destroy: () => knex.destroy(),
  };
}

const placeOf = (row: Tombstone): string =>
  [row.record_type, row.document_id, row.attributes].join('\n');

const isForeignKey = (error: unknown): boolean =>
  ['23503', 'SQLITE_CONSTRAINT_FOREIGNKEY'].includes(String((error as { code?: string }).code));
