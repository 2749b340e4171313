import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { HASH_BYTES } from '../tree/hashes';
import { parseVerifierKey } from '../tree/note';
import { TILE_WIDTH, tilePath } from '../tree/tiles';
import { entriesOf, NAMES } from './layout';
import type { CheckpointReader, KeptCheckpoint, LogSource } from './source';

/** Why a directory cannot be verified at all. */
export class UnreadableError extends Error {}

/** The content of a file, or null where there is none. */
async function read(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as { code?: string }).code))) return null;
    throw error;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(String((error as { code?: string }).code))) return [];
    throw error;
  }
}

/** Files whose names begin with the size of a tree, in a folder and those below it, but for the tiles of an export. */
async function numbered(folder: string): Promise<Array<{ size: number; file: string }>> {
  const found: Array<{ size: number; file: string }> = [];
  for (const name of await list(folder)) {
    const place = path.join(folder, name);
    const size = /^\d{1,15}(?!\d)/.exec(name);
    if (name !== 'tile' && (await stat(place)).isDirectory())
      found.push(...(await numbered(place)));
    else if (size) found.push({ size: Number(size[0]), file: place });
  }
  return found;
}

/** Signed checkpoints in files: `checkpoint`, and files whose names begin with the size of the tree. */
async function checkpointsIn(folder: string): Promise<CheckpointReader & { count: number }> {
  const kept = await numbered(folder);
  const newest = path.join(folder, NAMES.checkpoint);
  const text = (await read(newest))?.toString();
  if (text !== undefined) {
    const size = Number(/^[^\n]*\n(\d{1,15})\n/.exec(text)?.[1] ?? 0);
    // It stands in the folder of all checkpoints too; read it twice only where the two are not the same.
    const same = kept.filter((one) => one.size === size);
    const texts = await Promise.all(same.map(({ file }) => read(file)));
    if (!texts.some((other) => other?.toString() === text)) kept.push({ size, file: newest });
  }
  kept.sort((a, b) => a.size - b.size);
  return {
    count: kept.length,
    async checkpoints(afterSize, limit) {
      let from = 0;
      for (let to = kept.length; from < to;) {
        const middle = (from + to) >> 1;
        if (kept[middle].size <= afterSize) from = middle + 1;
        else to = middle;
      }
      let end = Math.min(from + limit, kept.length);
      // All that is kept of one size comes at once.
      while (end > from && end < kept.length && kept[end].size === kept[end - 1].size) end += 1;
      const page: KeptCheckpoint[] = [];
      for (const { size, file } of kept.slice(from, end)) {
        page.push({ size, note: (await read(file))?.toString() ?? '' });
      }
      return page;
    },
  };
}

/** The widest file of a partial tile, or null. */
async function widest(folder: string): Promise<number | null> {
  const widths = (await list(folder)).filter((name) => /^[1-9]\d{0,2}$/.test(name)).map(Number);
  return widths.length ? Math.max(...widths) : null;
}

/** How many hashes or entries the files of a level have by their names. */
async function extent(folder: string): Promise<number> {
  let index = 0;
  for (let place = folder; ;) {
    const names = await list(place);
    const deeper = names.filter((name) => /^x\d{3}$/.test(name)).sort();
    const full = names.filter((name) => /^\d{3}$/.test(name)).sort();
    const partial = names.filter((name) => /^\d{3}\.p$/.test(name)).sort();
    const last = deeper.at(-1);
    if (last) {
      index = (index + Number(last.slice(1))) * 1000;
      place = path.join(place, last);
      continue;
    }
    const [whole, part] = [full.at(-1), partial.at(-1)?.slice(0, 3)];
    const wholes = whole === undefined ? 0 : (index + Number(whole) + 1) * TILE_WIDTH;
    if (part === undefined || (whole !== undefined && part <= whole)) return wholes;
    const width = (await widest(path.join(place, `${part}.p`))) ?? 0;
    return (index + Number(part)) * TILE_WIDTH + width;
  }
}

/** A file of an export at a path of C2SP tlog-tiles: the full tile, or else the widest partial one. */
async function tileFile(
  folder: string,
  level: number | 'entries',
  index: number
): Promise<Buffer | null> {
  const file = path.join(folder, tilePath(level, index));
  const whole = await read(file);
  if (whole) return whole;
  const width = await widest(`${file}.p`);
  return width === null ? null : read(path.join(`${file}.p`, String(width)));
}

async function numbersIn(file: string): Promise<number[]> {
  const text = (await read(file))?.toString() ?? '';
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const number = Number(word);
      if (!Number.isSafeInteger(number) || number < 0) {
        throw new UnreadableError(`${path.basename(file)} does not hold numbers.`);
      }
      return number;
    });
}

export interface DirectoryOptions {
  /** Verifier keys to go by instead of those in the export. */
  keys?: readonly string[];
  /** Folders of checkpoints that a witness keeps. */
  witnesses?: readonly string[];
}

/** What a witness keeps in a directory. @throws UnreadableError when that is nothing. */
export async function witnessSource(folder: string): Promise<CheckpointReader & { name: string }> {
  const { count, checkpoints } = await checkpointsIn(folder);
  if (count === 0) throw new UnreadableError(`${folder} holds no checkpoint.`);
  return { name: folder, checkpoints };
}

/**
 * An exported log in a directory, read file by file.
 * @throws UnreadableError where there is nothing to verify, or nothing to verify it with.
 */
export async function directorySource(
  folder: string,
  { keys, witnesses = [] }: DirectoryOptions = {}
): Promise<LogSource> {
  const checkpoints = await checkpointsIn(folder);
  if (checkpoints.count === 0) {
    throw new UnreadableError(`${folder} holds no checkpoint: it is not an exported log.`);
  }
  const keyLines = keys ?? (await read(path.join(folder, NAMES.keys)))?.toString().split('\n');
  const verifiers = (keyLines ?? [])
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(parseVerifierKey);
  if (verifiers.length === 0) {
    throw new UnreadableError(`${folder} holds no keys. Give the log's verifier key with --key.`);
  }
  const kept = await Promise.all(witnesses.map(witnessSource));
  const [from, last] = await numbersIn(path.join(folder, NAMES.range));
  return {
    keys: verifiers,
    size: Math.max(
      await extent(path.join(folder, 'tile/0')),
      await extent(path.join(folder, 'tile/entries'))
    ),
    prunedBelow: (await numbersIn(path.join(folder, NAMES.pruned)))[0] ?? 0,
    included: last === undefined ? null : { from, to: last + 1 },
    witnesses: kept,
    checkpoints: checkpoints.checkpoints,
    async entries(fromLeaf, limit) {
      const index = Math.floor(fromLeaf / TILE_WIDTH);
      const bundle = await tileFile(folder, 'entries', index);
      const bytes = bundle ? entriesOf(bundle) : [];
      // One entry for its id; a whole tile as it stands, with what there is too much.
      const first = fromLeaf % TILE_WIDTH;
      return { bytes: first === 0 && limit > 1 ? bytes : bytes.slice(first, first + limit) };
    },
    async tile(level, index) {
      const hashes = (await tileFile(folder, level, index)) ?? Buffer.alloc(0);
      return hashes.subarray(0, hashes.length - (hashes.length % HASH_BYTES));
    },
  };
}
