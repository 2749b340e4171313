import type { Core } from '@strapi/strapi';
import { zoneOf, addDays } from '../calendar/zone';
import { tablesOf } from '../database';
import { policyOf } from '../policy';
import { DAYS } from './models';

/** How many entries a form took and refused. */
export interface Counts {
  today: number;
  month: number;
  refused: number;
}

/** Days that the panel counts together. */
export const COUNTED_DAYS = 30;

interface Row {
  form: number;
  day: string;
  entered: number;
  refused: number;
}

/** What forms took in, day by day of the company's calendar. */
export function createDays(strapi: Core.Strapi) {
  const dayAt = (now: Date) => zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(now);

  return {
    dayAt,

    /** Adds one, in the running transaction. @returns how many of the sort the form has today. */
    async add(form: number, sort: 'entered' | 'refused', now: Date): Promise<number> {
      const more = strapi.db.connection.raw('?? + 1', [`${DAYS}.${sort}`]);
      const [row] = (await (
        await tablesOf(strapi)
      )(DAYS)
        .insert({ form, day: dayAt(now), entered: 0, refused: 0, [sort]: 1 })
        .onConflict(['form', 'day'])
        .merge({ [sort]: more })
        .returning(sort)) as Array<Record<string, number>>;
      return Number(row?.[sort]);
    },

    /** By form, what it took today and within the last days. */
    async of(forms: readonly number[], now: Date): Promise<Map<number, Counts>> {
      const today = dayAt(now);
      const rows = (await (
        await tablesOf(strapi)
      )(DAYS)
        .select('form', 'day', 'entered', 'refused')
        .whereIn('form', [...forms])
        .andWhere('day', '>', addDays(today, -COUNTED_DAYS))) as Row[];
      const counts = new Map<number, Counts>();
      for (const { form, day, entered, refused } of rows) {
        const known = counts.get(form) ?? { today: 0, month: 0, refused: 0 };
        counts.set(form, {
          today: known.today + (day === today ? Number(entered) : 0),
          month: known.month + Number(entered),
          refused: known.refused + Number(refused),
        });
      }
      return counts;
    },
  };
}

export type Days = ReturnType<typeof createDays>;
