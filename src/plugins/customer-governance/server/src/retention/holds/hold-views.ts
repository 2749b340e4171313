import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { ScopeFilter } from '../../access/scope-filter';
import type { Day } from '../due/due-date';
import type { Coverage } from './hold-coverage';
import type { HoldRow, HoldScope } from './active-holds';
import { CUSTOMER, HOLD } from '../uids';

/** What the panel shows of a hold. Customers appear by their masks. */
export interface HoldView {
  documentId: string;
  scope: HoldScope;
  state: 'active' | 'released';
  reason: string;
  issuer: { name: string } | null;
  issuedAt: string | null;
  reviewOn: string | null;
  /** Whether the day has come to look whether the hold is still needed. */
  reviewDue: boolean;
  releasedAt: string | null;
  releasedBy: { name: string } | null;
  releaseReason: string | null;
  customer: { documentId: string; label: string } | null;
  record: { type: string; documentId: string } | null;
  filter: ScopeFilter | null;
  /** How many customers it covers, or covered until it was released. */
  customers: number;
}

export interface HoldSelection {
  state?: 'active' | 'released';
  scope?: HoldScope;
  review?: 'due';
}

export interface Named {
  id: number;
  displayName: string;
}
export interface LabelledCustomer {
  id: number;
  documentId: string;
  name: string | null;
  filingNumber: string | null;
  department?: { name: string } | null;
}
type FullRow = Omit<HoldRow, 'customer' | 'issuer' | 'releasedBy'> & {
  customer?: LabelledCustomer | null;
  issuer?: Named | null;
  releasedBy?: Named | null;
};

const LABELLED = { select: ['id', 'documentId', 'name', 'filingNumber'] };
const POPULATE = {
  customer: LABELLED,
  issuer: { select: ['id', 'displayName'] },
  releasedBy: { select: ['id', 'displayName'] },
};

const labelOf = ({ name, filingNumber, documentId }: LabelledCustomer): string =>
  name ?? filingNumber ?? documentId;
const nameOf = (person: Named | null | undefined) => (person ? { name: person.displayName } : null);

/** Holds as the panel reads them. */
export function createHoldViews(strapi: Core.Strapi, coverage: Coverage) {
  const viewsOf = async (rows: FullRow[], today: Day): Promise<HoldView[]> => {
    const counts = await coverage.counts(rows.map(({ id }) => id));
    return rows.map((row) => ({
      documentId: row.documentId,
      scope: row.scope ?? 'customer',
      state: row.state,
      reason: row.reason,
      issuer: nameOf(row.issuer),
      issuedAt: row.issuedAt,
      reviewOn: row.reviewOn,
      reviewDue: row.state === 'active' && row.reviewOn !== null && row.reviewOn <= today,
      releasedAt: row.releasedAt,
      releasedBy: nameOf(row.releasedBy),
      releaseReason: row.releaseReason,
      customer: row.customer
        ? { documentId: row.customer.documentId, label: labelOf(row.customer) }
        : null,
      record:
        row.recordType && row.recordId ? { type: row.recordType, documentId: row.recordId } : null,
      filter: row.filter,
      customers: counts.get(row.id) ?? 0,
    }));
  };

  /** @throws NotFoundError when there is no such hold. */
  const require = async (documentId: string): Promise<FullRow> => {
    const row = (await strapi.db
      .query(HOLD)
      .findOne({ where: { documentId }, populate: POPULATE })) as FullRow | null;
    if (!row) throw new errors.NotFoundError('There is no such legal hold.');
    return row;
  };

  return {
    require,

    /** A page of holds, newest first, with one more row than `limit` where there are more. */
    async page(
      { state, scope, review }: HoldSelection,
      today: Day,
      cursor: number | null,
      limit: number
    ): Promise<Array<HoldView & { id: number }>> {
      const rows = (await strapi.db.query(HOLD).findMany({
        where: {
          ...(state ? { state } : {}),
          ...(scope ? { scope } : {}),
          ...(review ? { state: 'active', reviewOn: { $lte: today } } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        populate: POPULATE,
        orderBy: { id: 'desc' },
        limit: limit + 1,
      })) as FullRow[];
      const views = await viewsOf(rows, today);
      return views.map((view, index) => ({ id: rows[index]?.id ?? 0, ...view }));
    },

    async one(documentId: string, today: Day): Promise<HoldView> {
      const [view] = await viewsOf([await require(documentId)], today);
      return view as HoldView;
    },

    /** A page of the customers that a hold covers, with one more row than `limit` where there are more. */
    async customers(documentId: string, cursor: number | null, limit: number) {
      const hold = await require(documentId);
      const held = await coverage.customersPage(hold.id, cursor, limit + 1);
      const customers = (await strapi.db.query(CUSTOMER).findMany({
        select: LABELLED.select,
        where: { documentId: { $in: held.map((row) => row.document_id) } },
        populate: { department: { select: ['id', 'name'] } },
      })) as LabelledCustomer[];
      const byId = new Map(customers.map((customer) => [customer.documentId, customer]));
      return held.map(({ id, document_id }) => {
        const customer = byId.get(document_id);
        return {
          id,
          documentId: document_id,
          label: customer ? labelOf(customer) : null,
          filingNumber: customer?.filingNumber ?? null,
          department: customer?.department ? { name: customer.department.name } : null,
        };
      });
    },
  };
}

export type HoldViews = ReturnType<typeof createHoldViews>;
