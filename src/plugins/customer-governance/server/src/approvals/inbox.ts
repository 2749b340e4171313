import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { absencesOf } from '../organisation/absences';
import type { StaffRef } from '../organisation/organisation';
import { capacityOf } from './capacity';
import { STEPS } from './models';
import { candidatesOf, type StepRow } from './steps';

/** What waits for a person, in their own place or in that of somebody who is away, and what they have decided. */
export function approvalsInbox(strapi: Core.Strapi) {
  /** The person, and those in whose place they decide at this moment. */
  async function placesOf(person: StaffRef): Promise<number[]> {
    return [person.id, ...(await absencesOf(strapi).principalsOf(person, new Date()))];
  }

  /** Open steps with the one in whose place the person would decide them. */
  async function inPlaceOf(person: StaffRef, rows: StepRow[]): Promise<StepRow[]> {
    const [, ...principals] = await placesOf(person);
    if (principals.length === 0) return rows;
    const candidates = await candidatesOf(
      strapi,
      rows.map(({ id }) => id)
    );
    return rows.map((row) => {
      const capacity = capacityOf(person.id, candidates.get(row.id) ?? [], principals, new Set());
      return { ...row, onBehalfOf: capacity?.onBehalfOf ?? null };
    });
  }

  return {
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
          .whereIn('staff_id', await placesOf(person));
        query
          .where('step.state', 'pending')
          .whereNot('step.requester_id', person.id)
          .whereIn('step.id', mine);
      }
      const ids = ((await query) as Array<{ id: number }>).map(({ id }) => id);
      const rows: StepRow[] = await strapi.db.query(STEPS).findMany({
        where: { id: { $in: ids } },
        orderBy: { id: 'desc' },
      });
      return state === 'decided' ? rows : inPlaceOf(person, rows);
    },

    /** How many steps wait for this person. */
    async waitingFor(person: StaffRef): Promise<number> {
      const mine = (await tablesOf(strapi))('governance_approval_candidates')
        .select('step_id')
        .whereIn('staff_id', await placesOf(person));
      const [row] = await (
        await tablesOf(strapi)
      )('governance_approval_steps')
        .where({ state: 'pending' })
        .whereNot('requester_id', person.id)
        .whereIn('id', mine)
        .count({ count: '*' });
      return Number(row?.count ?? 0);
    },
  };
}
