import type { Core } from '@strapi/strapi';
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
