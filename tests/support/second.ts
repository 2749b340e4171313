import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import supertest from 'supertest';
import type { BootedApp, BootOptions } from './app';
import type { Home } from './home';

/** What a caller needs of an application. */
export interface Instance {
  request: BootedApp['request'];
  close(): Promise<void>;
}

export type InstanceOptions = Pick<BootOptions, 'env' | 'policy' | 'logLevel'>;

/** An application in a process of its own. */
export interface Started {
  /** Its address, once it answers; fails when it ends before. */
  url: Promise<string>;
  child: ChildProcess;
  /** Settles when the process has ended, however it did. */
  ended: Promise<void>;
}

const root = path.resolve(__dirname, '../..');

/** Starts the application on an installation, in a process of its own that stops when its standard input ends. */
export function startInstance(
  { dir, database, env }: Home,
  options: InstanceOptions = {}
): Started {
  const child = spawn(process.execPath, ['scripts/run-ts.mjs', 'tests/support/instance.ts'], {
    cwd: root,
    env: {
      ...process.env,
      INSTANCE: JSON.stringify({ ...options, home: { dir, database, env } }),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = new Promise<string>((resolve, reject) => {
    child.once('exit', (code, signal) =>
      reject(new Error(`The instance ended with ${code ?? signal}.`))
    );
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"url"')) resolve((JSON.parse(line) as { url: string }).url);
    });
  });
  // Whoever kills it before it answers does not wait for its address.
  url.catch(() => undefined);
  return { url, child, ended };
}

/**
 * Another instance of the application in a process of its own, on the same PostgreSQL. SQLite serves one process: there it is
 * the application itself.
 */
export async function secondInstance(app: BootedApp): Promise<Instance> {
  if (app.database === 'sqlite') return { request: app.request, close: async () => undefined };
  const { url, child, ended } = startInstance(app.home);
  return {
    request: supertest(await url),
    async close() {
      child.stdin?.end();
      await ended;
    },
  };
}
