import type { Core } from '@strapi/strapi';
import { fact } from './facts';
import { isBookkeeping, isRelation, isToMany, type Attribute, type Attributes } from './attribute';
import type { Finding } from './finding';
import { names, readToMany, readToOne, type Reference } from './references';

/** A record at the other end of a relation. */
export interface RowRef {
  id: number;
  documentId: string;
}

type Data = Record<string, unknown>;
/** By relation, the records that it names once the write is done. */
export type Related = Record<string, RowRef[]>;

/** One answer for what is not there and for what the asker may not see: no guess learns which. */
export const NO_SUCH_RECORD =
  'there is no such record, or not one that you may see. Choose it from the list';

/** By the attributes of a type its relations: of every entry they are asked for. */
const relations = new WeakMap<Attributes, ReadonlyArray<[string, Attribute]>>();

/** The relations that a person enters, not those that Strapi keeps. */
export function relationsOf(attributes: Attributes): ReadonlyArray<[string, Attribute]> {
  let known = relations.get(attributes);
  if (!known) {
    known = Object.entries(attributes).filter(
      ([name, attribute]) =>
        !isBookkeeping(name) && isRelation(attribute) && Boolean(attribute.target)
    );
    relations.set(attributes, known);
  }
  return known;
}

/** What `strapi.db.query` needs to bring the relations along. */
export const populateOf = (attributes: Attributes): Record<string, { select: string[] }> =>
  Object.fromEntries(
    relationsOf(attributes).map(([name]) => [name, { select: ['id', 'documentId'] }])
  );

/**
 * Replaces each relation in `data` by row ids. Strapi does so itself for relations in link tables only: for those in a
 * column of their own, as ours are, it passes a documentId or `{ connect }` to the database, which answers with an error.
 * @param stored the record with its relations; `null` for a new one.
 */
export async function settleRelations(
  strapi: Core.Strapi,
  attributes: Attributes,
  data: Data,
  stored: Data | null
): Promise<{ related: Related; findings: Finding[] }> {
  const related: Related = {};
  const findings: Finding[] = [];
  for (const [name, attribute] of relationsOf(attributes)) {
    const before = stored ? ([stored[name] ?? []].flat() as RowRef[]) : [];
    if (data[name] === undefined) {
      related[name] = before;
      delete data[name];
      continue;
    }
    const settled = isToMany(attribute)
      ? await settleMany(strapi, attribute, data[name], before)
      : await settleOne(strapi, attribute, data[name], before);
    related[name] = settled.rows;
    if (settled.reason) findings.push({ attribute: name, reason: settled.reason });
    if (settled.value === undefined) delete data[name];
    else data[name] = settled.value;
  }
  return { related, findings };
}

interface Settled {
  /** What Strapi is given; `undefined` leaves the relation alone. */
  value?: unknown;
  rows: RowRef[];
  reason?: string;
}

async function settleOne(
  strapi: Core.Strapi,
  attribute: Attribute,
  value: unknown,
  before: RowRef[]
): Promise<Settled> {
  const change = readToOne(value);
  switch (change.kind) {
    case 'wrong':
      return { rows: before, reason: change.reason };
    case 'keep':
      return { rows: before };
    case 'remove': {
      const removed = before.some((row) => change.references.some((ref) => names(ref, row)));
      return removed ? { value: null, rows: [] } : { rows: before };
    }
    case 'set': {
      if (!change.reference) return { value: null, rows: [] };
      const rows = await find(strapi, attribute, [change.reference]);
      return rows ? { value: rows[0]?.id, rows } : { rows: before, reason: NO_SUCH_RECORD };
    }
  }
}

async function settleMany(
  strapi: Core.Strapi,
  attribute: Attribute,
  value: unknown,
  before: RowRef[]
): Promise<Settled> {
  const change = readToMany(value);
  switch (change.kind) {
    case 'wrong':
      return { rows: before, reason: change.reason };
    case 'keep':
      return { rows: before };
    case 'set': {
      const rows = await find(strapi, attribute, change.references);
      return rows ? { value: { set: ids(rows) }, rows } : { rows: before, reason: NO_SUCH_RECORD };
    }
    case 'change': {
      const connected = await find(strapi, attribute, change.connect);
      if (!connected) return { rows: before, reason: NO_SUCH_RECORD };
      const goes = (row: RowRef) => change.disconnect.some((ref) => names(ref, row));
      const disconnected = before.filter(goes);
      const kept = before.filter((row) => !goes(row) && !connected.some(({ id }) => id === row.id));
      return {
        value: { connect: ids(connected), disconnect: ids(disconnected) },
        rows: [...kept, ...connected],
      };
    }
  }
}

const ids = (rows: RowRef[]) => rows.map(({ id }) => ({ id }));

/** The rows in the order of their references; `null` when one of them is not there. */
async function find(
  strapi: Core.Strapi,
  attribute: Attribute,
  references: Reference[]
): Promise<RowRef[] | null> {
  if (references.length === 0) return [];
  const target = attribute.target as string;
  const rows = await fact(
    `rows ${target} ${JSON.stringify(references)}`,
    () =>
      strapi.db
        .query(target)
        .findMany({ select: ['id', 'documentId'], where: { $or: references } }) as Promise<RowRef[]>
  );
  const found = references.map((reference) => rows.find((row) => names(reference, row)));
  return found.includes(undefined) ? null : [...new Set(found as RowRef[])];
}
