import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import { auditOf } from '../audit/audit';
import { isUniqueViolation } from '../customers/entry/unique';
import { inTransaction } from '../database';
import { notificationsOf } from '../notifications/notifications';
import { governedOperation } from '../operation';
import type { StaffRef } from '../organisation/organisation';
import type { AttributeDues } from './attribute-dues';
import type { DueDates } from './due-dates';
import { activeHolds, lockCustomers } from './holds';
import type { Items } from './items';
import { nextOrderNumber, orderPrefix } from './order-number';
import { CUSTOMER, DESTRUCTION_KIND, OPERATIONS, ORDER } from './uids';

export type OrderState =
  'proposed' | 'approved' | 'rejected' | 'executing' | 'executed' | 'cancelled';

export interface OrderRow {
  id: number;
  documentId: string;
  number: string;
  reason: string;
  method: string;
  state: OrderState;
  /** Paths of the attributes that go; `null`: the whole customers. */
  attributes: string[] | null;
  count: number;
  proposer?: { id: number; displayName: string } | null;
  executor?: { id: number; displayName: string } | null;
  proposedAt: string | null;
  approvedAt: string | null;
  executedAt: string | null;
}

export interface Proposal {
  customers: string[];
  reason: string;
  /** Paths of the attributes that go; left out: the whole customers. */
  attributes?: readonly string[];
}

interface Candidate {
  id: number;
  documentId: string;
  retentionDueOn: string | null;
  keyCustomer: boolean | null;
}

export const MAX_CUSTOMERS = 500;
/** Two proposals may take the same number; the unique index lets one through, and the other takes the next. */
const NUMBER_ATTEMPTS = 10;
const NAMED_RECORDS = 10;

const POPULATE = {
  proposer: { select: ['id', 'displayName'] },
  executor: { select: ['id', 'displayName'] },
};

