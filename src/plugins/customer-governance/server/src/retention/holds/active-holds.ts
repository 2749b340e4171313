import type { Core } from '@strapi/strapi';
import type { ScopeFilter } from '../../access/scope-filter';
import { chunks, tablesOf } from '../../database';
import { HELD_TABLE, type HeldRow } from '../models';
import { CUSTOMER, HOLD } from '../uids';

export type HoldScope = 'customer' | 'record' | 'filter';

export interface HoldRow {
  id: number;
  documentId: string;
  reason: string;
  scope: HoldScope | null;
  recordType: string | null;
  recordId: string | null;
  filter: ScopeFilter | null;
  state: 'active' | 'released';
  issuedAt: string | null;
  reviewOn: string | null;
  releasedAt: string | null;
  releaseReason: string | null;
  customer?: { id: number; documentId: string } | null;
  issuer?: { id: number } | null;
  releasedBy?: { id: number } | null;
}

const IDS_PER_QUERY = 500;
const HOLDS_SHOWN = 20;
export const HOLD_POPULATE = {
  customer: { select: ['id', 'documentId'] },
  issuer: { select: ['id'] },
};

/** The active holds of customers by the customer's id: of themselves, of a record of theirs, and by filter. */
export async function activeHolds(
  strapi: Core.Strapi,
  customerIds: readonly number[]
): Promise<Map<number, HoldRow[]>> {
  const found = new Map<number, HoldRow[]>();
  for (const part of chunks([...new Set(customerIds)], IDS_PER_QUERY)) {
    const covered = (await (
      await tablesOf(strapi)
    )(HELD_TABLE)
      .select('hold_id', 'customer_id')
      .where({ record_type: CUSTOMER, lifted: null })
      .whereIn('customer_id', part)
      .orderBy('hold_id')) as HeldRow[];
    if (covered.length === 0) continue;
    const rows = (await strapi.db.query(HOLD).findMany({
      where: { id: { $in: [...new Set(covered.map(({ hold_id }) => hold_id))] } },
      populate: HOLD_POPULATE,
    })) as HoldRow[];
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { hold_id, customer_id } of covered) {
      const hold = byId.get(hold_id);
      if (hold) found.set(customer_id, [...(found.get(customer_id) ?? []), hold]);
    }
  }
  return found;
}

/** The active holds that cover one record, oldest first. */
export async function holdsOn(
  strapi: Core.Strapi,
  uid: string,
  documentId: string
): Promise<HoldRow[]> {
  const covered = (await (
    await tablesOf(strapi)
  )(HELD_TABLE)
    .select('hold_id')
    .where({ record_type: uid, document_id: documentId, lifted: null })
    .orderBy('hold_id')
    .limit(HOLDS_SHOWN)) as HeldRow[];
  if (covered.length === 0) return [];
  return strapi.db.query(HOLD).findMany({
    where: { id: { $in: covered.map(({ hold_id }) => hold_id) } },
    orderBy: 'id',
  });
}

/** Of these customers, those of whom anything is under a hold: the customer, or a record that hangs on it. */
export async function heldFiles(
  strapi: Core.Strapi,
  customerIds: readonly number[]
): Promise<Set<number>> {
  const held = new Set<number>();
  for (const part of chunks([...new Set(customerIds)], IDS_PER_QUERY)) {
    const rows = (await (
      await tablesOf(strapi)
    )(HELD_TABLE)
      .distinct('customer_id')
      .where({ lifted: null })
      .whereIn('customer_id', part)) as Array<{ customer_id: number }>;
    for (const { customer_id: id } of rows) held.add(id);
  }
  return held;
}
