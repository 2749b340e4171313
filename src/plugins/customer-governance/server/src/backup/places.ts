import type { Knex } from 'knex';
import {
  connect,
  type DatabaseSettings,
  type Place,
  type PostgresConnection,
} from '../database-place';

/** Where the data are. */
export function dataPlace({ client, connection }: DatabaseSettings): Place {
  return client === 'postgres'
    ? { client, connection, schema: connection.schema ?? 'public' }
    : { client: 'sqlite', filename: String(connection.filename) };
}

/** What PostgreSQL's own programs take a connection by. */
export function environmentOf(connection: PostgresConnection): Record<string, string> {
  const url = connection.connectionString ? new URL(connection.connectionString) : null;
  const given = url
    ? {
        PGHOST: decodeURIComponent(url.hostname),
        PGPORT: url.port,
        PGUSER: decodeURIComponent(url.username),
        PGPASSWORD: decodeURIComponent(url.password),
        PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
        PGSSLMODE: url.searchParams.get('sslmode'),
      }
    : {
        PGHOST: connection.host,
        PGPORT: connection.port,
        PGUSER: connection.user,
        PGPASSWORD: connection.password,
        PGDATABASE: connection.database,
      };
  const secure = connection.ssl ? { PGSSLMODE: 'verify-full' } : {};
  // Where libpq looks for the authorities that it trusts is its own affair, and the operator's.
  const trusted = { PGSSLROOTCERT: process.env.PGSSLROOTCERT };
  return Object.fromEntries(
    Object.entries({ ...given, ...secure, ...trusted })
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => [name, String(value)])
  );
}

/** The same server, another database. */
export function otherDatabase(connection: PostgresConnection, database: string) {
  if (!connection.connectionString) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { ...connection, connectionString: url.toString() };
}

/** Lends a database for as long as `work` takes. */
export async function withDatabase<T>(place: Place, work: (knex: Knex) => Promise<T>): Promise<T> {
  const knex = connect(place);
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** How many rows every table of a place has. */
export async function countRows(knex: Knex, place: Place): Promise<Record<string, number>> {
  const names =
    place.client === 'postgres'
      ? (
          await knex.raw(
            `SELECT tablename AS name FROM pg_tables WHERE schemaname = ? ORDER BY tablename`,
            [place.schema]
          )
        ).rows
      : await knex.raw(
          `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
        );
  const counts: Record<string, number> = {};
  for (const { name } of names as Array<{ name: string }>) {
    const table =
      place.client === 'postgres' ? `${quoted(place.schema)}.${quoted(name)}` : quoted(name);
    const answer = await knex.raw(`SELECT count(*) AS count FROM ${table}`);
    const [row] = (place.client === 'postgres' ? answer.rows : answer) as Array<{ count: number }>;
    counts[name] = Number(row?.count ?? 0);
  }
  return counts;
}
