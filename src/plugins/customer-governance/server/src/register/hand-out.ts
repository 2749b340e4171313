import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import type { Candidate } from './rules';
import { LEAD_TABLE, TURN_TABLE } from './models';

/** Who stands in line, with how often it was their turn. */
interface Waiting extends Candidate {
  given: number;
}

const MOST = 500;

/** Whose turn it is. The line is in the database, so that all instances of the application have the same. */
export function createHandOut(strapi: Core.Strapi) {
  /** By staff id, how many leads are open. */
  const openLeads = async (staffIds: readonly number[]): Promise<Map<number, number>> => {
    const rows = (await (
      await tablesOf(strapi)
    )(LEAD_TABLE)
      .select('owner_id')
      .count({ leads: '*' })
      .where({ state: 'held' })
      .whereIn('owner_id', [...staffIds])
      .groupBy('owner_id')) as unknown as Array<{ owner_id: number; leads: number | string }>;
    return new Map(rows.map(({ owner_id, leads }) => [owner_id, Number(leads)]));
  };

  /** Those who work in the department or below it, by whose turn comes first. */
  const line = async (departmentId: number, day: string, now: Date): Promise<Waiting[]> => {
    const departments = await organisationOf(strapi).departmentTree(departmentId);
    const table = await tablesOf(strapi);
    const away = table('governance_absences')
      .select('staff_id')
      .where('starts_at', '<=', now)
      .where('ends_at', '>', now)
      .whereNotNull('staff_id');
    const people = (await table('governance_staff_profiles')
      .select({ staffId: 'id', name: 'display_name' })
      .where({ active: true })
      .whereIn('level', ['staff', 'supervisor'])
      .whereIn('department_id', departments.query)
      .whereNotIn('id', away)
      .where((stays) => {
        stays.whereNull('leaves_on').orWhere('leaves_on', '>', day);
      })
      .where((trusted) => {
        trusted.whereNull('access_suspended').orWhere('access_suspended', false);
      })
      .orderBy('id')
      .limit(MOST)) as Candidate[];
    const ids = people.map(({ staffId }) => staffId);
    const turns = (await table(TURN_TABLE)
      .select({ staffId: 'staff_id', given: 'given', lastAt: 'last_at' })
      .whereIn('staff_id', ids)) as Array<{ staffId: number; given: number; lastAt: string }>;
    const turnOf = new Map(turns.map((turn) => [turn.staffId, turn]));
    const leads =
      policyOf(strapi).get().attribution.handOut === 'fewest-leads'
        ? await openLeads(ids)
        : new Map<number, number>();
    const rank = ({ staffId }: Candidate): number[] => [
      leads.get(staffId) ?? 0,
      Number(turnOf.get(staffId)?.lastAt ?? 0),
      turnOf.get(staffId)?.given ?? 0,
      staffId,
    ];
    return people
      .map((person) => ({ ...person, given: turnOf.get(person.staffId)?.given ?? 0 }))
      .sort((one, other) => compare(rank(one), rank(other)));
  };

  /** Takes the person's turn, unless somebody else has just given it to them. */
  const take = async ({ staffId, given }: Waiting, now: Date): Promise<boolean> => {
    const table = await tablesOf(strapi);
    const lastAt = now.getTime();
    if (given === 0) {
      const made = await table(TURN_TABLE)
        .insert({ staff_id: staffId, given: 1, last_at: lastAt })
        .onConflict('staff_id')
        .ignore()
        .returning('id');
      return made.length > 0;
    }
    const taken = await table(TURN_TABLE)
      .where({ staff_id: staffId, given })
      .update({ given: given + 1, last_at: lastAt });
    return taken === 1;
  };

  return {
    /** Whose turn it is; nobody's turn is taken. */
    next: async (departmentId: number, day: string, now: Date): Promise<Candidate | null> =>
      (await line(departmentId, day, now))[0] ?? null,

    /**
     * Takes the turn of whoever it is, in the running transaction: of two at once each takes another person's.
     * @returns `null` when there is nobody in the department.
     */
    async draw(departmentId: number, day: string, now: Date): Promise<Candidate | null> {
      for (;;) {
        const waiting = await line(departmentId, day, now);
        if (waiting.length === 0) return null;
        for (const person of waiting) if (await take(person, now)) return person;
      }
    },
  };
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

export type HandOut = ReturnType<typeof createHandOut>;
