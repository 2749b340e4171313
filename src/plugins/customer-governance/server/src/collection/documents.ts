import type { Core } from '@strapi/strapi';
import { isStoredInClear } from '../access/stored-value';
import { zoneOf } from '../calendar/zone';
import { consentsOf } from '../consents/consents';
import { coveringScopes } from '../consents/scopes';
import {
  isBookkeeping,
  isEmpty,
  isRelation,
  type Attribute,
  type Attributes,
} from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import { fact } from '../customers/entry/facts';
import { entryOf, type Entry, type EntryRule } from '../customers/entry/entry';
import type { RowRef } from '../customers/entry/settle';
import { standardsOf } from '../customers/standards/standards';
import { partnersOf } from '../partners/partners';
import { policyOf } from '../policy';
import { CONTACT, CUSTOMER } from '../policy/attribute-path';
import { levelOf } from './levels';
import { keyOf, whyInactive } from './plans/form';
import {
  attributeKey,
  consentFindings,
  planFindings,
  provenanceFindings,
  requiredFindings,
  type CollectionFacts,
  type OriginFacts,
  type PlanFacts,
} from './rules';
import { PLAN } from './uids';

/** What we note of a customer ourselves: not collected from anybody, and so in no plan. */
const ADMINISTRATIVE = new Set([
  'kind',
  'keyCustomer',
  'inDispute',
  'stage',
  'filingState',
  'filingNumber',
  'filedAt',
  'region',
  'source',
  'method',
  'partner',
  'firstContactAt',
  'enteredLate',
  'entryDelayMinutes',
  'firstContactMethod',
  'plannedFollowUp',
  'lastContactOn',
  'relationEndedOn',
  'erasureRequestedOn',
  'retentionDueOn',
  'retentionReason',
]);

interface PlanRow extends Record<string, unknown> {
  code: string;
  attributes: unknown;
  purposes?: Array<{ active: boolean; attributes: unknown }>;
}

/** Puts the rules of collection on customers and contacts. @param clock what time it is. */
export function addCollectionRules(strapi: Core.Strapi, clock: () => Date): void {
  const zone = zoneOf(policyOf(strapi).get().calendar.timezone);
  const rule: EntryRule = async (entry) => {
    const now = clock();
    const { collection } = policyOf(strapi).get();
    const { data, stored } = entry;
    const findings = [];
    if (entry.uid === CUSTOMER) {
      const origin = await originOf(strapi, entry, (at) => zone.dayAt(at), now);
      findings.push(...provenanceFindings(collection, data, stored, origin));
      findings.push(...requiredFindings(collection, data, stored));
    }
    const facts = await factsOf(strapi, entry, zone.dayAt(now), now);
    if (facts) findings.push(...planFindings(facts), ...consentFindings(facts));
    for (const { attribute, reason, refused } of findings) {
      if (refused) entry.refuse(attribute, reason);
      else entry.report(attribute, reason);
    }
  };
  entryOf(strapi).addRule(CUSTOMER, rule);
  entryOf(strapi).addRule(CONTACT, rule);
  standardsOf(strapi).limitTo((plan) => collectedUnder(strapi, plan, zone.dayAt(clock())));
}

/** What the partner has to do with: the entry's own method, partner and first contact. */
const ORIGIN = ['method', 'partner', 'firstContactAt'];

async function originOf(
  strapi: Core.Strapi,
  { attributes, data, stored, related }: Entry,
  dayAt: (at: Date) => string,
  now: Date
): Promise<OriginFacts> {
  const changed =
    !stored ||
    ORIGIN.some((name) => {
      const attribute = attributes[name];
      return attribute && name in data && !sameValue(attribute, data[name], stored[name]);
    });
  const id = related.partner?.[0]?.id;
  const at = 'firstContactAt' in data ? data.firstContactAt : stored?.firstContactAt;
  const contact = isEmpty(at) ? now : new Date(at as string);
  return {
    changed,
    partner: changed && id !== undefined ? await partnersOf(strapi).factsOf(id) : null,
    // What is no moment at all is refused elsewhere.
    day: dayAt(Number.isNaN(contact.getTime()) ? now : contact),
  };
}

/** What the rules need to know; `null` when there is nothing for them to decide. */
async function factsOf(
  strapi: Core.Strapi,
  entry: Entry,
  today: string,
  now: Date
): Promise<CollectionFacts | null> {
  const customer = customerOf(entry);
  if (entry.uid === CONTACT && !customer) {
    entry.report('customer', 'say whose contact this is');
    return null;
  }
  const planGiven = isPlanGiven(entry);
  if (planGiven && customer && entry.related.plan?.length === 0) {
    entry.refuse('plan', 'a customer cannot be without a collection plan. Choose another one');
    return null;
  }
  const moved = isMoved(entry);
  const candidates = moved ? filledAttributes(entry) : changedAttributes(entry);
  if (candidates.length === 0 && !planGiven) return null;
  const plan = await planOf(strapi, entry, today);
  const isSensitive = (name: string) => levelOf(strapi, entry.uid, name) === 'sensitive';
  const changed: string[] = [];
  for (const name of candidates) {
    const inPlan = plan?.collects.has(attributeKey(entry.uid, name)) && !isSensitive(name);
    if (inPlan || moved || !(await isUnchangedInClear(strapi, entry, name))) changed.push(name);
  }
  const sensitive = new Set(changed.filter(isSensitive));
  return {
    uid: entry.uid,
    planGiven,
    plan,
    changed,
    added: new Set(changed.filter((name) => moved || isEmpty(entry.stored?.[name]))),
    sensitive,
    hasCustomer: customer !== null,
    consented:
      customer && sensitive.size > 0
        ? await consentedAttributes(strapi, customer.documentId, now)
        : new Set(),
  };
}

