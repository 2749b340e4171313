import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { calendarOf } from '../../calendar';
import { inTransaction } from '../../database';
import { notificationsOf } from '../../notifications/notifications';
import { governedOperation } from '../../operation';
import { policyOf } from '../../policy';
import { TASK_POPULATE, UNDER_WAY, type TaskRow } from './task-row';
import { DESTRUCTION_KIND, OPERATIONS, TASK } from '../uids';

const BATCH = 400;

/** Tells people of what they are to destroy by hand, and again until they confirm it. */
export function createTaskReminders(strapi: Core.Strapi) {
  const query = () => strapi.db.query(TASK);

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
    tellOnce,

    /** Tells the people responsible that what their tasks name is to be destroyed now. */
    assign: (orderId: string, now: Date = new Date()): Promise<void> =>
      inAct(async () => {
        const tasks = (await query().findMany({
          where: { order: { documentId: orderId }, state: 'open', toldAt: { $null: true } },
          populate: TASK_POPULATE,
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
          populate: TASK_POPULATE,
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
