import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../../approvals/approvals';
import type { StepView } from '../../approvals/step-views';
import { auditOf } from '../../audit/audit';
import { zoneOf } from '../../calendar/zone';
import { noticesOf, type PublishedNotice } from '../../consents/notices/notices';
import { toProblems } from '../../customers/entry/finding';
import { inTransaction } from '../../database';
import { PLUGIN } from '../../domain';
import { notificationsOf } from '../../notifications/notifications';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import { organisationOf, type StaffRef } from '../../organisation/organisation';
import { LEVELS, policyOf, type Level } from '../../policy';
import { assertNoProblems } from '../../vault/sealing';
import { assessmentsOf, type AssessmentView } from '../assessments/assessments';
import { attributeLevel } from '../levels';
import { PLAN, PLAN_KIND } from '../uids';
import { submissionFindings, type PlanState } from './stages';

interface PlanRow extends Record<string, unknown> {
  id: number;
  documentId: string;
  title: string;
  code: string;
  state: PlanState;
  attributes: string[] | null;
  endsOn: string | null;
  proposer?: StaffRow | null;
  responsible?: StaffRow | null;
  notice?: { code: string } | null;
  noticeVersion?: string | null;
  noticeText?: string | null;
  purposes?: Array<{ code: string; name: string; active: boolean }>;
}
interface StaffRow {
  id: number;
  displayName: string;
}

/** A plan as those see it who decide on it, and who lists it. */
export interface PlanView {
  documentId: string;
  title: string;
  code: string;
  state: PlanState;
  goal: string | null;
  purposes: Array<{ code: string; name: unknown }>;
  /** By level, the most sensitive first. */
  attributes: Array<{ path: string; level: Level | null }>;
  channels: string[];
  method: string | null;
  schedule: string | null;
  startsOn: string | null;
  endsOn: string | null;
  responsible: string | null;
  /** What is shown now: a version of the notice that the plan points to, or the plan's own text. */
  notice: PublishedNotice | null;
  noticeVersion: string | null;
  noticeText: string | null;
  proposer: string | null;
  proposedAt: string | null;
  activatedAt: string | null;
  closedAt: string | null;
  /** Whether whoever asks submitted it, and so may take it back. */
  mine: boolean;
  assessments: AssessmentView[];
  steps: StepView[];
}

const OPERATION = 'collection-plan';
/** Plans that one run of the job closes; the next run takes the others. */
const CLOSED_AT_ONCE = 500;

