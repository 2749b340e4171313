import { createReadStream } from 'node:fs';
import { access, constants, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { DatabaseSettings, Place } from '../database-place';
import { transparencyOf } from '../transparency/transparency';
import { CHECKPOINTS } from '../transparency/models';
import { signNote } from '../transparency/tree/note';
import { keyPlaces } from '../vault/key-places';
import { vaultOf } from '../vault/vault';
import { archiveName, destination, type Destination } from './archive/destination';
import {
  assertSigned,
  FORMAT,
  PIECE_BYTES,
  statementOf,
  type Content,
  type Manifest,
  type Sidecar,
} from './archive/manifest';
import { filesBelow, type FileSource } from './archive/pieces';
import { writeArchive } from './archive/writer';
import { BackupFailed, failingAs } from './failure';
import { countRows, dataPlace, withDatabase } from './places';
import type { Progress, RunRow } from './runs';
import type { BackupSettings } from './settings';
import { backupConfiguration, workDirectory } from './settings';
import { snapshotPostgres } from './snapshot/postgres';
import { snapshotSqlite } from './snapshot/sqlite';

/** Files that belong to the data and are not in the database. */
export interface FileProvider {
  /** The folder in the backup. */
  name: string;
  /** With their paths in that folder. */
  files(): AsyncIterable<FileSource>;
}

/** Where the databases of an application are. */
export function placesOf(strapi: Core.Strapi): { data: Place; keys: Place } {
  const database = strapi.config.get('database.connection') as DatabaseSettings;
  return { data: dataPlace(database), keys: keyPlaces(strapi).store };
}

/**
 * What no archive may hold must not lie where one is made of: the secrets of key epochs with the keys, or either with the data.
 * @throws BackupFailed
 */
function assertApart(strapi: Core.Strapi, { data, keys }: { data: Place; keys: Place }): void {
  const epochs = keyPlaces(strapi).epochs;
  const at = (place: Place) =>
    place.client === 'postgres'
      ? [JSON.stringify(place.connection), place.schema].join('\n')
      : place.filename;
  const distinct = new Set([at(data), at(keys), at(epochs)]);
  if (distinct.size === 3) return;
  throw new BackupFailed(
    'failed',
    'Data, keys and the secrets of key epochs are not in three places of their own, so archives would hold what they must not. See GOVERNANCE_KEYS_* and GOVERNANCE_EPOCHS_*.'
  );
}

/** Who verifies what the log's key signed. */
export const verifiersOf = (strapi: Core.Strapi) => transparencyOf(strapi).signer().verifiers();

interface Snapshot {
  folder: string;
  counts: Record<string, number>;
  log: Manifest['log'];
}

const logOf = async (knex: Knex, place: Place): Promise<Manifest['log']> => {
  const table: Knex.QueryBuilder =
    place.client === 'postgres'
      ? knex.withSchema(place.schema).table(CHECKPOINTS)
      : knex(CHECKPOINTS);
  const newest = await table.orderBy('tree_size', 'desc').first();
  return newest ? { size: Number(newest.tree_size), root: String(newest.root_hash) } : null;
};

/** A database as it stands at one moment, with what is to be said of that moment. */
async function snapshot(
  place: Place,
  content: Content,
  folder: string,
  tools: string | undefined
): Promise<Snapshot> {
  const described = async (knex: Knex) => ({
    folder,
    counts: await countRows(knex, place),
    log: content === 'data' ? await logOf(knex, place) : null,
  });
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  if (place.client === 'postgres') {
    return withDatabase(place, (knex) => snapshotPostgres(knex, place, folder, described, tools));
  }
  await mkdir(folder, { mode: 0o700 });
  const copy = path.join(folder, `${content}.db`);
  await snapshotSqlite(place.filename, copy);
  return withDatabase({ client: 'sqlite', filename: copy }, described);
}

async function* sources(
  content: Content,
  folder: string,
  providers: readonly FileProvider[]
): AsyncGenerator<FileSource> {
  const own = content === 'data' ? 'database' : 'keys';
  for await (const file of filesBelow(folder)) {
    yield { path: `${own}/${file}`, read: () => readFile(path.join(folder, file)) };
  }
  if (content === 'keys') return;
  for (const { name, files } of providers) {
    for await (const file of files()) yield { ...file, path: `${name}/${file.path}` };
  }
}

const readFile = (file: string) => createReadStream(file, { highWaterMark: PIECE_BYTES });

/** What is being written, and is nobody's yet. */
const UNFINISHED = /\.part$/;

/** All files of a folder. */
export const filesIn = (name: string, folder: string): FileProvider => ({
  name,
  async *files() {
    for await (const file of filesBelow(folder)) {
      if (!UNFINISHED.test(file))
        yield { path: file, read: () => readFile(path.join(folder, file)) };
    }
  },
});

/** Strapi's media library on the disk. */
export const uploads = (strapi: Core.Strapi): FileProvider =>
  filesIn('uploads', path.join(strapi.dirs.static.public, 'uploads'));

/** The full archive that an incremental one may hang on, and those after it. Empty where there is none. */
export function chainFor(
  whole: readonly Sidecar[],
  { storeId, database }: Pick<Manifest, 'storeId' | 'database'>
): Sidecar[] {
  const own = whole.filter(
    ({ manifest }) => manifest.storeId === storeId && manifest.database === database
  );
  const full = own.map(({ manifest }) => manifest.kind).lastIndexOf('full');
  if (full < 0) return [];
  const chain = [own[full]];
  for (const sidecar of own.slice(full + 1)) {
    const known = new Set(chain.map(({ manifest }) => manifest.archive));
    if (sidecar.manifest.chain.every((one) => known.has(one))) chain.push(sidecar);
  }
  return chain;
}

/**
 * A folder that archives go to. It is not made here: a mistyped path, or a share that is not mounted, would pass for it.
 * @throws BackupFailed
 */
export async function reachable(
  directory: string,
  code: 'destination' | 'second-destination'
): Promise<Destination> {
  try {
    await access(directory, constants.W_OK);
  } catch {
    throw new BackupFailed(
      code,
      `The folder ${directory} is not there or cannot be written. Make it, or mount what it is on.`
    );
  }
  return destination(directory);
}

/** Makes the archives of a run: of the data unless only keys are asked for, then of the keys, and the second copy. */
export async function createBackup(
  strapi: Core.Strapi,
  settings: BackupSettings,
  providers: readonly FileProvider[],
  run: RunRow,
  progress: Progress
): Promise<void> {
  const places = placesOf(strapi);
  assertApart(strapi, places);
  const given = backupConfiguration(strapi);
  const work = path.join(workDirectory(given, strapi.dirs.app.root), run.documentId);
  const storeId = await vaultOf(strapi).storeId();
  const verifiers = await verifiersOf(strapi);
  const data = await reachable(settings.directory, 'destination');
  const keys = await reachable(settings.keysDirectory, 'destination');
  // What a run that was killed has left; this one is the only one.
  await rm(path.dirname(work), { recursive: true, force: true });
  await Promise.all([data.removeLeftovers(), keys.removeLeftovers()]);

  const make = async (content: Content, to: Destination, recipient: string, base: Sidecar[]) => {
    const place = places[content];
    await progress.step('snapshot');
    const { folder, counts, log } = await snapshot(
      place,
      content,
      path.join(work, content),
      given.tools
    );
    await progress.step('writing');
    const now = new Date();
    const kind = base.length > 0 ? 'incremental' : 'full';
    const written = await writeArchive({
      directory: to.directory,
      recipient,
      chain: base,
      files: sources(content, folder, providers),
      progress: progress.add,
      head: {
        format: FORMAT,
        archive: archiveName(content, kind, now, run.documentId),
        content,
        kind,
        createdAt: now.toISOString(),
        run: run.documentId,
        storeId,
        database: place.client,
        schema: place.client === 'postgres' ? place.schema : null,
        counts,
        log,
      },
    });
    await rm(folder, { recursive: true, force: true });
    const signers = await transparencyOf(strapi).signer().signers(null);
    const sidecar = { ...written, note: signNote(statementOf(written), signers) };
    await progress.step('reading-back');
    await to.assertAsWritten(sidecar);
    await to.add(sidecar);
    return sidecar;
  };

  try {
    // The data first: a record's key is made before the record, so every record of this archive has its key in the other.
    if (run.kind !== 'keys') {
      const whole = (await data.whole('data')).filter((sidecar) => isSigned(sidecar, verifiers));
      const base =
        run.kind === 'incremental'
          ? chainFor(whole, { storeId, database: places.data.client })
          : [];
      const sidecar = await failingAs('failed', () => make('data', data, settings.recipient, base));
      progress.note({
        kind: sidecar.manifest.kind,
        dataArchive: sidecar.manifest.archive,
        dataDigest: sidecar.sha256,
        dataBytes: sidecar.bytes,
      });
    }
    const sidecar = await failingAs('failed', () => make('keys', keys, settings.keysRecipient, []));
    progress.note({
      keysArchive: sidecar.manifest.archive,
      keysDigest: sidecar.sha256,
      keysBytes: sidecar.bytes,
      secondCopy: 'none',
    });
    if (settings.secondDirectory && run.kind !== 'keys') {
      await progress.step('copying');
      await copyChain(data, settings.secondDirectory, storeId);
      progress.note({ secondCopy: 'verified' });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function isSigned(sidecar: Sidecar, verifiers: Parameters<typeof assertSigned>[1]): boolean {
  try {
    assertSigned(sidecar, verifiers);
    return true;
  } catch {
    return false;
  }
}

/** Sees that the second destination has the whole newest chain, and reads back what it is given. */
async function copyChain(from: Destination, directory: string, storeId: string): Promise<void> {
  const second = await reachable(directory, 'second-destination');
  await failingAs('second-destination', async () => {
    await second.removeLeftovers();
    const there = new Map(
      (await second.whole('data')).map(({ manifest, sha256 }) => [manifest.archive, sha256])
    );
    const whole = await from.whole('data');
    const database = whole.at(-1)?.manifest.database ?? 'sqlite';
    for (const sidecar of chainFor(whole, { storeId, database })) {
      if (there.get(sidecar.manifest.archive) === sidecar.sha256) continue;
      await second.take(from.directory, sidecar);
    }
  });
}
