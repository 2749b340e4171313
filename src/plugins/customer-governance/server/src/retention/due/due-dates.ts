import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { zoneOf } from '../../calendar/zone';
import { chunks } from '../../database';
import { dueDateBy, policyOf } from '../../policy';
import {
  sameVerdict,
  verdictFor,
  verdictOf,
  type CustomerFacts,
  type Day,
  type Verdict,
} from './due-date';
import { writeDueDates, type DueDateChange } from './due-date-writes';
import type { FactsReader, FactsRow, Reading } from './facts-reader';
import type { HeldReader, Holder } from '../holds/held';
import { HELD_FOR_NOTHING } from './due-date';
import type { Rules } from '../rules/rules';
import { CUSTOMER } from '../uids';

export interface CustomerRow extends CustomerFacts {
  id: number;
  documentId: string;
  retentionDueOn: string | null;
  retentionReason: string | null;
  stage: string | null;
  plan?: { id: number } | null;
}

/** What a pass over the customers found. */
export interface SweepOutcome {
  seen: number;
  changed: number;
  /** Of those changed: due earlier than before, or due at all; and due later, or not any more. */
  earlier: number;
  later: number;
}

const SELECT = [
  'id',
  'documentId',
  'createdAt',
  'lastContactOn',
  'relationEndedOn',
  'erasureRequestedOn',
  'keyCustomer',
  'inDispute',
  'stage',
  'retentionDueOn',
  'retentionReason',
];
const IDS_PER_QUERY = 500;

/** The due date that stands on every customer: worked out at each change, and each night for all. */
export function createDueDates(
  strapi: Core.Strapi,
  { rules, holdings, reader }: { rules: Rules; holdings: HeldReader; reader: FactsReader }
) {
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
    now: Date
  ): Promise<Verdict[]> => {
    const inForce = await rules.all();
    const held = await holdings.of(customers, now, dayAt);
    return customers.map((customer, index) =>
      verdictFor(inForce, customer, held[index] ?? HELD_FOR_NOTHING, dayAt)
    );
  };

  /** Reckons anew for those that are read, and writes what differs, a page in a statement. */
  const pass = async (reading: Omit<Reading, 'dayAt'>): Promise<SweepOutcome> => {
    const dueDateOf = dueDateBy(await rules.all());
    const outcome: SweepOutcome = { seen: 0, changed: 0, earlier: 0, later: 0 };
    for await (const rows of reader.pages({ ...reading, dayAt })) {
      const changes: DueDateChange[] = [];
      for (const row of rows) {
        const verdict = verdictOf(dueDateOf(row.facts));
        if (sameVerdict({ retentionDueOn: row.dueOn, retentionReason: row.reason }, verdict))
          continue;
        changes.push({ row, verdict });
        count(outcome, row, verdict);
      }
      outcome.seen += rows.length;
      outcome.changed += await writeDueDates(strapi, changes);
    }
    return outcome;
  };

  return {
    dayAt,
    verdictsFor,
    load,

    /** Reckons anew for these customers. @returns how many due dates changed. */
    async recompute(where: { ids?: number[]; documentIds?: string[] }, now: Date = new Date()) {
      let changed = 0;
      const column = where.ids ? 'id' : 'document_id';
      for (const part of chunks<number | string>(
        where.ids ?? where.documentIds ?? [],
        IDS_PER_QUERY
      )) {
        const outcome = await pass({ now, narrow: (query) => void query.whereIn(column, part) });
        changed += outcome.changed;
      }
      return changed;
    },

    /**
     * Reckons anew for all customers in one pass: rules change, consents and purposes end. One entry in the log says how
     * many due dates moved.
     */
    async sweep(now: Date): Promise<SweepOutcome> {
      rules.forget();
      holdings.forget();
      const outcome = await pass({ now });
      if (outcome.changed > 0) {
        const { seen, changed, earlier, later } = outcome;
        await auditOf(strapi).append({
          action: 'retention.sweep',
          details: { seen, changed, earlier, later },
        });
      }
      return outcome;
    },
  };
}

export type DueDates = ReturnType<typeof createDueDates>;

function count(outcome: SweepOutcome, { dueOn }: FactsRow, { retentionDueOn }: Verdict): void {
  if (dueOn === retentionDueOn) return;
  const earlier = dueOn === null || (retentionDueOn !== null && retentionDueOn < dueOn);
  outcome[earlier ? 'earlier' : 'later'] += 1;
}
