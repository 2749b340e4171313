import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { connect, type Place } from '../database-place';
import { createSigner } from '../transparency/signer';
import { createStore } from '../transparency/store';
import { transparencyOf } from '../transparency/transparency';
import { verifyDatabase } from '../transparency/verification';
import { createKeyStore } from '../vault/key-store';
import { keyPlaces } from '../vault/key-places';
import { createKeyring } from '../vault/keyring';
import { SEALED_TABLE } from '../vault/models';
import { environmentRootKey } from '../vault/root-key';
import { createSealedRecords, type SealedRecords } from '../vault/sealed-records';
import { vaultOf } from '../vault/vault';
import { assertSigned, type Sidecar } from './archive/manifest';
import { placesOf, reachable, verifiersOf } from './create';
import { BackupFailed, failingAs } from './failure';
import { otherDatabase, withDatabase } from './places';
import { placeDatabase, unpack } from './restore';
import type { Progress, RunRow } from './runs';
import { backupConfiguration, workDirectory, type BackupSettings } from './settings';

/** Records that a drill opens. */
const SAMPLE = 50;
const SCRATCH = 'governance_drill_';

/**
 * What the engines of the vault and of the log ask of an application, answered by restored databases: so that a drill runs
 * the same code as the application does.
 */
function restoredApplication(knex: Knex, place: Place, { manifest }: Sidecar): Core.Strapi {
  // The key store was copied after the data and may know of a longer tree: here counts what was signed by then.
  const anchor = manifest.log && { treeSize: manifest.log.size, rootHash: manifest.log.root };
  const keyStore = { logAnchor: async () => anchor };
  return {
    db: {
      connection: knex,
      inTransaction: () => false,
      getSchemaName: () => (place.client === 'postgres' ? place.schema : undefined),
      dialect: { client: place.client },
    },
    plugin: () => ({ service: () => ({ keyStore: () => keyStore }) }),
  } as unknown as Core.Strapi;
}

/** A database beside that of the application, which goes again whatever happens. */
async function withScratch<T>(place: Place, work: (database: string) => Promise<T>): Promise<T> {
  if (place.client === 'sqlite') return work('');
  const name = SCRATCH + randomBytes(6).toString('hex');
  return withDatabase(place, async (knex) => {
    const { rows } = await knex.raw(
      `SELECT datname AS name FROM pg_database AS d WHERE datname LIKE '${SCRATCH}%'
       AND NOT EXISTS (SELECT 1 FROM pg_stat_activity AS a WHERE a.datname = d.datname)`
    );
    // Of drills that were killed.
    for (const { name: left } of rows) await knex.raw('DROP DATABASE IF EXISTS ??', [left]);
    try {
      await knex.raw('CREATE DATABASE ??', [name]);
    } catch (error) {
      throw new BackupFailed(
        'failed',
        'A drill on PostgreSQL makes a scratch database beside that of the application, and its user may not: ALTER ROLE … CREATEDB.',
        error
      );
    }
    try {
      return await work(name);
    } finally {
      await knex.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
    }
  });
}

const scratchPlace = (place: Place, database: string, folder: string, file: string): Place =>
  place.client === 'postgres'
    ? { ...place, connection: otherDatabase(place.connection, database) }
    : { client: 'sqlite', filename: path.join(folder, file) };

/**
 * Restores the newest archives beside the application, and finds out whether they would do: rows are counted, records are
 * opened with the restored keys, and the audit log is verified to its last entry.
 * @throws BackupFailed with what is wrong
 */
