import type { Knex } from 'knex';
import { withDatabase } from '../places';

/** Pages that are copied before others have their turn. */
const PAGES = 2000;

/** What is used of better-sqlite3, which knex holds. */
interface Connection {
  exec(sql: string): void;
  pragma(text: string): unknown;
  prepare(sql: string): { get(): unknown };
  backup(target: string, options: { progress(): number }): Promise<unknown>;
}

/** Lends the connection itself. */
async function withConnection<T>(knex: Knex, work: (connection: Connection) => Promise<T>) {
  const client = knex.client as {
    acquireConnection(): Promise<Connection>;
    releaseConnection(connection: Connection): Promise<void>;
  };
  const connection = await client.acquireConnection();
  try {
    return await work(connection);
  } finally {
    await client.releaseConnection(connection);
  }
}

/**
 * Copies a database by SQLite's online backup, as it stands at one moment, while others read and write. A reading
 * transaction keeps that moment: without it every foreign write would have the copy begin anew.
 */
export async function snapshotSqlite(filename: string, target: string): Promise<void> {
  await withDatabase({ client: 'sqlite', filename }, (knex) =>
    withConnection(knex, async (connection) => {
      connection.pragma('busy_timeout = 10000');
      connection.exec('BEGIN');
      try {
        connection.prepare('SELECT count(*) FROM sqlite_master').get();
        await connection.backup(target, { progress: () => PAGES });
      } finally {
        connection.exec('COMMIT');
      }
    })
  );
  // One file by itself: a copy in WAL mode would want a second one beside it.
  await withDatabase({ client: 'sqlite', filename: target }, (knex) =>
    withConnection(knex, async (connection) => {
      connection.pragma('journal_mode = DELETE');
    })
  );
}

/**
 * Whether nobody has a database open: leaving WAL mode needs it alone.
 * @returns false as long as an application, or anything else, is connected.
 */
export async function isUnused(filename: string): Promise<boolean> {
  return withDatabase({ client: 'sqlite', filename }, (knex) =>
    withConnection(knex, async (connection) => {
      connection.pragma('busy_timeout = 500');
      try {
        // Both, as a database that is in neither would pass either.
        connection.pragma('journal_mode = DELETE');
        connection.exec('BEGIN EXCLUSIVE; COMMIT');
        return true;
      } catch (error) {
        const { code } = error as { code?: string };
        if (code?.startsWith('SQLITE_BUSY') || code?.startsWith('SQLITE_LOCKED')) return false;
        throw error;
      }
    })
  );
}
