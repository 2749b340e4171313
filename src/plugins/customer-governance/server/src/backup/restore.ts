import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import type { Place } from '../database-place';
import { parseVerifierKey, verifierKey, type NoteVerifier } from '../transparency/tree/note';
import { LOG_KEYS } from '../vault/key-store-tables';
import { readIdentities } from './archive/age';
import { destination, type Destination } from './archive/destination';
import { assertSigned, type Content, type Sidecar } from './archive/manifest';
import { filesBelow } from './archive/pieces';
import { chainOf, extract } from './archive/reader';
import { BackupFailed, failingAs } from './failure';
import { countRows, withDatabase } from './places';
import { RUNS_TABLE } from './runs';
import { othersConnected, restorePostgres } from './snapshot/postgres';
import { isUnused } from './snapshot/sqlite';

/** The identities of a file. @throws BackupFailed */
export const identitiesIn = (file: string): Promise<string[]> =>
  failingAs('no-identity', async () => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      throw new Error(`The file with the identity, ${file}, cannot be read.`);
    }
    return readIdentities(text);
  });

/** The archive that was asked for, or the newest one. @throws BackupFailed */
export async function pick(from: Destination, content: Content, name?: string): Promise<Sidecar[]> {
  return failingAs('no-backup', async () => {
    if (name) return chainOf(from, name);
    const newest = (await from.whole(content)).at(-1);
    if (!newest) throw new Error(`There is no archive of ${content} in ${from.directory}.`);
    return chainOf(from, newest.manifest.archive);
  });
}

export interface ArchiveChoice {
  directory: string;
  identityFile: string;
  /** The newest where it is left out. */
  archive?: string;
}

/** Takes the files of an archive out into a folder. */
export async function unpack(
  content: Content,
  { directory, identityFile, archive }: ArchiveChoice,
  target: string,
  progress?: (done: number, total: number) => void
): Promise<Sidecar[]> {
  const identities = await identitiesIn(identityFile);
  const from = destination(directory);
  const chain = await pick(from, content, archive);
  const { manifest } = chain[chain.length - 1];
  if (manifest.content !== content) {
    throw new BackupFailed('no-backup', `${manifest.archive} is no archive of ${content}.`);
  }
  await mkdir(target, { recursive: true, mode: 0o700 });
  await failingAs('archive', () => extract(from, chain, identities, target, progress));
  return chain;
}

/** Puts an unpacked database in its place, and counts what has arrived. */
export async function placeDatabase(
  folder: string,
  { manifest }: Sidecar,
  place: Place,
  tools?: string
): Promise<void> {
  const unpacked = path.join(folder, manifest.content === 'data' ? 'database' : 'keys');
  if (place.client === 'postgres') {
    await withDatabase(place, (knex) => restorePostgres(knex, place, unpacked, tools));
  } else {
    const part = `${place.filename}.restored`;
    await mkdir(path.dirname(place.filename), { recursive: true, mode: 0o700 });
    await copyFile(path.join(unpacked, `${manifest.content}.db`), part);
    // Of the database before; a database that finds them beside it would take them for its own.
    for (const end of ['-wal', '-shm', '-journal']) await rm(place.filename + end, { force: true });
    await rename(part, place.filename);
  }
  const counts = await withDatabase(place, (knex) => countRows(knex, place));
  for (const [table, rows] of Object.entries(manifest.counts)) {
    if (counts[table] !== rows) {
      throw new BackupFailed(
        'archive',
        `${manifest.archive}: ${table} has ${counts[table] ?? 'no'} rows after the restore; it had ${rows}.`
      );
    }
  }
}

/** In its own backup a run still goes on: it is over, and succeeded. */
async function settleRun(place: Place, { manifest, sha256, bytes }: Sidecar): Promise<void> {
  await withDatabase(place, async (knex) => {
    await tablesIn(knex, place)(RUNS_TABLE).where({ document_id: manifest.run }).update({
      slot: null,
      state: 'succeeded',
      step: null,
      data_archive: manifest.archive,
      data_digest: sha256,
      data_bytes: bytes,
    });
  });
}

/** Who may have signed, as a key store says. */
export async function verifiersIn(place: Place): Promise<NoteVerifier[]> {
  const rows = await withDatabase(place, (knex) => tablesIn(knex, place)(LOG_KEYS).orderBy('id'));
  return (rows as Array<{ name: string; public_key: string }>).map(({ name, public_key }) =>
    parseVerifierKey(verifierKey(name, Buffer.from(public_key, 'base64url')))
  );
}

/** Those of the key store that is there, or of one that was unpacked; `null` where there is neither. */
async function knownVerifiers(place: Place, unpacked: string | null) {
  if (!(await isEmpty(place).catch(() => true))) return verifiersIn(place);
  return place.client === 'sqlite' && unpacked
    ? verifiersIn({ client: 'sqlite', filename: path.join(unpacked, 'keys/keys.db') })
    : null;
}

/** Whether there is nothing yet where a database is to go. */
async function isEmpty(place: Place): Promise<boolean> {
  if (place.client === 'sqlite') return !existsSync(place.filename);
  return Object.keys(await withDatabase(place, (knex) => countRows(knex, place))).length === 0;
}

