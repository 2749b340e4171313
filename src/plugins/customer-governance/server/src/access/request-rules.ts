import type { Core } from '@strapi/strapi';
import type { Approvable } from '../approvals/plan';
import { withOrdinaryUse } from '../customers/stages';
import { chunks } from '../database';
import type { StaffRef } from '../organisation/organisation';
import { LEVELS, policyOf, type Level, type Recipient } from '../policy';
import { invalid } from '../refusal';
import { vaultOf } from '../vault/vault';
import { READ_ACTION } from './abilities';
import { activePurpose, CUSTOMER, customersOf, justified, type PurposeRef } from './lawfulness';
import { REQUEST, USE, type RequestRow } from './models';
import { assertScopeFilter, type ScopeFilter } from './scope-filter';
import { adminAbility, visibleToAsker } from './visibility';

/** What somebody asks for. */
export interface NewRequest {
  type: string;
  /** The records, by documentId; or else a filter that chooses them. */
  records?: string[];
  filter?: ScopeFilter;
  purpose: string;
  attributes: string[];
  termDays: number;
  /** After so many reveals the grant is used up; left out: no limit. */
  revealLimit?: number | null;
  recipient?: Recipient;
  /** The documentId of an own, approved request that this one continues. */
  renewalOf?: string | null;
  reason: string;
}

/** A request that was found sound, with its records and purpose. */
export interface SoundRequest extends NewRequest {
  records: string[];
  purposeRow: PurposeRef;
}

/** Records that a filter may choose: more than fit into a request are to be asked for in parts. */
const MAX_FILTERED = 5000;
const IDS_PER_QUERY = 500;

/**
 * Whether a request can be made at all.
 * @throws ValidationError that names the attribute, the reason and what to do.
 */
export async function assertSound(
  strapi: Core.Strapi,
  request: NewRequest,
  requester: StaffRef
): Promise<SoundRequest> {
  const known = vaultOf(strapi).protectedAttributes(request.type);
  if (Object.keys(known).length === 0) {
    throw invalid('type', `"${request.type}" is not a governed type`);
  }
  const unknown = request.attributes.filter((attribute) => !Object.hasOwn(known, attribute));
  if (unknown.length > 0) {
    throw invalid('attributes', `not protected attributes of this type: ${unknown.join(', ')}`);
  }
  const purpose = await activePurpose(strapi, request.purpose);
  if (!purpose) throw invalid('purpose', 'there is no active purpose of this code');
  const allowed = justified(purpose, request.type);
  const beyond = request.attributes.filter((attribute) => !allowed.has(attribute));
  if (beyond.length > 0) {
    throw invalid(
      'attributes',
      `the purpose ${purpose.code} does not justify ${beyond.join(', ')}. Choose another purpose or leave them out`
    );
  }
  const { maxTermDays } = policyOf(strapi).get().access;
  if (request.termDays > maxTermDays) {
    throw invalid('termDays', `the policy allows at most ${maxTermDays} days`);
  }
  if (request.renewalOf) await assertRenewable(strapi, request.renewalOf, requester);
  const records = request.filter
    ? await recordsOf(strapi, request.type, request.filter)
    : await assertVisible(strapi, request.type, request.records ?? []);
  return { ...request, records, purposeRow: purpose };
}

async function assertRenewable(
  strapi: Core.Strapi,
  documentId: string,
  requester: StaffRef
): Promise<void> {
  const found = await strapi.db.query(REQUEST).count({
    where: { documentId, state: 'approved', requester: { id: requester.id } },
  });
  if (found === 0) {
    throw invalid('renewalOf', 'is no approved request of yours. Leave it out for a new request');
  }
}

async function assertVisible(
  strapi: Core.Strapi,
  type: string,
  records: string[]
): Promise<string[]> {
  const visible = await visibleToAsker(strapi, type, records);
  if (records.length === 0 || !records.every((id) => visible.has(id))) {
    throw invalid('records', 'some do not exist, or are not among those that you may read');
  }
  return records;
}

