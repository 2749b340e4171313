import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { absencesOf } from '../organisation/absences';
import { organisationOf } from '../organisation/organisation';
import { canBeFilledByDistinctPeople } from './assignment';
import { capacityOf, type Capacity } from './capacity';
import { CANDIDATES, STEPS } from './models';
import { forbidden } from '../refusal';
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
import { stepViews } from './step-views';
import { cancelSteps, candidatesOf, moveStep, stepsOfSubject, type StepRow } from './steps';

/** A kind of request, as the domain that owns it tells the approvals. The callbacks run in the deciding transaction. */
export interface RequestKind {
  kind: string;
  onApproved(subjectId: string): Promise<void>;
  onRejected(subjectId: string, comment: string | null): Promise<void>;
  /** Nobody decided in time. */
  onExpired(subjectId: string): Promise<void>;
  /** What the panel shows of the requests, by subject id. */
  views(subjectIds: string[]): Promise<Map<string, unknown>>;
  /** Staff who may not decide besides the requester. */
  excluded?(subjectId: string): Promise<number[]>;
}

const ONE_PART =
  'You have a part in another step of this request, in person or by deputy: each step needs a different person.';

/** Staff ids of those who decided a step, and of those in whose place it was done. */
const partakers = (all: StepRow[]): number[] =>
  all.flatMap((step) => [step.decidedBy, step.onBehalfOf].filter((id) => id !== null));

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
      for (const [position, { role, candidates }] of plan.steps.entries()) {
        const first = position === 0;
        const step = await steps().create({
          data: {
            kind,
            subjectId,
            position,
            role,
            requesterId: requester.id,
            state: first ? 'pending' : 'waiting',
            dueAt: first ? stepDeadline(strapi).at : null,
          },
        });
        await strapi.db.query(CANDIDATES).createMany({
          data: candidates.map((staffId) => ({ stepId: step.id, staffId })),
        });
      }
    },

    /** The steps that such a request would have, with names and dates, before it is submitted. */
    preview: async (request: Approvable, now: Date = new Date()): Promise<ChainPreview> =>
      previewOf(strapi, await planChain(strapi, request, new Set()), now),

    /** Ends the open steps of a request that was withdrawn or cancelled. */
    cancel: (kind: string, subjectId: string): Promise<void> =>
      cancelSteps(strapi, { kind, subjectId }, ['waiting', 'pending']),

    /**
     * Decides a step as whoever asks.
     * @throws ForbiddenError when the asker may not fill it: not eligible, the requester, or already in another step.
     * @throws ApplicationError when it was decided meanwhile.
     */
    async decide(
      stepId: number,
      decision: 'approve' | 'reject',
      comment: string | null
    ): Promise<StepRow> {
      const person = await organisation().requireStaff();
      const now = new Date();
      return inTransaction(strapi, async () => {
        const step = (await steps().findOne({ where: { id: stepId } })) as StepRow | null;
        const candidates = step ? ((await candidatesOf(strapi, [step.id])).get(step.id) ?? []) : [];
        const all = step ? await stepsOfSubject(strapi, step.kind, step.subjectId) : [];
        const principals = await absencesOf(strapi).principalsOf(person, now);
        const parts = new Set([step?.requesterId ?? 0, ...partakers(all)]);
        const capacity = capacityOf(person.id, candidates, principals, parts);
        // One answer for "no such step" and "not yours", so that step numbers tell nothing.
        if (!step || !capacity) {
          throw new errors.NotFoundError('There is no such step for you to decide.');
        }
        await assertMayFill(step, all, capacity);
        const from = { id: step.id, state: 'pending' as const };
        const moved = await moveStep(strapi, from, {
          state: decision === 'approve' ? 'approved' : 'rejected',
          decided_by: person.id,
          on_behalf_of: capacity.onBehalfOf,
          decided_at: now,
          comment,
        });
        if (!moved) {
          throw new errors.ApplicationError(
            'This step is not open for a decision: it was decided or withdrawn meanwhile. Reload the list.'
          );
        }
        await takePart(step, capacity);
        await auditOf(strapi).append({
          action: decision === 'approve' ? 'request.approve' : 'request.reject',
          requestId: step.subjectId,
          details: {
            kind: step.kind,
            role: step.role,
            position: step.position,
            ...(capacity.onBehalfOf === null ? {} : { onBehalfOfStaff: capacity.onBehalfOf }),
          },
        });
        await (decision === 'approve' ? advance(step, all) : stop(step, comment));
        return {
          ...step,
          state: decision === 'approve' ? 'approved' : 'rejected',
          onBehalfOf: capacity.onBehalfOf,
        };
      });
    },

    /** The steps of requests, with names, in order. */
    steps: (kind: string, subjectIds: string[]) => stepViews(strapi, kind, subjectIds),

    /** The staff who decided a step of the request, and those in whose place it was done. */
    async deciders(kind: string, subjectId: string): Promise<number[]> {
      return partakers(await stepsOfSubject(strapi, kind, subjectId));
    },

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

  /** Writes down who now has a part in the request; the unique index lets nobody have two. */
  async function takePart({ kind, subjectId }: StepRow, { person, onBehalfOf }: Capacity) {
    for (const staffId of onBehalfOf === null ? [person] : [person, onBehalfOf]) {
      const taken = await (
        await tablesOf(strapi)
      )('governance_approval_participants')
        .insert({ kind, subject_id: subjectId, staff_id: staffId })
        .onConflict(['kind', 'subject_id', 'staff_id'])
        .ignore()
        .returning('id');
      if (taken.length === 0) throw forbidden(ONE_PART);
    }
  }

  async function assertMayFill(
    step: StepRow,
    all: StepRow[],
    { person, onBehalfOf }: Capacity
  ): Promise<void> {
    if (step.requesterId === person) {
      throw forbidden('Nobody decides their own request.');
    }
    if (partakers(all).includes(person)) throw forbidden(ONE_PART);
    const excluded = await excludedFrom(step.kind, step.subjectId);
    if (excluded.includes(person) || excluded.includes(onBehalfOf ?? 0)) {
      throw forbidden('You take another part in this request, so you cannot decide it.');
    }
    const open = all.filter(({ id, state }) => id !== step.id && state === 'waiting');
    const candidates = await candidatesOf(
      strapi,
      open.map(({ id }) => id)
    );
    const taken = new Set([person, onBehalfOf, ...partakers(all)]);
    const left = open.map(({ id }) =>
      (candidates.get(id) ?? []).filter((staffId) => !taken.has(staffId))
    );
    if (!canBeFilledByDistinctPeople(left)) {
      throw forbidden(
        'If you decided this step, nobody would be left for a later one. Leave it to another person who may fill it.'
      );
    }
  }

  async function advance(step: StepRow, all: StepRow[]): Promise<void> {
    const next = all.find(({ position }) => position === step.position + 1);
    if (!next) return kindOf(step.kind).onApproved(step.subjectId);
    await steps().update({
      where: { id: next.id },
      data: { state: 'pending', dueAt: stepDeadline(strapi).at },
    });
  }

  async function stop(step: StepRow, comment: string | null): Promise<void> {
    await cancelSteps(strapi, step, ['waiting']);
    await kindOf(step.kind).onRejected(step.subjectId, comment);
  }
}

export type { StepRow } from './steps';
export type ApprovalsService = ReturnType<typeof approvalsService>;

export const approvalsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('approvals') as ApprovalsService;
