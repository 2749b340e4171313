import type { Core } from '@strapi/strapi';
import { isPostgres } from '../audit/log';

const PREFIX = 'bench_plain_';
const CUSTOMERS = 'governance_customers';
/** Table, and the column by which the rows of a customer are found. */
const TABLES = [
  ['governance_lookups', 'document_id'],
  ['governance_sealed_records', 'document_id'],
  ['governance_consents', 'customer_id'],
  [CUSTOMERS, 'id'],
] as const;
const KEYS = `${PREFIX}keys`;
const BATCH = 4000;

/** The same rows in tables of the same columns and indexes, without triggers: what a plain application would have. */
export async function copyTables(strapi: Core.Strapi): Promise<void> {
  const { connection } = strapi.db;
  for (const [table] of TABLES) {
    const copy = PREFIX + table;
    if (isPostgres(strapi)) {
      await connection.raw(`CREATE TABLE ${copy} (LIKE ${table} INCLUDING ALL)`);
    } else {
      const made: Array<{ sql: string | null }> = await connection('sqlite_master')
        .where({ tbl_name: table })
        .whereIn('type', ['table', 'index'])
        .orderByRaw("type = 'table' DESC")
        .select('sql');
      for (const { sql } of made) {
        if (!sql) continue;
        await connection.raw(
          sql
            .replace(/(create (?:unique )?index )[`"]?(\w+)[`"]?/i, '$1`bench_$2`')
            .replace(new RegExp(`([\`" ])${table}([\`" (])`, 'g'), `$1${copy}$2`)
        );
      }
    }
    await connection.raw(`INSERT INTO ${copy} SELECT * FROM ${table}`);
  }
  await connection.schema.createTable(KEYS, (t) => {
    t.string('record_type', 120).notNullable();
    t.string('document_id', 60).notNullable();
    t.binary('wrapped').notNullable();
    t.primary(['record_type', 'document_id']);
  });
  await connection.raw(
    `INSERT INTO ${KEYS} SELECT 'customer', document_id, ${isPostgres(strapi) ? "decode(repeat('00', 61), 'hex')" : 'zeroblob(61)'} FROM ${CUSTOMERS}`
  );
}

/** Takes the copies away. */
export async function dropTables(strapi: Core.Strapi): Promise<void> {
  for (const name of [KEYS, ...TABLES.map(([table]) => PREFIX + table)])
    await strapi.db.connection.schema.dropTable(name);
}

/** Deletes the copied rows by knex, as many customers in a transaction as the destruction takes. @returns the seconds that it took. */
export async function deletePlain(
  strapi: Core.Strapi,
  customers: ReadonlyArray<{ id: number; document_id: string }>
): Promise<number> {
  const { connection } = strapi.db;
  const from = performance.now();
  for (let at = 0; at < customers.length; at += BATCH) {
    const batch = customers.slice(at, at + BATCH);
    const ids = batch.map(({ id }) => id);
    const documents = batch.map(({ document_id: id }) => id);
    await connection.transaction(async (trx) => {
      await trx(KEYS).whereIn('document_id', documents).delete();
      for (const [table, column] of TABLES)
        await trx(PREFIX + table)
          .whereIn(column, column === 'document_id' ? documents : ids)
          .delete();
    });
  }
  return (performance.now() - from) / 1000;
}
