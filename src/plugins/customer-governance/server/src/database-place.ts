import knexFactory, { type Knex } from 'knex';

export type PostgresConnection = Knex.PgConnectionConfig & { connectionString?: string };

/** Where a database is: a SQLite file, or a schema of a PostgreSQL database. */
export type Place =
  | { client: 'sqlite'; filename: string }
  | { client: 'postgres'; connection: PostgresConnection; schema: string };

/** `connection` of `config/database.ts`, as Strapi has it. */
export interface DatabaseSettings {
  client: string;
  connection: PostgresConnection & { filename?: string; schema?: string };
}

/** Opens a database in a pool of its own, which no transaction of the application joins. */
export function connect(place: Place, sqlitePool: Knex.PoolConfig = {}): Knex {
  if (place.client === 'postgres') {
    return knexFactory({
      client: 'pg',
      connection: place.connection,
      compileSqlOnError: false,
      pool: { min: 0, max: 5 },
    });
  }
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename: place.filename },
    useNullAsDefault: true,
    compileSqlOnError: false,
    pool: sqlitePool,
  });
}