/** Destruction orders from their proposal to the decision on them. */
export function createOrders(
  strapi: Core.Strapi,
  {
    items,
    dueDates,
    attributeDues,
  }: { items: Items; dueDates: DueDates; attributeDues: AttributeDues }
) {
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

  /** Whether all of the attributes are due of a customer. */
  const dueWith = async (ids: string[], attributes: readonly string[], now: Date) => {
    const due = await attributeDues.of(ids, now);
    return ({ documentId }: Candidate) =>
      attributes.every((path) => due.get(documentId)?.includes(path));
  };

  /** The customers of whom one of the attributes is in an open order. */
  const openWith = async (ids: string[], attributes: readonly string[]): Promise<Set<string>> => {
    const open = await items.openAttributes(ids);
    return new Set(ids.filter((id) => attributes.some((path) => open.get(id)?.includes(path))));
  };

  /** @throws ValidationError that names every customer who cannot be in the order, and why. */
  const candidatesOf = async (
    { customers: documentIds, attributes }: Proposal,
    now: Date
  ): Promise<Candidate[]> => {
    const rows = (await strapi.db.query(CUSTOMER).findMany({
      select: ['id', 'documentId', 'retentionDueOn', 'keyCustomer'],
      where: { documentId: { $in: documentIds } },
    })) as Candidate[];
    await lockCustomers(
      strapi,
      rows.map(({ id }) => id)
    );
    const known = new Set(rows.map(({ documentId }) => documentId));
    const today = dueDates.dayAt(now);
    const holds = await activeHolds(
      strapi,
      rows.map(({ id }) => id)
    );
    const open = attributes
      ? await openWith(documentIds, attributes)
      : await items.openOrders(documentIds);
    const isDue = attributes
      ? await dueWith(documentIds, attributes, now)
      : ({ retentionDueOn: dueOn }: Candidate) => dueOn !== null && dueOn <= today;
    const problems = [
      ['do not exist', documentIds.filter((id) => !known.has(id))],
      ['are not due yet', idsOf(rows.filter((row) => !isDue(row)))],
      ['are under a legal hold', idsOf(rows.filter(({ id }) => holds.has(id)))],
      ['are in another open order', idsOf(rows.filter(({ documentId }) => open.has(documentId)))],
    ] as const;
    assertNone(problems, documentIds);
    return rows;
  };

  const create = async (
    proposal: Proposal,
    proposer: StaffRef | null,
    requester: StaffRef,
    now: Date
  ) => {
    const customers = await candidatesOf(proposal, now);
    const year = dueDates.dayAt(now).slice(0, 4);
    const order = (await query().create({
      data: {
        number: nextOrderNumber(year, await lastNumber(year)),
        reason: proposal.reason,
        method: 'sealed-data',
        state: 'proposed',
        attributes: proposal.attributes ?? null,
        count: customers.length,
        proposer: proposer?.id ?? null,
        proposedAt: now,
        publishedAt: now,
      },
    })) as OrderRow;
    await items.list(order.id, idsOf(customers), proposal.attributes ?? null);
    await approvalsOf(strapi).open({
      kind: DESTRUCTION_KIND,
      subjectId: order.documentId,
      requester,
      facts: {
        kind: DESTRUCTION_KIND,
        sensitivity: 'sensitive',
        keyCustomer: customers.some(({ keyCustomer }) => keyCustomer === true),
        ownership: 'other',
        records: customers.length,
      },
    });
    await auditOf(strapi).append({
      action: 'retention.propose',
      recordType: CUSTOMER,
      recordIds: idsOf(customers),
      requestId: order.documentId,
      ...(proposal.attributes ? { attributes: [...proposal.attributes] } : {}),
      details: { order: order.number, count: customers.length },
    });
    return order.documentId;
  };

  /** Takes an order from one of `from` to another state; the database decides between racing moves. */
  const move = async (
    documentId: string,
    from: OrderState[],
    to: Record<string, unknown>
  ): Promise<boolean> => {
    const { count } = await asProduct(() =>
      query().updateMany({ where: { documentId, state: { $in: from } }, data: to })
    );
    return count === 1;
  };

  return {
    move,

    find: (documentId: string): Promise<OrderRow | null> =>
      query().findOne({ where: { documentId }, populate: POPULATE }),

    /** @throws NotFoundError */
    async require(documentId: string): Promise<OrderRow> {
      const order = await this.find(documentId);
      if (!order) throw new errors.NotFoundError('There is no such destruction order.');
      return order;
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
     * Proposes the destruction of customers and opens its approval.
     * @param proposer `null` for the nightly proposal, which nobody made.
     * @param requester from whom the approvers are reckoned; never among them.
     * @returns the documentId of the order.
     * @throws ValidationError that names the customers who are not due, held, or in another open order.
     */
    async propose(
      proposal: Proposal,
      proposer: StaffRef | null,
      requester: StaffRef,
      now: Date = new Date()
    ): Promise<string> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await asProduct(() =>
            inTransaction(strapi, () => create(proposal, proposer, requester, now))
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
        throw new errors.ApplicationError('This order is not proposed any more. Reload the list.');
      }
    },

    /** Called by the approvals in the deciding transaction. */
    async reject(documentId: string): Promise<void> {
      if (!(await move(documentId, ['proposed'], { state: 'rejected' }))) {
        throw new errors.ApplicationError('This order is not proposed any more. Reload the list.');
      }
      await items.free((await this.require(documentId)).id);
    },

    /** Takes an order back before its execution. */
    async cancel(documentId: string): Promise<void> {
      await inTransaction(strapi, async () => {
        const order = await this.require(documentId);
        // Steps before the order, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(DESTRUCTION_KIND, documentId);
        if (!(await move(documentId, ['proposed', 'approved'], { state: 'cancelled' }))) {
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

const idsOf = (rows: ReadonlyArray<{ documentId: string }>) =>
  rows.map(({ documentId }) => documentId);

/** @throws ValidationError that names the customers under each problem. */
function assertNone(
  problems: ReadonlyArray<readonly [string, string[]]>,
  documentIds: string[]
): void {
  const found = problems.filter(([, ids]) => ids.length > 0);
  if (found.length === 0) return;
  const named = (ids: string[]) =>
    ids.slice(0, NAMED_RECORDS).join(', ') +
    (ids.length > NAMED_RECORDS ? ` and ${ids.length - NAMED_RECORDS} more` : '');
  throw new errors.ValidationError(
    `customers: ${found.map(([reason, ids]) => `${ids.length} ${reason} (${named(ids)})`).join('; ')}. Leave them out`,
    {
      errors: found.flatMap(([reason, ids]) =>
        ids.map((id) => ({
          path: ['customers', String(documentIds.indexOf(id))],
          message: `${id}: such customers ${reason}`,
          name: 'ValidationError',
        }))
      ),
    }
  );
}
