import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../../audit/audit';
import type { Day } from '../../calendar/zone';
import { inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import { organisationOf, type StaffRef } from '../../organisation/organisation';
import { invalid } from '../../refusal';
import type { Completion } from './completion';
import type { OrderRow } from './order-row';
import type { Orders } from './orders';
import type { Review } from './review';
import { createTaskReminders } from './task-reminders';
import { TASK_METHODS, TASK_POPULATE, UNDER_WAY, type NewTask, type TaskRow } from './task-row';
import { OPERATIONS, TASK } from '../uids';

export const MAX_TASKS = 50;

interface Parts {
  orders: Orders;
  review: Review;
  completion: Completion;
}

/** What people destroy by hand and confirm: paper, copies at partners and in exports, files outside the system. */
export function createTasks(strapi: Core.Strapi, { orders, review, completion }: Parts) {
  const query = () => strapi.db.query(TASK);

  const find = (documentId: string): Promise<TaskRow | null> =>
    query().findOne({ where: { documentId }, populate: TASK_POPULATE });

  const responsibleOf = async (documentId: string): Promise<StaffRef> => {
    const [person] = await organisationOf(strapi).byDocumentIds([documentId]);
    if (!person) throw invalid('responsible', 'choose an active member of staff');
    return person;
  };

  const log = (
    kind: 'add' | 'remove' | 'reassign' | 'reschedule' | 'confirm',
    order: Pick<OrderRow, 'documentId' | 'number'>,
    task: Pick<TaskRow, 'documentId' | 'medium' | 'method'>
  ) =>
    auditOf(strapi).append({
      action: 'destruction.task',
      requestId: order.documentId,
      details: {
        order: order.number,
        kind,
        task: task.documentId,
        medium: task.medium,
        method: task.method,
      },
    });

  const inAct = <T>(work: () => Promise<T>): Promise<T> =>
    governedOperation(OPERATIONS.destruction, () => inTransaction(strapi, work));

  const { tellOnce, ...reminders } = createTaskReminders(strapi);

  return {
    ...reminders,
    find,

    /** The tasks of these orders by the order's id, oldest first. */
    async ofOrders(orderIds: readonly number[]): Promise<Map<number, TaskRow[]>> {
      const found = new Map<number, TaskRow[]>();
      if (orderIds.length === 0) return found;
      const rows = (await query().findMany({
        where: { order: { id: { $in: [...orderIds] } } },
        populate: TASK_POPULATE,
        orderBy: 'id',
      })) as TaskRow[];
      for (const row of rows) found.set(row.order.id, [...(found.get(row.order.id) ?? []), row]);
      return found;
    },

    /** What waits for this person, the oldest first. */
    openOf: (person: StaffRef, limit: number): Promise<TaskRow[]> =>
      query().findMany({
        where: {
          responsible: { id: person.id },
          state: 'open',
          order: { state: { $in: [...UNDER_WAY] } },
        },
        populate: TASK_POPULATE,
        orderBy: 'id',
        limit,
      }),

    countOf: (person: StaffRef): Promise<number> =>
      query().count({
        where: {
          responsible: { id: person.id },
          state: 'open',
          order: { state: { $in: [...UNDER_WAY] } },
        },
      }),

    /** Adds a task to an order in review. */
    async add(orderId: string, task: NewTask): Promise<void> {
      if (!(TASK_METHODS[task.medium] as readonly string[]).includes(task.method)) {
        throw invalid('method', `choose one of ${TASK_METHODS[task.medium].join(', ')}`);
      }
      const responsible = await responsibleOf(task.responsible);
      await review.reviewing(orderId, async (order) => {
        if ((await query().count({ where: { order: { id: order.id } } })) >= MAX_TASKS) {
          throw new errors.ApplicationError(
            `An order has at most ${MAX_TASKS} tasks. Put several places into one.`
          );
        }
        const row = (await query().create({
          data: {
            medium: task.medium,
            method: task.method,
            place: task.place,
            dueOn: task.dueOn,
            responsible: responsible.id,
            order: order.id,
            state: 'open',
            publishedAt: new Date(),
          },
        })) as TaskRow;
        await log('add', order, row);
      });
    },

    /** Takes a task out of an order in review. @throws NotFoundError */
    async remove(documentId: string): Promise<string> {
      const task = await find(documentId);
      if (!task) throw noTask();
      await review.reviewing(task.order.documentId, async (order) => {
        await query().delete({ where: { id: task.id } });
        await log('remove', order, task);
      });
      return task.order.documentId;
    },

    /**
     * Says anew who sees to an open task, and until when; a day left out stays.
     * @returns the documentId of its order.
     * @throws NotFoundError
     */
    async reassign(
      documentId: string,
      { responsible: to, dueOn }: { responsible: string; dueOn?: Day | null },
      now = new Date()
    ): Promise<string> {
      const responsible = await responsibleOf(to);
      return inAct(async () => {
        const found = await find(documentId);
        if (!found) throw noTask();
        await orders.lock(found.order.documentId);
        const before = await find(documentId);
        const { count } = await query().updateMany({
          where: { documentId, state: 'open' },
          data: { responsible: responsible.id, ...(dueOn === undefined ? {} : { dueOn }) },
        });
        const task = await find(documentId);
        if (!task || count === 0) throw noTask();
        const another = before?.responsible?.id !== responsible.id;
        // Whoever has it already knows of it.
        if (another && UNDER_WAY.includes(task.order.state)) {
          await tellOnce('task-assigned', [task], now);
        }
        await log(another ? 'reassign' : 'reschedule', task.order, task);
        return task.order.documentId;
      });
    },

    /**
     * Confirms, as the person responsible, that what the task names is destroyed. The last one gives the certificate.
     * @returns the documentId of the order.
     * @throws NotFoundError for everybody else.
     * @throws ApplicationError when the order is not being carried out, or the task was confirmed before.
     */
    confirm(
      documentId: string,
      person: StaffRef,
      note: string,
      now: Date = new Date()
    ): Promise<string> {
      return inAct(async () => {
        // One answer for "no such task" and "not yours", so that ids tell nothing.
        const notYours = new errors.NotFoundError('There is no such task for you to confirm.');
        const task = await find(documentId);
        if (!task || task.responsible?.id !== person.id) throw notYours;
        // One after the other, so that each sees what the other left open.
        const order = await orders.lock(task.order.documentId);
        if ((await find(documentId))?.responsible?.id !== person.id) throw notYours;
        if (!UNDER_WAY.includes(order.state)) {
          throw new errors.ApplicationError(
            `Order ${order.number} is not being carried out, so nothing of it is to be destroyed now.`
          );
        }
        const { count } = await query().updateMany({
          where: { documentId, state: 'open' },
          data: { state: 'confirmed', confirmedBy: person.id, confirmedAt: now, note },
        });
        if (count === 0) {
          throw new errors.ApplicationError('This task was confirmed before. Reload the list.');
        }
        await log('confirm', order, task);
        await completion.finish(order.documentId, now);
        return order.documentId;
      });
    },
  };
}

export type Tasks = ReturnType<typeof createTasks>;

const noTask = () => new errors.NotFoundError('There is no such open task.');
