import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { governedOperation } from '../operation';
import { absencesOf } from '../organisation/absences';
import { organisationOf } from '../organisation/organisation';
import { announceEnd, announceOpened, announceSubmitted, settleSteps } from './announcements';
import type { Capacity } from './capacity';
import { CANDIDATES, STEPS } from './models';
import { forbidden, invalid } from '../refusal';
import { enforceDeadlines, type DeadlineOutcome } from './deadlines';
import { approvalsInbox } from './inbox';
import {
  explain,
  planChain,
  previewOf,
  stepDeadline,
  type Approvable,
  type ChainPreview,
} from './plan';
import { afterApproval, mayDecide, partakers, type Bar } from './progress';
import { remindOfDeadlines } from './reminders';
import { stepViews } from './step-views';
import { marksOf } from './marks';
import {
  cancelSteps,
  candidatesOf,
  lockSteps,
  moveStep,
  STEPS_TABLE,
  stepsOfSubject,
  type StepRow,
} from './steps';

/** A kind of request, as the domain that owns it tells the approvals. The callbacks run in the deciding transaction. */
export interface RequestKind {
  kind: string;
  onApproved(subjectId: string): Promise<void>;
  onRejected(subjectId: string, comment: string | null): Promise<void>;
  /** Sent back to be changed; a kind without it cannot be returned. */
  onReturned?(subjectId: string): Promise<void>;
  /** A step was approved, and others are left. */
  onProgress?(subjectId: string): Promise<void>;
  /** Nobody decided in time. */
  onExpired(subjectId: string): Promise<void>;
  /** What the panel shows of the requests, by subject id. */
  views(subjectIds: string[]): Promise<Map<string, unknown>>;
  /** Staff who may not decide besides the requester. */
  excluded?(subjectId: string): Promise<number[]>;
}

