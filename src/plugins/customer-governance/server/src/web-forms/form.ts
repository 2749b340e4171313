import type { Core } from '@strapi/strapi';
import { entryForm, type FormAttribute } from '../collection/plans/entry-form';
import { PLAN } from '../collection/uids';
import type { PublishedNotice } from '../consents/notices/notices';
import type { ConsentScope } from '../consents/scopes';
import { nameOfAttribute } from '../imports/headings';
import { policyOf, resolveType, type LocalText } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { vaultOf } from '../vault/vault';
import { noticeOf } from './shown';

export const WEB_FORM = resolveType('web-form');
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface WebFormRow {
  id: number;
  documentId: string;
  title: string;
  code: string;
  state: 'active' | 'closed';
  customerKind: 'person' | 'company';
  allowedOrigins: string[] | null;
  languages: Language[] | null;
  entriesPerDay: number | null;
  plan?: { id: number; documentId: string; code: string; title: string } | null;
  owner?: { id: number; displayName: string } | null;
  department?: { id: number; name: string } | null;
}

/** One thing that the form asks for. */
export interface Field {
  name: string;
  label: LocalText;
  /** Of a protected value: its kind, such as `mobile`. */
  kind: string | null;
  type: string;
  example: string | null;
  maxLength: number | null;
  choices: string[] | null;
  required: boolean;
  recommended: boolean;
  /** Taken in only with a separate consent. */
  sensitive: boolean;
  /** Codes of the purposes that it serves. */
  purposes: string[];
}

/** One thing that the visitor is asked to agree to; each by itself, and none agreed to beforehand. */
export interface ConsentChoice {
  purpose: string;
  name: LocalText;
  scope: ConsentScope;
  /** The fields that are taken in with it. */
  fields: string[];
}

/** A form as it stands now, with what is asked under it. */
export interface OpenForm {
  row: WebFormRow;
  notice: PublishedNotice;
  fields: Field[];
  consents: ConsentChoice[];
}

/** The purpose to which somebody agrees as marketing, and not to our own use at large. */
const MARKETING = 'marketing';
const POPULATE = { plan: true, owner: true, department: true };

/** A form by its code, whether it is open or not. */
export async function formByCode(strapi: Core.Strapi, code: string): Promise<WebFormRow | null> {
  return strapi.db.query(WEB_FORM).findOne({ where: { code }, populate: POPULATE });
}

/** What is asked under a form now; or why it takes no entries. */
export async function openForm(
  strapi: Core.Strapi,
  row: WebFormRow,
  now: Date
): Promise<OpenForm | { closed: string }> {
  if (row.state !== 'active') return { closed: 'the form is closed' };
  if (!row.plan) return { closed: 'the form has no collection plan' };
  const { inactive, attributes } = await entryForm(strapi, row.plan.documentId, now);
  if (inactive) return { closed: inactive };
  const plan = await strapi.db
    .query(PLAN)
    .findOne({ where: { id: row.plan.id }, populate: { purposes: true, notice: true } });
  const notice = await noticeOf(strapi, plan);
  if (!notice) return { closed: 'the collection plan has no notice to be shown' };
  const own = attributes.filter(({ type }) => type === CUSTOMER);
  const fields = own.map((attribute) => fieldOf(strapi, attribute, row.customerKind));
  return {
    row,
    notice,
    fields,
    consents: choicesOf(strapi, own, new Set(basedOnConsent(plan.purposes))),
  };
}

const basedOnConsent = (
  purposes: Array<{ code: string; legalBasis: string; active: boolean }>
): string[] =>
  purposes
    .filter(({ active, legalBasis }) => active !== false && legalBasis === 'consent')
    .map(({ code }) => code);

function fieldOf(
  strapi: Core.Strapi,
  attribute: FormAttribute,
  customerKind: WebFormRow['customerKind']
): Field {
  const { name, kind, choices, required, recommended, needsConsent, purposes } = attribute;
  const schema = strapi.contentTypes[CUSTOMER as never]['attributes'][name] as {
    type: string;
    maxLength?: number;
  };
  const protectedKind = vaultOf(strapi).protectedAttributes(CUSTOMER)[name];
  return {
    name,
    label: nameOfAttribute(name),
    kind,
    type: schema.type === 'enumeration' ? 'choice' : schema.type,
    example: protectedKind?.example ?? null,
    maxLength: protectedKind?.maxLength ?? schema.maxLength ?? null,
    choices,
    required: required[customerKind],
    recommended,
    sensitive: needsConsent,
    purposes: purposes.map(({ code }) => code),
  };
}

/**
 * What is asked to be agreed to: each purpose that rests on consent, and for sensitive fields each purpose that they serve,
 * separately unless the policy lets the general consent cover them [COL-4].
 */
function choicesOf(
  strapi: Core.Strapi,
  attributes: readonly FormAttribute[],
  basedOnConsent: ReadonlySet<string>
): ConsentChoice[] {
  const separate = policyOf(strapi).get().collection.sensitiveConsent === 'separate';
  const choices = new Map<string, ConsentChoice>();
  const add = (purpose: { code: string; name: LocalText }, scope: ConsentScope, field: string) => {
    const key = `${purpose.code} ${scope}`;
    const known = choices.get(key);
    if (known) known.fields.push(field);
    else choices.set(key, { purpose: purpose.code, name: purpose.name, scope, fields: [field] });
  };
  for (const { name, needsConsent, purposes } of attributes) {
    for (const purpose of purposes) {
      if (needsConsent && separate) add(purpose, 'sensitive', name);
      else if (needsConsent || basedOnConsent.has(purpose.code)) {
        add(purpose, purpose.code === MARKETING ? 'marketing' : 'general', name);
      }
    }
  }
  const order: ConsentScope[] = ['general', 'sensitive', 'sharing', 'marketing'];
  return [...choices.values()].sort((a, b) => order.indexOf(a.scope) - order.indexOf(b.scope));
}
