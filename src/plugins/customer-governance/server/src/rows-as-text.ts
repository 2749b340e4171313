import type { Knex } from 'knex';

const ROWS_PER_FETCH = 1000;

/**
 * Gives every row of a PostgreSQL table as text, a few at a time, however many there are.
 * @returns how many rows there were.
 */
export async function eachRowAsText(
  connection: Knex,
  schema: string,
  table: string,
  take: (text: string) => void
): Promise<number> {
  return connection.transaction(async (trx) => {
    await trx.raw(
      'DECLARE governance_rows NO SCROLL CURSOR FOR SELECT entry::text AS text FROM ??.?? AS entry',
      [schema, table]
    );
    for (let count = 0; ;) {
      const { rows } = (await trx.raw(`FETCH ${ROWS_PER_FETCH} FROM governance_rows`)) as {
        rows: Array<{ text: string }>;
      };
      for (const { text } of rows) take(text);
      count += rows.length;
      if (rows.length < ROWS_PER_FETCH) return count;
    }
  });
}

/** The names of the tables of a PostgreSQL schema that have any pages; in the others there is nothing to read. */
export async function tableNames(connection: Knex, schema: string): Promise<string[]> {
  const { rows } = (await connection.raw(
    "SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0 ORDER BY c.relname",
    [schema]
  )) as { rows: Array<{ name: string }> };
  return rows.map(({ name }) => name);
}
