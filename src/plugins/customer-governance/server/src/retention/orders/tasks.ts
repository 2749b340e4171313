import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../../audit/audit';
import { calendarOf } from '../../calendar';
import type { Day } from '../../calendar/zone';
import { inTransaction } from '../../database';
import { notificationsOf } from '../../notifications/notifications';
import { governedOperation } from '../../operation';
import { organisationOf, type StaffRef } from '../../organisation/organisation';
import { policyOf } from '../../policy';
import { invalid } from '../../refusal';
import type { Completion } from './completion';
import type { Named, OrderRow, OrderState } from './order-row';
import type { Orders } from './orders';
import type { Review } from './review';
import { DESTRUCTION_KIND, OPERATIONS, TASK } from '../uids';

/** What is destroyed by hand, and how it may be [END-1]. */
export const TASK_METHODS = {
  paper: ['shredding', 'incineration', 'pulping'],
  external: ['remote-deletion', 'return', 'written-confirmation'],
  files: ['erasure', 'media-destruction'],
} as const;
export type TaskMedium = keyof typeof TASK_METHODS;
export type TaskMethod = (typeof TASK_METHODS)[TaskMedium][number];
export const TASK_MEDIA = Object.keys(TASK_METHODS) as TaskMedium[];

export interface NewTask {
  medium: TaskMedium;
  method: TaskMethod;
  /** Where it is, or who has it. */
  place: string;
  /** The documentId of the staff profile of who sees to it. */
  responsible: string;
  dueOn: Day | null;
}

export interface TaskRow {
  id: number;
  documentId: string;
  medium: TaskMedium;
  method: TaskMethod;
  place: string;
  dueOn: Day | null;
  state: 'open' | 'confirmed';
  note: string | null;
  confirmedAt: string | null;
  toldAt: string | null;
  responsible?: (Named & { documentId: string }) | null;
  confirmedBy?: Named | null;
  order: {
    id: number;
    documentId: string;
    number: string;
    state: OrderState;
    executor?: { id: number } | null;
  };
}

export const MAX_TASKS = 50;
const BATCH = 400;
const NAMED = { select: ['id', 'displayName'] };
const POPULATE = {
  responsible: { select: ['id', 'documentId', 'displayName'] },
  confirmedBy: NAMED,
  order: {
    select: ['id', 'documentId', 'number', 'state'],
    populate: { executor: { select: ['id'] } },
  },
};

/** While an order is in one of these, what is to be destroyed by hand can be: it is ordered, and two people confirmed it. */
const UNDER_WAY: readonly OrderState[] = ['executing', 'paused', 'confirming'];

interface Parts {
  orders: Orders;
  review: Review;
  completion: Completion;
}

/** What people destroy by hand and confirm: paper, copies at partners and in exports, files outside the system. */
export function createTasks(strapi: Core.Strapi, { orders, review, completion }: Parts) {
  const query = () => strapi.db.query(TASK);

  const find = (documentId: string): Promise<TaskRow | null> =>
    query().findOne({ where: { documentId }, populate: POPULATE });

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

  const tell = (
    event: 'task-assigned' | 'task-reminder',
    tasks: readonly TaskRow[],
    now: Date
  ): Promise<void> =>
    notificationsOf(strapi).announce(
      event,
      tasks.map(({ order, responsible }) => ({
        kind: DESTRUCTION_KIND,
        requestId: order.documentId,
        recipients: [
          ...(responsible ? [responsible.id] : []),
          // Who carries the order out learns that it is held up.
          ...(event === 'task-reminder' && order.executor ? [order.executor.id] : []),
        ],
      })),
      now
    );

  /** Takes the tasks down as told of, and tells of them, in one transaction. */
  const tellOnce = async (
    event: 'task-assigned' | 'task-reminder',
    tasks: readonly TaskRow[],
    now: Date
  ) => {
    await query().updateMany({
      where: { id: { $in: tasks.map(({ id }) => id) } },
      data: { toldAt: now },
    });
    await tell(event, tasks, now);
  };

  const inAct = <T>(work: () => Promise<T>): Promise<T> =>
    governedOperation(OPERATIONS.destruction, () => inTransaction(strapi, work));

  return {
    find,

    /** The tasks of these orders by the order's id, oldest first. */
    async ofOrders(orderIds: readonly number[]): Promise<Map<number, TaskRow[]>> {
      const found = new Map<number, TaskRow[]>();
      if (orderIds.length === 0) return found;
      const rows = (await query().findMany({
        where: { order: { id: { $in: [...orderIds] } } },
        populate: POPULATE,
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
        populate: POPULATE,
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

    /** Tells the people responsible that what their tasks name is to be destroyed now. */
    assign: (orderId: string, now: Date = new Date()): Promise<void> =>
      inAct(async () => {
        const tasks = (await query().findMany({
          where: { order: { documentId: orderId }, state: 'open', toldAt: { $null: true } },
          populate: POPULATE,
        })) as TaskRow[];
        if (tasks.length > 0) await tellOnce('task-assigned', tasks, now);
      }),

    /** Tells again of each task that is open so many working days after it was last told of. @returns how many. */
    async remind(now: Date): Promise<number> {
      const days = policyOf(strapi).get().retention.destruction.remindAfterWorkingDays;
      const calendar = calendarOf(strapi);
      const due = ({ toldAt }: TaskRow) =>
        toldAt === null ||
        calendar.deadline(new Date(toldAt), { workingDays: days }).at.getTime() <= now.getTime();
      let count = 0;
      for (let after = 0; ;) {
        const page = (await query().findMany({
          where: {
            id: { $gt: after },
            state: 'open',
            order: { state: { $in: [...UNDER_WAY] } },
          },
          populate: POPULATE,
          orderBy: 'id',
          limit: BATCH,
        })) as TaskRow[];
        const last = page.at(-1);
        if (!last) return count;
        after = last.id;
        const late = page.filter(due);
        if (late.length === 0) continue;
        count += late.length;
        await inAct(async () => {
          await tellOnce('task-reminder', late, now);
          await auditOf(strapi).append({
            action: 'destruction.remind',
            details: { count: late.length },
          });
        });
      }
    },
  };
}

export type Tasks = ReturnType<typeof createTasks>;

const noTask = () => new errors.NotFoundError('There is no such open task.');
