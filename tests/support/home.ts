import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import knex from 'knex';

export type DatabaseKind = 'sqlite' | 'postgres';

/** Everything that one installation owns: its folder, its database, its secrets. */
export interface Home {
  dir: string;
  database: DatabaseKind;
  env: Record<string, string>;
  remove(): Promise<void>;
}

const secret = () => randomBytes(32).toString('base64');

/**
 * An installation of its own in a temporary folder, on the database that the test run asks for (`TEST_DATABASE`).
 * Make one yourself to boot the same installation more than once: `bootApp({ home })`.
 */
export async function createHome(database = databaseKind()): Promise<Home> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'governance-test-'));
  mkdirSync(path.join(dir, 'public/uploads'), { recursive: true });
  const postgres = database === 'postgres' ? await createDatabase() : undefined;
  return {
    dir,
    database,
    env: {
      ...(postgres
        ? { DATABASE_URL: postgres.url }
        : { DATABASE_FILENAME: path.join(dir, 'data.db') }),
      GOVERNANCE_FILES_DIRECTORY: path.join(dir, 'files'),
      ...(postgres ? {} : { GOVERNANCE_KEYS_FILENAME: path.join(dir, 'keys.db') }),
      GOVERNANCE_ROOT_KEY: secret(),
      APP_KEYS: `${secret()},${secret()}`,
      API_TOKEN_SALT: secret(),
      ADMIN_JWT_SECRET: secret(),
      TRANSFER_TOKEN_SALT: secret(),
      JWT_SECRET: secret(),
      ENCRYPTION_KEY: secret(),
      HOST: '127.0.0.1',
    },
    async remove() {
      await postgres?.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const databaseKind = (): DatabaseKind =>
  process.env.TEST_DATABASE === 'postgres' ? 'postgres' : 'sqlite';

async function createDatabase() {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) {
    throw new Error('TEST_POSTGRES_URL is not set: see tests/support/postgres.mjs, or use SQLite.');
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const connection = knex({ client: 'pg', connection: `${server}postgres` });
    await connection.raw(sql).finally(() => connection.destroy());
  };
  await run(`CREATE DATABASE ${name}`);
  // FORCE: a connection that a test left open must not keep the database.
  return { url: server + name, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
