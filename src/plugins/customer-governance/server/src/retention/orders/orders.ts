import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../../approvals/approvals';
import { auditOf } from '../../audit/audit';
import { isUniqueViolation } from '../../customers/entry/unique';
import { chunks, inTransaction, lockRow } from '../../database';
import { notificationsOf } from '../../notifications/notifications';
import { governedOperation } from '../../operation';
import { organisationOf, type StaffRef } from '../../organisation/organisation';
import type { Candidates } from '../due/candidates';
import type { DueDates } from '../due/due-dates';
import type { Items } from './items';
import { nextOrderNumber, orderPrefix } from './order-number';
import { CANCELLABLE, POPULATE, type OrderRow, type OrderState } from './order-row';
import { CUSTOMER, DESTRUCTION_KIND, OPERATIONS, ORDER } from '../uids';

export type { OrderRow, OrderState } from './order-row';

export interface Proposal {
  customers: string[];
  reason: string;
  /** Paths of the attributes that go; left out: the whole customers. */
  attributes?: readonly string[];
}

/** How many customers an order has at most. */
export const MAX_CUSTOMERS = 20_000;
/** Two proposals may take the same number; the unique index lets one through, and the other takes the next. */
const NUMBER_ATTEMPTS = 10;
/** So many records an entry of the log names at most. */
const RECORDS_PER_ENTRY = 500;

interface Parts {
  items: Items;
  dueDates: DueDates;
  candidates: Candidates;
}

