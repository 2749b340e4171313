import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { calendarOf } from '../calendar';
import { inTransaction } from '../database';
import { policyOf } from '../policy';
import { announceToDeciders } from './announcements';
import { STEPS } from './models';
import { candidatesOf, moveStep, type StepRow } from './steps';

const BATCH = 100;

/**
 * Reminds those who may decide a step that is due soon: once, so many working hours before its first deadline as the policy
 * says. A step that is late already is escalated instead. @returns how many steps people were reminded of.
 */
export async function remindOfDeadlines(strapi: Core.Strapi, now: Date): Promise<number> {
  const { workingHours } = policyOf(strapi).get().approvals.reminder;
  const horizon = calendarOf(strapi).addWorkingTime(now, { hours: workingHours }).at;
  let reminded = 0;
  for (let after = 0; ;) {
    const rows = (await strapi.db.query(STEPS).findMany({
      where: {
        state: 'pending',
        dueAt: { $gt: now.toISOString(), $lte: horizon.toISOString() },
        remindedAt: { $null: true },
        escalatedAt: { $null: true },
        id: { $gt: after },
      },
      orderBy: 'id',
      limit: BATCH,
    })) as StepRow[];
    const candidates = await candidatesOf(
      strapi,
      rows.map(({ id }) => id)
    );
    for (const step of rows) {
      reminded += Number(await remind(strapi, step, candidates.get(step.id) ?? [], now));
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return reminded;
    after = last.id;
  }
}

/** @returns whether the step was still open, and nobody had been reminded of it. */
const remind = (
  strapi: Core.Strapi,
  step: StepRow,
  candidates: readonly number[],
  now: Date
): Promise<boolean> =>
  inTransaction(strapi, async () => {
    const { id, kind, subjectId, role, position } = step;
    const from = { id, state: 'pending', reminded_at: null, escalated_at: null } as const;
    if (!(await moveStep(strapi, from, { reminded_at: now }))) return false;
    await announceToDeciders(strapi, 'reminder', step, candidates);
    await auditOf(strapi).append({
      action: 'request.remind',
      requestId: subjectId,
      details: { kind, role, position, count: candidates.length },
    });
    return true;
  });