/** @throws BackupFailed when something is connected to the database, as an application that runs is. */
async function assertStopped(place: Place): Promise<void> {
  if (place.client === 'sqlite' && !existsSync(place.filename)) return;
  const stopped =
    place.client === 'sqlite'
      ? await isUnused(place.filename)
      : (await withDatabase(place, othersConnected)) === 0;
  if (stopped) return;
  throw new BackupFailed(
    'busy',
    `Something is connected to ${place.client === 'sqlite' ? place.filename : 'the database'}. Stop the application, and whatever else has it open, and call again.`
  );
}

/** Gives a query on a table of the restored data. */
export type RestoredTables = (table: string) => Knex.QueryBuilder;

/** Where files go: a folder, or what puts each, unpacked at `from`, where the restored data look for it. */
export type FilesTarget =
  string | ((path: string, from: string, tables: RestoredTables) => Promise<void>);

export interface RestoreOptions {
  data?: ArchiveChoice;
  keys?: ArchiveChoice;
  /** Where to. */
  places: { data: Place; keys: Place };
  /** Where the files beside the database go, by the name of their folder in the backup. */
  files: Record<string, FilesTarget>;
  /** Whether what is there is replaced; otherwise the places must be empty. */
  replace: boolean;
  work: string;
  tools?: string;
  progress?: (done: number, total: number) => void;
}

export interface Restored {
  data: Sidecar | null;
  keys: Sidecar | null;
  /** Whether the signatures were verified; not without a key store. */
  signed: boolean;
  files: number;
}

/**
 * Restores archives with the application stopped. Everything is unpacked and checked before anything is replaced.
 * @throws BackupFailed
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { data, keys, places, replace, work, tools, progress } = options;
  const wanted = (['data', 'keys'] as const).filter((content) => options[content]);
  for (const content of wanted) {
    await assertStopped(places[content]);
    if (!replace && !(await isEmpty(places[content]))) {
      throw new BackupFailed(
        'failed',
        `There is something already where ${content === 'data' ? 'the data' : 'the keys'} would go. Restore into an empty place, or replace what is there with --replace.`
      );
    }
  }
  await rm(work, { recursive: true, force: true });
  try {
    const chains = {
      keys: keys ? await unpack('keys', keys, path.join(work, 'keys'), progress) : null,
      data: data ? await unpack('data', data, path.join(work, 'data'), progress) : null,
    };
    const newest = (content: Content) => chains[content]?.at(-1) ?? null;
    for (const content of wanted) {
      const { manifest } = newest(content) as Sidecar;
      if (manifest.database !== places[content].client) {
        throw new BackupFailed(
          'failed',
          `${manifest.archive} is of ${manifest.database}, and is to go to ${places[content].client}. Restore it into a database of its own kind.`
        );
      }
    }
    const restoredKeys = newest('keys');
    const all = [...(chains.keys ?? []), ...(chains.data ?? [])];
    const check = (verifiers: NoteVerifier[]) =>
      failingAs('archive', async () => all.forEach((one) => assertSigned(one, verifiers)));
    // Before anything is replaced, wherever a key store is at hand to know the log's keys by.
    const known = await knownVerifiers(places.keys, restoredKeys ? path.join(work, 'keys') : null);
    if (known) await check(known);
    if (restoredKeys) {
      await placeDatabase(path.join(work, 'keys'), restoredKeys, places.keys, tools);
      if (!known) await check(await verifiersIn(places.keys));
    }
    const restoredData = newest('data');
    let files = 0;
    if (restoredData) {
      await placeDatabase(path.join(work, 'data'), restoredData, places.data, tools);
      await settleRun(places.data, restoredData);
      files = await withDatabase(places.data, (knex) =>
        placeFiles(path.join(work, 'data'), options.files, tablesIn(knex, places.data))
      );
    }
    return {
      data: restoredData,
      keys: restoredKeys,
      signed: known !== null || restoredKeys !== null,
      files,
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const tablesIn =
  (knex: Knex, place: Place): RestoredTables =>
  (table) =>
    place.client === 'postgres' ? knex.withSchema(place.schema).table(table) : knex(table);

/** Puts files beside the database where they belong; what is there besides stays. */
async function placeFiles(
  folder: string,
  targets: Record<string, FilesTarget>,
  tables: RestoredTables
): Promise<number> {
  let count = 0;
  for (const name of readdirSync(folder)) {
    if (name === 'database') continue;
    const target = targets[name];
    if (!target) throw new BackupFailed('failed', `No folder is set for the files of "${name}".`);
    for await (const file of filesBelow(path.join(folder, name))) {
      const from = path.join(folder, name, file);
      if (typeof target === 'string') await placeFile(from, path.join(target, file));
      else await target(file, from, tables);
      count += 1;
    }
  }
  return count;
}

async function placeFile(from: string, to: string): Promise<void> {
  const known = await stat(to).catch(() => null);
  if (known && known.size === (await stat(from)).size) return;
  await mkdir(path.dirname(to), { recursive: true });
  await copyFile(from, `${to}.restored`);
  await rename(`${to}.restored`, to);
}
