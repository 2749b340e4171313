import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../../audit/audit';
import { inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import type { StaffRef } from '../../organisation/organisation';
import type { Confirmation } from '../orders/confirmation';
import type { Execution, StepListener } from './execution';
import type { Items } from '../orders/items';
import type { OrderRow, Orders } from '../orders/orders';
import { OPERATIONS, ORDER } from '../uids';

/** An instance that has not renewed its lease for so long is taken for dead. */
const LEASE_MS = 2 * 60_000;
const RENEW_MS = 30_000;
/** After a failure an order is left alone for so long, or until somebody resumes it. */
const RETRY_MS = 10 * 60_000;
const TAKEN_UP_AT_ONCE = 20;

/** The name under which the log shows what an order does. */
export const EXECUTION_ACTOR = 'destruction';

/** Ends a run at a place where it can be taken up again. */
class Interrupted extends Error {}

interface Parts {
  orders: Orders;
  items: Items;
  execution: Execution;
  confirmation: Confirmation;
}

/**
 * Carries confirmed orders out in the background, each by one instance at a time: that one holds a lease on the order,
 * and where it dies the lease runs out and another instance takes the order up.
 */
export function createRunning(
  strapi: Core.Strapi,
  { orders, items, execution, confirmation }: Parts
) {
  const instance = randomUUID();
  const runs = new Map<string, Promise<boolean>>();
  // Made at the start of the application, so that what runs in it belongs to no request and no transaction of one.
  const detached = new AsyncResource('customer-governance.destruction');
  let stopping = false;

  const query = () => strapi.db.query(ORDER);
  const leaseFrom = (now: Date) => ({
    leaseBy: instance,
    leaseUntil: new Date(now.getTime() + LEASE_MS),
  });
  const update = async (where: Record<string, unknown>, data: Record<string, unknown>) => {
    const { count } = await governedOperation(OPERATIONS.destruction, () =>
      query().updateMany({ where, data })
    );
    return count === 1;
  };

  const destroyedOf = async ({ id }: OrderRow) =>
    (await items.customersByState([id])).get(id)?.destroyed ?? 0;

  const take = async (documentId: string, now: Date): Promise<boolean> => {
    const order = await orders.require(documentId);
    return update(
      {
        documentId,
        state: 'executing',
        $or: [{ leaseUntil: { $null: true } }, { leaseUntil: { $lt: now } }, { leaseBy: instance }],
      },
      {
        ...leaseFrom(now),
        stalledAt: null,
        runSince: new Date(),
        runFrom: await destroyedOf(order),
      }
    );
  };

  /** @throws Interrupted where the order was paused, or another instance has it. */
  const renew = async (documentId: string) => {
    const still = await update(
      { documentId, state: 'executing', leaseBy: instance },
      leaseFrom(new Date())
    );
    if (!still || stopping) throw new Interrupted();
  };

  const release = (documentId: string, to: Record<string, unknown>) =>
    update({ documentId, leaseBy: instance }, { leaseBy: null, leaseUntil: null, ...to });

  const stateOf = async (documentId: string) => (await orders.find(documentId))?.state;
  const isExecuting = async (documentId: string) => (await stateOf(documentId)) === 'executing';
  const isOpen = async (documentId: string) =>
    ['executing', 'paused'].includes((await stateOf(documentId)) ?? '');

  /** @returns whether the order came to the end of what the application does by itself. */
  const drive = async (documentId: string, now: Date): Promise<boolean> => {
    if (!(await take(documentId, now))) return false;
    const timer = setInterval(() => {
      // A lease that is lost is seen at the end of the batch.
      renew(documentId).catch(() => undefined);
    }, RENEW_MS);
    timer.unref();
    try {
      await execution.run(documentId, new Date(), async (step) => {
        if (step === 'batch-done') await renew(documentId);
      });
      await release(documentId, {});
      return !(await isOpen(documentId));
    } catch (error) {
      // Paused, or lost to another instance: nothing failed.
      if (error instanceof Interrupted || !(await isExecuting(documentId))) {
        await release(documentId, {});
        return false;
      }
      // The name of the error, not its text: a message may quote a row.
      strapi.log.error(
        `A destruction order was not carried out to its end: ${(error as Error).name}. It is taken up again in ten minutes, or when somebody resumes it.`
      );
      await release(documentId, {
        stalledAt: new Date(),
        leaseUntil: new Date(Date.now() + RETRY_MS),
      });
      return false;
    } finally {
      clearInterval(timer);
    }
  };

  const start = (documentId: string, now: Date = new Date()): Promise<boolean> => {
    const running = runs.get(documentId);
    // It may be about to stop for a pause that is over by now.
    if (running) return running.then((ended) => ended || start(documentId, now));
    if (stopping) return Promise.resolve(false);
    const run = detached.runInAsyncScope(() =>
      actorOf(strapi).asSystem(EXECUTION_ACTOR, () => drive(documentId, now))
    );
    const kept = run.finally(() => {
      if (runs.get(documentId) === kept) runs.delete(documentId);
    });
    runs.set(documentId, kept);
    return kept;
  };

  const log = (action: 'destruction.pause' | 'destruction.resume', order: OrderRow) =>
    auditOf(strapi).append({
      action,
      requestId: order.documentId,
      details: { order: order.number },
    });

  return {
    /** What an order has that this instance is about to carry out. */
    lease: () => leaseFrom(new Date()),

    /** Goes on with an order that is being executed, unless an instance is at it. It does not wait for the end. */
    start(documentId: string): void {
      start(documentId).catch((error: Error) => {
        strapi.log.error(`A destruction order was not begun: ${error.name}.`);
      });
    },

    /** Goes on, and waits for the end. For programs: it asks nobody whether another instance is at it. */
    async run(documentId: string, now: Date, onStep?: StepListener): Promise<void> {
      await update({ documentId, state: 'executing' }, leaseFrom(new Date()));
      await execution.run(documentId, now, onStep);
      await release(documentId, {});
    },

    /** Takes up the orders that no instance is at, and waits for them. @returns how many came to their end. */
    async takeUp(now: Date): Promise<number> {
      const rows = (await query().findMany({
        select: ['documentId'],
        where: {
          state: 'executing',
          $or: [{ leaseUntil: { $null: true } }, { leaseUntil: { $lt: now } }],
        },
        orderBy: 'id',
        limit: TAKEN_UP_AT_ONCE,
      })) as Array<{ documentId: string }>;
      let ended = 0;
      for (const { documentId } of rows) ended += Number(await start(documentId, now));
      return ended;
    },

    /** Stops an order at the end of the batch that it is at. */
    async pause(documentId: string, now: Date = new Date()): Promise<void> {
      await inTransaction(strapi, async () => {
        const order = await orders.require(documentId);
        if (!(await orders.move(documentId, ['executing'], { state: 'paused', pausedAt: now }))) {
          throw new errors.ApplicationError(
            `Order ${order.number} is not being carried out at this moment. Reload the list.`
          );
        }
        await log('destruction.pause', order);
      });
    },

    /**
     * Goes on with an order that is paused, or that failed and waits for its next attempt.
     * @throws ForbiddenError when the person proposed the order or decided on it.
     */
    async resume(documentId: string, person: StaffRef): Promise<void> {
      const order = await orders.require(documentId);
      await confirmation.assertMayTakePart(order, person, 'executor');
      await inTransaction(strapi, async () => {
        // An instance that has not seen the pause yet keeps its lease, and simply goes on.
        const moved =
          (await orders.move(documentId, ['paused'], { state: 'executing', pausedAt: null })) ||
          (await orders.move(
            documentId,
            ['executing'],
            { stalledAt: null, leaseUntil: null },
            { stalledAt: { $notNull: true } }
          ));
        if (!moved) {
          throw new errors.ApplicationError(
            `Order ${order.number} is not paused. Reload the list.`
          );
        }
        await log('destruction.resume', order);
      });
    },

    /** Waits for what this instance is at. */
    async idle(): Promise<void> {
      while (runs.size > 0) await Promise.allSettled([...runs.values()]);
    },

    /** Ends what this instance is at, each at the end of its batch. Another instance goes on, or this one later. */
    async stop(): Promise<void> {
      stopping = true;
      await Promise.allSettled([...runs.values()]);
    },
  };
}

export type Running = ReturnType<typeof createRunning>;
