import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { calendarOf } from '../calendar';
import { inTransaction } from '../database';
import { governedOperation } from '../operation';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import { announceEnd, announceToDeciders } from './announcements';
import { CANDIDATES, STEPS } from './models';
import { cancelSteps, candidatesOf, lockSteps, moveStep, type StepRow } from './steps';

const BATCH = 100;

/** What the deadlines ask of the kinds of request. */
interface Kinds {
  excluded(kind: string, subjectId: string): Promise<number[]>;
  /** Runs in the transaction in which the step expires. */
  expired(kind: string, subjectId: string): Promise<void>;
}

export interface DeadlineOutcome {
  escalated: number;
  expired: number;
}

/**
 * What becomes of steps that are not decided in time [USE-3]: after the first deadline the next superiors may decide too,
 * after the second the request expires. Each step is moved by itself under the condition that it is still as it was found, so
 * that the job may be killed at any point, run twice, and race with whoever decides.
 */
export async function enforceDeadlines(
  strapi: Core.Strapi,
  kinds: Kinds,
  now: Date
): Promise<DeadlineOutcome> {
  const outcome = { escalated: 0, expired: 0 };
  for (let after = 0; ;) {
    const rows = (await strapi.db.query(STEPS).findMany({
      where: { state: 'pending', dueAt: { $lte: now.toISOString() }, id: { $gt: after } },
      orderBy: 'id',
      limit: BATCH,
    })) as StepRow[];
    for (const step of rows) {
      if (step.escalatedAt === null || step.escalatedAt === undefined) {
        outcome.escalated += Number(await escalate(strapi, kinds, step, now));
      } else {
        outcome.expired += Number(await expire(strapi, kinds, step, now));
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return outcome;
    after = last.id;
  }
}

/** @returns whether the step was still waiting for its first deadline. */
const escalate = (strapi: Core.Strapi, kinds: Kinds, step: StepRow, now: Date): Promise<boolean> =>
  inTransaction(strapi, async () => {
    const { id, kind, subjectId, role, requesterId, position } = step;
    await lockSteps(strapi, step);
    const days = policyOf(strapi).get().approvals.escalation.workingDays;
    const moved = await moveStep(
      strapi,
      { id, state: 'pending', escalated_at: null },
      { escalated_at: now, due_at: calendarOf(strapi).addWorkingTime(now, { days }).at }
    );
    if (!moved) return false;
    const candidates = (await candidatesOf(strapi, [id])).get(id) ?? [];
    const barred = new Set([
      requesterId,
      ...candidates,
      ...(await kinds.excluded(kind, subjectId)),
    ]);
    const superiors = await organisationOf(strapi).namedSuperiors(candidates);
    const added = [...new Set([...superiors.values()].map((superior) => superior.id))].filter(
      (staffId) => !barred.has(staffId)
    );
    if (added.length > 0) {
      await governedOperation('approvals', () =>
        strapi.db
          .query(CANDIDATES)
          .createMany({ data: added.map((staffId) => ({ stepId: id, staffId })) })
      );
    }
    await announceToDeciders(strapi, 'escalated', step, added);
    await auditOf(strapi).append({
      action: 'request.escalate',
      requestId: subjectId,
      details: { kind, role, position, added: added.length },
    });
    return true;
  });

/** @returns whether the step was still open. */
const expire = (strapi: Core.Strapi, kinds: Kinds, step: StepRow, now: Date): Promise<boolean> =>
  inTransaction(strapi, async () => {
    const { id, kind, subjectId, role, position } = step;
    await lockSteps(strapi, step);
    const moved = await moveStep(strapi, { id, state: 'pending' }, { state: 'expired' }, now);
    if (!moved) return false;
    await cancelSteps(strapi, step);
    await announceEnd(strapi, 'expired', step);
    await kinds.expired(kind, subjectId);
    await auditOf(strapi).append({
      action: 'request.expire',
      requestId: subjectId,
      details: { kind, role, position },
    });
    return true;
  });
