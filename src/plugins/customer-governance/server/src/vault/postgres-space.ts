import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';

/** How long is waited for the transactions of others, and how often is looked: technical figures, no policy's. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 50;

/**
 * Has PostgreSQL begin a new segment of its write-ahead log and let go of those before it, which hold what was removed. The
 * account may lack the rights (`pg_checkpoint`, `EXECUTE` on `pg_switch_wal`): then it happens in the server's own time. With
 * `wal_recycle = off` the old segments are removed, else they are kept to be written over.
 */
export async function endWriteAheadLog(knex: Knex): Promise<void> {
  for (const statement of ['SELECT pg_switch_wal()', 'CHECKPOINT'])
    await knex.raw(statement).catch(() => undefined);
}

/**
 * Clears the space that removed rows leave in tables of PostgreSQL, and the samples of their values that the planner keeps.
 * VACUUM leaves what a running transaction may still see, so it waits a while for those that began before. The caller may
 * not be in one.
 * @param anew whether the tables are written anew, which locks them; else their space is given free for new rows.
 * @param wait lets the others go on meanwhile.
 */
export async function clearTables(
  knex: Knex,
  schema: string,
  tables: readonly string[],
  anew: boolean,
  wait: (ms: number) => Promise<unknown> = pause
): Promise<void> {
  await earlierTransactionsEnd(knex, wait);
  for (const table of tables) {
    await knex.raw(`VACUUM (${anew ? 'FULL, ' : ''}ANALYZE) ??.??`, [schema, table]);
    await forgetSamplesOfEmpty(knex, schema, table);
  }
  await clearReplacedSamples(knex, anew, wait);
  await endWriteAheadLog(knex);
}

/** The samples that were just replaced are rows that others may see, too. */
async function clearReplacedSamples(
  knex: Knex,
  anew: boolean,
  wait: (ms: number) => Promise<unknown>
): Promise<void> {
  await earlierTransactionsEnd(knex, wait);
  // Who does not own the database is told by a warning that it is left as it is.
  await knex.raw(`VACUUM ${anew ? '(FULL)' : ''} pg_catalog.pg_statistic`);
}

/**
 * Writes a small table anew in a file of its own, whoever still reads the old one: `VACUUM (FULL)` would take along the
 * versions of rows that a running transaction may see.
 */
export async function writeAnew(knex: Knex, schema: string, table: string): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx.raw('LOCK TABLE ??.?? IN ACCESS EXCLUSIVE MODE', [schema, table]);
    const rows = await trx.withSchema(schema).table(table);
    await trx.raw('TRUNCATE ??.??', [schema, table]);
    if (rows.length > 0) await trx.withSchema(schema).table(table).insert(rows);
  });
  await knex.raw('ANALYZE ??.??', [schema, table]);
  await forgetSamplesOfEmpty(knex, schema, table);
  await clearReplacedSamples(knex, true, pause);
  await endWriteAheadLog(knex);
}

/**
 * Waits until nobody's transaction in this database is older than now, as far as this account may know; not for ever. Those in
 * other databases of the server have to end as well: as long as they run, whoever comes here sees as of their beginning.
 */
async function earlierTransactionsEnd(
  knex: Knex,
  wait: (ms: number) => Promise<unknown>
): Promise<void> {
  const { rows } = (await knex.raw('SELECT txid_current()::text AS id')) as {
    rows: Array<{ id: string }>;
  };
  const [now] = rows;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    const earlier = (await knex.raw(
      `SELECT 1 WHERE txid_snapshot_xmin(txid_current_snapshot()) <= :now::bigint OR EXISTS (
         SELECT 1 FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
           AND greatest(age(backend_xmin), age(backend_xid)) >= age((:now::bigint % 4294967296)::text::xid))`,
      { now: now?.id }
    )) as { rows: unknown[] };
    if (earlier.rows.length === 0) return;
    await wait(LOOK_EVERY_MS);
  }
}

/** Of a table that has become empty ANALYZE keeps the samples that it had. Before PostgreSQL 18 only a superuser may remove them. */
async function forgetSamplesOfEmpty(knex: Knex, schema: string, table: string): Promise<void> {
  const { rows } = (await knex.raw('SELECT 1 FROM ??.?? LIMIT 1', [schema, table])) as {
    rows: unknown[];
  };
  if (rows.length > 0) return;
  const clear =
    'SELECT pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited) FROM pg_stats WHERE schemaname = ? AND tablename = ?';
  const remove =
    'DELETE FROM pg_catalog.pg_statistic WHERE starelid = format(?, ?::text, ?::text)::regclass';
  await knex
    .raw(clear, [schema, table])
    .catch(() => knex.raw(remove, ['%I.%I', schema, table]))
    .catch(() => undefined);
}
