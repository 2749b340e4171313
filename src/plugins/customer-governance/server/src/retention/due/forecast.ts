import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { addDays } from '../../calendar/zone';
import { connectionOf, isPostgres, tablesOf } from '../../database';
import { addMonths, type CustomerClass } from '../../policy';
import type { Day } from './due-date';
import { HELD_TABLE } from '../models';
import { CUSTOMER } from '../uids';

export type ByClass = Record<CustomerClass, number>;

export interface Forecast {
  today: Day;
  /** Customers whose time is over already. */
  overdue: ByClass;
  /** From the month of today on; in it, what is not due yet. */
  months: Array<{ month: string } & ByClass>;
  /** From tomorrow on. */
  days: Array<{ day: Day } & ByClass>;
  /** Beyond the last of these months. */
  later: number;
  /** Customers for whom no rule sets a day. */
  undated: number;
  /** Customers under a legal hold, and those of them who are due already. */
  held: number;
  heldOverdue: number;
}

const nobody = (): ByClass => ({ ordinary: 0, key: 0, disputed: 0 });

/** What becomes due, counted from the index of due dates: for a calendar and a histogram. */
export function createForecast(strapi: Core.Strapi) {
  const customers = () => strapi.db.metadata.get(CUSTOMER).tableName;

  const counted = async (horizon: Day) => {
    const connection = (await connectionOf(strapi)) as Knex;
    const day = isPostgres(strapi)
      ? connection.raw(`to_char(retention_due_on, 'YYYY-MM-DD') as day`)
      : connection.raw('retention_due_on as day');
    return (await (
      await tablesOf(strapi)
    )(customers())
      .select(day)
      .select({ key: 'key_customer', disputed: 'in_dispute' })
      .count({ count: '*' })
      .where('retention_due_on', '<=', horizon)
      .groupBy('retention_due_on', 'key_customer', 'in_dispute')) as Array<{
      day: Day;
      key: unknown;
      disputed: unknown;
      count: number | string;
    }>;
  };

  const count = async (narrow: (query: Knex.QueryBuilder) => unknown): Promise<number> => {
    const query = (await tablesOf(strapi))(`${customers()} as customer`).count({ count: '*' });
    narrow(query);
    const [row] = (await query) as Array<{ count: number | string }>;
    return Number(row?.count ?? 0);
  };

  const countHeld = async (today: Day | null): Promise<number> => {
    const tables = await tablesOf(strapi);
    const held = tables(`${HELD_TABLE} as held`)
      .select('held.customer_id')
      .where('held.record_type', CUSTOMER)
      .whereNull('held.lifted');
    return count((query) => {
      query.whereIn('customer.id', held);
      if (today) query.where('retention_due_on', '<=', today);
    });
  };

  return {
    async of(today: Day, { months, days }: { months: number; days: number }): Promise<Forecast> {
      const first = `${today.slice(0, 7)}-01`;
      const horizon = addDays(addMonths(first, months), -1);
      const forecast: Forecast = {
        today,
        overdue: nobody(),
        months: Array.from({ length: months }, (_, index) => ({
          month: addMonths(first, index).slice(0, 7),
          ...nobody(),
        })),
        days: Array.from({ length: days }, (_, index) => ({
          day: addDays(today, index + 1),
          ...nobody(),
        })),
        later: await count((query) => query.where('retention_due_on', '>', horizon)),
        undated: await count((query) => query.whereNull('retention_due_on')),
        held: await countHeld(null),
        heldOverdue: await countHeld(today),
      };
      const byMonth = new Map(forecast.months.map((entry) => [entry.month, entry]));
      const byDay = new Map(forecast.days.map((entry) => [entry.day, entry]));
      for (const { day, key, disputed, count: found } of await counted(horizon)) {
        const customerClass = disputed ? 'disputed' : key ? 'key' : 'ordinary';
        const add = (entry: ByClass | undefined) => {
          if (entry) entry[customerClass] += Number(found);
        };
        if (day <= today) add(forecast.overdue);
        else {
          add(byMonth.get(day.slice(0, 7)));
          add(byDay.get(day));
        }
      }
      return forecast;
    },
  };
}

export type Forecasts = ReturnType<typeof createForecast>;
