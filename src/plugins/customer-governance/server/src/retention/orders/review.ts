import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../../approvals/approvals';
import { auditOf } from '../../audit/audit';
import { chunks, inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import type { StaffRef } from '../../organisation/organisation';
import { invalid } from '../../refusal';
import type { Candidates } from '../due/candidates';
import type { Items } from './items';
import { MAX_CUSTOMERS, type OrderRow, type Orders } from './orders';
import { CUSTOMER, DESTRUCTION_KIND, OPERATIONS, ORDER } from '../uids';

const IDS_PER_QUERY = 500;

interface Parts {
  orders: Orders;
  items: Items;
  candidates: Candidates;
}

/** What the information department does with an order before leadership sees it. */
export function createReview(strapi: Core.Strapi, { orders, items, candidates }: Parts) {
  /** Runs an act on an order that is in review, and stays so while the act lasts. */
  const reviewing = <T>(documentId: string, work: (order: OrderRow) => Promise<T>): Promise<T> =>
    governedOperation(OPERATIONS.destruction, () =>
      inTransaction(strapi, async () => {
        const order = await orders.lock(documentId);
        if (order.state !== 'in-review') {
          throw new errors.ApplicationError(
            `Order ${order.number} is not in review any more. Reload the list.`
          );
        }
        return work(order);
      })
    );

  const recount = async (order: OrderRow) => {
    const counts = (await items.customersByState([order.id])).get(order.id);
    await strapi.db
      .query(ORDER)
      .update({ where: { id: order.id }, data: { count: counts?.listed ?? 0 } });
  };

  const log = (order: OrderRow, kind: 'add' | 'take-out', recordIds: readonly string[]) =>
    auditOf(strapi).append({
      action: 'destruction.review',
      recordType: CUSTOMER,
      recordIds: [...recordIds],
      requestId: order.documentId,
      details: { order: order.number, kind, count: recordIds.length },
    });

  /** The documentIds of the listed customers, in pages, since an order may have many. */
  const listed = async (order: OrderRow): Promise<string[]> => {
    const ids: string[] = [];
    for (let after = 0; ;) {
      const page = await items.page(order.id, 'listed', after, IDS_PER_QUERY);
      const last = page.at(-1);
      if (!last) return ids;
      ids.push(...page.map((item) => item.document_id));
      after = last.id;
    }
  };

  return {
    reviewing,

    /** Takes customers out of an order. @param reason why they stay. */
    takeOut: (documentId: string, customers: readonly string[], reason: string): Promise<void> =>
      reviewing(documentId, async (order) => {
        const count = await items.takeOut(order.id, customers, reason);
        if (count < customers.length) {
          throw invalid(
            'customers',
            `${customers.length - count} of them are not in this order. Reload the list and choose again`
          );
        }
        await recount(order);
        await log(order, 'take-out', customers);
      }),

    /** Adds due customers to an order. @throws ValidationError that names those who may not go into it. */
    add: (documentId: string, customers: readonly string[], now = new Date()): Promise<void> =>
      reviewing(documentId, async (order) => {
        if (order.count + customers.length > MAX_CUSTOMERS) {
          throw invalid(
            'customers',
            `an order has at most ${MAX_CUSTOMERS} customers. Propose the others in an order of their own`
          );
        }
        await candidates.assert(customers, order.attributes, now);
        await items.list(order.id, customers, order.attributes);
        await recount(order);
        for (const part of chunks(customers, IDS_PER_QUERY)) await log(order, 'add', part);
      }),

    /** Puts an order before leadership. */
    submit: (documentId: string, submitter: StaffRef, now = new Date()): Promise<void> =>
      reviewing(documentId, async (order) => {
        const customers = await listed(order);
        if (customers.length === 0) {
          throw new errors.ApplicationError(
            `Nobody is left in order ${order.number}. Add customers, or cancel it.`
          );
        }
        const moved = await orders.move(documentId, ['in-review'], {
          state: 'proposed',
          submitter: submitter.id,
          submittedAt: now,
        });
        if (!moved) throw new errors.ApplicationError('This order changed. Reload the list.');
        await approvalsOf(strapi).open({
          kind: DESTRUCTION_KIND,
          subjectId: documentId,
          requester: submitter,
          facts: {
            kind: DESTRUCTION_KIND,
            sensitivity: 'sensitive',
            keyCustomer: await candidates.anyKeyCustomer(customers),
            ownership: 'other',
            records: customers.length,
          },
        });
        await auditOf(strapi).append({
          action: 'destruction.submit',
          requestId: documentId,
          details: { order: order.number, count: customers.length },
        });
      }),

    /** Sets from when on an order may be carried out. A confirmation of its executor lapses by it. */
    async schedule(documentId: string, scheduledAt: Date | null): Promise<void> {
      await inTransaction(strapi, async () => {
        const order = await orders.require(documentId);
        const moved = await orders.move(documentId, ['in-review', 'approved'], {
          scheduledAt,
          executor: null,
          executorConfirmedAt: null,
        });
        if (!moved) {
          throw new errors.ApplicationError(
            'Only an order that is in review, or approved and not yet begun, can be scheduled. Reload the list.'
          );
        }
        await auditOf(strapi).append({
          action: 'destruction.schedule',
          requestId: documentId,
          details: {
            order: order.number,
            ...(scheduledAt ? { scheduledAt: scheduledAt.toISOString() } : {}),
          },
        });
      });
    },
  };
}

export type Review = ReturnType<typeof createReview>;
