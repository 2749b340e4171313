import path from 'node:path';
import knexFactory, { type Knex } from 'knex';

/** Where a database is: that of the data, or the key store. */
export type Place =
  | { client: 'sqlite'; filename: string }
  | { client: 'postgres'; connection: PostgresConnection; schema: string };

export type PostgresConnection = Knex.PgConnectionConfig & { connectionString?: string };

/** `connection` of `config/database.ts`, as Strapi has it. */
export interface DatabaseSettings {
  client: string;
  connection: PostgresConnection & { filename?: string; schema?: string };
}

/** `keys` of the plugin's configuration. */
export interface KeysSettings {
  root?: string;
  filename?: string;
  url?: string;
  schema?: string;
}

/** Where the data are. */
export function dataPlace({ client, connection }: DatabaseSettings): Place {
  return client === 'postgres'
    ? { client, connection, schema: connection.schema ?? 'public' }
    : { client: 'sqlite', filename: String(connection.filename) };
}

/** Where the keys are. @param root of a relative path */
export function keysPlace(database: DatabaseSettings, keys: KeysSettings, root: string): Place {
  if (keys.url || database.client === 'postgres') {
    return {
      client: 'postgres',
      connection: keys.url ? { connectionString: keys.url } : database.connection,
      schema: keys.schema ?? 'customer_governance_keys',
    };
  }
  return { client: 'sqlite', filename: path.resolve(root, keys.filename ?? '.data/keys.db') };
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

/** Opens a database of its own pool, apart from that of the application. */
export function connect(place: Place): Knex {
  if (place.client === 'postgres') {
    return knexFactory({
      client: 'pg',
      connection: place.connection as Knex.PgConnectionConfig,
      compileSqlOnError: false,
      pool: { min: 0, max: 5 },
    });
  }
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename: place.filename },
    useNullAsDefault: true,
    compileSqlOnError: false,
  });
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
