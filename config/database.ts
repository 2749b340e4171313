import path from 'node:path';
import type { Core } from '@strapi/strapi';
import pg from 'pg';

/**
 * Messages of database errors reach the log: they carry the statement, and not the values that it was
 * given. Strapi hands the setting on to knex, but its types do not know it.
 */
const compileSqlOnError = false;

type SqliteConnection = { pragma(text: string): unknown };

/**
 * Strapi's moments are columns without a zone, which the driver reads and writes in the zone of the process. In UTC they
 * mean the same on every machine: else whoever verifies the audit log in another zone would find every entry altered.
 */
function keepMomentsInUtc(): void {
  pg.defaults.parseInputDatesAsUTC = true;
  pg.types.setTypeParser(pg.types.builtins.TIMESTAMP, (text) => new Date(`${text}Z`));
}

/**
 * SQLite in `.data/data.db` unless DATABASE_URL names a PostgreSQL server.
 * MySQL and MariaDB are refused: the append-only log and the row locks of the vault are not built for them.
 */
const database = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Database => {
  const url = env('DATABASE_URL', '');
  if (url && !/^postgres(ql)?:\/\//.test(url)) {
    const scheme = url.split(':')[0];
    throw new Error(
      `DATABASE_URL starts with "${scheme}:": only PostgreSQL (postgres://…) is supported besides the built-in SQLite. ` +
        'Give a PostgreSQL address, or remove DATABASE_URL to use SQLite.'
    );
  }
  if (url) {
    keepMomentsInUtc();
    return {
      connection: {
        client: 'postgres',
        connection: {
          connectionString: url,
          schema: env('DATABASE_SCHEMA', 'public'),
          ssl: env.bool('DATABASE_SSL', false) && { rejectUnauthorized: true },
        },
        compileSqlOnError,
        pool: { min: env.int('DATABASE_POOL_MIN', 2), max: env.int('DATABASE_POOL_MAX', 10) },
      },
    } as unknown as Core.Config.Database;
  }
  return {
    connection: {
      client: 'sqlite',
      connection: {
        filename: path.resolve(process.cwd(), env('DATABASE_FILENAME', '.data/data.db')),
      },
      useNullAsDefault: true,
      compileSqlOnError,
      pool: {
        // WAL lets readers go on while one writes; NORMAL is durable against a crash of the application.
        afterCreate(
          connection: SqliteConnection,
          done: (error: unknown, connection: unknown) => void
        ) {
          connection.pragma('journal_mode = WAL');
          connection.pragma('synchronous = NORMAL');
          connection.pragma('secure_delete = ON');
          connection.pragma('foreign_keys = ON');
          done(null, connection);
        },
      },
    },
  } as unknown as Core.Config.Database;
};

export default database;
