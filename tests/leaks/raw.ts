import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import {
  canonicalEntry,
  type StoredEntry,
} from '../../src/plugins/customer-governance/server/src/audit/encoding';
import { NOBODY, type Report } from './report';
import type { Search } from './search';

/** Which files belong to which channel; whatever else lies in the installation's folder is searched, too. */
const CHANNELS: Array<[RegExp, string]> = [
  [/^data\.db$/, 'data file'],
  [/^data\.db-(wal|shm|journal)$/, 'write-ahead log'],
  [/^keys\.db/, 'key store'],
  [/^public\//, 'uploads'],
];

function* filesBelow(folder: string, prefix = ''): Generator<string> {
  for (const entry of readdirSync(path.join(folder, prefix), { withFileTypes: true })) {
    const name = path.posix.join(prefix, entry.name);
    if (entry.isDirectory()) yield* filesBelow(folder, name);
    else yield name;
  }
}

/** Searches the bytes of every file of an installation: databases with their logs, uploads, key store. */
export function searchFiles(folder: string, search: Search, report: Report): void {
  // There may be no upload, but the folder is looked into.
  report.called('uploads');
  for (const name of filesBelow(folder)) {
    const channel = CHANNELS.find(([pattern]) => pattern.test(name))?.[1] ?? 'other files';
    report.called(channel);
    for (const { form, canaries } of search(readFileSync(path.join(folder, name)))) {
      report.found({ channel, caller: NOBODY, place: name, detail: 'raw bytes', form, canaries });
    }
  }
}

interface Table {
  schema: string;
  name: string;
}

/** Searches every row of every table of a PostgreSQL database, that of the keys included, as text; bytes are hexadecimal there. */
export async function searchTables(
  strapi: Core.Strapi,
  search: Search,
  report: Report
): Promise<void> {
  const knex = strapi.db.connection;
  const { rows: tables } = (await knex.raw(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`
  )) as { rows: Table[] };
  for (const { schema, name } of tables) {
    const channel = schema.includes('keys') ? 'key store' : 'tables';
    report.called(channel);
    const { rows } = (await knex.raw('SELECT t::text AS text FROM ??.?? AS t', [schema, name])) as {
      rows: Array<{ text: string }>;
    };
    for (const { form, canaries } of search(rows.map(({ text }) => text).join('\n'))) {
      const place = `${schema}.${name}`;
      report.found({ channel, caller: NOBODY, place, detail: 'a row as text', form, canaries });
    }
  }
}

const ENTRIES_AT_ONCE = 1000;

/** Searches the bytes of every entry of the audit log, as they are hashed, exported and given to monitors. */
export async function searchEntries(
  strapi: Core.Strapi,
  search: Search,
  report: Report
): Promise<void> {
  const channel = 'audit log';
  report.expect(channel);
  for (let last = 0; ;) {
    const rows: Array<StoredEntry & { id: number }> = await strapi.db
      .connection('governance_audit_entries')
      .where('id', '>', last)
      .orderBy('id')
      .limit(ENTRIES_AT_ONCE);
    if (rows.length === 0) return;
    last = Number(rows[rows.length - 1].id);
    report.called(channel, NOBODY, rows.length);
    for (const row of rows) {
      for (const { form, canaries } of search(canonicalEntry(row))) {
        const place = `an entry of ${row.action}`;
        report.found({ channel, caller: NOBODY, place, detail: row.document_id, form, canaries });
      }
    }
  }
}
