import type { Knex } from 'knex';

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
 * No transaction may be running.
 * @param anew whether the tables are written anew, which locks them; else their space is given free for new rows.
 */
export async function clearTables(
  knex: Knex,
  schema: string,
  tables: readonly string[],
  anew: boolean
): Promise<void> {
  for (const table of tables) {
    await knex.raw(`VACUUM (${anew ? 'FULL, ' : ''}ANALYZE) ??.??`, [schema, table]);
    await forgetSamplesOfEmpty(knex, schema, table);
  }
  // Who does not own the database is told by a warning that it is left as it is.
  await knex.raw(`VACUUM ${anew ? '(FULL)' : ''} pg_catalog.pg_statistic`);
  await endWriteAheadLog(knex);
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
