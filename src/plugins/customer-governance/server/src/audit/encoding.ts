/**
 * The canonical encoding of an entry, version 1: the bytes that the log's tree hashes. It is the JSON Canonicalization
 * Scheme (RFC 8785): members sorted by name, no white space, strings and numbers as ECMAScript writes them. Members that
 * say nothing (null, an empty list or object) are left out. Described for outsiders in docs/audit-log.md; a change of it
 * is a new version, told by `v`, and never touches entries that are written.
 */

/** A row as the database gives it: JSON columns as text (SQLite) or value (PostgreSQL), `at` in the database's own form. */
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

/** The columns that an entry's bytes are made of, for queries. */
export const ENTRY_COLUMNS = [
  'document_id',
  'at',
  'actor_kind',
  'actor_id',
  'on_behalf_of',
  'action',
  'outcome',
  'record_type',
  'record_ids',
  'attributes',
  'purpose',
  'request_id',
  'basis',
  'channel',
  'address',
  'correlation_id',
  'details',
  'sealed',
] as const satisfies ReadonlyArray<keyof StoredEntry>;

const ENCODING_VERSION = 1;

/**
 * An entry's canonical text, to be hashed as UTF-8. Written out member by member in the order of their names, for this is
 * the hot loop of sequencing and verification.
 * @throws RangeError when the row's time is no time.
 */
export function canonicalEntry(row: StoredEntry): string {
  const at = (row.at instanceof Date ? row.at : new Date(row.at)).toISOString();
  return (
    `{"action":${JSON.stringify(row.action)}` +
    `,"actor":{"id":${JSON.stringify(row.actor_id)},"kind":${JSON.stringify(row.actor_kind)}}` +
    text('address', row.address) +
    `,"at":"${at}"` +
    json('attributes', row.attributes) +
    text('basis', row.basis) +
    text('channel', row.channel) +
    text('correlationId', row.correlation_id) +
    json('details', row.details) +
    `,"id":${JSON.stringify(row.document_id)}` +
    text('onBehalfOf', row.on_behalf_of) +
    `,"outcome":${JSON.stringify(row.outcome)}` +
    text('purpose', row.purpose) +
    json('recordIds', row.record_ids) +
    text('recordType', row.record_type) +
    text('requestId', row.request_id) +
    json('sealed', row.sealed) +
    `,"v":${ENCODING_VERSION}}`
  );
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

const text = (name: string, value: string | null): string =>
  value === null || value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;

/** A column that holds JSON: its text as it is stored (entries are written in canonical form), or its value. */
function json(name: string, column: unknown): string {
  if (column === null || column === undefined) return '';
  const value = typeof column === 'string' ? column : canonicalJson(column);
  return value === '[]' || value === '{}' ? '' : `,"${name}":${value}`;
}
