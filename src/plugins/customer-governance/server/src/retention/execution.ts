import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import { auditOf } from '../audit/audit';
import { inTransaction } from '../database';
import { governedOperation } from '../operation';
import type { StaffRef } from '../organisation/organisation';
import type { Completion } from './completion';
import { activeHolds, lockCustomers } from './holds';
import type { Items } from './items';
import type { ItemRow } from './models';
import type { OrderRow, Orders } from './orders';
import { forbidden } from './refusal';
import type { Records, Removal } from './removal';
import type { VerificationReport } from './verification';
import { CUSTOMER, DESTRUCTION_KIND, DEPENDENTS, OPERATIONS } from './uids';

/** Where an execution stands. Each step is done for good before the next begins, so it can stop at any of them. */
export type ExecutionStep =
  | 'claimed'
  | 'marked'
  | 'keys-destroyed'
  | 'rows-removed'
  | 'batch-done'
  | 'verified'
  | 'certified'
  | 'done';

/** Told of each step; what it throws stops the execution there, as a crash would. */
export type StepListener = (step: ExecutionStep) => void | Promise<void>;

interface Parts {
  orders: Orders;
  items: Items;
  removal: Removal;
  completion: Completion;
}

const BATCH = 100;
const VERIFY_BATCH = 500;

