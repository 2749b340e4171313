import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { zoneOf } from '../../calendar/zone';
import { noticesOf, type PublishedNotice } from '../../consents/notices/notices';
import { policyOf, resolveAttribute, type Level, type LocalText } from '../../policy';
import { CUSTOMER } from '../../policy/attribute-path';
import { vaultOf } from '../../vault/vault';
import { levelOf } from '../levels';
import { PLAN } from '../uids';
import { keyOf, whyInactive } from './form';

export interface FormAttribute {
  type: string;
  name: string;
  level: Level | null;
  /** Of a protected attribute: the kind of value. */
  kind: string | null;
  /** Of an enumeration: what may be chosen. */
  choices: string[] | null;
  required: { person: boolean; company: boolean };
  recommended: boolean;
  /** Entered only after the data subject has consented to it separately. */
  needsConsent: boolean;
  purposes: Array<{ code: string; name: LocalText }>;
}

export interface EntryForm {
  plan: { documentId: string; code: string; title: string };
  /** Why nothing may be collected under the plan today; `null` when it may. */
  inactive: string | null;
  /** What is shown before anything is asked; `text` is of a plan that points to no notice. */
  notice: {
    documentId: string | null;
    code: string | null;
    version: string | null;
    hash: string | null;
    texts: PublishedNotice['texts'];
    text: string | null;
  };
  attributes: FormAttribute[];
}

interface PlanRow extends Record<string, unknown> {
  documentId: string;
  code: string;
  title: string;
  attributes: string[] | null;
  noticeVersion: string | null;
  noticeText: string | null;
  notice?: { code: string } | null;
  purposes?: Array<{ code: string; name: string; active: boolean; attributes: string[] }>;
}

/**
 * What may be entered under a plan, and what each attribute is for: an entry form, a program or an import asks for these
 * attributes and no others [COL-2]. It holds nothing of a data subject.
 * @throws NotFoundError when there is no such plan.
 */
export async function entryForm(
  strapi: Core.Strapi,
  documentId: string,
  now: Date
): Promise<EntryForm> {
  const plan: PlanRow | null = await strapi.db
    .query(PLAN)
    .findOne({ where: { documentId }, populate: { purposes: true, notice: { select: ['code'] } } });
  if (!plan) throw new errors.NotFoundError('There is no such collection plan.');
  const { calendar, collection } = policyOf(strapi).get();
  const purposes = (plan.purposes ?? []).filter(({ active }) => active !== false);
  const sets = purposes.map((purpose) => ({
    purpose,
    keys: new Set(purpose.attributes.map(keyOf)),
  }));
  const attributes = (plan.attributes ?? []).flatMap((path): FormAttribute[] => {
    const { uid, attribute } = resolveAttribute(path);
    const serving = sets.filter(({ keys }) => keys.has(keyOf(path)));
    if (serving.length === 0) return [];
    const schema = Object.values(strapi.contentTypes).find((type) => type.uid === uid)?.attributes[
      attribute
    ] as { enum?: string[] } | undefined;
    const level = levelOf(strapi, uid, attribute);
    const own = uid === CUSTOMER;
    return [
      {
        type: uid,
        name: attribute,
        level,
        kind: vaultOf(strapi).protectedAttributes(uid)[attribute]?.id ?? null,
        choices: schema?.enum ?? null,
        required: {
          person: own && collection.required.person.includes(attribute),
          company: own && collection.required.company.includes(attribute),
        },
        recommended: own && collection.recommended.includes(attribute),
        needsConsent: level === 'sensitive',
        purposes: serving.flatMap(({ purpose }) => policyOf(strapi).purposeView(purpose) ?? []),
      },
    ];
  });
  const notice = await noticesOf(strapi).ofPlan(plan);
  return {
    plan: { documentId: plan.documentId, code: plan.code, title: plan.title },
    inactive: whyInactive(plan, zoneOf(calendar.timezone).dayAt(now)),
    notice: {
      documentId: notice?.documentId ?? null,
      code: notice?.documentId ? notice.code : null,
      version: notice?.version ?? plan.noticeVersion,
      hash: notice?.hash ?? null,
      texts: notice?.texts ?? {},
      text: notice ? notice.plain : plan.noticeText,
    },
    attributes,
  };
}
