import type { Core } from '@strapi/strapi';
import { inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import type { Certificates } from './certificates';
import type { Orders } from './orders';
import { OPERATIONS, TASK } from '../uids';
import type { VerificationReport } from '../destruction/verification';

interface Parts {
  orders: Orders;
  certificates: Certificates;
}

/** What becomes of an order once everything that the application can destroy by itself is destroyed and verified. */
export function createCompletion(strapi: Core.Strapi, { orders, certificates }: Parts) {
  const openTasks = (orderId: number): Promise<number> =>
    strapi.db.query(TASK).count({ where: { order: { id: orderId }, state: 'open' } });

  const act = (work: () => Promise<void>): Promise<void> =>
    governedOperation(OPERATIONS.destruction, () => inTransaction(strapi, work));

  return {
    /**
     * Ends an execution: with its certificate, or by waiting for those who have yet to confirm what they destroy by
     * hand. Run twice, it does nothing the second time.
     * @throws Error when something of the order was still found.
     */
    async complete(
      orderDocumentId: string,
      report: VerificationReport,
      now: Date,
      beforeCommit: () => void | Promise<void>
    ): Promise<void> {
      if (report.found > 0)
        throw new Error('An order of which something was found is not completed.');
      await act(async () => {
        const order = await orders.lock(orderDocumentId);
        const waits = (await openTasks(order.id)) > 0;
        const ended = await orders.move(orderDocumentId, ['executing'], {
          verification: report,
          ...(waits ? { state: 'confirming' } : { state: 'executed', executedAt: now }),
        });
        if (!ended) return;
        if (!waits) await certificates.issue(orderDocumentId);
        await beforeCommit();
      });
    },

    /** Ends an order that waited for people, once the last of them has confirmed. In the running transaction. */
    async finish(orderDocumentId: string, now: Date): Promise<void> {
      const order = await orders.require(orderDocumentId);
      if ((await openTasks(order.id)) > 0) return;
      const ended = await orders.move(orderDocumentId, ['confirming'], {
        state: 'executed',
        executedAt: now,
      });
      if (ended) await certificates.issue(orderDocumentId);
    },
  };
}

export type Completion = ReturnType<typeof createCompletion>;
