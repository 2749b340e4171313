import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { chunks, tablesOf } from '../database';
import type { StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { VISIT, VISIT_TABLE, type VisitKind, type VisitRow } from './models';

const BATCH = 500;
const MONTH_MS = 30.5 * 86_400_000;

/** What was written into the register: who reads it, how long it stays, and where it goes with its customer. */
export function createKeptVisits(strapi: Core.Strapi) {
  return {
    /**
     * A page of the register, newest first.
     * @param departments of which; `null`: those that the person took or wrote down.
     */
    async page(
      person: StaffRef,
      departments: readonly number[] | null,
      filter: { kind?: VisitKind; open?: boolean },
      cursor: number | null,
      limit: number
    ): Promise<VisitRow[]> {
      const mine = { $or: [{ registeredBy: person.id }, { staffId: person.id }] };
      const sight = departments
        ? { $or: [{ departmentId: { $in: [...departments] } }, ...mine.$or] }
        : mine;
      return strapi.db.query(VISIT).findMany({
        where: {
          $and: [
            sight,
            filter.kind ? { kind: filter.kind } : {},
            filter.open ? { settlement: 'open' } : {},
            cursor === null ? {} : { id: { $lt: cursor } },
          ],
        },
        orderBy: { id: 'desc' },
        limit,
      });
    },

    /** Removes visits and calls of nobody on file when the policy's months are over. @returns how many. */
    async sweep(now: Date): Promise<number> {
      const { keepMonths } = policyOf(strapi).get().attribution;
      const before = new Date(now.getTime() - keepMonths * MONTH_MS);
      let removed = 0;
      for (;;) {
        const rows = (await (
          await tablesOf(strapi)
        )(VISIT_TABLE)
          .select('id')
          .whereNull('customer_id')
          .where('at', '<', before)
          .limit(BATCH)) as Array<{ id: number }>;
        if (rows.length === 0) break;
        removed += await (
          await tablesOf(strapi)
        )(VISIT_TABLE)
          .whereIn(
            'id',
            rows.map(({ id }) => id)
          )
          .delete();
      }
      if (removed > 0) {
        await auditOf(strapi).append({ action: 'visit.sweep', details: { removed } });
      }
      return removed;
    },

    /** Puts the visits of one customer under another, into which it was merged. */
    async moveTo(customer: string, survivor: string): Promise<void> {
      await (
        await tablesOf(strapi)
      )(VISIT_TABLE)
        .where({ customer_id: customer })
        .update({ customer_id: survivor });
    },

    /** Removes the visits of customers that are gone: what was talked about is theirs. */
    async forget(customers: readonly string[]): Promise<void> {
      for (const part of chunks(customers, BATCH)) {
        await (await tablesOf(strapi))(VISIT_TABLE).whereIn('customer_id', part).delete();
      }
    },
  };
}
