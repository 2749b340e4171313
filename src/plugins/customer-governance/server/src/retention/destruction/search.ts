import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { chunks, isPostgres, tablesOf } from '../../database';
import { lastExport } from '../../last-export';
import { policyOf } from '../../policy';
import { eachRowAsText } from '../../rows-as-text';
import { IDENTITY_TABLE, LOOKUP_TABLE } from '../../vault/models';
import { vaultOf } from '../../vault/vault';
import {
  FINGERPRINT_KINDS,
  type Finding,
  type FingerprintKind,
  type Fingerprints,
} from './fingerprints';
import { bytesOf, bytesOfDatabase, filesBelow } from './search-files';

/** Where is searched. The certificate names these with the number of bytes or rows that were looked at. */
export const PLACES = [
  'database-files',
  'key-store-files',
  'database-rows',
  'key-store-rows',
  'server-files',
  'attachments',
  'directories',
] as const;
export type Place = (typeof PLACES)[number];

/** Something that should not be there any more. */
export interface Leftover {
  place: Place;
  /** A table, or the name of a file. */
  where: string;
  kind: FingerprintKind;
  fingerprint: number;
  /** For the next run of the order; not to be shown. */
  bytes: Buffer;
}

export interface SearchResult {
  searched: Array<{ place: Place; count: number }>;
  leftovers: Leftover[];
}

/** A person may have an account here and be a customer, too; the account is not the order's. */
const ACCOUNTS: ReadonlySet<string> = new Set([
  'admin_users',
  'up_users',
  'governance_staff_profiles',
]);
const ALL: ReadonlySet<FingerprintKind> = new Set(FINGERPRINT_KINDS);
/** What may lie nowhere at all, sealed or recycled. */
const IN_CLEAR: ReadonlySet<FingerprintKind> = new Set(['value', 'key']);
const DIGESTS_PER_QUERY = 500;

/** Searches every place that this application writes to for fingerprints, each file and each row once. */
export async function searchEverywhere(
  strapi: Core.Strapi,
  fingerprints: Fingerprints
): Promise<SearchResult> {
  const counts = new Map<Place, number>();
  const leftovers: Leftover[] = [];
  const note = (place: Place, count: number, where: string, findings: readonly Finding[]) => {
    counts.set(place, (counts.get(place) ?? 0) + count);
    for (const { kind, fingerprint, bytes } of findings)
      leftovers.push({ place, where, kind, fingerprint, bytes });
  };
  const everything = fingerprints.search();
  const searchBytes = async (
    place: Place,
    where: string,
    bytes: AsyncIterable<Buffer>,
    keep: (findings: Finding[]) => Promise<Finding[]> = async (findings) => findings,
    search = everything
  ) => {
    for await (const piece of bytes) search.feed(piece);
    const { findings, bytes: count } = search.end();
    const left = await withoutShared(strapi, findings);
    note(place, count, where, left.length > 0 ? await keep(left) : left);
  };
  const searchBelow = async (place: Place, directory: string) => {
    counts.set(place, counts.get(place) ?? 0);
    for await (const file of filesBelow(directory))
      await searchBytes(place, path.basename(file), bytesOf(file));
  };

  const store = vaultOf(strapi).keyStore();
  if (isPostgres(strapi)) {
    await searchRows(strapi, everything, note);
    const { vacuum } = policyOf(strapi).get().retention.destruction;
    // A plain VACUUM gives space free without overwriting it: there ciphertext stays for a while.
    const kinds = vacuum === 'full' ? ALL : IN_CLEAR;
    await searchServerFiles(strapi, fingerprints.search(kinds), searchBytes);
  } else {
    const file = sqliteFile(strapi);
    for (const suffix of ['', '-wal', '-journal'])
      await searchBytes(
        'database-files',
        path.basename(file) + suffix,
        bytesOfDatabase(file + suffix),
        (findings) =>
          suffix === '' ? withoutAccounts(strapi, findings) : Promise.resolve(findings)
      );
  }
  if (store.filename) {
    for (const suffix of ['', '-wal', '-journal'])
      await searchBytes(
        'key-store-files',
        path.basename(store.filename) + suffix,
        bytesOfDatabase(store.filename + suffix)
      );
  } else {
    const count = await store.eachRow((text) => everything.feed(line(text)));
    note('key-store-rows', count, 'key store', everything.end().findings);
  }
  const own = strapi.config.get('plugin::customer-governance', {}) as {
    files?: { directory?: string };
    destruction?: { searchDirectories?: string[] };
  };
  const resolve = (directory: string) => path.resolve(strapi.dirs.app.root, directory);
  if (own.files?.directory) await searchBelow('attachments', resolve(own.files.directory));
  const exported = await lastExport(strapi);
  const others = [...(own.destruction?.searchDirectories ?? []), ...(exported ? [exported] : [])];
  for (const directory of new Set(others.map(resolve))) await searchBelow('directories', directory);
  return { searched: [...counts].map(([place, count]) => ({ place, count })), leftovers };
}

