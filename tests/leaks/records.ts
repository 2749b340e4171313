import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { canariesFor, dataOf, fileCanary, governedTypes, type Canary } from './canaries';

export const PLUGIN = 'plugin::customer-governance';
export const CUSTOMER = `${PLUGIN}.customer`;
export const CONTACT = `${PLUGIN}.contact`;
export const LEAD = 'api::lead.lead';

/** A record that holds canaries. */
export interface CanaryRecord {
  uid: string;
  label: string;
  id: number;
  documentId: string;
  canaries: Canary[];
  /** Who is responsible for it, as the conditions of roles ask: `null` where nobody is. */
  ownerId: number | null;
  departmentId: number | null;
  creatorId: number | null;
}

/** Who is responsible for new records. */
export interface Place {
  ownerId: number | null;
  departmentId: number | null;
  creatorId: number | null;
}

/** A record of each governed type; the contact belongs to the customer. */
export async function createFile(
  strapi: Core.Strapi,
  label: string,
  place: Place,
  plan: number
): Promise<CanaryRecord[]> {
  const customer = await createRecord(strapi, CUSTOMER, label, place, { plan });
  const records = [customer];
  for (const uid of governedTypes(strapi).keys()) {
    if (uid !== CUSTOMER)
      records.push(await createRecord(strapi, uid, label, place, { customer: customer.id }));
  }
  return records;
}

async function createRecord(
  strapi: Core.Strapi,
  uid: string,
  label: string,
  place: Place,
  relations: { customer?: number; plan?: number } = {},
  canaries: Canary[] = canariesFor(strapi, uid, label)
): Promise<CanaryRecord> {
  const row = await strapi.db.query(uid as never).create({
    data: {
      ...dataOf(canaries),
      ...(uid === CUSTOMER ? customerData(label, place) : {}),
      ...(uid === CONTACT ? { position: 'Sweep', role: 'user' } : {}),
      ...requiredText(strapi, uid, label),
      ...relations,
      createdBy: place.creatorId,
      publishedAt: new Date(),
    },
  });
  const { id, documentId } = row as { id: number; documentId: string };
  const responsible = uid === CUSTOMER || uid === CONTACT;
  return {
    uid,
    label,
    id,
    documentId,
    canaries,
    ownerId: responsible ? place.ownerId : null,
    departmentId: responsible ? place.departmentId : null,
    creatorId: place.creatorId,
  };
}

const customerData = (label: string, place: Place) => ({
  kind: 'company',
  companyName: `Sweep ${label}`,
  industry: 'testing',
  stage: 'active',
  source: 'sales',
  method: 'direct',
  firstContactAt: new Date(),
  lastContactOn: new Date().toISOString().slice(0, 10),
  owner: place.ownerId,
  department: place.departmentId,
});

/** A content type with its attributes. */
export const modelOf = (strapi: Core.Strapi, uid: string) =>
  strapi.getModel(uid as never) as unknown as {
    info: { pluralName: string };
    attributes: Record<string, { type: string; target?: string }>;
  };

/** Texts without which a type of the project's own takes no record. */
function requiredText(strapi: Core.Strapi, uid: string, label: string): Record<string, string> {
  if (uid === CUSTOMER || uid === CONTACT) return {};
  const governed = governedTypes(strapi).get(uid) ?? {};
  return Object.fromEntries(
    Object.entries(modelOf(strapi, uid).attributes)
      .filter(([name, { type }]) => ['string', 'text'].includes(type) && !(name in governed))
      .map(([name]) => [name, `Sweep ${label}`])
  );
}

/**
 * Two pairs of records with equal masks, whose values stand in one order in the first pair and in the other in the
 * second: whoever sorts by more than the mask puts one of the pairs the other way round.
 */
export async function createPairs(strapi: Core.Strapi, place: Place): Promise<CanaryRecord[]> {
  const records: CanaryRecord[] = [];
  for (const uid of governedTypes(strapi).keys()) {
    for (const [pair, rises] of [
      ['pair-1', true],
      ['pair-2', false],
    ] as const) {
      const made = canariesFor(strapi, uid, pair);
      const half = (low: boolean, label: string) =>
        made.map((canary) => {
          const [small, large] = [canary.value, canary.twin].sort();
          return { ...canary, label, value: low ? small : large, twin: low ? large : small };
        });
      for (const canaries of [half(rises, `${pair}-first`), half(!rises, `${pair}-second`)]) {
        records.push(await createRecord(strapi, uid, canaries[0].label, place, {}, canaries));
      }
    }
  }
  return records;
}

/** A file of the customer with a canary in its content. */
export async function attachFile(strapi: Core.Strapi, customer: CanaryRecord): Promise<Canary> {
  const canary = fileCanary(strapi);
  const service = strapi.plugin('customer-governance').service('attachments') as unknown as {
    upload(file: { customer: string; kind: string }, content: Readable): Promise<string>;
  };
  const content = Readable.from([Buffer.from(`%PDF-1.7\n${canary.value}\n`)]);
  await service.upload({ customer: customer.documentId, kind: 'contract' }, content);
  return canary;
}

/** The customer's consent to the use of everything, sensitive attributes included. */
export async function consent(strapi: Core.Strapi, customer: CanaryRecord, purpose: number) {
  for (const scope of ['general', 'sensitive']) {
    await strapi.db.query(`${PLUGIN}.consent`).create({
      data: {
        reference: `sweep-${customer.id}-${scope}`,
        customer: customer.id,
        purpose,
        scope,
        state: 'given',
        evidenceKind: 'electronic',
        evidence: 'sweep',
        noticeVersion: '1',
        givenAt: new Date(),
        publishedAt: new Date(),
      },
    });
  }
}
