import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../audit/audit';
import {
  canonicalEntry,
  compact,
  ENTRY_COLUMNS,
  entryOf,
  isoOf,
  JSON_COLUMNS,
  TEXT_COLUMNS,
  type StoredEntry,
} from '../audit/encoding';
import { connectionOf, isPostgres, tablesOf } from '../database';
import { LEAVES } from './models';

/** Entries of consecutive leaves as they stand in the database. */
export interface StoredPage {
  /** Null where a leaf has no row, or is no more. */
  bytes: Array<string | null>;
  ids?: Array<string | null>;
  /** How many of them have a row number of at most the watermark. */
  settled: number;
  /** Rows whose other columns were changed: the leaf and the id. */
  odd: Array<{ leafIndex: number; entryId: string }>;
}

const FIELDS = 1 + TEXT_COLUMNS.length + JSON_COLUMNS.length;
const BETWEEN_FIELDS = '\u001f';
const BETWEEN_ROWS = '\u001e';
/** What a text cannot hold if it is to be JSON with nothing but quotes around it. */
const NOT_PLAIN = /[\\\u0000-\u001d]/;
/** Columns that Strapi adds to every row. The log writes its own moment into these, and nothing into the others. */
const SAME_MOMENT = ['created_at', 'updated_at', 'published_at'];
const EMPTY = ['created_by_id', 'updated_by_id', 'locale'];

/**
 * Reads the entries of leaves for verification. Most pages come as a single text, which costs a fraction of what rows of
 * twenty columns cost; a page on which anything at all is unusual is read again row by row.
 */
export function createEntryPages(strapi: Core.Strapi) {
  const postgres = isPostgres(strapi);
  const schema = strapi.db.getSchemaName();
  const named = (table: string) => (schema ? `"${schema}"."${table}"` : `"${table}"`);
  const differs = postgres ? 'IS DISTINCT FROM' : 'IS NOT';
  const odd = [
    ...SAME_MOMENT.map((column) => `entry.${column} ${differs} entry.at`),
    ...EMPTY.map((column) => `entry.${column} IS NOT NULL`),
  ].join(' OR ');
  const character = postgres ? 'chr' : 'char';
  const field = `|| ${character}(31) ||`;
  const row = [
    `coalesce(CAST(entry.at AS text), '')`,
    ...TEXT_COLUMNS.map((column) => `coalesce('"' || entry.${column} || '"', '')`),
    ...JSON_COLUMNS.map((column) => `coalesce(CAST(entry.${column} AS text), '')`),
  ].join(field);
  const joined = `${postgres ? 'string_agg' : 'group_concat'}(page.line, ${character}(30) ORDER BY page.leaf)`;
  const quick = `
    SELECT count(*) AS leaves, count(page.entry) AS entries,
           count(CASE WHEN page.entry <= :watermark THEN 1 END) AS settled,
           count(CASE WHEN page.odd THEN 1 END) AS odd, ${joined} AS text
    FROM (
      SELECT leaf.id AS leaf, entry.id AS entry, (${odd}) AS odd, ${row} AS line
      FROM ${named(LEAVES)} AS leaf LEFT JOIN ${named(AUDIT_TABLE)} AS entry ON entry.id = leaf.entry_id
      WHERE leaf.id >= :from AND leaf.id < :to
    ) AS page`;

  const read = async (sql: string, bindings: Record<string, number>) => {
    const answer = await (await connectionOf(strapi)).raw(sql, bindings);
    return (postgres ? answer.rows : answer) as Array<Record<string, unknown>>;
  };

  /** Row by row, for a page on which something is not as it should be. */
  const slowly = async (from: number, count: number, watermark: number): Promise<StoredPage> => {
    const tables = await tablesOf(strapi);
    const connection = await connectionOf(strapi);
    const rows = (await tables(`${LEAVES} as leaf`)
      .leftJoin(`${AUDIT_TABLE} as entry`, 'entry.id', 'leaf.entry_id')
      .where('leaf.id', '>=', from)
      .andWhere('leaf.id', '<', from + count)
      .orderBy('leaf.id')
      .select([
        'leaf.id as leaf',
        'leaf.entry_id as number',
        ...ENTRY_COLUMNS.map((column) => `entry.${column}`),
        connection.raw(`(${odd}) as odd`),
      ])) as Array<StoredEntry & { leaf: number; number: number; odd: boolean | number }>;
    const nothing = (): Array<string | null> => Array.from({ length: count }, () => null);
    const [bytes, ids] = [nothing(), nothing()];
    const page: StoredPage = { bytes, ids, settled: 0, odd: [] };
    for (const entry of rows) {
      const at = Number(entry.leaf) - from;
      const gone = entry.document_id === null && entry.action === null;
      bytes[at] = gone ? null : bytesOf(entry);
      // Where the row is gone its number is all that is left of it.
      ids[at] = entry.document_id ?? `#${entry.number}`;
      if (gone) continue;
      if (Number(entry.number) <= watermark) page.settled += 1;
      if (entry.odd) page.odd.push({ leafIndex: from + at, entryId: entry.document_id });
    }
    return page;
  };

  return {
    /** The entries of `count` leaves from `from` on. */
    async page(from: number, count: number, watermark: number): Promise<StoredPage> {
      const [all] = await read(quick, { from, to: from + count, watermark });
      const usual =
        Number(all.leaves) === count && Number(all.entries) === count && Number(all.odd) === 0;
      const bytes = usual ? linesOf(String(all.text), count) : null;
      if (bytes === null) return slowly(from, count, watermark);
      return { bytes, settled: Number(all.settled), odd: [] };
    },
  };
}

let lastTime = '';
let lastIso = '';

/** Every entry of a page that is one text, or null when it has to be read with more care. */
function linesOf(text: string, count: number): string[] | null {
  if (NOT_PLAIN.test(text)) return null;
  const lines = text.split(BETWEEN_ROWS);
  if (lines.length !== count) return null;
  const entries: string[] = [];
  for (const line of lines) {
    const [time, ...members] = line.split(BETWEEN_FIELDS);
    if (members.length !== FIELDS - 1) return null;
    for (let i = 0; i < TEXT_COLUMNS.length; i++) {
      const value = members[i];
      if (value !== '' && value.indexOf('"', 1) !== value.length - 1) return null;
    }
    for (let i = TEXT_COLUMNS.length; i < members.length; i++) members[i] = compact(members[i]);
    if (time !== lastTime) {
      const moment = timeOf(time);
      if (moment === null) return null;
      [lastTime, lastIso] = [time, isoOf(moment)];
    }
    entries.push(entryOf(lastIso, members));
  }
  return entries;
}

/** A time as the database writes it: milliseconds in SQLite; in PostgreSQL a local time, as its driver takes it too. */
function timeOf(text: string): Date | null {
  const local = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)$/.exec(text);
  if (!local && !/^\d{1,15}$/.test(text)) return null;
  const date = new Date(local ? `${local[1]}T${local[2]}` : Number(text));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** What is no entry any more gets bytes too, which are in no tree. */
function bytesOf(entry: StoredEntry): string {
  try {
    return canonicalEntry(entry);
  } catch {
    return `unreadable ${entry.document_id}`;
  }
}
