import type { Core } from '@strapi/strapi';
import { afterCommit, chunks, inTransaction, tablesOf } from '../database';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { CALLS_FOR_DECISION, eventName, type GovernanceEvent } from './events';
import { NOTIFICATIONS, NOTIFICATIONS_TABLE, type NotificationRow } from './models';

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 400;

export interface Announcement {
  /** The kind of request: `use`, `destruction`. */
  kind: string;
  /** The documentId of the request. */
  requestId: string;
  stepId?: number;
  /** Staff id of the one who asked. */
  requesterId?: number | null;
  /** Staff ids of those who are told. */
  recipients?: readonly number[];
}

type Waiting = (person: StaffRef) => Promise<number>;
const none: Waiting = () => Promise.resolve(0);

/** Who is told what, in the panel, by mail and by webhook. None of it carries more than ids, kinds and numbers. */
export function notificationsService({ strapi }: { strapi: Core.Strapi }) {
  let waiting = none;
  let findings = none;
  let tasks = none;

  const emit = (event: GovernanceEvent, payload: Record<string, unknown>): void => {
    strapi.eventHub.emit(eventName(event), payload).catch((error: Error) => {
      // What is told has happened already: a listener that fails must not undo it. The name alone, as the text may quote.
      strapi.log.error(`A listener of ${eventName(event)} failed: ${error.name}.`);
    });
  };

  return {
    /**
     * Tells people of an event, of one request or of several. The notifications join the running transaction; the Strapi
     * events go out when it has committed, and not at all when it is rolled back.
     */
    async announce(
      event: GovernanceEvent,
      announcements: Announcement | Announcement[],
      now = new Date()
    ): Promise<void> {
      const all = [announcements].flat();
      if (all.length === 0) return;
      await inTransaction(strapi, async () => {
        const rows = all.flatMap(({ kind, requestId, stepId, requesterId, recipients = [] }) =>
          [...new Set(recipients)].map((staffId) => ({
            staffId,
            event,
            kind,
            subjectId: requestId,
            stepId: stepId ?? null,
            requesterId: requesterId ?? null,
            at: now,
          }))
        );
        for (const data of chunks(rows, BATCH)) {
          await strapi.db.query(NOTIFICATIONS).createMany({ data });
        }
        const people = await organisationOf(strapi).byIds(rows.map(({ staffId }) => staffId));
        const payloads = all.map(({ kind, requestId, stepId, recipients = [] }) => ({
          requestId,
          kind,
          ...(stepId === undefined ? {} : { stepId }),
          staff: [...new Set(recipients)].flatMap((id) => people.get(id)?.documentId ?? []),
        }));
        await afterCommit(strapi, () => payloads.forEach((payload) => emit(event, payload)));
      });
    },

    /** Whether anybody was told of this event of this subject yet. */
    wasAnnounced: async (event: GovernanceEvent, requestId: string): Promise<boolean> =>
      (await strapi.db.query(NOTIFICATIONS).count({ where: { event, subjectId: requestId } })) > 0,

    /** Takes calls for a decision that nobody needs any more off the lists: of one step, or of a whole request. */
    async settle(
      { kind, requestId, stepId }: { kind: string; requestId: string; stepId?: number },
      now = new Date()
    ): Promise<void> {
      await (
        await tablesOf(strapi)
      )(NOTIFICATIONS_TABLE)
        .where({ kind, subject_id: requestId, read_at: null })
        .where(stepId === undefined ? {} : { step_id: stepId })
        .whereIn('event', [...CALLS_FOR_DECISION])
        .update({ read_at: now });
    },

    /** A page of a person's notifications, newest first. @param cursor the id of the last one of the page before. */
    async page(
      person: StaffRef,
      filter: { unread: boolean },
      cursor: number | null,
      limit: number
    ): Promise<NotificationRow[]> {
      return strapi.db.query(NOTIFICATIONS).findMany({
        where: {
          staffId: person.id,
          ...(filter.unread ? { readAt: { $null: true } } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        orderBy: { id: 'desc' },
        limit,
      });
    },

    /** Marks notifications of this person as read: one, or all up to one. @returns how many were unread. */
    async read(
      person: StaffRef,
      which: { id: number } | { upTo: number },
      now = new Date()
    ): Promise<number> {
      const query = (await tablesOf(strapi))(NOTIFICATIONS_TABLE).where({
        staff_id: person.id,
        read_at: null,
      });
      if ('id' in which) query.where('id', which.id);
      else query.where('id', '<=', which.upTo);
      return query.update({ read_at: now });
    },

    unreadOf: (person: StaffRef): Promise<number> =>
      strapi.db.query(NOTIFICATIONS).count({
        where: { staffId: person.id, readAt: { $null: true } },
      }),

    /** Says how many decisions wait for a person; the approvals know. */
    countWaitingBy(count: Waiting): void {
      waiting = count;
    },
    waitingFor: (person: StaffRef): Promise<number> => waiting(person),

    /** Says for how many audit findings that are not closed a person is responsible; the internal audits know. */
    countFindingsBy(count: Waiting): void {
      findings = count;
    },
    findingsOf: (person: StaffRef): Promise<number> => findings(person),

    /** Says how much a person is to destroy by hand; the destruction orders know. */
    countTasksBy(count: Waiting): void {
      tasks = count;
    },
    tasksOf: (person: StaffRef): Promise<number> => tasks(person),

    /** Removes notifications that were read longer ago than the policy keeps them. @returns how many. */
    async prune(now: Date): Promise<number> {
      const { keepReadDays } = policyOf(strapi).get().notifications;
      const before = new Date(now.getTime() - keepReadDays * DAY_MS);
      for (let removed = 0; ;) {
        const tables = await tablesOf(strapi);
        const old = tables(NOTIFICATIONS_TABLE)
          .select('id')
          .where('read_at', '<', before)
          .orderBy('id')
          .limit(BATCH);
        const ids = ((await old) as Array<{ id: number }>).map(({ id }) => id);
        removed += await tables(NOTIFICATIONS_TABLE).whereIn('id', ids).delete();
        if (ids.length < BATCH) return removed;
      }
    },
  };
}

export type NotificationsService = ReturnType<typeof notificationsService>;

export const notificationsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('notifications') as NotificationsService;