/** From draft to approval to end: the life of collection plans [COL-1]. */
export function plansService({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(PLAN);
  const asProduct = <T>(work: () => Promise<T>) => governedOperation(OPERATION, work);

  const find = async (documentId: string): Promise<PlanRow> => {
    const row = await query().findOne({
      where: { documentId },
      populate: { proposer: true, responsible: true, purposes: true, notice: true },
    });
    if (!row) throw new errors.NotFoundError('There is no such collection plan.');
    return row;
  };

  /** The database decides between racing moves. */
  const move = async (
    documentId: string,
    from: PlanState,
    data: Partial<Record<string, unknown>> & { state: PlanState }
  ): Promise<void> => {
    const { count } = await asProduct(() =>
      query().updateMany({ where: { documentId, state: from }, data })
    );
    if (count !== 1) {
      throw new errors.ApplicationError('The plan has changed meanwhile. Reload the page.');
    }
  };

  const today = (now: Date) => zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(now);
  const sensitivityOf = (attributes: readonly string[]): Level =>
    LEVELS[
      Math.max(
        0,
        ...attributes.map((path) => LEVELS.indexOf(attributeLevel(strapi, path) ?? 'sensitive'))
      )
    ] ?? 'sensitive';

  const assertComplete = async (plan: PlanRow, now: Date): Promise<void> => {
    const attributes = plan.attributes ?? [];
    const findings = submissionFindings(
      plan,
      {
        purposes: (plan.purposes ?? []).filter(({ active }) => active !== false).length,
        attributes: attributes.length,
        responsible: Boolean(plan.responsible),
        notice: plan.notice ? (await noticesOf(strapi).published(plan.notice.code)) !== null : null,
      },
      today(now)
    );
    const missing = await assessmentsOf(strapi).missingFor(plan.id, attributes);
    if (missing.length > 0) {
      findings.push({
        attribute: 'attributes',
        reason: `${missing.join(', ')}: sensitive, so an approved impact assessment of this plan must cover them first (PIPL 55)`,
      });
    }
    assertNoProblems(toProblems(findings));
  };

  /** What is shown under each plan, by its row id; plans with the same notice share what is looked up. */
  const shownBy = async (plans: readonly PlanRow[]): Promise<Map<number, PublishedNotice>> => {
    const byCode = new Map<string, PublishedNotice | null>();
    const found = new Map<number, PublishedNotice>();
    for (const plan of plans) {
      const code = plan.notice?.code;
      const known = code === undefined ? undefined : byCode.get(code);
      const notice = known === undefined ? await noticesOf(strapi).ofPlan(plan) : known;
      if (code !== undefined) byCode.set(code, notice);
      if (notice) found.set(plan.id, notice);
    }
    return found;
  };

  const settle = async (documentId: string, state: PlanState, now = new Date()) =>
    move(documentId, 'in-review', {
      state,
      ...(state === 'active' ? { activatedAt: now } : {}),
    });

  return {
    /**
     * Puts a draft before those who approve plans.
     * @throws ValidationError that names everything that is missing.
     */
    async submit(documentId: string, proposer: StaffRef, now: Date): Promise<void> {
      await inTransaction(strapi, async () => {
        const plan = await find(documentId);
        if (plan.state !== 'draft') {
          throw new errors.ApplicationError('Only a draft is submitted. Reload the page.');
        }
        await assertComplete(plan, now);
        await move(documentId, 'draft', {
          state: 'in-review',
          proposer: proposer.id,
          proposedAt: now,
        });
        await approvalsOf(strapi).open({
          kind: PLAN_KIND,
          subjectId: documentId,
          requester: proposer,
          facts: {
            kind: PLAN_KIND,
            sensitivity: sensitivityOf(plan.attributes ?? []),
            keyCustomer: false,
            ownership: 'own',
            records: 0,
          },
        });
        await auditOf(strapi).append({
          action: 'plan.submit',
          requestId: documentId,
          attributes: (plan.attributes ?? []).map((path) => path.slice(0, 120)),
        });
      });
    },

    /** Takes a plan that was submitted back, by whoever submitted it. */
    async withdraw(documentId: string): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const plan = await find(documentId);
        if (plan.state !== 'in-review' || plan.proposer?.id !== person.id) {
          throw new errors.NotFoundError('There is no such plan of yours that waits for approval.');
        }
        // Steps before the plan, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(PLAN_KIND, documentId);
        await settle(documentId, 'draft');
        await auditOf(strapi).append({ action: 'plan.withdraw', requestId: documentId });
        await notificationsOf(strapi).announce('withdrawn', {
          kind: PLAN_KIND,
          requestId: documentId,
        });
      });
    },

    /** Closes the plans whose last day is over. @returns how many. */
    async closeEnded(now: Date): Promise<number> {
      const ended = (await query().findMany({
        where: { state: 'active', endsOn: { $lt: today(now) } },
        populate: { responsible: true },
        orderBy: 'id',
        limit: CLOSED_AT_ONCE,
      })) as PlanRow[];
      for (const plan of ended) {
        await inTransaction(strapi, async () => {
          const { count } = await asProduct(() =>
            query().updateMany({
              where: { id: plan.id, state: 'active' },
              data: { state: 'closed', closedAt: now },
            })
          );
          if (count === 0) return;
          await auditOf(strapi).append({ action: 'plan.end', requestId: plan.documentId });
          await notificationsOf(strapi).announce(
            'plan-ended',
            {
              kind: PLAN_KIND,
              requestId: plan.documentId,
              recipients: plan.responsible ? [plan.responsible.id] : [],
            },
            now
          );
        });
      }
      return ended.length;
    },

    /** Of plans that were submitted or approved, what those see who decide. */
    async views(documentIds: string[]): Promise<Map<string, PlanView>> {
      const rows = (await query().findMany({
        where: { documentId: { $in: documentIds } },
        populate: { proposer: true, responsible: true, purposes: true, notice: true },
      })) as PlanRow[];
      const notices = await shownBy(rows);
      const steps = await approvalsOf(strapi).steps(PLAN_KIND, documentIds);
      const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      const assessments = await assessmentsOf(strapi).ofPlans(rows.map(({ id }) => id));
      return new Map(
        rows.map((row) => [
          row.documentId,
          viewOf(
            row,
            steps.get(row.documentId) ?? [],
            assessments.get(row.id) ?? [],
            person,
            notices.get(row.id) ?? null
          ),
        ])
      );
    },

    /** A page of plans, newest first. @param cursor the id of the last one of the page before. */
    page: (
      state: PlanState | undefined,
      cursor: number | null,
      limit: number
    ): Promise<Array<{ id: number; documentId: string }>> =>
      query().findMany({
        select: ['id', 'documentId'],
        where: { ...(state ? { state } : {}), ...(cursor === null ? {} : { id: { $lt: cursor } }) },
        orderBy: { id: 'desc' },
        limit,
      }),

    /** Tells the approvals what becomes of a plan. */
    registerKind(): void {
      approvalsOf(strapi).registerKind({
        kind: PLAN_KIND,
        onApproved: async (documentId) => {
          await settle(documentId, 'active');
          await auditOf(strapi).append({ action: 'plan.activate', requestId: documentId });
        },
        onRejected: (documentId) => settle(documentId, 'draft'),
        onReturned: (documentId) => settle(documentId, 'draft'),
        onExpired: (documentId) => settle(documentId, 'draft'),
        views: (documentIds) => this.views(documentIds),
      });
    },
  };

  function viewOf(
    row: PlanRow,
    steps: StepView[],
    assessments: AssessmentView[],
    person: StaffRef | null,
    notice: PublishedNotice | null
  ): PlanView {
    const text = (name: string) => (row[name] as string | null) ?? null;
    return {
      documentId: row.documentId,
      title: row.title,
      code: row.code,
      state: row.state,
      goal: text('goal'),
      purposes: (row.purposes ?? []).flatMap(
        (purpose) => policyOf(strapi).purposeView(purpose) ?? []
      ),
      attributes: (row.attributes ?? [])
        .map((path) => ({ path, level: attributeLevel(strapi, path) }))
        .sort((a, b) => rank(b.level) - rank(a.level)),
      channels: (row.channels as string[] | null) ?? [],
      method: text('method'),
      schedule: text('schedule'),
      startsOn: text('startsOn'),
      endsOn: row.endsOn,
      responsible: row.responsible?.displayName ?? null,
      notice,
      noticeVersion: text('noticeVersion'),
      noticeText: text('noticeText'),
      proposer: row.proposer?.displayName ?? null,
      proposedAt: text('proposedAt'),
      activatedAt: text('activatedAt'),
      closedAt: text('closedAt'),
      mine: person !== null && row.proposer?.id === person.id,
      assessments,
      steps,
    };
  }
}

const rank = (level: Level | null): number => (level === null ? -1 : LEVELS.indexOf(level));

export type PlansService = ReturnType<typeof plansService>;

export const plansOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('plans') as PlansService;
