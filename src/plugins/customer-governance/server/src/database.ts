import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

/** The running transaction if there is one, else the pool. Queries made with it join the business transaction. */
export async function connectionOf(strapi: Core.Strapi): Promise<Knex | Knex.Transaction> {
  if (!strapi.db.inTransaction()) return strapi.db.connection;
  const running = (await strapi.db.transaction()) as unknown as { get(): Knex.Transaction };
  return running.get();
}

/** Gives a query on a table. */
export type Tables = (table: string) => Knex.QueryBuilder;

/** Queries on the plugin's tables by name, in the configured schema and in the running transaction. */
export async function tablesOf(strapi: Core.Strapi): Promise<Tables> {
  const connection = await connectionOf(strapi);
  const schema = strapi.db.getSchemaName();
  return (table) => (schema ? connection.withSchema(schema).table(table) : connection(table));
}

/** A JSON column of a query on the tables: SQLite gives the text, PostgreSQL the value. */
export function fromJson<T>(column: T | string): T {
  return typeof column === 'string' ? (JSON.parse(column) as T) : column;
}

/** Joins the running transaction or opens one. */
export function inTransaction<T>(strapi: Core.Strapi, work: () => Promise<T>): Promise<T> {
  return strapi.db.transaction(() => work()) as Promise<T>;
}

/** Runs `work` once the outermost transaction has committed, or at once when there is none. */
export async function afterCommit(strapi: Core.Strapi, work: () => void): Promise<void> {
  if (!strapi.db.inTransaction()) {
    work();
    return;
  }
  await strapi.db.transaction(async ({ onCommit }) => {
    onCommit(work);
  });
}

export function isPostgres(strapi: Core.Strapi): boolean {
  return strapi.db.dialect.client === 'postgres';
}

/** Lets writers of one row follow each other until their transactions end. SQLite has one writer anyway. */
export async function lockRow(strapi: Core.Strapi, uid: string, id: number): Promise<void> {
  if (!isPostgres(strapi)) return;
  await strapi.db.queryBuilder(uid).select('id').where({ id }).forUpdate().execute();
}

/** Splits `items` into chunks of at most `size`: databases limit the number of bindings in one statement. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}
