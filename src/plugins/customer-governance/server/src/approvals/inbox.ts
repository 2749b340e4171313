import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { absencesOf } from '../organisation/absences';
import type { StaffRef } from '../organisation/organisation';
import { capacityOf } from './capacity';
import { STEPS } from './models';
import { candidatesOf, STEPS_TABLE, type StepRow } from './steps';

type Tables = Awaited<ReturnType<typeof tablesOf>>;

/** The open steps that somebody may decide in their own place or for these principals; never of their own requests. */
const openFor = (tables: Tables, person: StaffRef, principals: number[]) =>
  tables(STEPS_TABLE)
    .where({ state: 'pending' })
    .whereNot('requester_id', person.id)
    .whereIn(
      'id',
      tables('governance_approval_candidates')
        .select('step_id')
        .whereIn('staff_id', [person.id, ...principals])
    );

/** What waits for a person, in their own place or in that of somebody who is away, and what they have decided. */
export function approvalsInbox(strapi: Core.Strapi) {
  /** Those in whose place the person decides at this moment. */
  const principalsOf = (person: StaffRef) => absencesOf(strapi).principalsOf(person, new Date());

  /** Open steps with the one in whose place the person would decide them. */
  async function inPlaceOf(
    person: StaffRef,
    principals: number[],
    rows: StepRow[]
  ): Promise<StepRow[]> {
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
      const tables = await tablesOf(strapi);
      const principals = state === 'pending' ? await principalsOf(person) : [];
      const query =
        state === 'pending'
          ? openFor(tables, person, principals)
          : tables(STEPS_TABLE).where({ decided_by: person.id });
      query.select('id').orderBy('id', 'desc').limit(limit);
      if (cursor !== null) query.where('id', '<', cursor);
      const ids = ((await query) as Array<{ id: number }>).map(({ id }) => id);
      const rows: StepRow[] = await strapi.db.query(STEPS).findMany({
        where: { id: { $in: ids } },
        orderBy: { id: 'desc' },
      });
      return state === 'decided' ? rows : inPlaceOf(person, principals, rows);
    },

    /** How many steps wait for this person. */
    async waitingFor(person: StaffRef): Promise<number> {
      const principals = await principalsOf(person);
      const open = openFor(await tablesOf(strapi), person, principals);
      const [row] = await open.count({ count: '*' });
      return Number(row?.count ?? 0);
    },
  };
}