/** The records that a filter chooses among those that the asker may read. */
async function recordsOf(
  strapi: Core.Strapi,
  type: string,
  filter: ScopeFilter
): Promise<string[]> {
  const ability = adminAbility(strapi);
  if (!ability) throw invalid('filter', 'works in the panel alone. Name the records');
  assertScopeFilter(filter, {
    attributes: strapi.contentType(type as never)['attributes'],
    protectedAttributes: Object.keys(vaultOf(strapi).protectedAttributes(type)),
  });
  const permissions = strapi
    .service('admin::permission')
    .createPermissionsManager({ ability, action: READ_ACTION, model: type });
  await permissions.validateQuery({ filters: filter }, { subject: type });
  // Who left ordinary use is in no campaign, unless the filter chooses stages itself.
  const query = { filters: type === CUSTOMER ? withOrdinaryUse(filter) : filter };
  const { where } = strapi
    .get('query-params')
    .transform(type, permissions.addPermissionsQueryTo(query, READ_ACTION)) as { where: object };
  const found = await matching(strapi, type, where, MAX_FILTERED + 1);
  if (found.length === 0) throw invalid('filter', 'no record that you may read matches it');
  if (found.length > MAX_FILTERED) {
    throw invalid('filter', `more than ${MAX_FILTERED} records match. Ask for them in parts`);
  }
  return found;
}

async function matching(
  strapi: Core.Strapi,
  type: string,
  where: object,
  limit: number
): Promise<string[]> {
  const rows: Array<{ documentId: string }> = await strapi.db
    .query(type)
    .findMany({ select: ['documentId'], where, orderBy: 'id', limit });
  return rows.map(({ documentId }) => documentId);
}

/**
 * The records of a request at the moment of its approval: those chosen by a filter are frozen to the ones that still match
 * it. None comes in that the approvers were not told of.
 */
export async function frozenRecords(strapi: Core.Strapi, request: RequestRow): Promise<string[]> {
  if (!request.filter) return request.records;
  const { where } = strapi
    .get('query-params')
    .transform(request.recordType, { filters: request.filter }) as { where: object };
  const kept: string[] = [];
  for (const ids of chunks(request.records, IDS_PER_QUERY)) {
    const both = { $and: [where, { documentId: { $in: ids } }] };
    kept.push(...(await matching(strapi, request.recordType, both, IDS_PER_QUERY)));
  }
  return kept;
}

/** Who asks, and what the policy's approval rules ask about the request. */
export async function approvableOf(
  strapi: Core.Strapi,
  request: SoundRequest,
  requester: StaffRef
): Promise<Approvable> {
  const levels = request.attributes.map((attribute) =>
    LEVELS.indexOf(levelOf(strapi, request.type, attribute))
  );
  const customers = await customersOf(strapi, request.type, request.records);
  const rows = await owned(strapi, [...new Set(customers.values())]);
  const owners = new Set(rows.flatMap(({ owner }) => owner?.id ?? []));
  // Records without a customer have no owner: they are nobody's own.
  const own = rows.length > 0 && rows.every(({ owner }) => owner?.id === requester.id);
  owners.delete(requester.id);
  return {
    requester,
    owners: [...owners],
    facts: {
      kind: USE,
      sensitivity: LEVELS[Math.max(0, ...levels)] ?? 'sensitive',
      keyCustomer: rows.some(({ keyCustomer }) => keyCustomer === true),
      ownership: own ? 'own' : 'other',
      records: request.records.length,
      recipient: request.recipient ?? 'self',
    },
  };
}

interface OwnedRow {
  keyCustomer?: boolean;
  owner?: { id: number } | null;
}

async function owned(strapi: Core.Strapi, customers: string[]): Promise<OwnedRow[]> {
  const rows: OwnedRow[] = [];
  for (const ids of chunks(customers, IDS_PER_QUERY)) {
    const found = (await strapi.db.query(CUSTOMER).findMany({
      select: ['keyCustomer'],
      where: { documentId: { $in: ids } },
      populate: { owner: { select: ['id'] } },
    })) as OwnedRow[];
    rows.push(...found);
  }
  return rows;
}

const levelOf = (strapi: Core.Strapi, type: string, attribute: string): Level =>
  policyOf(strapi).classificationOf(type, attribute)?.level ?? 'sensitive';
