import { spawn } from 'node:child_process';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const PIECE = 1 << 18;

/** Copies a file to standard output. */
const COPY =
  "require('node:fs').createReadStream(process.argv[1], { highWaterMark: 1 << 20 }).pipe(process.stdout)";

/**
 * The bytes of a file that SQLite has open, read by a process of its own: to close a file anywhere in a process drops the
 * locks that SQLite holds on it there, and then a command beside the application could spoil the database.
 */
export async function* bytesOfDatabase(file: string): AsyncGenerator<Buffer> {
  // A write-ahead log that was emptied needs no process.
  if ((await sizeOf(file)) === 0) return;
  const child = spawn(process.execPath, ['-e', COPY, file], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {},
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  yield* child.stdout as AsyncIterable<Buffer>;
  if ((await ended) !== 0) throw new Error('A database file could not be read for the search.');
}

/** The bytes of a file that no database has open; each piece is good until the next one. One that has gone meanwhile has none. */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file).catch((error) => {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return;
  try {
    // Most files are small, and a byte more than it has tells that one has ended.
    const buffer = Buffer.allocUnsafe(Math.min((await handle.stat()).size + 1, PIECE));
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      if (bytesRead < buffer.length) return;
    }
  } finally {
    await handle.close();
  }
}

/** All files below a directory. A directory that is not there has none. */
export async function* filesBelow(directory: string): AsyncGenerator<string> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error) => {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else if (entry.isFile()) yield file;
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0
  );