/** Carries approved orders out: repeatable, so that killed anywhere and run again it ends at the same place. */
export function createExecution(
  strapi: Core.Strapi,
  { orders, items, removal, completion }: Parts
) {
  const running = new Set<string>();

  const group = (rows: readonly ItemRow[]): Records => {
    const records: Records = new Map();
    for (const row of rows)
      records.set(row.record_type, [...(records.get(row.record_type) ?? []), row.document_id]);
    return records;
  };

  /** Why this person may not carry the order out, or `null`. */
  const objection = async (order: OrderRow, person: StaffRef): Promise<string | null> => {
    if (order.proposer?.id === person.id) {
      return 'You proposed this order, so another person carries it out.';
    }
    const deciders = await approvalsOf(strapi).deciders(DESTRUCTION_KIND, order.documentId);
    return deciders.includes(person.id)
      ? 'You decided on this order, so another person carries it out.'
      : null;
  };

  const claim = async (order: OrderRow, executor: StaffRef) => {
    const why = await objection(order, executor);
    if (why) {
      await auditOf(strapi).refused({
        action: 'destruction.execute',
        requestId: order.documentId,
        details: { order: order.number, reason: 'segregation-of-duties' },
      });
      throw forbidden(why);
    }
    if (order.state === 'executing') return;
    const claimed = await orders.move(order.documentId, ['approved'], {
      state: 'executing',
      executor: executor.id,
    });
    if (!claimed) {
      throw new errors.ApplicationError(
        `Order ${order.number} is not approved, or somebody else has just begun with it. Reload the list.`
      );
    }
  };

  /**
   * Takes the next customers past the last check for holds. What an interrupted run marked comes first.
   * @returns all records on their way out, or `null` when no customer is left.
   */
  const mark = (order: OrderRow): Promise<Records | null> =>
    inTransaction(strapi, async () => {
      const begun = await items.inState(order.id, 'destroying');
      const batch = begun.length > 0 ? [] : await items.inState(order.id, 'listed', BATCH);
      if (begun.length + batch.length === 0) return null;
      const free = await withoutHeld(batch);
      await items.move(
        free.map(({ id }) => id),
        'destroying'
      );
      const customers = [...begun, ...free].filter((item) => item.record_type === CUSTOMER);
      const dependents = await removal.dependentsOf(customers.map((item) => item.document_id));
      for (const uid of DEPENDENTS)
        await items.addDependents(order.id, uid, dependents.get(uid) ?? []);
      return group(await items.inState(order.id, 'destroying'));
    });

  /** Takes held customers out of the order. */
  const withoutHeld = async (batch: ItemRow[]): Promise<ItemRow[]> => {
    if (batch.length === 0) return [];
    const rows = (await strapi.db.query(CUSTOMER).findMany({
      select: ['id', 'documentId'],
      where: { documentId: { $in: batch.map((item) => item.document_id) } },
    })) as Array<{ id: number; documentId: string }>;
    const ids = rows.map(({ id }) => id);
    await lockCustomers(strapi, ids);
    const holds = await activeHolds(strapi, ids);
    const heldIds = new Set(
      rows.filter(({ id }) => holds.has(id)).map(({ documentId }) => documentId)
    );
    const held = batch.filter((item) => heldIds.has(item.document_id));
    await items.move(
      held.map(({ id }) => id),
      'held'
    );
    return batch.filter((item) => !heldIds.has(item.document_id));
  };

  /**
   * Marks what was entered for the customers after they were marked themselves. They stay locked, so that nothing more
   * comes while this transaction lasts.
   * @returns whether there was anything, whose keys must go before rows do.
   */
  const markLatecomers = async (order: OrderRow, records: Records): Promise<boolean> => {
    const customers = records.get(CUSTOMER) ?? [];
    await lockCustomers(strapi, await removal.rowIds(CUSTOMER, customers));
    const dependents = await removal.dependentsOf(customers);
    for (const uid of DEPENDENTS)
      await items.addDependents(order.id, uid, dependents.get(uid) ?? []);
    const marked = await items.inState(order.id, 'destroying');
    return marked.length > [...records.values()].flat().length;
  };

  /** Removes the rows of what is marked; listeners, items and log are of the same transaction. */
  const remove = (order: OrderRow, onStep: StepListener) =>
    governedOperation(OPERATIONS.destruction, () =>
      inTransaction(strapi, async () => {
        const marked = await items.inState(order.id, 'destroying');
        if (marked.length === 0) return;
        const records = group(marked);
        if (await markLatecomers(order, records)) return;
        await removal.removeRows(records);
        await items.move(
          marked.map(({ id }) => id),
          'destroyed'
        );
        await auditOf(strapi).append(
          [...records].map(([recordType, recordIds]) => ({
            action: 'destruction.execute' as const,
            recordType,
            recordIds,
            requestId: order.documentId,
            details: { order: order.number, count: recordIds.length },
          }))
        );
        await onStep('rows-removed');
      })
    );

  /**
   * Looks for everything that was destroyed. What is found goes back among what is to be destroyed, for the next run.
   * @throws ApplicationError when anything is found.
   */
  const verify = async (order: OrderRow, now: Date): Promise<VerificationReport> => {
    const found: string[] = [];
    let count = 0;
    for (let after = 0; ;) {
      const page = await items.destroyedAfter(order.id, after, VERIFY_BATCH);
      const last = page.at(-1);
      if (!last) break;
      after = last.id;
      count += page.length;
      for (const [uid, ids] of group(page)) {
        const places = await removal.remains(uid, ids);
        const left = new Set([...places.values()].flat());
        const again = page.filter((item) => item.record_type === uid && left.has(item.document_id));
        await items.move(
          again.map(({ id }) => id),
          'destroying'
        );
        for (const [place, list] of places)
          found.push(`${list.length} of ${uid} among the ${place}`);
      }
    }
    if (found.length === 0) {
      const searched = [{ place: 'tables', count }];
      return { verifiedAt: now.toISOString(), searched, fingerprints: 0, found: 0 };
    }
    strapi.log.error(`Destruction order ${order.number}: still to be found: ${found.join(', ')}.`);
    throw new errors.ApplicationError(
      `Order ${order.number} is not certified, because of its records there are still ${found.join(', ')}. ` +
        'Carry it out again, and tell the administrator if it stays so.'
    );
  };

  const carryOut = async (order: OrderRow, now: Date, onStep: StepListener) => {
    for (;;) {
      const records = await mark(order);
      if (!records) break;
      await onStep('marked');
      await removal.destroyKeys(records, order.number, now);
      await onStep('keys-destroyed');
      await remove(order, onStep);
      await onStep('batch-done');
    }
    const report = await verify(order, now);
    await onStep('verified');
    await completion.complete(order.documentId, report, now, () => onStep('certified'));
    await onStep('done');
  };

  /** One run of an order at a time in this process. */
  const alone = async (documentId: string, work: () => Promise<void>) => {
    if (running.has(documentId)) {
      throw new errors.ApplicationError(
        'This order is being carried out at this moment. Reload the list in a while.'
      );
    }
    running.add(documentId);
    try {
      await work();
    } finally {
      running.delete(documentId);
    }
  };

  return {
    objection,

    /**
     * Carries an approved order out, or goes on with one that was interrupted.
     * @throws ForbiddenError when the executor proposed it or decided on it (segregation of duties).
     * @throws ApplicationError when it is not to be carried out now, or something could still be found afterwards.
     */
    async execute(
      documentId: string,
      executor: StaffRef,
      now: Date,
      onStep: StepListener = () => undefined
    ): Promise<void> {
      await alone(documentId, async () => {
        const order = await orders.require(documentId);
        await claim(order, executor);
        await onStep('claimed');
        await carryOut(order, now, onStep);
      });
    },

    /**
     * Goes on with an order that is being executed, whoever began it.
     * @throws ApplicationError when it is not being executed, or something could still be found afterwards.
     */
    async run(
      documentId: string,
      now: Date,
      onStep: StepListener = () => undefined
    ): Promise<void> {
      await alone(documentId, async () => {
        const order = await orders.require(documentId);
        if (order.state !== 'executing') {
          throw new errors.ApplicationError(
            `Order ${order.number} is not being executed. Reload the list.`
          );
        }
        await carryOut(order, now, onStep);
      });
    },
  };
}

export type Execution = ReturnType<typeof createExecution>;
