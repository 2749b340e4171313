import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import type { Approver } from '../policy';
import type { Marks } from './marks';
import { CANDIDATES, STEPS } from './models';
import type { ProgressStep, StepState } from './progress';

export interface StepRow extends ProgressStep, Marks {
  kind: string;
  subjectId: string;
  /** A request that is submitted again, changed, is decided from the beginning: in the next round. */
  round: number;
  position: number;
  role: Approver;
  decidedAt: Date | null;
  comment: string | null;
  dueAt: Date | null;
  /** When those who may decide were reminded that it is due soon. */
  remindedAt: Date | null;
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
  from: { id: number; state: StepState; escalated_at?: null; reminded_at?: null },
  to: Record<string, unknown>,
  dueBy: Date | null = null
): Promise<boolean> {
  const query = (await tablesOf(strapi))(STEPS_TABLE).where(from);
  if (dueBy) query.where('due_at', '<=', dueBy);
  return (await query.update(to)) === 1;
}

/** Ends the steps of a request that are still open or waiting for their turn. */
export async function cancelSteps(
  strapi: Core.Strapi,
  { kind, subjectId }: Pick<StepRow, 'kind' | 'subjectId'>
): Promise<void> {
  await (
    await tablesOf(strapi)
  )(STEPS_TABLE)
    .where({ kind, subject_id: subjectId })
    .whereIn('state', ['waiting', 'pending'])
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

/** The steps of a request's last round, in order. */
export async function stepsOfSubject(
  strapi: Core.Strapi,
  kind: string,
  subjectId: string
): Promise<StepRow[]> {
  const rows: StepRow[] = await strapi.db.query(STEPS).findMany({
    where: { kind, subjectId },
    orderBy: ['round', 'position'],
  });
  const last = rows.at(-1)?.round;
  return rows.filter(({ round }) => round === last);
}

/**
 * Lets nobody else change the steps of a request until the running transaction ends. Whoever decides, withdraws or enforces a
 * deadline takes the rows in this order first, so that none of them waits for another in a circle.
 */
export async function lockSteps(
  strapi: Core.Strapi,
  { kind, subjectId }: Pick<StepRow, 'kind' | 'subjectId'>
): Promise<void> {
  await (
    await tablesOf(strapi)
  )(STEPS_TABLE)
    .select('id')
    .where({ kind, subject_id: subjectId })
    .orderBy('id')
    .forUpdate();
}