/** The file of the data, where it is one. */
export function sqliteFile(strapi: Core.Strapi): string {
  const { filename } = strapi.config.get('database.connection.connection') as { filename: string };
  return path.resolve(strapi.dirs.app.root, filename);
}

/** Rows do not run into each other. */
const line = (text: string) => Buffer.from(`${text}\n`);

type Search = ReturnType<Fingerprints['search']>;
type Note = (place: Place, count: number, where: string, findings: readonly Finding[]) => void;

/** Every row of every table, as text: whoever may query the database finds nothing else. */
async function searchRows(strapi: Core.Strapi, search: Search, note: Note) {
  const schema = strapi.db.getSchemaName() ?? 'public';
  const { connection } = strapi.db;
  const reader = {
    row: (text: string) => search.feed(line(text)),
    end: async (table: string, count: number) =>
      note('database-rows', count, table, await withoutShared(strapi, search.end().findings)),
  };
  await eachRowAsText(connection, schema, reader, ACCOUNTS);
}

type SearchBytes = (
  place: Place,
  where: string,
  bytes: AsyncIterable<Buffer>,
  keep?: (findings: Finding[]) => Promise<Finding[]>,
  search?: Search
) => Promise<void>;

/** The files of this database, where the server runs on this machine and lets them be read. */
async function searchServerFiles(
  strapi: Core.Strapi,
  search: Search,
  searchBytes: SearchBytes
): Promise<void> {
  const directory = await localDataDirectory(strapi);
  if (!directory) return;
  // For what is in the server's memory alone. Only some may ask for it.
  await strapi.db.connection.raw('CHECKPOINT').catch(() => undefined);
  for await (const file of filesBelow(directory))
    await searchBytes('server-files', path.basename(file), bytesOf(file), undefined, search);
}

/** The folder of this database, if the server's data directory is on this machine and readable; else `null`. */
async function localDataDirectory(strapi: Core.Strapi): Promise<string | null> {
  try {
    const { rows } = (await strapi.db.connection.raw(
      "SELECT current_setting('data_directory') AS directory, current_setting('port') AS port, (SELECT oid FROM pg_database WHERE datname = current_database()) AS oid"
    )) as { rows: Array<{ directory: string; port: string; oid: number }> };
    const [{ directory, port, oid }] = rows as [(typeof rows)[0]];
    const lock = (await readFile(path.join(directory, 'postmaster.pid'), 'utf8')).split('\n');
    // A server elsewhere may call its directory the same; what runs here says its port.
    if (lock[3]?.trim() !== port) return null;
    const folder = path.join(directory, 'base', String(oid));
    return existsSync(folder) ? folder : null;
  } catch {
    return null;
  }
}

/** Leaves out the look-up rows of other records that have the same value. */
async function withoutShared(strapi: Core.Strapi, findings: Finding[]): Promise<Finding[]> {
  const digests = new Set(
    findings.filter(({ kind }) => kind === 'look-up').map(({ bytes }) => bytes.toString())
  );
  if (digests.size === 0) return findings;
  const shared = new Set<string>();
  for (const part of chunks([...digests], DIGESTS_PER_QUERY)) {
    for (const table of [LOOKUP_TABLE, IDENTITY_TABLE]) {
      const rows = (await (
        await tablesOf(strapi)
      )(table)
        .distinct('digest')
        .whereIn('digest', part)) as Array<{ digest: string }>;
      for (const { digest } of rows) shared.add(digest);
    }
  }
  return findings.filter(({ kind, bytes }) => kind !== 'look-up' || !shared.has(bytes.toString()));
}

/** Leaves out what stands in pages of the tables of accounts. */
async function withoutAccounts(strapi: Core.Strapi, findings: Finding[]): Promise<Finding[]> {
  const { connection } = strapi.db;
  const [setting] = (await connection.raw('PRAGMA page_size')) as Array<{ page_size: number }>;
  const pageOf = ({ position }: Finding) => Math.floor(position / (setting?.page_size ?? 4096)) + 1;
  const rows = (await connection.raw(
    `SELECT pageno FROM dbstat JOIN sqlite_master ON sqlite_master.name = dbstat.name
     WHERE tbl_name IN (${[...ACCOUNTS].map(() => '?').join(', ')})`,
    [...ACCOUNTS]
  )) as Array<{ pageno: number }>;
  const pages = new Set(rows.map(({ pageno }) => pageno));
  return findings.filter((finding) => !pages.has(pageOf(finding)));
}
