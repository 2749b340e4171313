import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import { auditOf } from '../audit/audit';
import type { StaffRef } from '../organisation/organisation';
import type { Destruction } from './destruction';
import type { OrderRow, Orders } from './orders';
import { forbidden } from './refusal';
import { DESTRUCTION_KIND } from './uids';

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
  destruction: Destruction;
}

/** Carries approved orders out: repeatable, so that killed anywhere and run again it ends at the same place. */
export function createExecution(strapi: Core.Strapi, { orders, destruction }: Parts) {
  const running = new Set<string>();

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
        await destruction.carryOut(order, now, onStep);
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
        await destruction.carryOut(order, now, onStep);
      });
    },
  };
}

export type Execution = ReturnType<typeof createExecution>;
