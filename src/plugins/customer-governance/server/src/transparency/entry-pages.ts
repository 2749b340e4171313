import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../audit/audit';
import {
  canonicalEntry,
  compact,
  ENTRY_COLUMNS,
  ENTRY_END,
  ENTRY_PARTS,
  type EntryPart,
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

/** A field of a line: texts that the query has put together, or a value that needs a look. */
type Field = readonly EntryPart[] | EntryPart;
const FIELDS: readonly Field[] = fieldsOf(ENTRY_PARTS);
const BETWEEN_FIELDS = '\u001f';
const BETWEEN_ROWS = '\u001e';
/** Columns that Strapi adds to every row. The log writes its own moment into these, and nothing into the others. */
const SAME_MOMENT = ['created_at', 'updated_at', 'published_at'];
const EMPTY = ['created_by_id', 'updated_by_id', 'locale'];

/**
 * Reads the entries of leaves for verification. A page comes as a single text, which costs a fraction of what rows of
 * twenty columns cost. No row that was altered can pass in it for another: where a value has a quote or a backslash, which
 * could feign the end of its member, and wherever else a page is unusual, it is read row by row. So it is wherever entries
 * do not agree with their hashes, for a value may also be written in another way than the database writes it.
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
  // What is null is left out with all that belongs to it.
  const piece = ({ column, before, after }: EntryPart) =>
    `'${before}"' || entry.${column} || '"${after}'`;
  const line = FIELDS.map((field) =>
    'column' in field ? `entry.${field.column}` : field.map(piece).join(', ')
  ).join(`, ${character}(31), `);
  const texts = ENTRY_PARTS.filter(({ kind }) => kind === 'text').map(
    ({ column }) => `entry.${column}`
  );
  const quotes = `${postgres ? 'strpos' : 'instr'}(concat(${texts.join(', ')}), '"') > 0`;
  const joined = `${postgres ? 'string_agg' : 'group_concat'}(page.line, ${character}(30))`;
  // One look-up a leaf: PostgreSQL's planner would read the whole table for each page. OFFSET 0 keeps it from doing so.
  const join = postgres
    ? `LEFT JOIN LATERAL (SELECT * FROM ${named(AUDIT_TABLE)} AS one WHERE one.id = leaf.entry_id OFFSET 0) AS entry ON true`
    : `LEFT JOIN ${named(AUDIT_TABLE)} AS entry ON entry.id = leaf.entry_id`;
  const quick = `
    SELECT count(*) AS leaves, count(page.entry) AS entries,
           count(CASE WHEN page.entry <= :watermark THEN 1 END) AS settled,
           count(CASE WHEN page.unusual THEN 1 END) AS unusual, ${joined} AS text
    FROM (
      SELECT leaf.id AS leaf, entry.id AS entry, (${odd} OR ${quotes}) AS unusual, concat(${line}) AS line
      FROM ${named(LEAVES)} AS leaf ${join}
      WHERE leaf.id >= :from AND leaf.id < :to ORDER BY leaf.id
    ) AS page`;

  const read = async (sql: string, bindings: Record<string, number>) => {
    const answer = await (await connectionOf(strapi)).raw(sql, bindings);
    return (postgres ? answer.rows : answer) as Array<Record<string, unknown>>;
  };

  const byRows = async (from: number, count: number, watermark: number): Promise<StoredPage> => {
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
        Number(all.leaves) === count && Number(all.entries) === count && Number(all.unusual) === 0;
      const bytes = usual ? entriesIn(String(all.text), count) : null;
      if (bytes === null) return byRows(from, count, watermark);
      return { bytes, settled: Number(all.settled), odd: [] };
    },

    /** The same, row by row. */
    byRows,
  };
}

/** Neighbouring texts in one field, each other member in its own. */
function fieldsOf(parts: readonly EntryPart[]): Field[] {
  const fields: Array<EntryPart[] | EntryPart> = [];
  for (const part of parts) {
    const last = fields.at(-1);
    if (part.kind !== 'text') fields.push(part);
    else if (Array.isArray(last)) last.push(part);
    else fields.push([part]);
  }
  return fields;
}

/** Every entry of a page that is one text, or null when it has to be read with more care. */
function entriesIn(text: string, count: number): string[] | null {
  if (text.includes('\\')) return null;
  const lines = text.split(BETWEEN_ROWS);
  if (lines.length !== count) return null;
  for (let i = 0; i < count; i++) {
    const values = lines[i].split(BETWEEN_FIELDS);
    if (values.length !== FIELDS.length) return null;
    let entry = '';
    for (let k = 0; k < FIELDS.length; k++) {
      const field = FIELDS[k];
      if (!('column' in field)) {
        entry += values[k];
        continue;
      }
      const value = field.kind === 'json' ? compact(values[k]) : timeOf(values[k]);
      if (value === null) return null;
      if (value !== '') entry += field.before + value + field.after;
    }
    lines[i] = entry + ENTRY_END;
  }
  return lines;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: SECOND_MS }, (_, n) => String(n).padStart(3, '0'));
const UTC_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?$/;
const MILLISECONDS = /^\d{1,15}$/;
let knownHour = { text: '', start: 0 };
let knownDay = { number: -1, text: '' };

/**
 * A time as the database writes it, as it stands in an entry. SQLite holds milliseconds; PostgreSQL a time without a
 * zone, which is UTC (`config/database.ts`). A library's date for each entry would cost as much as its hash.
 */
function timeOf(text: string): string | null {
  let time: number;
  if (MILLISECONDS.test(text)) time = Number(text);
  else if (UTC_TIME.test(text)) {
    const hour = text.slice(0, 13);
    if (hour !== knownHour.text) {
      knownHour = { text: hour, start: new Date(`${hour.replace(' ', 'T')}:00:00Z`).getTime() };
    }
    const fraction = text.length > 19 ? Math.trunc(SECOND_MS * parseFloat(text.slice(19))) : 0;
    time =
      knownHour.start +
      Number(text.slice(14, 16)) * MINUTE_MS +
      Number(text.slice(17, 19)) * SECOND_MS +
      fraction;
  } else return null;
  const day = Math.floor(time / DAY_MS);
  if (day !== knownDay.number) {
    const date = new Date(time);
    if (Number.isNaN(date.getTime())) return null;
    knownDay = { number: day, text: date.toISOString().slice(0, -13) };
  }
  const rest = time - day * DAY_MS;
  const hours = TWO[Math.floor(rest / HOUR_MS)];
  const minutes = TWO[Math.floor(rest / MINUTE_MS) % 60];
  const seconds = TWO[Math.floor(rest / SECOND_MS) % 60];
  return `"${knownDay.text}${hours}:${minutes}:${seconds}.${THREE[rest % SECOND_MS]}Z"`;
}

/** What is no entry any more gets bytes too, which are in no tree. */
function bytesOf(entry: StoredEntry): string {
  try {
    return canonicalEntry(entry);
  } catch {
    return `unreadable ${entry.document_id}`;
  }
}
