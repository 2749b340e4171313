import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { connectionOf, isPostgres } from './database';

export type Cell = string | number | boolean | Date | Buffer | null;

interface Options {
  /** Columns of a unique index: a row that is there already is left out. */
  unlessThere?: readonly string[];
  /** Columns of the rows that were written, which are answered. */
  returning?: readonly string[];
}

interface Target {
  schema: string | undefined;
  table: string;
  columns: readonly string[];
}

type Row = Record<string, unknown>;

/** What is used of better-sqlite3. */
interface NativeStatement {
  run(values: readonly unknown[]): unknown;
  all(values: readonly unknown[]): Row[];
}
interface NativeDatabase {
  inTransaction: boolean;
  prepare(sql: string): NativeStatement;
  transaction<T>(work: () => T): () => T;
}
interface NativeClient {
  acquireConnection(): Promise<NativeDatabase>;
  releaseConnection(connection: NativeDatabase): Promise<void>;
}

const statements = new WeakMap<NativeDatabase, Map<string, NativeStatement>>();

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * Inserts many rows into a table, in the running transaction. Statements are written out here: knex takes several times as
 * long to compose an insert of many rows as the database to carry it out.
 */
export async function insertRows(
  strapi: Core.Strapi,
  table: string,
  columns: readonly string[],
  rows: ReadonlyArray<readonly Cell[]>,
  options: Options = {}
): Promise<Row[]> {
  const target = { schema: strapi.db.getSchemaName(), table, columns };
  const connection = await connectionOf(strapi);
  return isPostgres(strapi)
    ? insertByJson(connection, target, rows, options)
    : insertNatively(connection, target, rows, options);
}

const endOf = ({ unlessThere, returning }: Options): string =>
  (unlessThere ? ` ON CONFLICT (${quoted(unlessThere)}) DO NOTHING` : '') +
  (returning ? ` RETURNING ${quoted(returning)}` : '');

/** PostgreSQL: one parameter for all rows, whose columns have the types of the table. */
export async function insertByJson(
  connection: Knex,
  { schema, table, columns }: Target,
  rows: ReadonlyArray<readonly Cell[]>,
  options: Options = {}
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const into = schema ? `"${schema}"."${table}"` : `"${table}"`;
  const names = quoted(columns);
  const list = rows.map((row) =>
    Object.fromEntries(columns.map((column, at) => [column, jsonValue(row[at] ?? null)]))
  );
  const answer = (await connection.raw(
    `INSERT INTO ${into} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${into}, ?::json)${endOf(options)}`,
    [JSON.stringify(list)]
  )) as { rows: Row[] };
  return answer.rows;
}

function jsonValue(cell: Cell): unknown {
  return Buffer.isBuffer(cell) ? `\\x${cell.toString('hex')}` : cell;
}

/** SQLite: one prepared statement, carried out for each row. */
export async function insertNatively(
  connection: Knex,
  { table, columns }: Target,
  rows: ReadonlyArray<readonly Cell[]>,
  options: Options = {}
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const client = connection.client as NativeClient;
  const native = await client.acquireConnection();
  try {
    const places = columns.map(() => '?').join(', ');
    const statement = prepared(
      native,
      `INSERT INTO "${table}" (${quoted(columns)}) VALUES (${places})${endOf(options)}`
    );
    const insert = () => {
      const written: Row[] = [];
      for (const row of rows) {
        const values = row.map(nativeValue);
        if (options.returning) written.push(...statement.all(values));
        else statement.run(values);
      }
      return written;
    };
    return native.inTransaction ? insert() : native.transaction(insert)();
  } finally {
    await client.releaseConnection(native);
  }
}

function prepared(native: NativeDatabase, sql: string): NativeStatement {
  const known = statements.get(native) ?? new Map<string, NativeStatement>();
  statements.set(native, known);
  const statement = known.get(sql) ?? native.prepare(sql);
  known.set(sql, statement);
  return statement;
}

function nativeValue(cell: Cell | undefined): unknown {
  if (cell instanceof Date) return cell.getTime();
  if (typeof cell === 'boolean') return Number(cell);
  return cell ?? null;
}
