import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { calendarOf } from '../calendar';
import { inTransaction, tablesOf } from '../database';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { chainFor, policyOf, type ApprovalFacts, type ApproverRole } from '../policy';
import { canBeFilledByDistinctPeople } from './assignment';
import { candidatesFor } from './candidates';
import { CANDIDATES, STEPS } from './models';
import { forbidden } from '../refusal';

/** A kind of request, as the domain that owns it tells the approvals. The callbacks run in the deciding transaction. */
export interface RequestKind {
  kind: string;
  onApproved(subjectId: string): Promise<void>;
  onRejected(subjectId: string, comment: string | null): Promise<void>;
  /** What the panel shows of the requests, by subject id. */
  views(subjectIds: string[]): Promise<Map<string, unknown>>;
  /** Staff who may not decide besides the requester. */
  excluded?(subjectId: string): Promise<number[]>;
}

export type StepState = 'waiting' | 'pending' | 'approved' | 'rejected' | 'cancelled';

export interface StepView {
  id: number;
  position: number;
  role: ApproverRole;
  state: StepState;
  decidedBy: { name: string } | null;
  decidedAt: Date | null;
  comment: string | null;
  dueAt: Date | null;
  eligible: Array<{ name: string }>;
}

export interface StepRow {
  id: number;
  kind: string;
  subjectId: string;
  position: number;
  role: ApproverRole;
  state: StepState;
  requesterId: number;
  decidedBy: number | null;
  decidedAt: Date | null;
  comment: string | null;
  dueAt: Date | null;
}

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

  const candidatesOf = async (stepIds: number[]): Promise<Map<number, number[]>> => {
    const rows = (await strapi.db
      .query(CANDIDATES)
      .findMany({ where: { stepId: { $in: stepIds } } })) as Array<{
      stepId: number;
      staffId: number;
    }>;
    const byStep = new Map<number, number[]>(stepIds.map((id) => [id, []]));
    for (const row of rows) byStep.get(row.stepId)?.push(row.staffId);
    return byStep;
  };

  const deadline = () =>
    calendarOf(strapi).addWorkingTime(new Date(), {
      days: policyOf(strapi).get().approvals.deadline.workingDays,
    }).at;

  const stepsOfSubject = (kind: string, subjectId: string): Promise<StepRow[]> =>
    steps().findMany({ where: { kind, subjectId }, orderBy: 'position' });

  /** The change happens only if the step is still in `from`; the database decides between racing approvers. */
  const move = async (
    id: number,
    from: StepState,
    to: Record<string, unknown>
  ): Promise<boolean> => {
    const changed = await (
      await tablesOf(strapi)
    )('governance_approval_steps')
      .where({ id, state: from })
      .update(to);
    return changed === 1;
  };

  return {
    registerKind(kind: RequestKind): void {
      kinds.set(kind.kind, kind);
    },
    kinds: () => [...kinds.keys()],

    /**
     * Opens the steps that the policy's rules ask for, in the running transaction.
     * @throws ApplicationError when a step has nobody who may fill it, or too few people for distinct ones.
     */
    async open(request: {
      kind: string;
      subjectId: string;
      requester: StaffRef;
      facts: ApprovalFacts;
    }): Promise<void> {
      const { kind, subjectId, requester } = request;
      const roles = chainFor(policyOf(strapi).get().approvals.rules, request.facts);
      const barred = new Set((await kindOf(kind).excluded?.(subjectId)) ?? []);
      const candidates: number[][] = [];
      for (const role of roles) {
        const people = await candidatesFor(strapi, role, requester);
        candidates.push(people.filter((id) => !barred.has(id)));
      }
      const empty = roles.filter((_, index) => candidates[index]?.length === 0);
      if (empty.length > 0) {
        throw new errors.ApplicationError(
          `Nobody but you could approve as ${empty.join(', ')}. Ask the information department to complete the staff profiles.`
        );
      }
      if (!canBeFilledByDistinctPeople(candidates)) {
        throw new errors.ApplicationError(
          `The steps ${roles.join(', ')} need as many different people, and there are not enough. Ask the information department to complete the staff profiles.`
        );
      }
      for (const [position, role] of roles.entries()) {
        const first = position === 0;
        const step = await steps().create({
          data: {
            kind,
            subjectId,
            position,
            role,
            requesterId: requester.id,
            state: first ? 'pending' : 'waiting',
            dueAt: first ? deadline() : null,
          },
        });
        await strapi.db.query(CANDIDATES).createMany({
          data: (candidates[position] ?? []).map((staffId) => ({ stepId: step.id, staffId })),
        });
      }
    },

    /** Ends the open steps of a request that was withdrawn or cancelled. */
    async cancel(kind: string, subjectId: string): Promise<void> {
      await (
        await tablesOf(strapi)
      )('governance_approval_steps')
        .where({ kind, subject_id: subjectId })
        .whereIn('state', ['waiting', 'pending'])
        .update({ state: 'cancelled' });
    },

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
      return inTransaction(strapi, async () => {
        const step = (await steps().findOne({ where: { id: stepId } })) as StepRow | null;
        const candidates = step ? ((await candidatesOf([step.id])).get(step.id) ?? []) : [];
        // One answer for "no such step" and "not yours", so that step numbers tell nothing.
        if (!step || !candidates.includes(person.id)) {
          throw new errors.NotFoundError('There is no such step for you to decide.');
        }
        const all = await stepsOfSubject(step.kind, step.subjectId);
        await assertMayFill(step, all, person);
        const moved = await move(step.id, 'pending', {
          state: decision === 'approve' ? 'approved' : 'rejected',
          decided_by: person.id,
          decided_at: new Date(),
          comment,
        });
        if (!moved) {
          throw new errors.ApplicationError(
            'This step is not open for a decision: it was decided or withdrawn meanwhile. Reload the list.'
          );
        }
        await auditOf(strapi).append({
          action: decision === 'approve' ? 'request.approve' : 'request.reject',
          requestId: step.subjectId,
          details: { kind: step.kind, role: step.role, position: step.position },
        });
        await (decision === 'approve' ? advance(step, all) : stop(step, comment));
        return { ...step, state: decision === 'approve' ? 'approved' : 'rejected' };
      });
    },

    /** The steps of requests, with names, in order. */
    async steps(kind: string, subjectIds: string[]): Promise<Map<string, StepView[]>> {
      const rows = (await steps().findMany({
        where: { kind, subjectId: { $in: subjectIds } },
        orderBy: ['subjectId', 'position'],
      })) as StepRow[];
      const candidates = await candidatesOf(rows.map(({ id }) => id));
      const ids = rows.flatMap((row) => [row.decidedBy ?? 0, ...(candidates.get(row.id) ?? [])]);
      const people = await organisation().byIds(ids);
      const named = (id: number | null) => {
        const person = id === null ? undefined : people.get(id);
        return person ? { name: person.displayName } : null;
      };
      const views = new Map<string, StepView[]>(subjectIds.map((id) => [id, []]));
      for (const row of rows) {
        const { id, position, role, state, decidedAt, comment, dueAt } = row;
        views.get(row.subjectId)?.push({
          id,
          position,
          role,
          state,
          decidedAt,
          comment,
          dueAt,
          decidedBy: named(row.decidedBy),
          eligible: (candidates.get(id) ?? []).flatMap((staffId) => named(staffId) ?? []),
        });
      }
      return views;
    },

    /** The staff who decided a step of the request. */
    async deciders(kind: string, subjectId: string): Promise<number[]> {
      const all = await stepsOfSubject(kind, subjectId);
      return all.flatMap(({ decidedBy }) => decidedBy ?? []);
    },

    /** A page of the steps that wait for this person, or that this person decided; newest first. */
    async inbox(
      person: StaffRef,
      state: 'pending' | 'decided',
      cursor: number | null,
      limit: number
    ) {
      const query = (await tablesOf(strapi))('governance_approval_steps as step')
        .select('step.id')
        .orderBy('step.id', 'desc')
        .limit(limit);
      if (cursor !== null) query.where('step.id', '<', cursor);
      if (state === 'decided') query.where('step.decided_by', person.id);
      else {
        const mine = (await tablesOf(strapi))('governance_approval_candidates')
          .select('step_id')
          .where({ staff_id: person.id });
        query.where('step.state', 'pending').whereIn('step.id', mine);
      }
      const ids = ((await query) as Array<{ id: number }>).map(({ id }) => id);
      const rows = await steps().findMany({ where: { id: { $in: ids } }, orderBy: { id: 'desc' } });
      return rows as StepRow[];
    },

    /** How many steps wait for this person. */
    async waitingFor(person: StaffRef): Promise<number> {
      const mine = (await tablesOf(strapi))('governance_approval_candidates')
        .select('step_id')
        .where({ staff_id: person.id });
      const [row] = await (
        await tablesOf(strapi)
      )('governance_approval_steps')
        .where({ state: 'pending' })
        .whereIn('id', mine)
        .count({ count: '*' });
      return Number(row?.count ?? 0);
    },

    viewsOf: (kind: string, subjectIds: string[]) => kindOf(kind).views(subjectIds),
  };

  async function assertMayFill(step: StepRow, all: StepRow[], person: StaffRef): Promise<void> {
    if (step.requesterId === person.id) {
      throw forbidden('Nobody decides their own request.');
    }
    if (all.some(({ decidedBy }) => decidedBy === person.id)) {
      throw forbidden(
        'You decided another step of this request: each step needs a different person.'
      );
    }
    const excluded = (await kindOf(step.kind).excluded?.(step.subjectId)) ?? [];
    if (excluded.includes(person.id)) {
      throw forbidden('You take another part in this request, so you cannot decide it.');
    }
    const open = all.filter(({ id, state }) => id !== step.id && state === 'waiting');
    const candidates = await candidatesOf(open.map(({ id }) => id));
    const taken = new Set([person.id, ...all.flatMap(({ decidedBy }) => decidedBy ?? [])]);
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
    await steps().update({ where: { id: next.id }, data: { state: 'pending', dueAt: deadline() } });
  }

  async function stop(step: StepRow, comment: string | null): Promise<void> {
    await (
      await tablesOf(strapi)
    )('governance_approval_steps')
      .where({ kind: step.kind, subject_id: step.subjectId, state: 'waiting' })
      .update({ state: 'cancelled' });
    await kindOf(step.kind).onRejected(step.subjectId, comment);
  }
}

export type ApprovalsService = ReturnType<typeof approvalsService>;

export const approvalsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('approvals') as ApprovalsService;
