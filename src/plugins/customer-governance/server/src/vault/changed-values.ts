import { open, seal } from './cipher';

/** What a value was and what it became; `null` where there was or is none. */
export interface ChangedValue {
  old: string | null;
  new: string | null;
}
export type ChangedValues = Record<string, ChangedValue>;

/** Of an entry of the log, which has 65,535 bytes at most; longer values are not kept. */
const MAX_BYTES = 20_000;

/** An attribute has a name, so no sealed value of the record can be taken for one of these. */
const place = (type: string, documentId: string) => `${type}\n${documentId}\n\naudit\n1`;

/**
 * Seals old and new values for the log, under the record's own key and bound to the record: once the key is destroyed they are
 * as gone as the record, while the entry that holds them stays as it was hashed.
 * @returns base64, or `null` when they are too long to be kept.
 */
export function sealChange(
  type: string,
  documentId: string,
  key: Buffer,
  values: ChangedValues
): string | null {
  const plain = Buffer.from(JSON.stringify(values), 'utf8');
  if (plain.length > MAX_BYTES) return null;
  return seal(key, plain, place(type, documentId)).toString('base64');
}

/** @throws SealBroken when it is of another record, of another key, or altered. */
export function openChange(
  type: string,
  documentId: string,
  key: Buffer,
  sealed: string
): ChangedValues {
  const plain = open(key, Buffer.from(sealed, 'base64'), place(type, documentId));
  return JSON.parse(plain.toString('utf8')) as ChangedValues;
}

/** What a write does to the named attributes. */
export const changeOf = (
  attributes: readonly string[],
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>
): ChangedValues =>
  Object.fromEntries(
    attributes.map((name) => [name, { old: before[name] ?? null, new: after[name] ?? null }])
  );
