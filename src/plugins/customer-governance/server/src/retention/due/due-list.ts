import type { Core } from '@strapi/strapi';
import { tablesOf } from '../../database';
import type { Day } from './due-date';
import { activeHolds } from '../holds/active-holds';
import type { Items } from '../orders/items';
import { HELD_TABLE, ITEMS_TABLE } from '../models';
import type { CustomerStage } from '../../customers/stages';
import { CUSTOMER, ORDER } from '../uids';

interface DueRow {
  id: number;
  documentId: string;
  name: string | null;
  filingNumber: string | null;
  retentionDueOn: string;
  retentionReason: string | null;
  stage: CustomerStage;
  department?: { name: string } | null;
}

/** Where a page of the due list ends: the list is in the order of due dates, which are no unique key. */
export interface DueCursor {
  dueOn: Day;
  id: number;
}

export const CURSOR_PATTERN = /^\d{4}-\d{2}-\d{2}_\d{1,15}$/;

export const readDueCursor = (text: string): DueCursor => {
  const [dueOn = '', id = ''] = text.split('_');
  return { dueOn, id: Number(id) };
};
export const writeDueCursor = ({ dueOn, id }: DueCursor) => `${dueOn}_${id}`;

/** The customers whose time is over. */
export function createDueList(strapi: Core.Strapi, items: Items) {
  const dueBy = (today: Day, stage?: CustomerStage) => ({
    retentionDueOn: { $lte: today },
    ...(stage ? { stage } : {}),
  });
  const count = (today: Day, stage?: CustomerStage): Promise<number> =>
    strapi.db.query(CUSTOMER).count({ where: dueBy(today, stage) });

  return {
    count,

    /** How many were due on a day already and are held by nothing. */
    async countUnheld(on: Day): Promise<number> {
      const tables = await tablesOf(strapi);
      const held = tables(`${HELD_TABLE} as held`)
        .select('id')
        .where({ 'held.record_type': CUSTOMER, 'held.lifted': null })
        .whereRaw('?? = ??', ['held.customer_id', 'customer.id']);
      const [row] = (await tables(`${strapi.db.metadata.get(CUSTOMER).tableName} as customer`)
        .where('customer.retention_due_on', '<=', on)
        .whereNotExists(held)
        .count({ count: '*' })) as Array<{ count: number | string }>;
      return Number(row?.count ?? 0);
    },

    /** A page of the due customers (of one stage), the longest due first. They appear by their masks. */
    async page(today: Day, cursor: DueCursor | null, limit: number, stage?: CustomerStage) {
      const rows = (await strapi.db.query(CUSTOMER).findMany({
        select: [
          'id',
          'documentId',
          'name',
          'filingNumber',
          'retentionDueOn',
          'retentionReason',
          'stage',
        ],
        where: {
          $and: [
            dueBy(today, stage),
            ...(cursor
              ? [
                  {
                    $or: [
                      { retentionDueOn: { $gt: cursor.dueOn } },
                      { retentionDueOn: cursor.dueOn, id: { $gt: cursor.id } },
                    ],
                  },
                ]
              : []),
          ],
        },
        populate: { department: { select: ['id', 'name'] } },
        orderBy: [{ retentionDueOn: 'asc' }, { id: 'asc' }],
        limit: limit + 1,
      })) as DueRow[];
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const holds = await activeHolds(
        strapi,
        shown.map(({ id }) => id)
      );
      const open = await items.openOrders(shown.map(({ documentId }) => documentId));
      const orders = (await strapi.db.query(ORDER).findMany({
        select: ['id', 'documentId'],
        where: { id: { $in: [...new Set(open.values())] } },
      })) as Array<{ id: number; documentId: string }>;
      const orderIds = new Map(orders.map(({ id, documentId }) => [id, documentId]));
      return {
        items: shown.map((row) => ({
          documentId: row.documentId,
          label: row.name ?? row.filingNumber ?? row.documentId,
          filingNumber: row.filingNumber,
          department: row.department ? { name: row.department.name } : null,
          dueOn: row.retentionDueOn,
          reason: row.retentionReason,
          stage: row.stage,
          hold: holds.has(row.id),
          orderDocumentId: orderIds.get(open.get(row.documentId) ?? 0) ?? null,
        })),
        nextCursor:
          rows.length > limit && last
            ? writeDueCursor({ dueOn: last.retentionDueOn, id: last.id })
            : null,
        total: await count(today, stage),
      };
    },

    /**
     * Due customers whom nothing stops from being proposed: not held, in no open order, and in none since `rejectedSince`
     * that was rejected or that they were taken out of, for a decision is not to be asked for anew each night.
     */
    async proposable(today: Day, rejectedSince: Date, limit: number): Promise<string[]> {
      const tables = await tablesOf(strapi);
      const tableName = (uid: string) => strapi.db.metadata.get(uid).tableName;
      const held = tables(`${HELD_TABLE} as held`)
        .select('id')
        .where({ 'held.record_type': CUSTOMER, 'held.lifted': null })
        .whereRaw('?? = ??', ['held.customer_id', 'customer.id']);
      const open = tables(`${ITEMS_TABLE} as item`)
        .select('id')
        .whereRaw('?? = ??', ['item.open_key', 'customer.document_id']);
      const ordered = tables(`${tableName(ORDER)} as parent`)
        .select('parent.id')
        .where('parent.state', 'rejected')
        .andWhere('parent.proposed_at', '>', rejectedSince);
      const rejected = tables(`${ITEMS_TABLE} as past`)
        .select('id')
        .whereRaw('?? = ??', ['past.document_id', 'customer.document_id'])
        .whereIn('past.order_id', ordered);
      const recent = tables(`${tableName(ORDER)} as parent`)
        .select('parent.id')
        .where('parent.proposed_at', '>', rejectedSince);
      const takenOut = tables(`${ITEMS_TABLE} as out`)
        .select('id')
        .where('out.state', 'taken-out')
        .whereRaw('?? = ??', ['out.document_id', 'customer.document_id'])
        .whereIn('out.order_id', recent);
      const rows = (await tables(`${tableName(CUSTOMER)} as customer`)
        .select('customer.document_id')
        .where('customer.retention_due_on', '<=', today)
        .whereNotExists(held)
        .whereNotExists(open)
        .whereNotExists(rejected)
        .whereNotExists(takenOut)
        .orderBy(['customer.retention_due_on', 'customer.id'])
        .limit(limit)) as Array<{ document_id: string }>;
      return rows.map(({ document_id }) => document_id);
    },

    /** Of these customers, those about whose attributes an order was rejected since, or who were taken out of one. */
    async rejectedOf(documentIds: readonly string[], since: Date): Promise<Set<string>> {
      const tables = await tablesOf(strapi);
      const rows = (await tables(`${ITEMS_TABLE} as item`)
        .join(`${strapi.db.metadata.get(ORDER).tableName} as parent`, 'parent.id', 'item.order_id')
        .select('item.document_id')
        .whereIn('item.document_id', documentIds)
        .where(
          (query) => void query.where('parent.state', 'rejected').orWhere('item.state', 'taken-out')
        )
        .whereNotNull('parent.attributes')
        .andWhere('parent.proposed_at', '>', since)) as Array<{ document_id: string }>;
      return new Set(rows.map(({ document_id }) => document_id));
    },
  };
}

export type DueList = ReturnType<typeof createDueList>;