export async function drill(
  strapi: Core.Strapi,
  settings: BackupSettings,
  identities: { data: string; keys: string },
  run: RunRow,
  progress: Progress
): Promise<void> {
  const given = backupConfiguration(strapi);
  const places = placesOf(strapi);
  const work = path.join(workDirectory(given, strapi.dirs.app.root), run.documentId);
  await rm(path.dirname(work), { recursive: true, force: true });
  await Promise.all(
    [settings.directory, settings.keysDirectory].map((one) => reachable(one, 'destination'))
  );
  try {
    await withScratch(places.data, async (database) => {
      const scratch = {
        data: scratchPlace(places.data, database, work, 'scratch-data.db'),
        // Keys of a server of their own come into the same scratch database.
        keys: scratchPlace(
          places.data.client === 'postgres' && places.keys.client === 'postgres'
            ? { ...places.data, schema: places.keys.schema }
            : places.keys,
          database,
          work,
          'scratch-keys.db'
        ),
      };
      await progress.step('restoring');
      const choices = {
        data: { directory: settings.directory, identityFile: identities.data },
        keys: { directory: settings.keysDirectory, identityFile: identities.keys },
      };
      const restored = {} as Record<'data' | 'keys', Sidecar>;
      const verifiers = await verifiersOf(strapi);
      for (const content of ['data', 'keys'] as const) {
        const folder = path.join(work, content);
        const chain = await unpack(content, choices[content], folder);
        await failingAs('archive', async () =>
          chain.forEach((sidecar) => assertSigned(sidecar, verifiers))
        );
        restored[content] = chain[chain.length - 1];
        progress.note({
          [content === 'data' ? 'dataArchive' : 'keysArchive']: restored[content].manifest.archive,
        });
        await placeDatabase(folder, restored[content], scratch[content], given.tools);
      }
      await progress.step('verifying');
      await failingAs('verification', () => examine(strapi, scratch, restored, progress));
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function examine(
  strapi: Core.Strapi,
  scratch: { data: Place; keys: Place },
  { data, keys }: Record<'data' | 'keys', Sidecar>,
  progress: Progress
): Promise<void> {
  const store = createKeyStore(scratch.keys);
  const knex = connect(scratch.data);
  try {
    const restored = restoredApplication(knex, scratch.data, data);
    // The epochs that run: of those that have ended, no archive opens, and that is what they are for.
    const { root } = keyPlaces(strapi);
    const epochs = vaultOf(strapi).epochs();
    const ring = createKeyring({ store, root: environmentRootKey(root), epochs });
    await ring.start(data.manifest.storeId);
    const opened = await openSample(
      restored,
      vaultOf(strapi).records,
      () => ring,
      knex,
      scratch.data
    );

    const signer = createSigner({ store, ring });
    const { entries, total } = await verifyDatabase(restored, createStore(restored), signer, {
      limit: 1,
    });
    await assertOwnLog(strapi, data);
    const counts = Object.values(data.manifest.counts);
    progress.note({
      drill: {
        dataArchive: data.manifest.archive,
        keysArchive: keys.manifest.archive,
        tables: counts.length,
        rows: counts.reduce((sum, rows) => sum + rows, 0),
        opened,
        entries,
        findings: total,
      },
    });
    if (total > 0) {
      throw new Error(
        `The restored audit log is not as it was signed: ${total} findings. Verify the log itself: npm run governance -- audit:verify`
      );
    }
  } finally {
    await knex.destroy();
    await store.destroy();
  }
}

/** The restored log must be the beginning of the one that the application has. @throws Error */
async function assertOwnLog(strapi: Core.Strapi, { manifest }: Sidecar): Promise<void> {
  if (!manifest.log) return;
  const signed = await transparencyOf(strapi).store.checkpointAt(manifest.log.size);
  if (signed && signed.rootHash !== manifest.log.root) {
    throw new Error(
      'The restored audit log is another one than that of the application: their trees differ.'
    );
  }
}

/** Opens records at random places. Nothing of them is kept. @returns how many. @throws Error where one does not open */
async function openSample(
  restored: Core.Strapi,
  live: SealedRecords,
  ring: () => ReturnType<typeof createKeyring>,
  knex: Knex,
  place: Place
): Promise<number> {
  const table = (): Knex.QueryBuilder =>
    place.client === 'postgres'
      ? knex.withSchema(place.schema).table(SEALED_TABLE)
      : knex(SEALED_TABLE);
  const { last } = (await table().max({ last: 'id' }).first()) as { last: number | string | null };
  if (last === null) return 0;
  const rows = new Map<number, { record_type: string; document_id: string }>();
  for (let drawn = 0; drawn < SAMPLE; drawn++) {
    // The newest is always among them: its key is the first to be missing.
    const from = drawn === 0 ? Number(last) : Math.floor(Math.random() * Number(last)) + 1;
    const row = await table().where('id', '>=', from).orderBy('id').first();
    if (row) rows.set(Number(row.id), row);
  }
  const records = createSealedRecords(restored, ring);
  let opened = 0;
  for (const { record_type: type, document_id: id } of rows.values()) {
    if (await opens(records, type, id)) opened += 1;
    else if ((await live.existing(type, [id])).size > 0) {
      throw new Error(
        `A record (${type}, ${id}) does not open with the restored keys: its key is missing or is another one. Make a new backup of data and keys.`
      );
    }
    // Else it was deleted while the backup was made: its key is not in the archive, and shall not be.
  }
  return opened;
}

const opens = (records: SealedRecords, type: string, id: string): Promise<boolean> =>
  records.openOne(type, id).then(
    () => true,
    () => false
  );
