import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { addDays, type Day } from '../calendar/zone';
import { notificationsOf } from '../notifications/notifications';
import { organisationOf } from '../organisation/organisation';
import { addMonths, policyOf } from '../policy';
import { inAct } from './act';
import type { Audits } from './audits';
import { FINDING_KIND } from './findings';
import { CHAPTERS, FINDING, INTERNAL_AUDIT, type FindingRow } from './models';
import { UNDER_WAY, UNREMEDIATED } from './rules';

export const AUDIT_KIND = 'internal-audit';
const BATCH = 400;

type Due = Pick<FindingRow, 'id' | 'documentId' | 'responsible'> & {
  audit: { lead: { id: number } | null };
};

/** What the product sees to by itself: that audits recur, and that findings are not forgotten [PRO-3]. */
export function createSchedule(strapi: Core.Strapi, { audits }: { audits: Audits }) {
  const policy = () => policyOf(strapi).get().internalAudits;

  /** The last day that the newest reported scheduled audit looked at, or `null` where there was none. */
  const auditedUntil = async (): Promise<Day | null> => {
    const [last] = (await strapi.db.query(INTERNAL_AUDIT).findMany({
      select: ['periodTo'],
      where: { kind: 'scheduled', state: { $in: ['reported', 'closed'] } },
      orderBy: [{ periodTo: 'desc' }, { id: 'desc' }],
      limit: 1,
    })) as Array<{ periodTo: string }>;
    return last?.periodTo ?? null;
  };

  const underWay = async (): Promise<boolean> =>
    (await strapi.db.query(INTERNAL_AUDIT).count({
      where: { kind: 'scheduled', state: { $in: [...UNDER_WAY] } },
    })) > 0;

  /** Who sees to audits: the audit department, else leadership. */
  const audience = async (): Promise<number[]> => {
    const found = await organisationOf(strapi).inFunction('audit');
    const people = found.length > 0 ? found : await organisationOf(strapi).atLevel('leadership');
    return people.map(({ id }) => id);
  };

  /** Marks up to a batch of findings as told of, so that nobody is told twice, and tells of them. @returns how many. */
  const tellBatch = (
    event: 'finding-due' | 'finding-overdue',
    told: 'remindedAt' | 'overdueToldAt',
    dueOn: object,
    now: Date
  ): Promise<number> =>
    inAct(strapi, async () => {
      const findings = (await strapi.db.query(FINDING).findMany({
        select: ['id', 'documentId'],
        where: { state: { $in: [...UNREMEDIATED] }, dueOn, [told]: { $null: true } },
        populate: {
          responsible: { select: ['id'] },
          audit: { select: ['id'], populate: { lead: { select: ['id'] } } },
        },
        orderBy: 'id',
        limit: BATCH,
      })) as Due[];
      if (findings.length === 0) return 0;
      await strapi.db.query(FINDING).updateMany({
        where: { id: { $in: findings.map(({ id }) => id) } },
        data: { [told]: now },
      });
      await notificationsOf(strapi).announce(
        event,
        findings.map(({ documentId, responsible, audit }) => ({
          kind: FINDING_KIND,
          requestId: documentId,
          recipients: [
            ...(responsible ? [responsible.id] : []),
            ...(event === 'finding-overdue' && audit.lead ? [audit.lead.id] : []),
          ],
        })),
        now
      );
      await auditOf(strapi).append({
        action: 'finding.remind',
        recordType: FINDING,
        recordIds: findings.map(({ documentId }) => documentId),
        details: { event, count: findings.length },
      });
      return findings.length;
    });

  return {
    /**
     * Plans the next scheduled audit where the last one looked at is longer ago than the policy says and none is under way,
     * and tells those who see to audits, who name its lead. @returns its documentId, or `null` where none is wanted.
     */
    async propose(now: Date): Promise<string | null> {
      const { everyMonths, remindDays } = policy();
      if (everyMonths === 0 || (await underWay())) return null;
      const today = audits.dayAt(now);
      const until = await auditedUntil();
      const dueOn = until === null ? today : addMonths(until, everyMonths);
      if (addDays(today, remindDays) < dueOn) return null;
      const documentId = await audits.propose(
        {
          kind: 'scheduled',
          title: null,
          reason: null,
          scope: { departments: [], types: [], chapters: [...CHAPTERS] },
          periodFrom: until === null ? addMonths(today, -everyMonths) : addDays(until, 1),
          periodTo: dueOn,
          plannedOn: dueOn < today ? addDays(today, remindDays) : dueOn,
        },
        now
      );
      await notificationsOf(strapi).announce(
        'audit-proposed',
        { kind: AUDIT_KIND, requestId: documentId, recipients: await audience() },
        now
      );
      return documentId;
    },

    /** Tells of findings that are due soon and of those that are overdue, of each once. @returns how many. */
    async remind(now: Date): Promise<number> {
      const today = audits.dayAt(now);
      const soon = { $gte: today, $lte: addDays(today, policy().remindDays) };
      let told = 0;
      for (const [event, mark, dueOn] of [
        ['finding-overdue', 'overdueToldAt', { $lt: today }],
        ['finding-due', 'remindedAt', soon],
      ] as const) {
        for (;;) {
          const count = await tellBatch(event, mark, dueOn, now);
          told += count;
          if (count < BATCH) break;
        }
      }
      return told;
    },

    async run(now: Date): Promise<void> {
      await this.propose(now);
      await this.remind(now);
    },
  };
}

export type Schedule = ReturnType<typeof createSchedule>;
