import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { auditOf } from '../../audit/audit';
import { zoneOf } from '../../calendar/zone';
import { inTransaction, tablesOf } from '../../database';
import { addMonths, policyOf } from '../../policy';
import type { Day } from './due-date';
import { CUSTOMER } from '../uids';

const BATCH = 1000;

/** Customers of whom nobody heard leave ordinary use before they leave the system [END-3]. */
export function createDormancy(strapi: Core.Strapi) {
  const table = () => strapi.db.metadata.get(CUSTOMER).tableName;

  /** Those in one stage without contact since before `day`; one never contacted counts from its creation. */
  const silentSince = (day: Day, stage: string) => {
    const { timezone } = policyOf(strapi).get().calendar;
    const midnight = zoneOf(timezone).instantOf(day, 0);
    return (query: Knex.QueryBuilder) =>
      query.where({ stage }).where((either) => {
        either
          .where('last_contact_on', '<', day)
          .orWhere((never) =>
            never.whereNull('last_contact_on').where('created_at', '<', midnight)
          );
      });
  };

  /** In batches by id, each written for good before the next. @returns how many. */
  const move = async (from: string, to: string, day: Day, now: Date): Promise<number> => {
    const silent = silentSince(day, from);
    let moved = 0;
    for (let after = 0; ;) {
      const rows = (await silent((await tablesOf(strapi))(table()).select('id'))
        .where('id', '>', after)
        .orderBy('id')
        .limit(BATCH)) as Array<{ id: number }>;
      const last = rows.at(-1);
      if (!last) return moved;
      after = last.id;
      const ids = rows.map(({ id }) => id);
      // Whoever was contacted in this moment stays.
      moved += await silent((await tablesOf(strapi))(table()).whereIn('id', ids)).update({
        stage: to,
        updated_at: now,
      });
    }
  };

  return {
    /**
     * Has customers without contact for the policy's months become dormant, and later invalid. One entry in the log says
     * how many.
     */
    async run(now: Date, today: Day): Promise<{ dormant: number; invalid: number }> {
      const { dormantAfterMonths, invalidAfterMonths } = policyOf(strapi).get().retention.dormancy;
      const before = (months: number) => addMonths(today, -months);
      const dormant =
        dormantAfterMonths > 0
          ? await move('active', 'dormant', before(dormantAfterMonths), now)
          : 0;
      const invalid =
        invalidAfterMonths > 0
          ? await move('dormant', 'invalid', before(invalidAfterMonths), now)
          : 0;
      if (dormant + invalid > 0) {
        await inTransaction(strapi, () =>
          auditOf(strapi).append({ action: 'retention.dormancy', details: { dormant, invalid } })
        );
      }
      return { dormant, invalid };
    },

    /** What a follow-up does: a contact that is newer than the last one brings the customer back. */
    stageAfter(
      before: { stage: string | null; lastContactOn?: unknown },
      data: Record<string, unknown>
    ): string | undefined {
      const { stage, lastContactOn } = data;
      const silent = before.stage === 'dormant' || before.stage === 'invalid';
      // A form sends the stage back as it was; another one is somebody's own decision.
      const untouched = stage === undefined || stage === before.stage;
      if (!silent || !untouched || !lastContactOn) return undefined;
      return String(lastContactOn).slice(0, 10) > String(before.lastContactOn ?? '').slice(0, 10)
        ? 'active'
        : undefined;
    },
  };
}

export type Dormancy = ReturnType<typeof createDormancy>;
