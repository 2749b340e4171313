import type { Core } from '@strapi/strapi';
import { zoneOf } from '../calendar/zone';
import { whyInactive } from '../collection/plans/form';
import { consentsOf } from '../consents/consents';
import { standardsOf } from '../customers/standards/standards';
import { policyOf, type LocalText } from '../policy';
import { CONTACT, CUSTOMER } from '../policy/attribute-path';
import { translatorOfRequest } from '../translations';
import { vaultOf } from '../vault/vault';
import { standardRelations } from './required';

/** A customer's row with masks. */
type Row = Record<string, unknown> & {
  plan: Record<string, unknown> | null;
  partner: { name: string } | null;
};

const CONTACTS = 50;
const ALIKE = 5;

/** What a reviewer holds against the checklist: completeness, likeness to other files, and what allows the collection. */
export async function filingFacts(strapi: Core.Strapi, documentId: string, now: Date) {
  const row: Row | null = await strapi.db.query(CUSTOMER).findOne({
    where: { documentId },
    populate: { ...standardRelations(strapi), plan: true, partner: { select: ['name'] } },
  });
  if (!row) return null;
  const { required, recommended } = standardsOf(strapi).completeness(row);
  const contacts: Array<{ documentId: string; name: string | null; position: string | null }> =
    await strapi.db.query(CONTACT).findMany({
      select: ['documentId', 'name', 'position'],
      where: { customer: { documentId } },
      orderBy: 'id',
      limit: CONTACTS,
    });
  const ids = contacts.map((contact) => contact.documentId);
  const { plan } = row;
  const today = zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(now);
  const inactive = plan && whyInactive(plan, today);
  return {
    required,
    recommended,
    plan: plan && {
      code: String(plan.code),
      title: String(plan.title),
      inactive: inactive && translatorOfRequest(strapi)(inactive),
    },
    source: (row.source ?? null) as string | null,
    method: (row.method ?? null) as string | null,
    partner: row.partner?.name ?? null,
    consents: await consentsFor(strapi, documentId, now),
    alike: await alikeFiles(strapi, documentId, ids),
    contacts: contacts.map(({ name, position, ...contact }) => ({
      documentId: contact.documentId,
      name,
      position,
    })),
  };
}

async function consentsFor(strapi: Core.Strapi, documentId: string, now: Date) {
  const active = (await consentsOf(strapi).activeFor([documentId], now)).get(documentId) ?? [];
  return active.map(({ purposeCode: code, scope }): { purpose: LocalText; scope: string } => ({
    purpose: policyOf(strapi).purposeView({ code, name: code })?.name ?? code,
    scope,
  }));
}

/** Filing numbers of other files that are known by the same things, or by similar ones. */
async function alikeFiles(strapi: Core.Strapi, documentId: string, contacts: readonly string[]) {
  const { identities } = vaultOf(strapi);
  const claims = [
    ...(await identities.rowsOf(CUSTOMER, [documentId])),
    ...(await identities.rowsOf(CONTACT, contacts)),
  ].map(({ digest, key_code: code }) => ({ digest, code, exclusive: false }));
  const rows = await identities.sharing(claims, [documentId], ALIKE);
  const files: Array<{ filingNumber: string | null; department: { name: string } | null }> =
    await strapi.db.query(CUSTOMER).findMany({
      select: ['filingNumber'],
      where: { documentId: { $in: rows.map(({ file_id: file }) => file) } },
      populate: { department: { select: ['name'] } },
      orderBy: 'id',
    });
  return files.map(({ filingNumber, department }) => ({
    filingNumber,
    department: department?.name ?? null,
  }));
}
