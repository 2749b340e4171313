import { errors } from '@strapi/utils';
import type { Destruction } from './destruction';
import type { Orders } from '../orders/orders';

/** Where an execution stands. Each step is done for good before the next begins, so it can stop at any of them. */
export type ExecutionStep =
  | 'marked'
  | 'keys-prepared'
  | 'resealed'
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

/** Carries confirmed orders out: repeatable, so that killed anywhere and run again it ends at the same place. */
export function createExecution({ orders, destruction }: Parts) {
  const running = new Set<string>();

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