/** Destruction orders: how they come into being, and their way from state to state. */
export function createOrders(strapi: Core.Strapi, { items, dueDates, candidates }: Parts) {
  const query = () => strapi.db.query(ORDER);
  const asProduct = <T>(work: () => Promise<T>) => governedOperation(OPERATIONS.destruction, work);

  const lastNumber = async (year: string): Promise<string | null> => {
    const [last] = await query().findMany({
      select: ['number'],
      where: { number: { $startsWith: orderPrefix(year) } },
      orderBy: { id: 'desc' },
      limit: 1,
    });
    return last?.number ?? null;
  };

  /** Whoever reviews orders learns that one of the nightly job waits for them. */
  const tellReviewers = async (documentId: string, now: Date) => {
    const people = await organisationOf(strapi).holding(
      'plugin::customer-governance.retention.review'
    );
    await notificationsOf(strapi).announce(
      'order-review',
      { kind: DESTRUCTION_KIND, requestId: documentId, recipients: people.map(({ id }) => id) },
      now
    );
  };

  const create = async (proposal: Proposal, proposer: StaffRef | null, now: Date) => {
    const { customers, reason, attributes = null } = proposal;
    await candidates.assert(customers, attributes, now);
    const year = dueDates.dayAt(now).slice(0, 4);
    const order = (await query().create({
      data: {
        number: nextOrderNumber(year, await lastNumber(year)),
        reason,
        attributes,
        method: 'sealed-data',
        state: 'in-review',
        count: customers.length,
        proposer: proposer?.id ?? null,
        proposedAt: now,
        publishedAt: now,
      },
    })) as OrderRow;
    await items.list(order.id, customers, attributes);
    await auditOf(strapi).append(
      chunks(customers, RECORDS_PER_ENTRY).map((recordIds) => ({
        action: 'retention.propose' as const,
        recordType: CUSTOMER,
        recordIds,
        requestId: order.documentId,
        ...(attributes ? { attributes: [...attributes] } : {}),
        details: { order: order.number, count: recordIds.length },
      }))
    );
    if (!proposer) await tellReviewers(order.documentId, now);
    return order.documentId;
  };

  /**
   * Takes an order from one of `from` to another state; the database decides between racing moves.
   * @param where what else must be true of the order at that moment.
   */
  const move = async (
    documentId: string,
    from: readonly OrderState[],
    to: Record<string, unknown>,
    where: Record<string, unknown> = {}
  ): Promise<boolean> => {
    const { count } = await asProduct(() =>
      query().updateMany({ where: { documentId, state: { $in: [...from] }, ...where }, data: to })
    );
    return count === 1;
  };

  const find = (documentId: string): Promise<OrderRow | null> =>
    query().findOne({ where: { documentId }, populate: POPULATE });

  const required = async (documentId: string): Promise<OrderRow> => {
    const order = await find(documentId);
    if (!order) throw new errors.NotFoundError('There is no such destruction order.');
    return order;
  };

  return {
    move,
    find,

    /** @throws NotFoundError */
    require: required,

    /** Lets the acts on one order follow each other until the running transaction ends. @throws NotFoundError */
    async lock(documentId: string): Promise<OrderRow> {
      const { id } = await required(documentId);
      await lockRow(strapi, ORDER, id);
      return required(documentId);
    },

    findMany: (documentIds: string[]): Promise<OrderRow[]> =>
      query().findMany({ where: { documentId: { $in: documentIds } }, populate: POPULATE }),

    /** A page of orders, newest first. @param cursor the id of the last one of the page before. */
    page: (
      state: OrderState | undefined,
      cursor: number | null,
      limit: number
    ): Promise<OrderRow[]> =>
      query().findMany({
        where: { ...(state ? { state } : {}), ...(cursor === null ? {} : { id: { $lt: cursor } }) },
        populate: POPULATE,
        orderBy: { id: 'desc' },
        limit,
      }),

    /**
     * Makes an order of customers, for the information department to review.
     * @param proposer `null` for the nightly proposal, which nobody made.
     * @returns the documentId of the order.
     * @throws ValidationError that names the customers who are not due, held, or in another open order.
     */
    async propose(
      proposal: Proposal,
      proposer: StaffRef | null,
      now: Date = new Date()
    ): Promise<string> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await asProduct(() =>
            inTransaction(strapi, () => create(proposal, proposer, now))
          );
        } catch (error) {
          // Number or customer taken in the same moment: looked at afresh, the one gives a new number, the other its name.
          if (!isUniqueViolation(error)) throw error;
          if (attempt >= NUMBER_ATTEMPTS) {
            throw new errors.ApplicationError('Others propose at this moment. Try again.');
          }
        }
      }
    },

    /** Called by the approvals in the deciding transaction. */
    async approve(documentId: string, now: Date = new Date()): Promise<void> {
      if (!(await move(documentId, ['proposed'], { state: 'approved', approvedAt: now }))) {
        throw notProposed();
      }
    },

    /** Called by the approvals in the deciding transaction. */
    async reject(documentId: string): Promise<void> {
      if (!(await move(documentId, ['proposed'], { state: 'rejected' }))) throw notProposed();
      await items.free((await required(documentId)).id);
    },

    /** Back to the review. Called by the approvals in the deciding transaction. */
    async sendBack(documentId: string): Promise<void> {
      if (!(await move(documentId, ['proposed'], { state: 'in-review' }))) throw notProposed();
    },

    /** Takes an order back before its execution. */
    async cancel(documentId: string): Promise<void> {
      await inTransaction(strapi, async () => {
        const order = await required(documentId);
        // Steps before the order, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(DESTRUCTION_KIND, documentId);
        if (!(await move(documentId, CANCELLABLE, { state: 'cancelled' }))) {
          throw new errors.ApplicationError(
            'Only an order whose execution has not begun can be cancelled. Reload the list.'
          );
        }
        await items.free(order.id);
        await auditOf(strapi).append({
          action: 'destruction.cancel',
          requestId: documentId,
          details: { order: order.number, count: order.count },
        });
        await notificationsOf(strapi).announce('withdrawn', {
          kind: DESTRUCTION_KIND,
          requestId: documentId,
        });
      });
    },
  };
}

export type Orders = ReturnType<typeof createOrders>;

const notProposed = () =>
  new errors.ApplicationError('This order is not proposed any more. Reload the list.');
