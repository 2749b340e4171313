import type { Core } from '@strapi/strapi';
import { tablesOf, type Tables } from '../database';
import { absencesOf } from '../organisation/absences';
import { staffNamed, type StaffRef } from '../organisation/organisation';
import type { Level } from '../policy';
import { capacityOf } from './capacity';
import { marksOf, type Marks } from './marks';
import { STEPS } from './models';
import { candidatesOf, STEPS_TABLE, type StepRow } from './steps';

type State = 'pending' | 'decided';

/** What narrows an inbox; all of it must be true of a step. */
export interface InboxFilter {
  kind?: string;
  sensitivity?: Level;
  /** Late now, or decided late. */
  overdue?: boolean;
  /** Only what is decided, or was, in the place of somebody who is away. */
  inPlace?: boolean;
  /** A part of the requester's name. */
  requester?: string;
}

/** The candidates of these for a step of the query around it. */
const named = (tables: Tables, staffIds: number[]) =>
  tables('governance_approval_candidates as candidate')
    .select('candidate.id')
    .whereRaw(`candidate.step_id = ${STEPS_TABLE}.id`)
    .whereIn('candidate.staff_id', staffIds);

/** The part that somebody has in the request of a step of the query around it. */
const partOf = (tables: Tables, person: StaffRef) =>
  tables('governance_approval_participants as part')
    .select('part.id')
    .where({ 'part.staff_id': person.id })
    .whereRaw(
      `part.kind = ${STEPS_TABLE}.kind and part.subject_id = ${STEPS_TABLE}.subject_id and part.round = ${STEPS_TABLE}.round`
    );

/**
 * The open steps that somebody may decide in their own place or for these principals; never of their own requests, nor of
 * those in which they have a part already. From the open steps, newest first: of these there are never as many as somebody
 * was asked to decide over the years.
 */
const openFor = (tables: Tables, person: StaffRef, principals: number[]) =>
  tables(STEPS_TABLE)
    .where({ state: 'pending' })
    .whereNot('requester_id', person.id)
    .whereExists(named(tables, [person.id, ...principals]))
    .whereNotExists(partOf(tables, person));

/** The open steps that somebody may decide only because one of these principals is away. */
const openInPlace = (tables: Tables, person: StaffRef, principals: number[]) =>
  openFor(tables, person, principals)
    .whereExists(named(tables, principals))
    .whereNotExists(named(tables, [person.id]));

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
      state: State,
      cursor: number | null,
      limit: number,
      { kind, sensitivity, overdue, inPlace, requester }: InboxFilter = {}
    ) {
      const tables = await tablesOf(strapi);
      const principals = state === 'pending' ? await principalsOf(person) : [];
      const open = inPlace ? openInPlace : openFor;
      const query =
        state === 'pending'
          ? open(tables, person, principals)
          : tables(STEPS_TABLE).where({ decided_by: person.id });
      query.select('id').orderBy('id', 'desc').limit(limit);
      if (cursor !== null) query.where('id', '<', cursor);
      if (kind) query.where({ kind });
      if (sensitivity) query.where({ sensitivity });
      if (requester) query.whereIn('requester_id', staffNamed(tables, requester));
      if (state === 'decided' && inPlace) query.whereNotNull('on_behalf_of');
      if (state === 'decided' && overdue) query.whereRaw('decided_at > due_at');
      if (state === 'pending' && overdue) query.where('due_at', '<=', new Date());
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

    /** Whether a person may decide a step of the request now, or has decided one, or somebody did in their place. */
    async takesPart(person: StaffRef, kind: string, subjectId: string): Promise<boolean> {
      const tables = await tablesOf(strapi);
      const subject = { kind, subject_id: subjectId };
      const decided = tables(STEPS_TABLE)
        .where(subject)
        .where((step) =>
          step.where({ decided_by: person.id }).orWhere({ on_behalf_of: person.id })
        );
      if (await decided.first('id')) return true;
      const open = openFor(tables, person, await principalsOf(person)).where(subject);
      return Boolean(await open.first('id'));
    },

    /** What the chain of a request was made by, or `null` where it has no steps. */
    async marks(kind: string, subjectId: string): Promise<Marks | null> {
      const step = await strapi.db
        .query(STEPS)
        .findOne({ where: { kind, subjectId }, orderBy: { id: 'desc' } });
      return step ? marksOf(step) : null;
    },
  };
}
