import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { CheckpointRow } from '../store';
import { parseCheckpoint } from '../tree/checkpoint';
import { DIFFERS, WitnessError, type WitnessTarget } from './target';

/** A size has twelve digits; the first nine, in threes, are folders, so that none holds more than a thousand names. */
const DIGITS = 12;
const GROUP = 3;
const FOLDERS = 3;

/** `000/000/004/000000004097`, from the folder of the log on. */
function pathOf(size: number): string {
  const name = String(size).padStart(DIGITS, '0');
  const groups = Array.from({ length: FOLDERS }, (_, at) =>
    name.slice(at * GROUP, (at + 1) * GROUP)
  );
  return path.join(...groups, name);
}

/** `tombstones/0123456789abcdef/000/000/000/tombstones-000000000001.json`: no name that looks like a checkpoint's. */
const tombstonePath = (directory: string, storeId: string, number: number): string => {
  const { dir, base } = path.parse(pathOf(number));
  return path.join(directory, 'tombstones', storeId.slice(0, 16), dir, `tombstones-${base}.json`);
};

/** The origin as the name of a folder: each name of the log is a history of its own. */
const folderOf = (note: string): string =>
  (note.split('\n', 1)[0] ?? '').replace(/[^\w.-]/g, '_').replace(/^\.+/, '_');

/**
 * A directory, on another machine's disk or one that is written once, with a file for each checkpoint. A file is never
 * overwritten. Before the first one that is new, what is there is compared with the tree: a log whose past was rewritten
 * does not get as far as a file of the same size.
 * @param storeId of the installation, whose tombstones are in a folder of their own.
 * @param rootAt root of the log's own tree at a size; null where it has no such tree.
 */
export function directoryWitness(
  directory: string,
  storeId: string,
  rootAt: (size: number) => Promise<Buffer | null>
): WitnessTarget {
  return {
    name: 'directory',
    async deliverTombstones({ number, content }) {
      await coded(async () => {
        const file = tombstonePath(directory, storeId, number);
        const there = await readIfThere(file);
        if (there !== null) return assertSame(there, content);
        await mkdir(path.dirname(file), { recursive: true });
        if (!(await writeOnce(file, content))) {
          assertSame((await readIfThere(file)) ?? '', content);
        }
      });
      return true;
    },
    async tombstones(number) {
      return coded(async () => {
        // A folder that is gone is no folder without files.
        await readdir(directory);
        return readIfThere(tombstonePath(directory, storeId, number));
      });
    },
    async deliver({ treeSize, note }: CheckpointRow) {
      await coded(async () => {
        const folder = path.join(directory, folderOf(note));
        const file = path.join(folder, pathOf(treeSize));
        const there = await readIfThere(file);
        if (there !== null) return assertSame(there, note);
        await assertContinues(folder, treeSize, rootAt);
        await mkdir(path.dirname(file), { recursive: true });
        const taken = await writeOnce(file, note);
        if (!taken) assertSame((await readIfThere(file)) ?? '', note);
      });
    },
  };
}

/** What goes wrong with the directory is told as a code. */
async function coded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WitnessError) throw error;
    throw new WitnessError(`directory-${(error as NodeJS.ErrnoException).code ?? 'failed'}`);
  }
}

const namesIn = async (folder: string): Promise<string[]> =>
  (
    await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    })
  ).sort();

/** The newest size below a folder, or null. */
async function newestIn(folder: string, depth = FOLDERS): Promise<number | null> {
  const pattern = depth > 0 ? /^\d{3}$/ : /^\d{12}$/;
  const names = (await namesIn(folder)).filter((each) => pattern.test(each)).reverse();
  if (depth === 0) return names.length > 0 ? Number(names[0]) : null;
  for (const name of names) {
    const newest = await newestIn(path.join(folder, name), depth - 1);
    if (newest !== null) return newest;
  }
  return null;
}

/** A new checkpoint is larger than all that are kept, and its tree begins with theirs. */
async function assertContinues(
  folder: string,
  treeSize: number,
  rootAt: (size: number) => Promise<Buffer | null>
): Promise<void> {
  const newest = await newestIn(folder);
  if (newest === null) return;
  if (newest > treeSize) throw new WitnessError(DIFFERS);
  const kept = rootIn(await readFile(path.join(folder, pathOf(newest)), 'utf8'));
  const own = await rootAt(newest);
  if (!kept || !own?.equals(kept)) throw new WitnessError(DIFFERS);
}

function rootIn(note: string): Buffer | null {
  try {
    return parseCheckpoint(`${note.split('\n\n', 1)[0]}\n`).root;
  } catch {
    return null;
  }
}

function assertSame(there: string, note: string): void {
  if (there !== note) throw new WitnessError(DIFFERS);
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** Where a file cannot have two names. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * Whole and on the disk, or not at all: written under a passing name, then given its own.
 * @returns false when another one has got there first.
 */
async function writeOnce(file: string, content: string): Promise<boolean> {
  const passing = path.join(
    path.dirname(file),
    `.${path.basename(file)}.${randomBytes(6).toString('hex')}`
  );
  const handle = await open(passing, 'wx', 0o644);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // A link, unlike a rename, does not replace a file that is there.
    await link(passing, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!code || !NO_LINKS.includes(code)) throw error;
    if ((await readIfThere(file)) !== null) return false;
    await rename(passing, file);
  } finally {
    await unlink(passing).catch(() => undefined);
  }
  await syncFolder(path.dirname(file));
  return true;
}

/** So that the name, too, outlives a loss of power; not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
