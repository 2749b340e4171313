import type { Core } from '@strapi/strapi';
import { zoneOf } from '../calendar/zone';
import { chunks } from '../database';
import { governedOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { policyOf } from '../policy';
import { sameVerdict, verdictFor, type CustomerFacts, type Day, type Verdict } from './due-date';
import type { HeldReader, Holder } from './held';
import type { Rules } from './rules';
import { CUSTOMER, OPERATIONS } from './uids';

export interface CustomerRow extends CustomerFacts {
  id: number;
  documentId: string;
  updatedAt: string | null;
  retentionDueOn: string | null;
  retentionReason: string | null;
  plan?: { id: number } | null;
}

const SELECT = [
  'id',
  'documentId',
  'createdAt',
  'updatedAt',
  'lastContactOn',
  'relationEndedOn',
  'keyCustomer',
  'retentionDueOn',
  'retentionReason',
];
const SWEEP_BATCH = 500;

/** The due date that stands on every customer: worked out at each change, and each night for all. */
export function createDueDates(strapi: Core.Strapi, rules: Rules, holdings: HeldReader) {
  let zone: ReturnType<typeof zoneOf> | undefined;

  /** The day that it is, in the policy's time zone. */
  const dayAt = (instant: Date): Day => {
    zone ??= zoneOf(policyOf(strapi).get().calendar.timezone);
    return zone.dayAt(instant);
  };

  const load = (where: Record<string, unknown>, limit?: number): Promise<CustomerRow[]> =>
    strapi.db.query(CUSTOMER).findMany({
      select: SELECT,
      where,
      populate: { plan: { select: ['id'] } },
      orderBy: { id: 'asc' },
      ...(limit ? { limit } : {}),
    });

  const verdictsFor = async (
    customers: Array<CustomerFacts & Holder>,
    now: Date,
    fresh = false
  ): Promise<Verdict[]> => {
    const inForce = await rules.all(fresh);
    if (fresh) holdings.forget();
    const held = await holdings.of(customers, now, dayAt);
    return customers.map((customer, index) =>
      verdictFor(inForce, customer, held[index] ?? { purposes: [], withdrawnOn: null }, dayAt)
    );
  };

  /** Writes what differs, one update a row. A row that changed meanwhile has reckoned by itself. */
  const refresh = async (rows: CustomerRow[], now: Date, fresh: boolean): Promise<number> => {
    const holders = rows.map((row) => ({ ...row, planId: row.plan?.id ?? null }));
    const verdicts = await verdictsFor(holders, now, fresh);
    let changed = 0;
    for (const [index, row] of rows.entries()) {
      const verdict = verdicts[index];
      if (!verdict || sameVerdict(row, verdict)) continue;
      const written = await governedOperation(OPERATIONS.dueDates, () =>
        actorOf(strapi).asSystem('retention', () =>
          strapi.db.query(CUSTOMER).update({
            where: { id: row.id, updatedAt: row.updatedAt },
            data: { ...verdict },
            select: ['id'],
          })
        )
      );
      if (written) changed += 1;
    }
    return changed;
  };

  return {
    dayAt,
    verdictsFor,
    load,

    /** Reckons anew for these customers. @returns how many due dates changed. */
    async recompute(where: { ids?: number[]; documentIds?: string[] }, now: Date = new Date()) {
      let changed = 0;
      for (const part of chunks(where.ids ?? [], SWEEP_BATCH)) {
        changed += await refresh(await load({ id: { $in: part } }), now, false);
      }
      for (const part of chunks(where.documentIds ?? [], SWEEP_BATCH)) {
        changed += await refresh(await load({ documentId: { $in: part } }), now, false);
      }
      return changed;
    },

    /** Reckons anew for all customers, in batches: rules change, consents and purposes end. */
    async sweep(now: Date): Promise<{ seen: number; changed: number }> {
      let after = 0;
      let seen = 0;
      let changed = 0;
      for (;;) {
        const rows = await load({ id: { $gt: after } }, SWEEP_BATCH);
        const last = rows.at(-1);
        if (!last) return { seen, changed };
        changed += await refresh(rows, now, seen === 0);
        seen += rows.length;
        after = last.id;
      }
    },
  };
}

export type DueDates = ReturnType<typeof createDueDates>;
