import fs from 'node:fs';
import path from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { chunks } from '../database';
import {
  createTables,
  KEKS,
  KEYS,
  LOG_ANCHOR,
  LOG_KEYS,
  META,
  TOMBSTONES,
} from './key-store-tables';

/** Where the key store is. PostgreSQL: a schema of its own, or a server of its own by `url`. */
export interface KeyStoreConfig {
  client: 'sqlite' | 'postgres';
  filename?: string;
  /** PostgreSQL only: connection settings of the key store's own pool. */
  connection?: Knex.PgConnectionConfig | string;
  schema?: string;
}

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
  order_number: string;
  destroyed_at: string;
}

/** A key that signs the audit log, apart from the data keys: nobody who may open a value can sign by that right. */
export interface LogKeyRow {
  id: number;
  /** Of the signed notes; also the first line of the checkpoints. */
  name: string;
  /** Raw Ed25519, base64. */
  public_key: string;
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
export function createKeyStore(config: KeyStoreConfig) {
  const knex = connect(config);
  const schema = config.client === 'postgres' ? config.schema : undefined;
  const table = (name: string): Knex.QueryBuilder =>
    schema ? knex.withSchema(schema).table(name) : knex(name);
  const builder = () => (schema ? knex.schema.withSchema(schema) : knex.schema);

  return {
    /** Whether a key store is there already. Asking never creates one. */
    async exists(): Promise<boolean> {
      if (config.client === 'sqlite' && !fs.existsSync(String(config.filename))) return false;
      return builder().hasTable(META);
    },

    /** Creates the tables where they are missing. Never touches what is there. */
    async create(): Promise<void> {
      if (schema) await knex.raw('CREATE SCHEMA IF NOT EXISTS ??', [schema]);
      if (config.client === 'sqlite') {
        fs.mkdirSync(path.dirname(String(config.filename)), { recursive: true });
      }
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

    async keyEncryptionKeys(): Promise<KeyEncryptionKeyRow[]> {
      return table(KEKS).orderBy('id');
    },
    async addKeyEncryptionKeyOnce(row: KeyEncryptionKeyRow): Promise<void> {
      await table(KEKS).insert(row).onConflict('id').ignore();
    },
    async removeKeyEncryptionKey(id: number): Promise<void> {
      await table(KEKS).where({ id }).delete();
    },

    async addDataKeys(rows: DataKeyRow[]): Promise<void> {
      for (const part of chunks(rows, BATCH)) await table(KEYS).insert(part);
    },
    async dataKeys(type: string, documentIds: readonly string[]): Promise<DataKeyRow[]> {
      const rows: DataKeyRow[] = [];
      for (const part of chunks(documentIds, BATCH)) {
        rows.push(...(await table(KEYS).where({ record_type: type }).whereIn('document_id', part)));
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
    /** A page of the data keys that are not yet under `kekId`, for rotation. */
    async dataKeysNotUnder(kekId: number, limit: number): Promise<DataKeyRow[]> {
      return table(KEYS)
        .whereNot({ kek_id: kekId })
        .orderBy(['record_type', 'document_id'])
        .limit(limit);
    },
    async countDataKeys(where: { notUnder?: number } = {}): Promise<number> {
      const query = table(KEYS).count({ count: '*' });
      if (where.notUnder !== undefined) query.whereNot({ kek_id: where.notUnder });
      const [row] = await query;
      return Number(row?.count ?? 0);
    },
    /** Replaces wrapped keys, each only if it is still under the key that it was read under. */
    async rewrap(rows: Array<DataKeyRow & { from: number }>): Promise<void> {
      await knex.transaction(async (trx) => {
        for (const { from, ...row } of rows) {
          const query: Knex.QueryBuilder = schema ? trx.withSchema(schema).table(KEYS) : trx(KEYS);
          await query
            .where({ record_type: row.record_type, document_id: row.document_id, kek_id: from })
            .update({ kek_id: row.kek_id, wrapped: row.wrapped });
        }
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
    async destroyDataKeys(tombstones: Tombstone[]): Promise<void> {
      await knex.transaction(async (trx) => {
        const at = (name: string): Knex.QueryBuilder =>
          schema ? trx.withSchema(schema).table(name) : trx(name);
        for (const part of chunks(tombstones, BATCH)) {
          await at(TOMBSTONES)
            .insert(part)
            .onConflict(['document_id', 'record_type', 'attributes'])
            .ignore();
        }
        for (const type of new Set(tombstones.map((row) => row.record_type))) {
          const ids = tombstones.filter((row) => row.record_type === type);
          for (const part of chunks(ids, IDS_PER_QUERY)) {
            await at(KEYS)
              .where({ record_type: type })
              .whereIn(
                'document_id',
                part.map((row) => row.document_id)
              )
              .delete();
          }
        }
      });
    },
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

    /** Every key that ever signed the log, oldest first; the last one signs. */
    async logKeys(): Promise<LogKeyRow[]> {
      return table(LOG_KEYS).orderBy('id');
    },
    /** First writer wins: of two instances that make a key at once, one finds the other's. */
    async addLogKeyOnce(row: LogKeyRow): Promise<void> {
      await table(LOG_KEYS).insert(row).onConflict('id').ignore();
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

    destroy: () => knex.destroy(),
  };
}

function connect(config: KeyStoreConfig): Knex {
  if (config.client === 'postgres') {
    return knexFactory({
      client: 'pg',
      connection: config.connection,
      compileSqlOnError: false,
      pool: { min: 0, max: 5 },
    });
  }
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename: String(config.filename) },
    useNullAsDefault: true,
    compileSqlOnError: false,
    pool: {
      // A lost key is lost data: full durability here, and freed pages are overwritten.
      afterCreate(
        connection: { pragma(text: string): unknown },
        done: (error: unknown, connection: unknown) => void
      ) {
        connection.pragma('journal_mode = WAL');
        connection.pragma('synchronous = FULL');
        connection.pragma('secure_delete = ON');
        connection.pragma('busy_timeout = 5000');
        connection.pragma('foreign_keys = ON');
        done(null, connection);
      },
    },
  });
}
