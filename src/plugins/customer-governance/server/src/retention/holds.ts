import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { chunks, isPostgres, tablesOf } from '../database';
import { currentOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { invalid } from '../refusal';
import { organisationOf } from '../organisation/organisation';
import { ITEMS_TABLE } from './models';
import { forbidden, logRefusal } from './refusal';
import { targetOf } from './relation';
import { CUSTOMER, HOLD, isRemoval } from './uids';

export interface HoldRow {
  id: number;
  documentId: string;
  reason: string;
  state: 'active' | 'released';
  reviewOn: string | null;
  customer?: { id: number; documentId: string } | null;
  issuer?: { id: number } | null;
}

type Data = Record<string, unknown>;
interface WriteEvent {
  params: { data: Data; where?: Data };
}

const IDS_PER_QUERY = 500;
const POPULATE = { customer: { select: ['id', 'documentId'] }, issuer: { select: ['id'] } };

/** The active holds of customers by the customer's id. */
export async function activeHolds(
  strapi: Core.Strapi,
  customerIds: readonly number[]
): Promise<Map<number, HoldRow[]>> {
  const found = new Map<number, HoldRow[]>();
  for (const part of chunks([...new Set(customerIds)], IDS_PER_QUERY)) {
    const rows = (await strapi.db.query(HOLD).findMany({
      where: { state: 'active', customer: { id: { $in: part } } },
      populate: POPULATE,
      orderBy: 'id',
    })) as HoldRow[];
    for (const row of rows) {
      const id = row.customer?.id ?? 0;
      found.set(id, [...(found.get(id) ?? []), row]);
    }
  }
  return found;
}

/**
 * Lets holds and deletions of these customers follow each other, so that neither misses the other. SQLite has one
 * writer anyway.
 */
export async function lockCustomers(strapi: Core.Strapi, ids: readonly number[]): Promise<void> {
  if (!isPostgres(strapi)) return;
  const table = strapi.db.metadata.get(CUSTOMER).tableName;
  for (const part of chunks(
    [...ids].sort((a, b) => a - b),
    IDS_PER_QUERY
  )) {
    await (
      await tablesOf(strapi)
    )(table)
      .select('id')
      .whereIn('id', part)
      .orderBy('id')
      .forUpdate();
  }
}

/** Issuing and releasing. A hold is never deleted: that it was there is itself evidence. */
export function subscribeHolds(strapi: Core.Strapi): void {
  const rowOf = (where: Data | undefined): Promise<HoldRow | null> =>
    strapi.db.query(HOLD).findOne({ where: where ?? {}, populate: POPULATE });

  const issuer = async () =>
    (await organisationOf(strapi).staffOf(actorOf(strapi).identity()))?.id ?? null;

  /** Once its keys are on their way out, a customer cannot be held any more. */
  const assertNotBeingDestroyed = async (documentId: string) => {
    const tables = await tablesOf(strapi);
    const begun = { document_id: documentId, state: 'destroying' };
    if (await tables(ITEMS_TABLE).where(begun).first('id')) {
      throw new errors.ApplicationError(
        'The destruction of this customer has begun, so a hold comes too late.'
      );
    }
  };

  const refuseMany = (event: unknown) => {
    const { action } = event as { action: string };
    if (action === 'beforeDeleteMany' && isRemoval(currentOperation())) return;
    throw forbidden('Legal holds are issued and released one by one, so that each is logged.');
  };

  strapi.db.lifecycles.subscribe({
    models: [HOLD],

    async beforeCreate(event: unknown) {
      const { params } = event as WriteEvent;
      const customerId = targetOf(params.data.customer);
      if (customerId === null) throw invalid('customer', 'choose the customer who is to be held');
      if ((params.data.state ?? 'active') !== 'active') {
        throw invalid('state', 'a hold begins as active and is released by a later change');
      }
      await lockCustomers(strapi, [customerId]);
      const customer = await strapi.db
        .query(CUSTOMER)
        .findOne({ select: ['id', 'documentId'], where: { id: customerId } });
      if (!customer) throw invalid('customer', 'there is no such customer');
      await assertNotBeingDestroyed(customer.documentId);
      const attribute = strapi.db.metadata.get(HOLD).attributes.documentId as {
        default: () => string;
      };
      const documentId = String(params.data.documentId ?? attribute.default());
      params.data = {
        ...params.data,
        documentId,
        state: 'active',
        issuedAt: new Date(),
        releasedAt: null,
        issuer: targetOf(params.data.issuer) ?? (await issuer()),
      };
      await auditOf(strapi).append({
        action: 'hold.create',
        recordType: CUSTOMER,
        recordIds: [customer.documentId],
        details: { hold: documentId },
      });
    },

    async beforeUpdate(event: unknown) {
      const { params } = event as WriteEvent;
      const row = await rowOf(params.where);
      if (!row) return;
      const customer = row.customer?.id ?? null;
      if (targetOf(params.data.customer, customer) !== customer) {
        throw invalid('customer', 'a hold stays with its customer; issue another one');
      }
      const releases = row.state === 'active' && params.data.state === 'released';
      if (row.state === 'released' && (params.data.state ?? 'released') !== 'released') {
        throw invalid('state', 'a released hold stays released; issue a new one');
      }
      // Who issued it and when is not to be rewritten; a form sends these along, so they are left out, not refused.
      const data: Data = { ...params.data };
      for (const fixed of ['customer', 'issuer', 'issuedAt', 'releasedAt']) delete data[fixed];
      params.data = releases ? { ...data, releasedAt: new Date() } : data;
      if (!releases) return;
      await auditOf(strapi).append({
        action: 'hold.release',
        recordType: CUSTOMER,
        recordIds: row.customer ? [row.customer.documentId] : [],
        details: { hold: row.documentId },
      });
    },

    async beforeDelete(event: unknown) {
      if (isRemoval(currentOperation())) return;
      const row = await rowOf((event as WriteEvent).params.where);
      if (!row) return;
      await logRefusal(strapi, {
        action: 'delete.refused',
        recordType: HOLD,
        recordIds: [row.documentId],
        details: { reason: 'hold' },
      });
      throw forbidden('A legal hold is not deleted: release it by setting its state to released.');
    },

    beforeCreateMany: refuseMany,
    beforeUpdateMany: refuseMany,
    beforeDeleteMany: refuseMany,
  });
}
