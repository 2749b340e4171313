import type { Core } from '@strapi/strapi';
import { inTransaction } from '../../database';
import { vaultOf } from '../../vault/vault';
import { heldRecords, lockCustomers } from '../holds/hold-coverage';
import { liftHeld } from '../holds/hold-destroyed';
import type { Items } from '../orders/items';
import type { OrderRow } from '../orders/orders';
import { CUSTOMER } from '../uids';
import { groupItems, type Records, type Removal } from './removal';

interface Parts {
  items: Items;
  removal: Removal;
}

/**
 * Holds that come when records are on their way out already. The service refuses them, but they come all the same: by a
 * contact that is moved to a held customer, or by rows that another program wrote. Keys and rows then refuse to go.
 */
export function createSparing(strapi: Core.Strapi, { items, removal }: Parts) {
  const heldOf = async (records: Records): Promise<Records> => {
    const held: Records = new Map();
    for (const [uid, ids] of records) {
      const found = [...(await heldRecords(strapi, uid, ids)).keys()];
      if (found.length > 0) held.set(uid, found);
    }
    return held;
  };

  /** Of the records, those whose keys are destroyed. */
  const withoutKeys = async (records: Records): Promise<Records> => {
    const gone: Records = new Map();
    for (const [uid, ids] of records) {
      const found = await vaultOf(strapi).keyStore().buried(uid, ids);
      if (found.length > 0) gone.set(uid, found);
    }
    return gone;
  };

  const without = (records: Records, others: Records): Records =>
    new Map(
      [...records].map(([uid, ids]) => {
        const known = new Set(others.get(uid));
        return [uid, ids.filter((id) => !known.has(id))];
      })
    );

  return {
    /**
     * Takes what is held out of the records that are on their way out, customers with all that hangs on them. Where the keys
     * are gone there is nothing left to keep: such a hold came too late and is lifted.
     * @returns `null` when nothing is held, else how many records stay.
     */
    spare: (order: OrderRow): Promise<number | null> =>
      inTransaction(strapi, async () => {
        const marked = await items.inState(order.id, 'destroying');
        const records = groupItems(marked);
        const customers = records.get(CUSTOMER) ?? [];
        await lockCustomers(strapi, await removal.rowIds(CUSTOMER, customers));
        const held = await heldOf(records);
        if (held.size === 0) return null;
        await liftHeld(strapi, await withoutKeys(held));
        const kept = await heldOf(records);
        const dependents = without(
          await removal.dependentsOf(kept.get(CUSTOMER) ?? []),
          await withoutKeys(records)
        );
        const stays = (uid: string, id: string) =>
          kept.get(uid)?.includes(id) || dependents.get(uid)?.includes(id);
        const spared = marked.filter((item) => stays(item.record_type, item.document_id));
        await items.move(
          spared.map(({ id }) => id),
          'held'
        );
        return spared.length;
      }),
  };
}

export type Sparing = ReturnType<typeof createSparing>;
