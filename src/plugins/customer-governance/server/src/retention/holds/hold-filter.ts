import type { Core } from '@strapi/strapi';
import { assertScopeFilter, type ScopeFilter } from '../../access/scope-filter';
import { auditOf } from '../../audit/audit';
import { inTransaction } from '../../database';
import { actorOf } from '../../organisation/actor';
import { invalid } from '../../refusal';
import { vaultOf } from '../../vault/vault';
import { lockCustomers, type Coverage, type HoldableCustomer } from './hold-coverage';
import { CUSTOMER, HOLD } from '../uids';

export interface FilterHold {
  id: number;
  documentId: string;
  filter: ScopeFilter;
}

interface WriteEvent {
  params: { where?: Record<string, unknown> };
  result?: { id?: number } | null;
}
interface ManyEvent {
  result?: { ids?: number[] };
}

const BATCH = 500;

/**
 * Holds by filter. A customer who fits comes under the hold: at its issue, at each later write, and each night. Once held
 * it stays so until the release, though it may fit no more: to change an attribute must not be a way out.
 */
export function createFilterHolds(strapi: Core.Strapi, coverage: Coverage) {
  const active = (): Promise<FilterHold[]> =>
    strapi.db.query(HOLD).findMany({
      select: ['id', 'documentId', 'filter'],
      where: { scope: 'filter', state: 'active' },
      orderBy: 'id',
    });

  const fitting = (
    filter: ScopeFilter,
    also: object,
    limit?: number
  ): Promise<HoldableCustomer[]> =>
    strapi.db.query(CUSTOMER).findMany({
      select: ['id', 'documentId'],
      where: { $and: [filter, also] },
      orderBy: { id: 'asc' },
      ...(limit ? { limit } : {}),
    });

  /** Takes those under the hold that are not yet, but for those whose destruction has begun. @returns how many. */
  const take = (hold: FilterHold, customers: HoldableCustomer[]): Promise<number> =>
    inTransaction(strapi, async () => {
      const fresh = await coverage.uncovered(hold.id, customers);
      if (fresh.length === 0) return 0;
      await lockCustomers(
        strapi,
        fresh.map(({ id }) => id)
      );
      const begun = await coverage.beingDestroyed(fresh.map(({ documentId }) => documentId));
      const taken = fresh.filter(({ documentId }) => !begun.has(documentId));
      if (taken.length === 0) return 0;
      await coverage.addCustomers(hold.id, taken);
      await auditOf(strapi).append({
        action: 'hold.extend',
        recordType: CUSTOMER,
        recordIds: taken.map(({ documentId }) => documentId),
        details: { hold: hold.documentId, count: taken.length },
      });
      return taken.length;
    });

  const takeAll = async (hold: FilterHold): Promise<number> => {
    let taken = 0;
    for (let after = 0; ;) {
      const customers = await fitting(hold.filter, { id: { $gt: after } }, BATCH);
      const last = customers.at(-1);
      if (!last) return taken;
      after = last.id;
      taken += await take(hold, customers);
    }
  };

  /** Customers just written, held against every filter in force. */
  const look = async (ids: readonly number[]): Promise<void> => {
    if (ids.length === 0) return;
    for (const hold of await active()) {
      const customers = await fitting(hold.filter, { id: { $in: [...ids] } });
      if (customers.length === 0) continue;
      // Who writes a customer issues no hold: it is the application that sees the filter fit.
      await actorOf(strapi).asSystem('legal-hold', () => take(hold, customers));
    }
  };

  return {
    /**
     * The filter, if it is one.
     * @throws ValidationError when it asks for a protected attribute, or for something that cannot be compared.
     */
    checked(input: unknown): ScopeFilter {
      if (typeof input !== 'object' || input === null || Array.isArray(input)) {
        throw invalid('filter', 'must be an object of attributes');
      }
      const filter = input as ScopeFilter;
      assertScopeFilter(filter, {
        attributes: strapi.contentType(CUSTOMER as never)['attributes'],
        protectedAttributes: Object.keys(vaultOf(strapi).protectedAttributes(CUSTOMER)),
      });
      return filter;
    },

    /** How many customers fit at this moment. */
    count: (filter: ScopeFilter): Promise<number> =>
      strapi.db.query(CUSTOMER).count({ where: filter }),

    takeAll,

    /** Every night: customers whom a write brought in while lifecycles were off, or time itself. @returns how many. */
    async extendAll(): Promise<number> {
      let taken = 0;
      for (const hold of await active()) taken += await takeAll(hold);
      return taken;
    },

    /** Looks at each customer that is written. */
    subscribe(): void {
      strapi.db.lifecycles.subscribe({
        models: [CUSTOMER],
        async afterCreate(event: unknown) {
          const { result } = event as WriteEvent;
          if (result?.id) await look([result.id]);
        },
        async afterCreateMany(event: unknown) {
          await look((event as ManyEvent).result?.ids ?? []);
        },
        async afterUpdate(event: unknown) {
          const { result, params } = event as WriteEvent;
          if (!result) return;
          const row: { id: number } | null = result.id
            ? { id: result.id }
            : await strapi.db
                .query(CUSTOMER)
                .findOne({ select: ['id'], where: params.where ?? {} });
          if (row) await look([row.id]);
        },
      });
    },
  };
}

export type FilterHolds = ReturnType<typeof createFilterHolds>;
