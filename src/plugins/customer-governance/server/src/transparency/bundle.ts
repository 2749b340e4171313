import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HASH_BYTES } from './tree/hashes';
import { verifierKey } from './tree/note';
import { hashesAtLevel, TILE_WIDTH, tilePath } from './tree/tiles';
import { bundleReadme } from './bundle-readme';
import { entryBundle, NAMES } from './verifier/layout';
import type { KeptCheckpoint, LogSource } from './verifier/source';

const PAGE = 1000;

export interface BundleOptions {
  directory: string;
  /** The script that verifies the export, to be put in it. */
  script: string;
  /** Leaves whose entries are exported, the last included; whole tiles are. All of them, when left out. */
  leaves?: { first: number; last: number };
  progress?: (leaves: number, size: number) => void;
}

export interface BundleResult {
  size: number;
  /** How many entries were exported. */
  entries: number;
  checkpoints: number;
}

/**
 * Writes a log into a directory that can be verified by itself: entries, hashes, checkpoints, keys and the script that
 * verifies them. Goes tile by tile, up to the newest checkpoint, so that the log may grow meanwhile. An entry that is missing
 * is missing in the export too, where the verification names it.
 * @throws Error when the directory is not empty, or when nothing is signed yet.
 */
export async function writeBundle(
  source: LogSource,
  { directory, script, leaves, progress }: BundleOptions
): Promise<BundleResult> {
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).length > 0) {
    throw new Error(
      `${directory} is not empty. Name a directory that is, or one that is not there.`
    );
  }
  const newest = await writeCheckpoints(source, directory);
  if (!newest) throw new Error('Nothing of the log is signed yet, so there is nothing to export.');
  const { size } = newest;
  await writeTiles(source, size, directory);

  const tiles = Math.ceil(size / TILE_WIDTH);
  const first = leaves ? Math.floor(leaves.first / TILE_WIDTH) : 0;
  const end = leaves ? Math.min(Math.floor(leaves.last / TILE_WIDTH) + 1, tiles) : tiles;
  let entries = 0;
  for (let index = first; index < end; index++) {
    const from = index * TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, size - from);
    if (from >= source.prunedBelow) {
      const page = await source.entries(from, width);
      const there = (page?.bytes ?? []).filter((entry) => entry !== null);
      await put(directory, tilePath('entries', index, width), entryBundle(there));
      entries += there.length;
    }
    progress?.(from + width, size);
  }
  if (leaves) {
    const last = Math.max(Math.min(end * TILE_WIDTH, size) - 1, 0);
    await put(directory, NAMES.range, `${first * TILE_WIDTH} ${last}\n`);
  }
  if (source.prunedBelow > 0) await put(directory, NAMES.pruned, `${source.prunedBelow}\n`);
  const keys = source.keys.map(({ name, publicKey }) => `${verifierKey(name, publicKey)}\n`);
  await put(directory, NAMES.keys, keys.join(''));
  await put(directory, NAMES.checkpoint, newest.note);
  const [origin] = newest.note.split('\n');
  await put(directory, NAMES.readme, bundleReadme(origin, size));
  await copyFile(script, path.join(directory, NAMES.script));
  return { size, entries, checkpoints: newest.count };
}

async function writeCheckpoints(
  source: LogSource,
  directory: string
): Promise<(KeptCheckpoint & { count: number }) | null> {
  let newest: KeptCheckpoint | null = null;
  let count = 0;
  await mkdir(path.join(directory, NAMES.checkpoints), { recursive: true });
  for (let after = -1; ;) {
    const page = await source.checkpoints(after, PAGE);
    if (page.length === 0) return newest && { ...newest, count };
    for (const checkpoint of page) {
      // Beyond the tree that was there when this began.
      if (checkpoint.size > source.size) return newest && { ...newest, count };
      await put(directory, `${NAMES.checkpoints}/${checkpoint.size}`, checkpoint.note);
      newest = checkpoint;
      count += 1;
    }
    after = page[page.length - 1].size;
  }
}

async function writeTiles(source: LogSource, size: number, directory: string): Promise<void> {
  for (let level = 0; hashesAtLevel(level, size) > 0; level++) {
    const count = hashesAtLevel(level, size);
    for (let from = 0; from < count; from += TILE_WIDTH) {
      const width = Math.min(TILE_WIDTH, count - from);
      const hashes = await source.tile(level, from / TILE_WIDTH);
      await put(
        directory,
        tilePath(level, from / TILE_WIDTH, width),
        hashes.subarray(0, width * HASH_BYTES)
      );
    }
  }
}

async function put(directory: string, name: string, content: string | Uint8Array): Promise<void> {
  const file = path.join(directory, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
