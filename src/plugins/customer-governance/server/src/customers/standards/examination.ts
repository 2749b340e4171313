import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { policyOf } from '../../policy';
import { CUSTOMER } from '../../policy/attribute-path';
import { translatorOfRequest } from '../../translations';
import { containsMask } from '../../vault/kinds';
import { vaultOf } from '../../vault/vault';
import { duplicatesOf } from '../duplicates/duplicates';
import { reasonOf, type Duplicate } from '../duplicates/telling';
import { attributeOf, isBookkeeping, type Attributes } from '../entry/attribute';
import { droppedAttributes } from '../entry/body';
import { entryOf, type Weighed } from '../entry/entry';
import { toProblems } from '../entry/finding';
import { mayReadAttribute } from '../entry/request';
import type { RowRef } from '../entry/settle';
import { completenessOf, type Completeness } from './completeness';

type Data = Record<string, unknown>;

/** Something that is wrong with an attribute, or to be looked at. */
export interface Remark {
  attribute: string;
  reason: string;
}

/** A value that is written in another form than it was typed. */
export interface Normalisation {
  attribute: string;
  /** As it was typed; `null` of a protected value, which the panel that asks knows itself. */
  from: string | null;
  /** As it will be shown: of a protected value its mask. */
  to: string;
}

/** What an entry that is being typed comes to. */
export interface ExaminedEntry {
  completeness: Completeness;
  problems: Remark[];
  warnings: Remark[];
  normalisations: Normalisation[];
  /** Files that are there already, and those that are alike; `null` when it was not asked, or too often. */
  duplicates: Duplicate[] | null;
  near: Duplicate[] | null;
}

export interface ExaminationRequest {
  documentId: string | null;
  data: Data;
  /** Whether it is looked for files that are there already, which is counted and written in the log. */
  duplicates: boolean;
  /** Whether the asker's role may set an attribute; left out where roles say nothing of attributes. */
  maySet?: (attribute: string) => boolean;
}

/**
 * Holds an entry against everything that it is held against when it is saved, and writes nothing of it.
 * @param mayHold whether a customer under a plan may have an attribute.
 */
export async function examineEntry(
  strapi: Core.Strapi,
  { documentId, data: typed, duplicates, maySet = () => true }: ExaminationRequest,
  mayHold: (planId: number | null) => Promise<(attribute: string) => boolean>
): Promise<ExaminedEntry> {
  // As Strapi does when it is saved; what it takes away is told below.
  const data = Object.fromEntries(
    Object.entries(typed).filter(([name]) => isLeft(strapi, name, maySet))
  );
  const weighed = await entryOf(strapi).weigh(
    CUSTOMER,
    documentId,
    data,
    duplicatesOf(strapi).rule
  );
  if (!weighed) throw new errors.NotFoundError('There is no such customer.');
  const record = { ...weighed.stored, ...weighed.data };
  const told = duplicates ? await toldOf(strapi, weighed, documentId) : null;
  const barred = droppedAttributes({
    attributes: attributesOf(strapi),
    body: typed,
    data,
    stored: weighed.stored,
    mayRead: (attribute) => mayReadAttribute(strapi, CUSTOMER, attribute),
  });
  const problems = toProblems([...barred, ...weighed.findings]).map(({ path, message }) =>
    remark(path, message)
  );
  for (const duplicate of told?.duplicates ?? []) {
    if (problems.some(({ attribute }) => attribute === duplicate.attribute)) continue;
    problems.push({ attribute: duplicate.attribute, reason: reasonOf(duplicate) });
  }
  const translate = translatorOfRequest(strapi);
  const inWords = ({ attribute, reason }: Remark): Remark => ({
    attribute,
    reason: translate(reason),
  });
  return {
    completeness: completenessOf(
      policyOf(strapi).get().collection,
      record,
      await mayHold(planOf(weighed))
    ),
    problems: problems.map(inWords),
    warnings: weighed.warnings.map(inWords),
    normalisations: normalisationsOf(strapi, data, weighed),
    duplicates: told?.duplicates ?? null,
    near: told?.near ?? null,
  };
}

const attributesOf = (strapi: Core.Strapi): Attributes =>
  strapi.contentTypes[CUSTOMER].attributes as unknown as Attributes;

/** Keys that are no attribute stay: the gate names them. */
const isLeft = (
  strapi: Core.Strapi,
  name: string,
  maySet: (attribute: string) => boolean
): boolean => isBookkeeping(name) || !attributeOf(attributesOf(strapi), name) || maySet(name);

/** A problem in Strapi's shape, whose message begins with the attribute. */
function remark(path: ReadonlyArray<string | number>, message: string): Remark {
  const attribute = String(path[0]);
  const reason = message.startsWith(`${attribute}: `)
    ? message.slice(attribute.length + 2)
    : message;
  return { attribute, reason };
}

function planOf({ data, stored }: Weighed): number | null {
  if (typeof data.plan === 'number') return data.plan;
  return (stored?.plan as RowRef | null | undefined)?.id ?? null;
}

async function toldOf(
  strapi: Core.Strapi,
  { data, stored }: Weighed,
  documentId: string | null
): Promise<{ duplicates: Duplicate[]; near: Duplicate[] } | null> {
  try {
    // A mask is no value to look for.
    const clear = Object.fromEntries(
      Object.entries(data).filter(
        ([name, value]) =>
          value !== stored?.[name] && !(typeof value === 'string' && containsMask(value))
      )
    );
    const before = stored && documentId !== null ? { ...stored, documentId } : null;
    return await duplicatesOf(strapi).check(CUSTOMER, clear, before);
  } catch (error) {
    // Whoever has asked too often is still told what else is wrong.
    if (error instanceof errors.RateLimitError) return null;
    throw error;
  }
}

/** What will be written otherwise than it was typed. A region that was taken from the address is among it. */
function normalisationsOf(
  strapi: Core.Strapi,
  given: Data,
  { data, stored, findings }: Weighed
): Normalisation[] {
  const sealed = vaultOf(strapi).protectedAttributes(CUSTOMER);
  const wrong = new Set(findings.map(({ attribute }) => attribute));
  return Object.entries(data).flatMap(([attribute, value]): Normalisation[] => {
    if (typeof value !== 'string' || wrong.has(attribute)) return [];
    const kind = sealed[attribute];
    if (!kind) {
      const typed = given[attribute];
      const before = typed ?? stored?.[attribute];
      return value === before
        ? []
        : [{ attribute, from: typeof typed === 'string' ? typed : null, to: value }];
    }
    if (value === stored?.[attribute]) return [];
    const parsed = kind.parse(value);
    return parsed.ok && parsed.value !== value
      ? [{ attribute, from: null, to: kind.mask(parsed.value) }]
      : [];
  });
}
