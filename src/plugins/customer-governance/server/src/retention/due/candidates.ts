import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { chunks } from '../../database';
import type { AttributeDues } from './attribute-dues';
import type { DueDates } from './due-dates';
import { activeHolds } from '../holds/active-holds';
import { lockCustomers } from '../holds/hold-coverage';
import type { Items } from '../orders/items';
import { CUSTOMER } from '../uids';

interface Candidate {
  id: number;
  documentId: string;
  retentionDueOn: string | null;
}

const IDS_PER_QUERY = 500;
const NAMED_RECORDS = 10;

/** Who may go into an order. */
export function createCandidates(
  strapi: Core.Strapi,
  {
    items,
    dueDates,
    attributeDues,
  }: { items: Items; dueDates: DueDates; attributeDues: AttributeDues }
) {
  const rowsOf = async (documentIds: readonly string[]): Promise<Candidate[]> => {
    const rows: Candidate[] = [];
    for (const part of chunks(documentIds, IDS_PER_QUERY)) {
      rows.push(
        ...((await strapi.db.query(CUSTOMER).findMany({
          select: ['id', 'documentId', 'retentionDueOn'],
          where: { documentId: { $in: part } },
        })) as Candidate[])
      );
    }
    return rows;
  };

  /** The customers of whom not all of the attributes are due. */
  const notDueWith = async (
    documentIds: readonly string[],
    attributes: readonly string[],
    now: Date
  ): Promise<string[]> => {
    const notDue: string[] = [];
    for (const part of chunks(documentIds, IDS_PER_QUERY)) {
      const due = await attributeDues.of(part, now);
      notDue.push(...part.filter((id) => attributes.some((path) => !due.get(id)?.includes(path))));
    }
    return notDue;
  };

  /** The customers of whom one of the attributes is in an open order. */
  const openWith = async (documentIds: readonly string[], attributes: readonly string[]) => {
    const open = await items.openAttributes(documentIds);
    return documentIds.filter((id) => attributes.some((path) => open.get(id)?.includes(path)));
  };

  return {
    /**
     * Locks the customers for the running transaction and asks whether each may go into an order.
     * @param attributes of an order that destroys these alone.
     * @throws ValidationError that names every customer who may not, and why.
     */
    async assert(
      documentIds: readonly string[],
      attributes: readonly string[] | null,
      now: Date
    ): Promise<void> {
      const rows = await rowsOf(documentIds);
      const ids = rows.map(({ id }) => id);
      await lockCustomers(strapi, ids);
      const known = new Set(rows.map(({ documentId }) => documentId));
      const today = dueDates.dayAt(now);
      const notDue = attributes
        ? await notDueWith(idsOf(rows), attributes, now)
        : idsOf(rows.filter(({ retentionDueOn: dueOn }) => dueOn === null || dueOn > today));
      const holds = await activeHolds(strapi, ids);
      const whole = await items.openOrders(documentIds);
      const open = [
        ...documentIds.filter((id) => whole.has(id)),
        ...(attributes ? await openWith(documentIds, attributes) : []),
      ];
      assertNone(
        [
          ['do not exist', documentIds.filter((id) => !known.has(id))],
          ['are not due yet', notDue],
          ['are under a legal hold', idsOf(rows.filter(({ id }) => holds.has(id)))],
          ['are in another open order', [...new Set(open)]],
        ],
        documentIds
      );
    },

    /** Whether a key customer is among them, which the approval rules ask. */
    async anyKeyCustomer(documentIds: readonly string[]): Promise<boolean> {
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const found = await strapi.db
          .query(CUSTOMER)
          .count({ where: { documentId: { $in: part }, keyCustomer: true } });
        if (found > 0) return true;
      }
      return false;
    },
  };
}

export type Candidates = ReturnType<typeof createCandidates>;

const idsOf = (rows: ReadonlyArray<{ documentId: string }>) =>
  rows.map(({ documentId }) => documentId);

/** @throws ValidationError that names the customers under each problem. */
function assertNone(
  problems: ReadonlyArray<readonly [string, string[]]>,
  documentIds: readonly string[]
): void {
  const found = problems.filter(([, ids]) => ids.length > 0);
  if (found.length === 0) return;
  const named = (ids: string[]) =>
    ids.slice(0, NAMED_RECORDS).join(', ') +
    (ids.length > NAMED_RECORDS ? ` and ${ids.length - NAMED_RECORDS} more` : '');
  const positions = new Map(documentIds.map((id, index) => [id, index]));
  throw new errors.ValidationError(
    `customers: ${found.map(([reason, ids]) => `${ids.length} ${reason} (${named(ids)})`).join('; ')}. Leave them out`,
    {
      errors: found.flatMap(([reason, ids]) =>
        ids.map((id) => ({
          path: ['customers', String(positions.get(id))],
          message: `${id}: such customers ${reason}`,
          name: 'ValidationError',
        }))
      ),
    }
  );
}
