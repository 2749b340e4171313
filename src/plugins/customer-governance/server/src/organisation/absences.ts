import type { Core } from '@strapi/strapi';
import { invalid } from '../refusal';
import { organisationOf, type StaffRef } from './organisation';

export const ABSENCE = 'plugin::customer-governance.absence';

interface AbsenceRow {
  id: number;
  startsAt: string | Date;
  endsAt: string | Date;
  staff?: { id: number; active?: boolean; deputy?: { id: number } | null } | null;
  deputy?: { id: number } | null;
}

const PEOPLE = {
  staff: { select: ['id', 'active'], populate: { deputy: { select: ['id'] } } },
  deputy: { select: ['id'] },
};

/** Who stands in: the one whom the absence names, else the deputy of the profile. */
const standInOf = ({ staff, deputy }: AbsenceRow): number | null =>
  deputy?.id ?? staff?.deputy?.id ?? null;

/** Deputies (A/B 岗) and the times in which they decide in another's place [USE-3]. */
export function absencesService({ strapi }: { strapi: Core.Strapi }) {
  const running = (now: Date) => ({
    startsAt: { $lte: now.toISOString() },
    endsAt: { $gt: now.toISOString() },
  });

  const find = (where: object): Promise<AbsenceRow[]> =>
    strapi.db.query(ABSENCE).findMany({ where, populate: PEOPLE, orderBy: 'id', limit: 500 });

  return {
    /** Staff ids of those in whose place the person decides at this moment; those who have left the company are not among them. */
    async principalsOf(person: StaffRef, now: Date): Promise<number[]> {
      const rows = await find({
        ...running(now),
        staff: { active: true },
        $or: [
          { deputy: { id: person.id } },
          { deputy: { id: { $null: true } }, staff: { deputy: { id: person.id } } },
        ],
      });
      const principals = rows
        .filter((row) => standInOf(row) === person.id)
        .flatMap(({ staff }) => staff?.id ?? []);
      return [...new Set(principals)].filter((id) => id !== person.id);
    },

    /** By staff id, those who stand in for people who are away at this moment. */
    async deputiesOf(staffIds: readonly number[], now: Date): Promise<Map<number, StaffRef[]>> {
      if (staffIds.length === 0) return new Map();
      const rows = await find({
        ...running(now),
        staff: { id: { $in: [...new Set(staffIds)] }, active: true },
      });
      const people = await organisationOf(strapi).byIds(
        rows.flatMap((row) => standInOf(row) ?? [])
      );
      const found = new Map<number, StaffRef[]>();
      for (const row of rows) {
        const deputy = people.get(standInOf(row) ?? 0);
        const staffId = row.staff?.id;
        if (!deputy?.active || staffId === undefined || deputy.id === staffId) continue;
        const known = found.get(staffId) ?? [];
        if (!known.some(({ id }) => id === deputy.id)) found.set(staffId, [...known, deputy]);
      }
      return found;
    },

    /** Lets no absence stand that means nothing. Looked at after the write, which its transaction then takes back. */
    guard(): void {
      const check = async ({ result }: { result?: { id?: number } }) => {
        if (!result?.id) return;
        const [row] = await find({ id: result.id });
        if (row) assertSound(row);
      };
      strapi.db.lifecycles.subscribe({
        models: [ABSENCE],
        afterCreate: check as never,
        afterUpdate: check as never,
      });
    },
  };
}

/** @throws ValidationError that names the attribute. */
function assertSound({ staff, deputy, startsAt, endsAt }: AbsenceRow): void {
  if (!staff) throw invalid('staff', 'say who is away');
  if (new Date(endsAt) <= new Date(startsAt)) {
    throw invalid('endsAt', 'must be later than the beginning');
  }
  if (deputy?.id === staff.id) {
    throw invalid('deputy', 'nobody stands in for themselves. Choose another person');
  }
  if (!deputy && !staff.deputy) {
    throw invalid('deputy', 'name who stands in: the staff profile has no deputy');
  }
}

export type AbsencesService = ReturnType<typeof absencesService>;

export const absencesOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('absences') as AbsencesService;
