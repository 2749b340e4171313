import type { Knex } from 'knex';

export const META = 'governance_key_meta';
export const KEKS = 'governance_key_encryption_keys';
export const KEYS = 'governance_data_keys';
export const TOMBSTONES = 'governance_tombstones';
export const LOG_KEYS = 'governance_log_keys';
export const LOG_ANCHOR = 'governance_log_anchor';

/** Creates the tables where they are missing. Never touches what is there. */
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
      t.string('destroyed_at', 30).notNullable();
      t.primary(['document_id', 'record_type']);
    });
  }
  if (!(await builder().hasTable(LOG_KEYS))) {
    await builder().createTable(LOG_KEYS, (t) => {
      t.integer('id').primary();
      t.string('name', 120).notNullable();
      t.string('public_key', 60).notNullable();
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
}
