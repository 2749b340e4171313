import type { Knex } from 'knex';

const ROWS_PER_FETCH = 1000;
/** Tables up to this size are read many in a statement: most of a database are, and a round trip each is most of the work. */
const SMALL = 64 * 1024;
const SMALL_AT_ONCE = 50;

/** Told of each row of a table as text, and then how many there were. */
export interface RowReader {
  row(text: string): void;
  end(table: string, count: number): Promise<void> | void;
}

/**
 * Gives every row of every table of a PostgreSQL schema as text, table by table, a few at a time however many there are.
 * @param leaveOut tables that are not read.
 */
export async function eachRowAsText(
  connection: Knex,
  schema: string,
  reader: RowReader,
  leaveOut: ReadonlySet<string> = new Set()
): Promise<void> {
  const tables = (await tablesOf(connection, schema)).filter(({ name }) => !leaveOut.has(name));
  const small = tables.filter(({ bytes }) => bytes <= SMALL).map(({ name }) => name);
  for (let at = 0; at < small.length; at += SMALL_AT_ONCE)
    await readTogether(connection, schema, small.slice(at, at + SMALL_AT_ONCE), reader);
  for (const { name, bytes } of tables)
    if (bytes > SMALL) await readByCursor(connection, schema, name, reader);
}

async function readTogether(
  connection: Knex,
  schema: string,
  tables: readonly string[],
  reader: RowReader
): Promise<void> {
  const each = tables.map((_, at) => `SELECT ${at} AS at, entry::text AS text FROM ??.?? AS entry`);
  const { rows } = (await connection.raw(
    each.join(' UNION ALL '),
    tables.flatMap((table) => [schema, table])
  )) as { rows: Array<{ at: number; text: string }> };
  const texts = tables.map((): string[] => []);
  for (const { at, text } of rows) texts[at]?.push(text);
  for (const [at, table] of tables.entries()) {
    const own = texts[at] ?? [];
    for (const text of own) reader.row(text);
    await reader.end(table, own.length);
  }
}

async function readByCursor(
  connection: Knex,
  schema: string,
  table: string,
  reader: RowReader
): Promise<void> {
  const count = await connection.transaction(async (trx) => {
    await trx.raw(
      'DECLARE governance_rows NO SCROLL CURSOR FOR SELECT entry::text AS text FROM ??.?? AS entry',
      [schema, table]
    );
    for (let count = 0; ;) {
      const { rows } = (await trx.raw(`FETCH ${ROWS_PER_FETCH} FROM governance_rows`)) as {
        rows: Array<{ text: string }>;
      };
      for (const { text } of rows) reader.row(text);
      count += rows.length;
      if (rows.length < ROWS_PER_FETCH) return count;
    }
  });
  await reader.end(table, count);
}

/** The tables that have any pages, with what their values outside of the rows take, too; in the others there is nothing to read. */
async function tablesOf(
  connection: Knex,
  schema: string
): Promise<Array<{ name: string; bytes: number }>> {
  const { rows } = (await connection.raw(
    "SELECT c.relname AS name, pg_table_size(c.oid)::float8 AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0 ORDER BY c.relname",
    [schema]
  )) as { rows: Array<{ name: string; bytes: number }> };
  return rows;
}
