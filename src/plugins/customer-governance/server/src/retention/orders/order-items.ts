import type { Core } from '@strapi/strapi';
import { pageOf } from '../../paging';
import { activeHolds } from '../holds/active-holds';
import type { Items } from './items';
import type { ItemState } from '../models';
import { CUSTOMER } from '../uids';

/** A customer of an order as whoever reviews it sees it; of one that is gone, its id alone. */
export interface OrderItemView {
  documentId: string;
  /** By its mask; `null` once the customer is gone. */
  label: string | null;
  filingNumber: string | null;
  department: { name: string } | null;
  dueOn: string | null;
  reason: string | null;
  hold: boolean;
  state: ItemState;
  note: string | null;
}

interface CustomerRow {
  id: number;
  documentId: string;
  name: string | null;
  filingNumber: string | null;
  retentionDueOn: string | null;
  retentionReason: string | null;
  department?: { name: string } | null;
}

/** The customers of orders as the panel lists them. */
export const createOrderItems = (strapi: Core.Strapi, { items }: { items: Items }) => ({
  /** A page of the customers of an order. @param cursor the nextCursor of the page before. */
  async page(orderId: number, state: ItemState | undefined, cursor: number, limit: number) {
    const rows = await items.page(orderId, state, cursor, limit + 1);
    const { items: shown, nextCursor } = pageOf(rows, limit);
    const customers = (await strapi.db.query(CUSTOMER).findMany({
      select: ['id', 'documentId', 'name', 'filingNumber', 'retentionDueOn', 'retentionReason'],
      where: { documentId: { $in: shown.map((item) => item.document_id) } },
      populate: { department: { select: ['id', 'name'] } },
    })) as CustomerRow[];
    const byId = new Map(customers.map((customer) => [customer.documentId, customer]));
    const holds = await activeHolds(
      strapi,
      customers.map(({ id }) => id)
    );
    return {
      items: shown.map(({ document_id: documentId, state: itemState, note }): OrderItemView => {
        const customer = byId.get(documentId);
        return {
          documentId,
          label: customer ? (customer.name ?? customer.filingNumber ?? documentId) : null,
          filingNumber: customer?.filingNumber ?? null,
          department: customer?.department ? { name: customer.department.name } : null,
          dueOn: customer?.retentionDueOn ?? null,
          reason: customer?.retentionReason ?? null,
          hold: customer ? holds.has(customer.id) : false,
          state: itemState,
          note: note ?? null,
        };
      }),
      nextCursor,
    };
  },
});

export type OrderItems = ReturnType<typeof createOrderItems>;
