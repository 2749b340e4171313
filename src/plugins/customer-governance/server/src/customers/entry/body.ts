import { isDeepStrictEqual } from 'node:util';
import {
  attributeOf,
  isBookkeeping,
  isEmpty,
  isRelation,
  isToMany,
  type Attribute,
  type Attributes,
} from './attribute';
import type { Finding } from './finding';
import { names, readToMany, readToOne, type Reference } from './references';
import { readJson } from './shape';

type Data = Readonly<Record<string, unknown>>;
type Row = { id: number; documentId: string };

const UNKNOWN = 'is not an attribute of this type. Correct the name or leave it out';
const NOT_PERMITTED =
  'your role may not set it. Leave it out, or ask an administrator for the permission';

/** The keys that name no attribute. Strapi would drop them without a word. */
export function unknownKeys(attributes: Attributes, ...sources: Data[]): Finding[] {
  const unknown = new Set<string>();
  for (const source of sources) {
    for (const key of Object.keys(source)) {
      if (!attributeOf(attributes, key) && !isBookkeeping(key)) unknown.add(key);
    }
  }
  return [...unknown].map((attribute) => ({ attribute, reason: UNKNOWN }));
}

interface Sent {
  attributes: Attributes;
  /** What the client sent. */
  body: Data;
  /** What Strapi's permissions left of it. */
  data: Data;
  /** The record before the write; `null` for a new one. */
  stored: Data | null;
  /** Whether the client's reader sees the attribute; a form sends nothing for what it was not given. */
  mayRead(attribute: string): boolean;
}

/** Attributes that were sent and then dropped by permissions, where the record would have become another with them. */
export function droppedAttributes({ attributes, body, data, stored, mayRead }: Sent): Finding[] {
  return Object.keys(body)
    .filter((key) => {
      const attribute = isBookkeeping(key) ? undefined : attributeOf(attributes, key);
      if (!attribute || attribute.writable === false || Object.hasOwn(data, key)) return false;
      const before = stored ? stored[key] : attribute.default;
      if (sameValue(attribute, body[key], before)) return false;
      return !(isEmpty(body[key]) && !mayRead(key));
    })
    .map((attribute) => ({ attribute, reason: NOT_PERMITTED }));
}

/** Whether a value, in the form in which it was sent, leaves the attribute as it is. */
export function sameValue(attribute: Attribute, sent: unknown, stored: unknown): boolean {
  if (isRelation(attribute)) {
    return isToMany(attribute) ? sameMany(sent, stored) : sameOne(sent, stored);
  }
  if (isEmpty(sent) || isEmpty(stored)) return isEmpty(sent) && isEmpty(stored);
  switch (attribute.type) {
    case 'datetime':
      return timeOf(sent) === timeOf(stored);
    case 'date':
      return dayOf(sent) === dayOf(stored);
    case 'json':
      return isDeepStrictEqual(readJson(sent), stored);
    default:
      return sent === stored;
  }
}

function sameOne(sent: unknown, stored: unknown): boolean {
  const row = (stored ?? null) as Row | null;
  const change = readToOne(sent);
  switch (change.kind) {
    case 'keep':
      return true;
    case 'set':
      return change.reference ? row !== null && names(change.reference, row) : row === null;
    case 'remove':
      return row === null || !change.references.some((reference) => names(reference, row));
    case 'wrong':
      return false;
  }
}

function sameMany(sent: unknown, stored: unknown): boolean {
  const rows = (stored ?? []) as Row[];
  const isThere = (reference: Reference) => rows.some((row) => names(reference, row));
  const change = readToMany(sent);
  switch (change.kind) {
    case 'keep':
      return true;
    case 'set':
      return change.references.length === rows.length && change.references.every(isThere);
    case 'change':
      return change.connect.every(isThere) && !change.disconnect.some(isThere);
    case 'wrong':
      return false;
  }
}

const timeOf = (value: unknown): number => new Date(value as string).getTime();

const dayOf = (value: unknown): string =>
  value instanceof Date ? value.toISOString().slice(0, 10) : String(value).slice(0, 10);
