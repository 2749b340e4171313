import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import type { ApproverRole } from '../policy';
import { CANDIDATES, STEPS } from './models';

export type StepState = 'waiting' | 'pending' | 'approved' | 'rejected' | 'cancelled' | 'expired';

export interface StepRow {
  id: number;
  kind: string;
  subjectId: string;
  position: number;
  role: ApproverRole;
  state: StepState;
  requesterId: number;
  decidedBy: number | null;
  onBehalfOf: number | null;
  decidedAt: Date | null;
  comment: string | null;
  dueAt: Date | null;
  /** When the next superiors were asked too, because nobody had decided in time. */
  escalatedAt: Date | null;
}

export const STEPS_TABLE = 'governance_approval_steps';

/**
 * Changes a step only if it is still as `from` says; the database decides between those who race.
 * @param dueBy only if it was due by then.
 * @returns whether it was so.
 */
export async function moveStep(
  strapi: Core.Strapi,
  from: { id: number; state: StepState; escalated_at?: null },
  to: Record<string, unknown>,
  dueBy: Date | null = null
): Promise<boolean> {
  const query = (await tablesOf(strapi))(STEPS_TABLE).where(from);
  if (dueBy) query.where('due_at', '<=', dueBy);
  return (await query.update(to)) === 1;
}

/** Ends the steps of a request that are still in one of these states. */
export async function cancelSteps(
  strapi: Core.Strapi,
  { kind, subjectId }: Pick<StepRow, 'kind' | 'subjectId'>,
  states: StepState[]
): Promise<void> {
  await (
    await tablesOf(strapi)
  )(STEPS_TABLE)
    .where({ kind, subject_id: subjectId })
    .whereIn('state', states)
    .update({ state: 'cancelled' });
}

/** Staff ids of those whom each step names, by its id. */
export async function candidatesOf(
  strapi: Core.Strapi,
  stepIds: number[]
): Promise<Map<number, number[]>> {
  const rows = (await strapi.db
    .query(CANDIDATES)
    .findMany({ where: { stepId: { $in: stepIds } } })) as Array<{
    stepId: number;
    staffId: number;
  }>;
  const byStep = new Map<number, number[]>(stepIds.map((id) => [id, []]));
  for (const row of rows) byStep.get(row.stepId)?.push(row.staffId);
  return byStep;
}

/** The steps of a request in order. */
export const stepsOfSubject = (
  strapi: Core.Strapi,
  kind: string,
  subjectId: string
): Promise<StepRow[]> =>
  strapi.db.query(STEPS).findMany({ where: { kind, subjectId }, orderBy: 'position' });
