/**
 * The canonical encoding of an entry, version 1: the bytes that the log's tree hashes. It is the JSON Canonicalization
 * Scheme (RFC 8785): members sorted by name, no white space, strings and numbers as ECMAScript writes them. Members that
 * say nothing (null, an empty list or object) are left out. Described for outsiders in docs/audit-log.md; a change of it
 * is a new version, told by `v`, and never touches entries that are written.
 */

/** A row as the database gives it: JSON columns as text or value, `at` in the database's own form. */
export interface StoredEntry {
  document_id: string;
  at: Date | number | string;
  actor_kind: string;
  actor_id: string;
  on_behalf_of: string | null;
  action: string;
  outcome: string;
  record_type: string | null;
  record_ids: unknown;
  attributes: unknown;
  purpose: string | null;
  request_id: string | null;
  basis: string | null;
  channel: string | null;
  address: string | null;
  correlation_id: string | null;
  details: unknown;
  sealed: unknown;
}

/** A member of an entry: what stands before its value and behind it. Where the column is null all of it is left out. */
export interface EntryPart {
  column: keyof StoredEntry;
  kind: 'text' | 'time' | 'json';
  before: string;
  after: string;
}

const part = (
  column: keyof StoredEntry,
  name: string,
  kind: EntryPart['kind'] = 'text',
  after = ''
): EntryPart => ({ column, kind, before: `,"${name}":`, after });

/**
 * The encoding itself: the members in the order of their names. Whoever writes an entry, here or in a query, goes by this
 * list.
 */
export const ENTRY_PARTS: readonly EntryPart[] = [
  { column: 'action', kind: 'text', before: '{"action":', after: '' },
  { column: 'actor_id', kind: 'text', before: ',"actor":{"id":', after: '' },
  part('actor_kind', 'kind', 'text', '}'),
  part('address', 'address'),
  part('at', 'at', 'time'),
  part('attributes', 'attributes', 'json'),
  part('basis', 'basis'),
  part('channel', 'channel'),
  part('correlation_id', 'correlationId'),
  part('details', 'details', 'json'),
  part('document_id', 'id'),
  part('on_behalf_of', 'onBehalfOf'),
  part('outcome', 'outcome'),
  part('purpose', 'purpose'),
  part('record_ids', 'recordIds', 'json'),
  part('record_type', 'recordType'),
  part('request_id', 'requestId'),
  part('sealed', 'sealed', 'json'),
];
/** How every entry ends: with the version of its encoding. */
export const ENTRY_END = ',"v":1}';

/** The columns that an entry's bytes are made of, for queries. */
export const ENTRY_COLUMNS = ENTRY_PARTS.map(({ column }) => column);

/**
 * An entry's canonical text, to be hashed as UTF-8.
 * @throws RangeError when the row's time is no time.
 */
export function canonicalEntry(row: StoredEntry): string {
  let entry = '';
  for (const { column, kind, before, after } of ENTRY_PARTS) {
    const value = kind === 'json' ? compact(row[column]) : quoted(row[column], kind);
    if (value !== '') entry += before + value + after;
  }
  return entry + ENTRY_END;
}

function quoted(value: unknown, kind: 'text' | 'time'): string {
  if (value === null || value === undefined) return '';
  if (kind === 'text') return JSON.stringify(value);
  return `"${(value instanceof Date ? value : new Date(value as number | string)).toISOString()}"`;
}

/** JSON with the members of objects sorted by name. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/**
 * A column of JSON in canonical form; nothing for an empty list or object. Entries are written in canonical form, and
 * SQLite keeps the text as it is. PostgreSQL writes its own form of it, which has a blank in every object and between the
 * items of a list; so text without a blank is canonical already.
 */
export function compact(column: unknown): string {
  if (column === null || column === undefined) return '';
  const text =
    typeof column !== 'string'
      ? canonicalJson(column)
      : column.includes(' ')
        ? rewritten(column)
        : column;
  return text === '[]' || text === '{}' ? '' : text;
}

/** A list of plain ids is the most of what there is; the rest is parsed. */
const PLAIN_LIST = /^\["[\w.:@/-]+"(?:, "[\w.:@/-]+")*\]$/;

function rewritten(text: string): string {
  if (PLAIN_LIST.test(text)) return text.replaceAll(', ', ',');
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    // Not JSON, so not as it was written: let its hash tell.
    return text;
  }
}
