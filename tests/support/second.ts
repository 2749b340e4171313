import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import supertest from 'supertest';
import type { BootedApp } from './app';

/** What a caller needs of an application. */
export interface Instance {
  request: BootedApp['request'];
  close(): Promise<void>;
}

const root = path.resolve(__dirname, '../..');

/**
 * Another instance of the application in a process of its own, on the same PostgreSQL. SQLite serves one process: there it is
 * the application itself.
 */
export async function secondInstance(app: BootedApp): Promise<Instance> {
  if (app.database === 'sqlite') return { request: app.request, close: async () => undefined };
  const { dir, database, env } = app.home;
  const child = spawn(process.execPath, ['scripts/run-ts.mjs', 'tests/support/instance.ts'], {
    cwd: root,
    env: { ...process.env, INSTANCE_HOME: JSON.stringify({ dir, database, env }) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The second instance ended with ${code}.`)));
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"url"')) resolve((JSON.parse(line) as { url: string }).url);
    });
  });
  return {
    request: supertest(url),
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
