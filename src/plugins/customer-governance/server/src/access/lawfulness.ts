import type { Core } from '@strapi/strapi';
import { consentsOf } from '../consents/consents';
import { coveringScopes } from '../consents/scopes';
import { tablesOf } from '../database';
import { policyOf, resolveAttribute } from '../policy';

export const CUSTOMER = 'plugin::customer-governance.customer';
export const CONTACT = 'plugin::customer-governance.contact';
export const ATTACHMENT = 'plugin::customer-governance.attachment';
export const PURPOSE = 'plugin::customer-governance.purpose';

/** Types of a customer's own data besides the customer: the customer's consents are theirs. */
export const PARTS: readonly string[] = [CONTACT, ATTACHMENT];

export interface PurposeRef {
  id: number;
  documentId: string;
  code: string;
  name: string;
  description?: string | null;
  legalBasis: string;
  attributes: string[];
}

/** A purpose by its code, active or not, or `null`. */
export async function purposeOf(
  strapi: Core.Strapi,
  code: string
): Promise<(PurposeRef & { active: boolean }) | null> {
  return strapi.db.query(PURPOSE).findOne({ where: { code } });
}

/** An active purpose by its code, or `null`. */
export async function activePurpose(strapi: Core.Strapi, code: string): Promise<PurposeRef | null> {
  const purpose = await purposeOf(strapi, code);
  return purpose?.active ? purpose : null;
}

export async function activePurposes(strapi: Core.Strapi): Promise<PurposeRef[]> {
  return strapi.db
    .query(PURPOSE)
    .findMany({ where: { active: true }, orderBy: 'code', limit: 500 });
}

/** The attributes of `uid` that the purpose justifies. */
export function justified(purpose: PurposeRef, uid: string): Set<string> {
  return new Set(
    purpose.attributes
      .map(resolveAttribute)
      .filter((ref) => ref.uid === uid)
      .map((ref) => ref.attribute)
  );
}

/** The customer that each record belongs to; records of types without a customer are left out. */
export async function customersOf(
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[]
): Promise<Map<string, string>> {
  if (uid === CUSTOMER) return new Map(documentIds.map((id) => [id, id]));
  if (!PARTS.includes(uid)) return new Map();
  const rows = await strapi.db.query(uid).findMany({
    select: ['documentId'],
    where: { documentId: { $in: [...documentIds] } },
    populate: { customer: { select: ['documentId'] } },
  });
  return new Map(
    rows.flatMap((row: { documentId: string; customer?: { documentId: string } }) =>
      row.customer ? [[row.documentId, row.customer.documentId] as const] : []
    )
  );
}

/**
 * Of the given records, those whose attributes may be used for the purpose: with consent as its legal basis, the data
 * subject's consent to our own use must stand; sensitive attributes need the separate one [COL-4; PIPL art. 14, 15, 29].
 * Types that belong to no customer carry no consents here; their own application answers for these.
 */
export async function lawfulFor(
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[],
  attributes: readonly string[],
  purpose: PurposeRef,
  now: Date
): Promise<Set<string>> {
  const policy = policyOf(strapi);
  const sensitive = attributes.some((a) => policy.classificationOf(uid, a)?.level === 'sensitive');
  const { sensitiveConsent } = policy.get().collection;
  const separate = sensitive && sensitiveConsent === 'separate';
  if (uid !== CUSTOMER && !PARTS.includes(uid)) return new Set(documentIds);
  if (purpose.legalBasis !== 'consent' && !separate) return new Set(documentIds);
  const customers = await customersOf(strapi, uid, documentIds);
  const consents = await consentsOf(strapi).activeFor([...new Set(customers.values())], now);
  const scopes = coveringScopes(sensitive, sensitiveConsent);
  return new Set(
    documentIds.filter((id) =>
      consents
        .get(customers.get(id) ?? '')
        ?.some(({ purposeCode, scope }) => purposeCode === purpose.code && scopes.has(scope))
    )
  );
}

/**
 * A filter that leaves out records of which even ambient attributes stay masked: their customer withdrew consent and no other
 * stands. Use stops at once, also in lists [COL-4].
 * @param ids row ids of the records that the filter is put to.
 */
export async function notStopped(
  strapi: Core.Strapi,
  uid: string,
  ids: number[]
): Promise<Record<string, unknown>> {
  const tables = await tablesOf(strapi);
  if (uid === CUSTOMER) return { id: { $notIn: consentsOf(strapi).stoppedWithin(tables, ids) } };
  if (uid !== CONTACT) return {};
  const customers = tables('governance_contacts').select('customer_id').whereIn('id', ids);
  const stopped = consentsOf(strapi).stoppedWithin(tables, customers);
  return {
    $or: [{ customer: { id: { $null: true } } }, { customer: { id: { $notIn: stopped } } }],
  };
}

/** The attributes of a type that the policy shows to holders of Reveal in lists and forms. */
export function ambientAttributes(strapi: Core.Strapi, uid: string): string[] {
  return policyOf(strapi)
    .get()
    .access.ambient.map(resolveAttribute)
    .filter((ref) => ref.uid === uid)
    .map((ref) => ref.attribute);
}
