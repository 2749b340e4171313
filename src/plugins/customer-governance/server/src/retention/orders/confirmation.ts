import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../../approvals/approvals';
import { auditOf } from '../../audit/audit';
import { inTransaction } from '../../database';
import { notificationsOf } from '../../notifications/notifications';
import { organisationOf, type StaffRef } from '../../organisation/organisation';
import { policyOf } from '../../policy';
import type { OrderRow, Orders } from './orders';
import { forbidden } from '../refusal';
import { DESTRUCTION_KIND } from '../uids';

const MINUTE_MS = 60_000;

export type Part = 'executor' | 'supervisor';

/** The two people of whom each confirms, within an hour of each other, that an order is to be carried out now [END-1]. */
export function createConfirmation(strapi: Core.Strapi, { orders }: { orders: Orders }) {
  const term = () => policyOf(strapi).get().retention.destruction.confirmWithinMinutes * MINUTE_MS;

  /** Until when the supervisor may follow the executor; `null` when nobody has confirmed, or too long ago. */
  const openUntil = (order: OrderRow, now: Date): Date | null => {
    if (order.state !== 'approved' || !order.executorConfirmedAt) return null;
    const until = new Date(new Date(order.executorConfirmedAt).getTime() + term());
    return until.getTime() > now.getTime() ? until : null;
  };

  /** Why this person may take no part in the order, or `null`. */
  const objection = (order: OrderRow, person: StaffRef, deciders: readonly number[]) => {
    if (order.proposer?.id === person.id) {
      return 'You proposed this order, so other people carry it out.';
    }
    if (order.submitter?.id === person.id) {
      return 'You put this order before leadership, so other people carry it out.';
    }
    return deciders.includes(person.id)
      ? 'You decided on this order, so other people carry it out.'
      : null;
  };

  const decidersOf = (order: OrderRow) =>
    approvalsOf(strapi).deciders(DESTRUCTION_KIND, order.documentId);

  const refuse = async (order: OrderRow, kind: Part, reason: string, why: string) => {
    await auditOf(strapi).refused({
      action: 'destruction.confirm',
      requestId: order.documentId,
      details: { order: order.number, kind, reason },
    });
    return forbidden(why);
  };

  const assertMayTakePart = async (order: OrderRow, person: StaffRef, kind: Part) => {
    const why = objection(order, person, await decidersOf(order));
    if (why) throw await refuse(order, kind, 'segregation-of-duties', why);
  };

  const log = (order: OrderRow, kind: Part) =>
    auditOf(strapi).append({
      action: 'destruction.confirm',
      requestId: order.documentId,
      details: { order: order.number, kind, count: order.count },
    });

  const tellSupervisors = async (order: OrderRow, executor: StaffRef, now: Date) => {
    const deciders = await decidersOf(order);
    const people = await organisationOf(strapi).holding(
      'plugin::customer-governance.retention.supervise'
    );
    const recipients = people.filter(
      (person) => person.id !== executor.id && objection(order, person, deciders) === null
    );
    await notificationsOf(strapi).announce(
      'order-supervision',
      {
        kind: DESTRUCTION_KIND,
        requestId: order.documentId,
        requesterId: executor.id,
        recipients: recipients.map(({ id }) => id),
      },
      now
    );
  };

  return {
    openUntil,
    objection,
    decidersOf,

    /** @throws ForbiddenError when the person proposed the order or decided on it; the attempt is logged. */
    assertMayTakePart,

    /**
     * The first confirmation, by who carries the order out. It lapses when no second one follows in time.
     * @throws ForbiddenError when the person proposed the order or decided on it.
     * @throws ApplicationError when it is not approved, its time has not come, or somebody else has just confirmed.
     */
    async confirm(documentId: string, executor: StaffRef, now: Date = new Date()): Promise<void> {
      const order = await orders.require(documentId);
      await assertMayTakePart(order, executor, 'executor');
      if (order.scheduledAt && new Date(order.scheduledAt).getTime() > now.getTime()) {
        throw new errors.ApplicationError(
          `Order ${order.number} is scheduled for ${new Date(order.scheduledAt).toISOString()}. Confirm it then, or have it scheduled anew.`
        );
      }
      await inTransaction(strapi, async () => {
        const lapsed = new Date(now.getTime() - term());
        const moved = await orders.move(
          documentId,
          ['approved'],
          { executor: executor.id, executorConfirmedAt: now },
          {
            $or: [
              { executorConfirmedAt: { $null: true } },
              { executorConfirmedAt: { $lte: lapsed } },
            ],
          }
        );
        if (!moved) {
          throw new errors.ApplicationError(
            `Order ${order.number} is not approved, or somebody has just confirmed it. Reload the list.`
          );
        }
        await log(order, 'executor');
        await tellSupervisors(order, executor, now);
      });
    },

    /**
     * The second confirmation, by who watches over it. From here on the order is being carried out.
     * @param to what else the order becomes at that moment.
     * @throws ForbiddenError when the person is the executor, proposed the order or decided on it.
     * @throws ApplicationError when the executor has not confirmed, or too long ago, or another supervisor was first.
     */
    async supervise(
      documentId: string,
      supervisor: StaffRef,
      to: Record<string, unknown>,
      now: Date = new Date()
    ): Promise<void> {
      const order = await orders.require(documentId);
      await assertMayTakePart(order, supervisor, 'supervisor');
      if (order.executor?.id === supervisor.id) {
        const why = 'You confirmed this order as its executor, so another person watches over it.';
        throw await refuse(order, 'supervisor', 'segregation-of-duties', why);
      }
      await inTransaction(strapi, async () => {
        const lapsed = new Date(now.getTime() - term());
        const moved = await orders.move(
          documentId,
          ['approved'],
          { state: 'executing', supervisor: supervisor.id, supervisorConfirmedAt: now, ...to },
          // The very confirmation that was looked at, so that nobody is both by confirming in between.
          { executorConfirmedAt: { $gt: lapsed, $eq: new Date(order.executorConfirmedAt ?? 0) } }
        );
        if (!moved) {
          throw new errors.ApplicationError(
            `The executor of order ${order.number} has not confirmed it, or too long ago, or another person was quicker. Reload the list.`
          );
        }
        await log(order, 'supervisor');
      });
    },
  };
}

export type Confirmation = ReturnType<typeof createConfirmation>;
