// A PostgreSQL of the system with its client programs, in a temporary folder: see scripts/ensure-postgres-tools.mjs.
import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensurePostgresTools } from '../../scripts/ensure-postgres-tools.mjs';
import { freePort } from './free-port.mjs';

/** PostgreSQL refuses to run as root: there it runs as its own user, whom the package has made. */
function account() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Starts a cluster.
 * @returns {Promise<{ url: string, tools: string, stop(): void }>} `url` has no database name: append one
 */
export async function startWholePostgres() {
  const tools = ensurePostgresTools();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'governance-whole-postgres-'));
  const { uid, gid } = account();
  if (uid !== undefined) chownSync(dir, uid, gid);
  const run = (program, args) => {
    const { status, stderr, error } = spawnSync(path.join(tools, program), args, {
      uid,
      gid,
      cwd: dir,
      encoding: 'utf8',
      // Not a pipe: the server inherits it, and would keep it open.
      stdio: ['ignore', 'ignore', program === 'pg_ctl' ? 'ignore' : 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr ?? status}`);
  };
  const port = await freePort();
  const data = path.join(dir, 'data');
  const password = path.join(dir, 'password');
  writeFileSync(password, 'postgres\n');
  if (uid !== undefined) chownSync(password, uid, gid);
  run('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '--pwfile',
    password,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${dir} -c fsync=off -c max_connections=200`;
  run('pg_ctl', ['-D', data, '-w', '-l', path.join(dir, 'log'), '-o', settings, 'start']);
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/`,
    tools,
    stop() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
