import type { Core } from '@strapi/strapi';
import { insertRows } from '../bulk-insert';
import { chunks, tablesOf } from '../database';
import type { Decision } from './decision';
import { REVIEWS } from './models';

const IDS_PER_QUERY = 500;

/** A submission and what became of it. Staff by id. */
export interface Review {
  id: number;
  customer: string;
  submittedBy: number | null;
  submittedAt: Date;
  decision: Decision['decision'] | null;
  decidedBy: number | null;
  decidedAt: Date | null;
  checklist: Record<string, boolean> | null;
  reasons: string | null;
}

interface Row {
  id: number;
  customer: string;
  submitted_by: number | null;
  submitted_at: string | number | Date;
  decision: Decision['decision'] | null;
  decided_by: number | null;
  decided_at: string | number | Date | null;
  checklist: string | null;
  reasons: string | null;
}

const read = (row: Row): Review => ({
  id: Number(row.id),
  customer: row.customer,
  submittedBy: row.submitted_by,
  submittedAt: new Date(row.submitted_at),
  decision: row.decision,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
  checklist: row.checklist === null ? null : (JSON.parse(row.checklist) as Review['checklist']),
  reasons: row.reasons,
});

/** Who submitted which customer, and what the reviewer said. */
export function createReviews(strapi: Core.Strapi) {
  return {
    /** Joins the running transaction, as all that writes here. */
    async open(documentIds: readonly string[], person: number | null, now: Date): Promise<void> {
      await insertRows(
        strapi,
        REVIEWS,
        ['customer', 'submitted_by', 'submitted_at'],
        documentIds.map((id) => [id, person, now])
      );
    },

    /** The submission that waits for its decision. */
    async waiting(documentId: string): Promise<Review | null> {
      const tables = await tablesOf(strapi);
      const [row] = (await tables(REVIEWS)
        .where({ customer: documentId })
        .whereNull('decision')
        .orderBy('id', 'desc')
        .limit(1)) as Row[];
      return row ? read(row) : null;
    },

    async decide(documentId: string, made: Decision, person: number, now: Date): Promise<void> {
      const tables = await tablesOf(strapi);
      await tables(REVIEWS)
        .where({ customer: documentId })
        .whereNull('decision')
        .update({
          decision: made.decision,
          decided_by: person,
          decided_at: now,
          checklist: JSON.stringify(made.checklist),
          reasons: made.reasons?.trim() || null,
        });
    },

    /** The last submission of each customer. */
    async latest(documentIds: readonly string[]): Promise<Map<string, Review>> {
      const found = new Map<string, Review>();
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const tables = await tablesOf(strapi);
        const last = tables(REVIEWS).max('id').whereIn('customer', part).groupBy('customer');
        for (const row of (await tables(REVIEWS).whereIn('id', last)) as Row[]) {
          found.set(row.customer, read(row));
        }
      }
      return found;
    },

    /** Every submission of a customer, the newest first. */
    async of(documentId: string, limit: number): Promise<Review[]> {
      const tables = await tablesOf(strapi);
      const list = (await tables(REVIEWS)
        .where({ customer: documentId })
        .orderBy('id', 'desc')
        .limit(limit)) as Row[];
      return list.map(read);
    },

    /** Puts the submissions of one customer under another, into which it was merged. */
    async moveTo(customer: string, survivor: string): Promise<void> {
      await (await tablesOf(strapi))(REVIEWS).where({ customer }).update({ customer: survivor });
    },

    /** Forgets customers that are gone. */
    async forget(documentIds: readonly string[]): Promise<void> {
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const tables = await tablesOf(strapi);
        await tables(REVIEWS).whereIn('customer', part).delete();
      }
    },
  };
}

export type Reviews = ReturnType<typeof createReviews>;
