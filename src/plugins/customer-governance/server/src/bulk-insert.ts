import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { connectionOf, isPostgres } from './database';
import { copyIn, type CopyConnection } from './postgres-copy';

export type Cell = string | number | boolean | Date | Buffer | null;

interface Options {
  /** Columns of a unique index: a row that is there already is left out. */
  unlessThere?: readonly string[];
  /** Has the ids of the rows answered, in their order. Not together with `unlessThere`. */
  ids?: boolean;
}

interface Inserted {
  /** How many rows were written. */
  count: number;
  /** Their ids, where they were asked for. */
  ids: number[];
}

interface Target {
  schema: string | undefined;
  table: string;
  columns: readonly string[];
}

/** What is used of better-sqlite3. */
interface NativeStatement {
  run(values: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint };
}
interface NativeDatabase {
  inTransaction: boolean;
  prepare(sql: string): NativeStatement;
  transaction<T>(work: () => T): () => T;
}
interface NativeClient<Connection> {
  acquireConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): Promise<void>;
}

/** Fewer rows are as fast in one statement. */
const WORTH_COPYING = 50;
/** Rows of one statement of SQLite: as many as there are, in steps, so that few statements do for any number. */
const ROWS_OF_STATEMENT = [64, 8, 1];

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
): Promise<Inserted> {
  const target = { schema: strapi.db.getSchemaName(), table, columns };
  const connection = await connectionOf(strapi);
  return isPostgres(strapi)
    ? insertIntoPostgres(connection, target, rows, options)
    : insertNatively(connection, target, rows, options);
}

const unlessThereOf = ({ unlessThere }: Options): string =>
  unlessThere ? ` ON CONFLICT (${quoted(unlessThere)}) DO NOTHING` : '';

/** PostgreSQL: as a copy, or where rows may be there already in one parameter, whose columns have the types of the table. */
export async function insertIntoPostgres(
  connection: Knex,
  { schema, table, columns }: Target,
  rows: ReadonlyArray<readonly Cell[]>,
  options: Options = {}
): Promise<Inserted> {
  const count = rows.length;
  if (count === 0) return { count, ids: [] };
  const into = schema ? `"${schema}"."${table}"` : `"${table}"`;
  const ids = options.ids ? await nextIds(connection, into, count) : [];
  const names = options.ids ? ['id', ...columns] : columns;
  const all = options.ids ? rows.map((row, at) => [ids[at] as number, ...row]) : rows;
  if (!options.unlessThere && count >= WORTH_COPYING) {
    const written = await withConnection<CopyConnection, Promise<number>>(connection, (own) =>
      copyIn(own, `${into} (${quoted(names)})`, all)
    );
    return { count: written, ids };
  }
  const list = all.map((row) =>
    Object.fromEntries(names.map((column, at) => [column, jsonValue(row[at] ?? null)]))
  );
  const answer = (await connection.raw(
    `INSERT INTO ${into} (${quoted(names)})
     SELECT ${quoted(names)} FROM json_populate_recordset(NULL::${into}, ?::json)${unlessThereOf(options)}`,
    [JSON.stringify(list)]
  )) as { rowCount: number };
  return { count: answer.rowCount, ids };
}

/** Ids for new rows of a table, which nobody else is given. */
async function nextIds(connection: Knex, table: string, count: number): Promise<number[]> {
  const { rows } = (await connection.raw(
    `SELECT nextval(pg_get_serial_sequence(?, 'id')) AS id FROM generate_series(1, ?::int)`,
    [table, count]
  )) as { rows: Array<{ id: number | string }> };
  return rows.map(({ id }) => Number(id));
}

function jsonValue(cell: Cell): unknown {
  return Buffer.isBuffer(cell) ? `\\x${cell.toString('hex')}` : cell;
}

/** SQLite: prepared statements of many rows each. */
export function insertNatively(
  connection: Knex,
  { table, columns }: Target,
  rows: ReadonlyArray<readonly Cell[]>,
  options: Options = {}
): Promise<Inserted> {
  return withConnection<NativeDatabase, Inserted>(connection, (native) => {
    const places = `(${columns.map(() => '?').join(', ')})`;
    const statementOf = (size: number) =>
      prepared(
        native,
        `INSERT INTO "${table}" (${quoted(columns)}) VALUES ${Array(size).fill(places).join(', ')}${unlessThereOf(options)}`
      );
    const insert = () => {
      const inserted: Inserted = { count: 0, ids: [] };
      let at = 0;
      for (const size of ROWS_OF_STATEMENT) {
        while (rows.length - at >= size) {
          const { changes, lastInsertRowid } = statementOf(size).run(valuesOf(rows, at, size));
          at += size;
          inserted.count += changes;
          // Nobody else writes meanwhile: the rows of one statement have ids one behind the other.
          const last = Number(lastInsertRowid);
          if (options.ids) for (let id = last - size + 1; id <= last; id++) inserted.ids.push(id);
        }
      }
      return inserted;
    };
    return native.inTransaction ? insert() : native.transaction(insert)();
  });
}

function valuesOf(rows: ReadonlyArray<readonly Cell[]>, from: number, size: number): unknown[] {
  const values: unknown[] = [];
  for (let at = from; at < from + size; at++) {
    for (const cell of rows[at] as readonly Cell[]) values.push(nativeValue(cell));
  }
  return values;
}

/** Gives the connection of a transaction, or one of the pool for as long as `work` takes. */
async function withConnection<Connection, Answer>(
  knex: Knex,
  work: (connection: Connection) => Answer
): Promise<Awaited<Answer>> {
  const client = knex.client as NativeClient<Connection>;
  const connection = await client.acquireConnection();
  try {
    return await work(connection);
  } finally {
    await client.releaseConnection(connection);
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
