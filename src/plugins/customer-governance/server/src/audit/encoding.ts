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

/** The columns of text that an entry's bytes are made of. */
export const TEXT_COLUMNS = [
  'action',
  'actor_id',
  'actor_kind',
  'address',
  'basis',
  'channel',
  'correlation_id',
  'document_id',
  'on_behalf_of',
  'outcome',
  'purpose',
  'record_type',
  'request_id',
] as const satisfies ReadonlyArray<keyof StoredEntry>;

/** Those of JSON. */
export const JSON_COLUMNS = [
  'attributes',
  'details',
  'record_ids',
  'sealed',
] as const satisfies ReadonlyArray<keyof StoredEntry>;

/** All of them, for queries. */
export const ENTRY_COLUMNS = ['at', ...TEXT_COLUMNS, ...JSON_COLUMNS] as const;

const ENCODING_VERSION = 1;

/**
 * An entry's canonical text, to be hashed as UTF-8.
 * @throws RangeError when the row's time is no time.
 */
export function canonicalEntry(row: StoredEntry): string {
  const texts = TEXT_COLUMNS.map((column) => quoted(row[column]));
  const values = JSON_COLUMNS.map((column) => compact(row[column]));
  return entryOf(isoOf(row.at), [...texts, ...values]);
}

/**
 * The same from members that are JSON already, in the order of `TEXT_COLUMNS` and then of `JSON_COLUMNS`; an empty text
 * stands for one that is left out. Written out member by member in the order of their names, for this is the hot loop of
 * verification.
 */
export function entryOf(at: string, members: readonly string[]): string {
  const [
    action,
    actorId,
    actorKind,
    address,
    basis,
    channel,
    correlationId,
    id,
    onBehalfOf,
    outcome,
    purpose,
    recordType,
    requestId,
    attributes,
    details,
    recordIds,
    sealed,
  ] = members;
  return (
    `{"action":${action},"actor":{"id":${actorId},"kind":${actorKind}}` +
    (address && `,"address":${address}`) +
    `,"at":"${at}"` +
    (attributes && `,"attributes":${attributes}`) +
    (basis && `,"basis":${basis}`) +
    (channel && `,"channel":${channel}`) +
    (correlationId && `,"correlationId":${correlationId}`) +
    (details && `,"details":${details}`) +
    `,"id":${id}` +
    (onBehalfOf && `,"onBehalfOf":${onBehalfOf}`) +
    `,"outcome":${outcome}` +
    (purpose && `,"purpose":${purpose}`) +
    (recordIds && `,"recordIds":${recordIds}`) +
    (recordType && `,"recordType":${recordType}`) +
    (requestId && `,"requestId":${requestId}`) +
    (sealed && `,"sealed":${sealed}`) +
    `,"v":${ENCODING_VERSION}}`
  );
}

/** A time of the database as it stands in an entry. */
export function isoOf(at: Date | number | string): string {
  return (at instanceof Date ? at : new Date(at)).toISOString();
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

const quoted = (value: string | null | undefined): string =>
  value === null || value === undefined ? '' : JSON.stringify(value);

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
