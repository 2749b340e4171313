import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { chunks } from '../../database';
import { policyOf } from '../../policy';
import type { AttributeDues, AttributesDue } from './attribute-dues';
import type { Dormancy } from './dormancy';
import type { DueDates } from './due-dates';
import type { DueList } from './due-list';
import { heldRecords } from '../holds/hold-coverage';
import type { Items } from '../orders/items';
import { MAX_CUSTOMERS, type Orders, type Proposal } from '../orders/orders';
import { CUSTOMER } from '../uids';

const DAY_MS = 24 * 60 * 60 * 1000;
const REASON = 'The retention period is over (proposed by the nightly job).';
const REASON_OF_ATTRIBUTES =
  'The retention period of these attributes is over; the customers stay (proposed by the nightly job).';
const IDS_PER_QUERY = 500;

interface Parts {
  dormancy: Dormancy;
  dueDates: DueDates;
  dueList: DueList;
  attributeDues: AttributeDues;
  items: Items;
  orders: Orders;
}

/** What is due is found and proposed by itself [END-2]. */
export function createNightly(
  strapi: Core.Strapi,
  { dormancy, dueDates, dueList, attributeDues, items, orders }: Parts
) {
  const rejectedSince = (now: Date) =>
    new Date(now.getTime() - policyOf(strapi).get().retention.destroyWithinDays * DAY_MS);

  /** @returns the documentId of the order; `null` where something came in between, which the next night sees to. */
  const make = async (proposal: Proposal, now: Date): Promise<string | null> => {
    try {
      return await orders.propose(proposal, null, now);
    } catch (error) {
      // A hold or another proposal may have come in between.
      if (!(error instanceof errors.ApplicationError)) throw error;
      strapi.log.warn(`The nightly proposal was not made: ${error.message}`);
      return null;
    }
  };

  /** Those whom nothing stops: no hold, no open order for the same attributes, none that was rejected of late. */
  const unhindered = async (due: AttributesDue[], now: Date): Promise<AttributesDue[]> => {
    const ids = due.map(({ documentId }) => documentId);
    const held = await heldRecords(strapi, CUSTOMER, ids);
    const rejected = await dueList.rejectedOf(ids, rejectedSince(now));
    const whole = await items.openOrders(ids);
    const open = await items.openAttributes(ids);
    return due
      .filter(({ documentId: id }) => !held.has(id) && !rejected.has(id) && !whole.has(id))
      .map(({ documentId, attributes }) => ({
        documentId,
        attributes: attributes.filter((path) => !open.get(documentId)?.includes(path)),
      }))
      .filter(({ attributes }) => attributes.length > 0);
  };

  return {
    /** Proposes whoever is due and not yet proposed. @returns the documentIds of the orders. */
    async propose(now: Date): Promise<string[]> {
      const made: string[] = [];
      for (;;) {
        const customers = await dueList.proposable(
          dueDates.dayAt(now),
          rejectedSince(now),
          MAX_CUSTOMERS
        );
        if (customers.length === 0) return made;
        const order = await make({ customers, reason: REASON }, now);
        if (!order) return made;
        made.push(order);
      }
    },

    /**
     * Proposes the attributes that are due of customers who stay: an order for each set of attributes.
     * @returns the documentIds of the orders.
     */
    async proposeAttributes(now: Date): Promise<string[]> {
      const made: string[] = [];
      const waiting = new Map<string, string[]>();
      const flush = async (key: string, least: number) => {
        const customers = waiting.get(key) ?? [];
        while (customers.length >= least) {
          const batch = customers.splice(0, MAX_CUSTOMERS);
          const attributes = key.split(',');
          const proposal = { customers: batch, reason: REASON_OF_ATTRIBUTES, attributes };
          const order = await make(proposal, now);
          if (order) made.push(order);
        }
      };
      for await (const page of attributeDues.pages(now)) {
        for (const part of chunks(page, IDS_PER_QUERY)) {
          for (const { documentId, attributes } of await unhindered(part, now)) {
            const key = [...attributes].sort().join(',');
            const customers = waiting.get(key);
            if (customers) customers.push(documentId);
            else waiting.set(key, [documentId]);
          }
        }
        for (const key of waiting.keys()) await flush(key, MAX_CUSTOMERS);
      }
      for (const key of waiting.keys()) await flush(key, 1);
      return made;
    },

    async run(now: Date): Promise<void> {
      await dueDates.sweep(now);
      await dormancy.run(now, dueDates.dayAt(now));
      await this.propose(now);
      await this.proposeAttributes(now);
    },
  };
}
