import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import knex from 'knex';
import { createHome, type Home } from './home';

/** What backups and restores treat apart: the data, the key store, the epoch store. */
export const PARTS = ['data', 'keys', 'epochs'] as const;
export type Part = (typeof PARTS)[number];

/** An installation whose parts can be put aside and put back, while the application is stopped. */
export interface Stores {
  home: Home;
  /** Puts all parts aside under a name, as backups do. */
  take(name: string): Promise<void>;
  /** Puts a part back as it was under that name. */
  put(part: Part, name: string): Promise<void>;
  /** Loses a part. */
  lose(part: Part): Promise<void>;
  remove(): Promise<void>;
}

/** An installation with real files, or with a real database for each part. */
export const createStores = async (): Promise<Stores> => {
  const home = await createHome();
  return home.database === 'sqlite' ? files(home) : databases(home);
};

function files(home: Home): Stores {
  const fileOf = (part: Part) => path.join(home.dir, `${part}.db`);
  const lose = (part: Part) => {
    for (const end of ['', '-wal', '-shm']) rmSync(fileOf(part) + end, { force: true });
  };
  return {
    home,
    async take(name) {
      for (const part of PARTS) {
        for (const end of ['', '-wal']) {
          const file = fileOf(part) + end;
          if (existsSync(file)) copyFileSync(file, `${file}.${name}`);
        }
      }
    },
    async put(part, name) {
      lose(part);
      for (const end of ['', '-wal']) {
        const aside = `${fileOf(part)}${end}.${name}`;
        if (existsSync(aside)) copyFileSync(aside, fileOf(part) + end);
      }
    },
    lose: async (part) => lose(part),
    remove: () => home.remove(),
  };
}

async function databases(own: Home): Promise<Stores> {
  const server = String(process.env.TEST_POSTGRES_URL);
  const data = String(own.env.DATABASE_URL).slice(server.length);
  const nameOf = (part: Part, aside = '') => `${data}${part === 'data' ? '' : `_${part}`}${aside}`;
  const made = new Set<string>();
  const connection = knex({ client: 'pg', connection: `${server}postgres` });
  const run = async (sql: string) => {
    await connection.raw(sql);
  };
  const drop = async (name: string) => {
    await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    made.delete(name);
  };
  const create = async (name: string, template?: string) => {
    await run(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
    made.add(name);
  };
  await create(nameOf('keys'));
  await create(nameOf('epochs'));
  const env = {
    ...own.env,
    GOVERNANCE_KEYS_URL: server + nameOf('keys'),
    GOVERNANCE_EPOCHS_URL: server + nameOf('epochs'),
  };
  return {
    home: { ...own, env },
    async take(name) {
      for (const part of PARTS) await create(nameOf(part, `_${name}`), nameOf(part));
    },
    async put(part, name) {
      await drop(nameOf(part));
      await create(nameOf(part), nameOf(part, `_${name}`));
    },
    async lose(part) {
      await drop(nameOf(part));
      await create(nameOf(part));
    },
    async remove() {
      for (const name of [...made]) if (name !== data) await drop(name);
      await connection.destroy();
      await own.remove();
    },
  };
}
