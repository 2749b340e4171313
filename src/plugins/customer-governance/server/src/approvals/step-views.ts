import type { Core } from '@strapi/strapi';
import { absencesOf } from '../organisation/absences';
import { organisationOf } from '../organisation/organisation';
import type { Approver } from '../policy';
import { STEPS } from './models';
import type { StepState } from './progress';
import { candidatesOf, type StepRow } from './steps';

export interface StepView {
  id: number;
  /** A request that is submitted again is decided anew, in the next round. */
  round: number;
  position: number;
  /** Steps of one stage are open at the same time. */
  stage: number;
  role: Approver;
  state: StepState;
  decidedBy: { name: string } | null;
  /** In whose place a deputy decided. */
  onBehalfOf: { name: string } | null;
  decidedAt: Date | null;
  comment: string | null;
  dueAt: Date | null;
  escalatedAt: Date | null;
  /** Who may decide; with those who stand in while they are away. */
  eligible: Array<{ name: string; deputies: string[] }>;
}

/** The steps of requests in all their rounds, with names, in order. */
export async function stepViews(
  strapi: Core.Strapi,
  kind: string,
  subjectIds: string[]
): Promise<Map<string, StepView[]>> {
  const rows = (await strapi.db.query(STEPS).findMany({
    where: { kind, subjectId: { $in: subjectIds } },
    orderBy: ['subjectId', 'round', 'position'],
  })) as StepRow[];
  const candidates = await candidatesOf(
    strapi,
    rows.map(({ id }) => id)
  );
  const ids = rows.flatMap((row) => [
    row.decidedBy ?? 0,
    row.onBehalfOf ?? 0,
    ...(candidates.get(row.id) ?? []),
  ]);
  const people = await organisationOf(strapi).byIds(ids);
  const open = rows.filter(({ state }) => state === 'pending');
  const deputies = await absencesOf(strapi).deputiesOf(
    open.flatMap(({ id }) => candidates.get(id) ?? []),
    new Date()
  );
  const named = (id: number | null) => {
    const person = id === null ? undefined : people.get(id);
    return person ? { name: person.displayName } : null;
  };
  const views = new Map<string, StepView[]>(subjectIds.map((id) => [id, []]));
  for (const row of rows) {
    const { id, round, position, stage, role, state, decidedAt, comment, dueAt, escalatedAt } = row;
    views.get(row.subjectId)?.push({
      id,
      round,
      position,
      stage,
      role,
      state,
      decidedAt,
      comment,
      dueAt,
      escalatedAt,
      decidedBy: named(row.decidedBy),
      onBehalfOf: named(row.onBehalfOf),
      eligible: (candidates.get(id) ?? []).flatMap((staffId) => {
        const person = named(staffId);
        if (!person) return [];
        const standIns = state === 'pending' ? (deputies.get(staffId) ?? []) : [];
        return [{ ...person, deputies: standIns.map(({ displayName }) => displayName) }];
      }),
    });
  }
  return views;
}
