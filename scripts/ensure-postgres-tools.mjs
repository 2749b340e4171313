// Finds a PostgreSQL with its client programs for the tests of backups; installs one where that is possible. The PostgreSQL that
// the other tests run on comes without pg_dump, and pg_dump refuses a server that is newer than itself: so both are of one version.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres', 'pg_dump', 'pg_restore', 'psql'];
const DEBIAN = '/usr/lib/postgresql';

const isWhole = (folder) =>
  PROGRAMS.every(
    (program) =>
      existsSync(path.join(folder, program)) || existsSync(path.join(folder, `${program}.exe`))
  );

/** @returns {string | undefined} the folder of the newest PostgreSQL that has all of the programs */
function findTools() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const folders = [
    ...(process.env.POSTGRES_BIN ? [process.env.POSTGRES_BIN] : []),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((one) => path.join(DEBIAN, one, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean),
  ];
  return folders.find(isWhole);
}

/** Only as root and with apt-get: nothing is asked, nothing is changed on any other machine. */
function tryInstall() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log('Installing PostgreSQL …');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'postgresql']]) {
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
}

/** @returns {string} the folder of a PostgreSQL with all of its programs. @throws Error that says what to install */
export function ensurePostgresTools() {
  let folder = findTools();
  if (!folder) {
    tryInstall();
    folder = findTools();
  }
  if (folder) return folder;
  throw new Error(
    `The tests of backups need a PostgreSQL with ${PROGRAMS.join(', ')}, and it could not be installed from here.\n` +
      '  Debian or Ubuntu:  sudo apt-get install -y postgresql\n' +
      '  elsewhere:         install PostgreSQL 13 or newer; for one in an unusual place set POSTGRES_BIN to its folder'
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(`PostgreSQL: ${ensurePostgresTools()}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
