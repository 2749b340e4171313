import type { Knex } from 'knex';

export const META = 'governance_key_meta';
export const KEKS = 'governance_key_encryption_keys';
export const KEYS = 'governance_data_keys';
export const TOMBSTONES = 'governance_tombstones';
export const LOG_KEYS = 'governance_log_keys';
export const LOG_ANCHOR = 'governance_log_anchor';
/** The files in which tombstones go to the witnesses. */
export const TOMBSTONE_FILES = 'governance_tombstone_digests';

/** The tombstone of a whole record has no attributes; that of single ones names them, sorted and with commas between. */
export const WHOLE = '';

/** Creates the tables where they are missing, and adds what an older version had not. Keeps every row. */
export async function createTables(
  builder: () => Knex.SchemaBuilder,
  schema?: string
): Promise<void> {
  if (!(await builder().hasTable(META))) {
    await builder().createTable(META, (t) => {
      t.string('name', 60).primary();
      t.text('value').notNullable();
    });
  }
  if (!(await builder().hasTable(KEKS))) {
    await builder().createTable(KEKS, (t) => {
      t.integer('id').primary();
      // Under which epoch secret, besides the root key. Keys of an installation from before the epochs have none.
      t.integer('epoch');
      t.binary('wrapped').notNullable();
      t.string('created_at', 30).notNullable();
    });
  }
  if (!(await builder().hasTable(KEYS))) {
    await builder().createTable(KEYS, (t) => {
      t.string('record_type', 120).notNullable();
      t.string('document_id', 60).notNullable();
      // A key cannot be stored under a key-encryption key that another instance has just retired.
      t.integer('kek_id')
        .notNullable()
        .index()
        .references('id')
        .inTable(schema ? `${schema}.${KEKS}` : KEKS);
      t.binary('wrapped').notNullable();
      t.string('created_at', 30).notNullable();
      t.primary(['record_type', 'document_id']);
    });
  }
  if (!(await builder().hasTable(TOMBSTONES))) {
    await builder().createTable(TOMBSTONES, (t) => {
      t.string('document_id', 60).notNullable();
      t.string('record_type', 120).notNullable();
      t.string('order_number', 60).notNullable();
      t.string('attributes', 500).notNullable().defaultTo(WHOLE);
      t.string('destroyed_at', 30).notNullable();
      // The file that carries it to the witnesses; none before the next one is made.
      t.integer('file').index();
      t.primary(['document_id', 'record_type', 'attributes']);
    });
  }
  if (!(await builder().hasTable(LOG_KEYS))) {
    await builder().createTable(LOG_KEYS, (t) => {
      t.integer('id').primary();
      t.string('name', 120).notNullable();
      t.string('public_key', 60).notNullable();
      // As of a data key; none where the root key alone wraps it, as before the epochs.
      t.integer('kek_id')
        .references('id')
        .inTable(schema ? `${schema}.${KEKS}` : KEKS);
      t.binary('wrapped').notNullable();
      t.string('created_at', 30).notNullable();
    });
  }
  if (!(await builder().hasTable(LOG_ANCHOR))) {
    await builder().createTable(LOG_ANCHOR, (t) => {
      t.integer('id').primary();
      t.bigInteger('tree_size').notNullable();
      t.string('root_hash', 60).notNullable();
    });
  }
  if (!(await builder().hasTable(TOMBSTONE_FILES))) {
    await builder().createTable(TOMBSTONE_FILES, (t) => {
      t.integer('number').primary();
      t.string('digest', 60).notNullable();
    });
  }
  await extend(builder, schema);
}

/** Brings the tables of an older version up to this one. */
async function extend(builder: () => Knex.SchemaBuilder, schema?: string): Promise<void> {
  if (!(await builder().hasColumn(KEKS, 'epoch'))) {
    await builder().alterTable(KEKS, (t) => {
      t.integer('epoch');
    });
  }
  if (!(await builder().hasColumn(LOG_KEYS, 'kek_id'))) {
    await builder().alterTable(LOG_KEYS, (t) => {
      t.integer('kek_id')
        .references('id')
        .inTable(schema ? `${schema}.${KEKS}` : KEKS);
    });
  }
  if (!(await builder().hasColumn(TOMBSTONES, 'attributes'))) {
    await builder().alterTable(TOMBSTONES, (t) => {
      t.string('attributes', 500).notNullable().defaultTo(WHOLE);
      t.integer('file').index();
    });
    await builder().alterTable(TOMBSTONES, (t) => {
      t.dropPrimary();
    });
    await builder().alterTable(TOMBSTONES, (t) => {
      t.primary(['document_id', 'record_type', 'attributes']);
    });
  }
}