/** The customer whose record this is; `null` for one that is only being created. */
function customerOf({ uid, stored, related }: Entry): RowRef | null {
  if (uid === CUSTOMER) return (stored as RowRef | null) ?? null;
  return related.customer?.[0] ?? null;
}

function isPlanGiven({ uid, action, data, stored, related }: Entry): boolean {
  if (uid !== CUSTOMER) return false;
  if (action === 'create') return true;
  const before = stored?.plan as RowRef | null | undefined;
  return 'plan' in data && related.plan?.[0]?.id !== before?.id;
}

const isCollected = (name: string, attribute: Attribute): boolean =>
  !isBookkeeping(name) && !isRelation(attribute) && !ADMINISTRATIVE.has(name);

/** The attributes of a type that are collected of somebody, and not noted by ourselves. */
export const collectedAttributes = (strapi: Core.Strapi, uid: string): string[] =>
  Object.entries(
    strapi.contentTypes[uid as keyof typeof strapi.contentTypes].attributes as unknown as Attributes
  )
    .filter(([name, attribute]) => isCollected(name, attribute))
    .map(([name]) => name);

/** Whether a contact goes over to another customer, for whom all of it is then collected anew. */
function isMoved({ uid, stored, related }: Entry): boolean {
  const before = stored?.customer as RowRef | null | undefined;
  return uid === CONTACT && stored !== null && related.customer?.[0]?.id !== before?.id;
}

const collected = new WeakMap<Entry['attributes'], ReadonlyArray<[string, Attribute]>>();

/** Of a type, what is collected: asked for of every entry. */
function collectedOf(attributes: Entry['attributes']): ReadonlyArray<[string, Attribute]> {
  let known = collected.get(attributes);
  if (!known) {
    known = Object.entries(attributes).filter(([name, attribute]) => isCollected(name, attribute));
    collected.set(attributes, known);
  }
  return known;
}

/** Collectable attributes that have a value once the entry is written. */
function filledAttributes({ attributes, data, stored }: Entry): string[] {
  return collectedOf(attributes)
    .filter(([name]) => !isEmpty(name in data ? data[name] : stored?.[name]))
    .map(([name]) => name);
}

/** Collectable attributes that get a value other than the stored one. */
function changedAttributes({ attributes, data, stored }: Entry): string[] {
  return collectedOf(attributes)
    .filter(
      ([name, attribute]) =>
        name in data && !isEmpty(data[name]) && !sameValue(attribute, data[name], stored?.[name])
    )
    .map(([name]) => name);
}

const isUnchangedInClear = (
  strapi: Core.Strapi,
  { uid, documentId, data, stored }: Entry,
  attribute: string
): Promise<boolean> =>
  isStoredInClear(strapi, {
    uid,
    documentId,
    attribute,
    mask: stored?.[attribute],
    value: data[attribute],
  });

/** The plan that the record stands under: the one that a customer's entry names, else its customer's. */
async function planOf(strapi: Core.Strapi, entry: Entry, today: string): Promise<PlanFacts | null> {
  const populate = { purposes: { select: ['active', 'attributes'] } };
  if (entry.uid === CUSTOMER) {
    const id = entry.related.plan?.[0]?.id;
    if (!id) return null;
    return fact(`plan ${id} on ${today}`, async () =>
      planFactsOf(await strapi.db.query(PLAN).findOne({ where: { id }, populate }), today)
    );
  }
  const id = entry.related.customer?.[0]?.id;
  const customer = await strapi.db
    .query(CUSTOMER)
    .findOne({ select: ['id'], where: { id }, populate: { plan: { populate } } });
  return planFactsOf(customer?.plan ?? null, today);
}

/** Whether a customer under a plan may have an attribute. @param planId `null`: under none yet, where anything may come. */
export async function collectedUnder(
  strapi: Core.Strapi,
  planId: number | null,
  today: string
): Promise<(attribute: string) => boolean> {
  if (planId === null) return () => true;
  const populate = { purposes: { select: ['active', 'attributes'] } };
  const row = await strapi.db.query(PLAN).findOne({ where: { id: planId }, populate });
  const plan = planFactsOf(row, today);
  return (attribute) =>
    ADMINISTRATIVE.has(attribute) ||
    (plan?.collects.has(attributeKey(CUSTOMER, attribute)) ?? true);
}

function planFactsOf(plan: PlanRow | null, today: string): PlanFacts | null {
  if (!plan) return null;
  const justified = new Set(
    (plan.purposes ?? []).filter(({ active }) => active !== false).flatMap(keysOf)
  );
  return {
    code: plan.code,
    inactive: whyInactive(plan, today),
    collects: new Set(keysOf(plan).filter((key) => justified.has(key))),
  };
}

const keysOf = ({ attributes }: { attributes: unknown }): string[] =>
  Array.isArray(attributes) ? attributes.map((path) => keyOf(String(path))) : [];

async function consentedAttributes(
  strapi: Core.Strapi,
  customerDocumentId: string,
  now: Date
): Promise<Set<string>> {
  const consents = await consentsOf(strapi).activeFor([customerDocumentId], now);
  const scopes = coveringScopes(true, policyOf(strapi).get().collection.sensitiveConsent);
  return new Set(
    (consents.get(customerDocumentId) ?? [])
      .filter(({ scope }) => scopes.has(scope))
      .flatMap(({ purposeAttributes }) => keysOf({ attributes: purposeAttributes }))
  );
}