export const DECISIONS = ['approve', 'reject', 'return'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What a step becomes by a decision. */
const OUTCOMES = { approve: 'approved', reject: 'rejected', return: 'returned' } as const;

const ONE_PART =
  'You have a part in another step of this request, in person or by deputy: each step needs a different person.';

const REFUSALS: Record<Exclude<Bar, 'not-yours'>, string> = {
  'own-request': 'Nobody decides their own request.',
  'has-a-part': ONE_PART,
  excluded: 'You take another part in this request, so you cannot decide it.',
  'nobody-left':
    'If you decided this step, nobody would be left for another one. Leave it to another person who may fill it.',
};

const notOpen = () =>
  new errors.ApplicationError(
    'This step is not open for a decision: it was decided or withdrawn meanwhile. Reload the list.'
  );

/** Requests in steps that distinct people fill. It knows the kinds of request only by what domains register. */
export function approvalsService({ strapi }: { strapi: Core.Strapi }) {
  const kinds = new Map<string, RequestKind>();
  const steps = () => strapi.db.query(STEPS);
  const organisation = () => organisationOf(strapi);

  const kindOf = (name: string): RequestKind => {
    const kind = kinds.get(name);
    if (!kind) throw new Error(`The request kind "${name}" is not registered.`);
    return kind;
  };

  const excludedFrom = async (kind: string, subjectId: string): Promise<number[]> =>
    (await kindOf(kind).excluded?.(subjectId)) ?? [];

  return {
    registerKind(kind: RequestKind): void {
      kinds.set(kind.kind, kind);
    },
    kinds: () => [...kinds.keys()],

    /**
     * Opens the steps that the policy's rules ask for, in the running transaction.
     * @throws ApplicationError when a step has nobody who may fill it, or too few people for distinct ones.
     */
    async open(request: Approvable & { kind: string; subjectId: string }): Promise<void> {
      const { kind, subjectId, requester } = request;
      const barred = new Set(await excludedFrom(kind, subjectId));
      const plan = await planChain(strapi, request, barred);
      if (plan.problem) throw new errors.ApplicationError(explain(plan.problem));
      const [before] = await stepsOfSubject(strapi, kind, subjectId);
      for (const [position, { role, stage, candidates }] of plan.steps.entries()) {
        const first = stage === plan.steps[0]?.stage;
        await governedOperation('approvals', async () => {
          const step = await steps().create({
            data: {
              kind,
              subjectId,
              round: (before?.round ?? 0) + 1,
              position,
              stage,
              role,
              requesterId: requester.id,
              ...marksOf(request.facts),
              state: first ? 'pending' : 'waiting',
              dueAt: first ? stepDeadline(strapi).at : null,
            },
          });
          await strapi.db.query(CANDIDATES).createMany({
            data: candidates.map((staffId) => ({ stepId: step.id, staffId })),
          });
        });
      }
      await announceSubmitted(strapi, { kind, subjectId, requesterId: requester.id });
    },

    /** The steps that such a request would have, with names and dates, before it is submitted. */
    preview: async (request: Approvable, now: Date = new Date()): Promise<ChainPreview> =>
      previewOf(strapi, await planChain(strapi, request, new Set()), now),

    /** Ends the open steps of a request that was withdrawn, cancelled or changed; in the running transaction. */
    async cancel(kind: string, subjectId: string): Promise<void> {
      await lockSteps(strapi, { kind, subjectId });
      await cancelSteps(strapi, { kind, subjectId });
      await settleSteps(strapi, { kind, subjectId });
    },

    /**
     * Decides a step as whoever asks.
     * @throws ForbiddenError when the asker may not fill it: not eligible, the requester, or already in another step.
     * @throws ApplicationError when it was decided meanwhile.
     */
    async decide(stepId: number, decision: Decision, comment: string | null): Promise<StepRow> {
      const person = await organisation().requireStaff();
      const now = new Date();
      return inTransaction(strapi, async () => {
        const found = (await steps().findOne({ where: { id: stepId } })) as StepRow | null;
        if (found) await lockSteps(strapi, found);
        const all = found ? await stepsOfSubject(strapi, found.kind, found.subjectId) : [];
        const step = all.find(({ id }) => id === stepId) ?? found;
        const capacity = step
          ? mayDecide(step, all, person.id, {
              candidates: await candidatesOf(strapi, [stepId, ...all.map(({ id }) => id)]),
              principals: await absencesOf(strapi).principalsOf(person, now),
              excluded: await excludedFrom(step.kind, step.subjectId),
            })
          : 'not-yours';
        // One answer for "no such step" and "not yours", so that step numbers tell nothing.
        if (!step || capacity === 'not-yours') {
          throw new errors.NotFoundError('There is no such step for you to decide.');
        }
        if (step.state !== 'pending') throw notOpen();
        if (typeof capacity === 'string') throw forbidden(REFUSALS[capacity]);
        assertDecision(step.kind, decision, comment);
        const state = OUTCOMES[decision];
        const from = { id: step.id, state: 'pending' as const };
        const moved = await moveStep(strapi, from, {
          state,
          decided_by: person.id,
          on_behalf_of: capacity.onBehalfOf,
          decided_at: now,
          comment,
        });
        if (!moved) throw notOpen();
        await takePart(step, capacity);
        await settleSteps(strapi, step);
        await auditOf(strapi).append({
          action: `request.${decision}`,
          requestId: step.subjectId,
          onBehalfOf: await documentIdOf(capacity.onBehalfOf),
          details: { kind: step.kind, role: step.role, position: step.position },
        });
        await (decision === 'approve' ? advance(step, all) : stop(step, decision, comment));
        return { ...step, state, onBehalfOf: capacity.onBehalfOf };
      });
    },

    /** The steps of requests, with names, in order. */
    steps: (kind: string, subjectIds: string[]) => stepViews(strapi, kind, subjectIds),

    /** The staff who decided a step of the request, and those in whose place it was done. */
    async deciders(kind: string, subjectId: string): Promise<number[]> {
      return partakers(await stepsOfSubject(strapi, kind, subjectId));
    },

    /** Reminds of the steps that are due soon. @returns how many. */
    remind: (now: Date): Promise<number> => remindOfDeadlines(strapi, now),

    /** Escalates steps that are late, and lets requests expire that are late again. */
    enforceDeadlines: (now: Date): Promise<DeadlineOutcome> =>
      enforceDeadlines(
        strapi,
        {
          excluded: excludedFrom,
          expired: (kind, subjectId) => kindOf(kind).onExpired(subjectId),
        },
        now
      ),

    ...approvalsInbox(strapi),

    viewsOf: (kind: string, subjectIds: string[]) => kindOf(kind).views(subjectIds),
  };

  /** Of the staff profile in whose place somebody decides. */
  async function documentIdOf(staffId: number | null): Promise<string | null> {
    if (staffId === null) return null;
    return (await organisationOf(strapi).byIds([staffId])).get(staffId)?.documentId ?? null;
  }

  /** Writes down who now has a part in the request; the unique index lets nobody have two. */
  async function takePart({ kind, subjectId, round }: StepRow, { person, onBehalfOf }: Capacity) {
    for (const staffId of onBehalfOf === null ? [person] : [person, onBehalfOf]) {
      const taken = await (
        await tablesOf(strapi)
      )('governance_approval_participants')
        .insert({ kind, subject_id: subjectId, round, staff_id: staffId })
        .onConflict(['kind', 'subject_id', 'round', 'staff_id'])
        .ignore()
        .returning('id');
      if (taken.length === 0) throw forbidden(ONE_PART);
    }
  }

  /** @throws ValidationError when the decision needs a reason, or this kind of request knows no such decision. */
  function assertDecision(kind: string, decision: Decision, comment: string | null): void {
    if (decision === 'approve') return;
    if (decision === 'return' && !kindOf(kind).onReturned) {
      throw invalid('decision', 'a request of this kind cannot be returned. Approve or reject it');
    }
    if (!comment?.trim()) throw invalid('comment', 'say why, for the requester to read');
  }

  async function advance(step: StepRow, all: StepRow[]): Promise<void> {
    const next = afterApproval(step, all);
    if (next === 'approved') {
      await announceEnd(strapi, 'approved', step);
      return kindOf(step.kind).onApproved(step.subjectId);
    }
    if (next.open.length > 0) {
      await (
        await tablesOf(strapi)
      )(STEPS_TABLE)
        .whereIn('id', next.open)
        .where({ state: 'waiting' })
        .update({ state: 'pending', due_at: stepDeadline(strapi).at });
      await announceOpened(strapi, step);
    }
    await kindOf(step.kind).onProgress?.(step.subjectId);
  }

  async function stop(
    step: StepRow,
    decision: 'reject' | 'return',
    comment: string | null
  ): Promise<void> {
    await cancelSteps(strapi, step);
    await announceEnd(strapi, decision === 'reject' ? 'rejected' : 'returned', step);
    const { onRejected, onReturned } = kindOf(step.kind);
    await (decision === 'reject'
      ? onRejected(step.subjectId, comment)
      : onReturned?.(step.subjectId));
  }
}

export type { StepRow } from './steps';
export type ApprovalsService = ReturnType<typeof approvalsService>;

export const approvalsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('approvals') as ApprovalsService;
