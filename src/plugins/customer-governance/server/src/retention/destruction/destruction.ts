import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { zoneOf } from '../../calendar/zone';
import { inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import { policyOf } from '../../policy';
import { attributesByType, type AttributeRemoval } from './attribute-removal';
import type { Completion } from '../orders/completion';
import { mayGo } from '../due/due-date';
import type { ConsentProofs } from './consent-proofs';
import { createEvidence } from './evidence';
import type { StepListener } from './execution';
import type { Findings } from './findings';
import { activeHolds } from '../holds/active-holds';
import type { Items } from '../orders/items';
import type { ItemRow, ItemState } from '../models';
import type { OrderRow, Orders } from '../orders/orders';
import { groupItems, type Records, type Removal } from './removal';
import type { Sparing } from './sparing';
import type { Verification } from './verification';
import { CONSENT, CUSTOMER, DEPENDENTS, OPERATIONS } from '../uids';

interface Parts {
  orders: Orders;
  items: Items;
  removal: Removal;
  attributeRemoval: AttributeRemoval;
  verification: Verification;
  findings: Findings;
  sparing: Sparing;
  proofs: ConsentProofs;
  completion: Completion;
}

/**
 * Customers that are destroyed in one transaction, with all that hangs on them. Look-up rows of one batch lie all over their
 * index: on SQLite each batch writes most of its pages anew, so a few large ones take half the time of many small ones.
 */
export const BATCH = 4000;

/** The records of an order in batches, each done for good before the next begins, and then the search for them. */
export function createDestruction(
  strapi: Core.Strapi,
  {
    orders,
    items,
    removal,
    attributeRemoval,
    verification,
    findings,
    sparing,
    proofs,
    completion,
  }: Parts
) {
  /**
   * Takes the next customers past the last check for holds and due dates. What an interrupted run marked comes first.
   * @param types of what hangs on customers and goes with them.
   * @returns all records on their way out, or `null` when no customer is left.
   */
  const mark = (order: OrderRow, types: readonly string[], now: Date): Promise<Records | null> =>
    inTransaction(strapi, async () => {
      const begun = await items.inState(order.id, 'destroying');
      const batch = begun.length > 0 ? [] : await items.inState(order.id, 'listed', BATCH);
      if (begun.length + batch.length === 0) return null;
      const free = await withoutKept(order, batch, now);
      await items.move(
        free.map(({ id }) => id),
        'destroying'
      );
      for (const uid of types) await items.addDependents(order.id, uid);
      return groupItems(await items.inState(order.id, 'destroying'));
    });

  /** Takes customers out of the order that are held, or whose time is not over any more. */
  const withoutKept = async (order: OrderRow, batch: ItemRow[], now: Date): Promise<ItemRow[]> => {
    if (batch.length === 0) return [];
    const rows = await removal.lockCustomers(batch.map((item) => item.document_id));
    const holds = await activeHolds(
      strapi,
      rows.map(({ id }) => id)
    );
    const today = zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(now);
    const takeOut = async (state: ItemState, which: typeof rows) => {
      const out = new Set(which.map(({ documentId }) => documentId));
      const listed = batch.filter((item) => out.has(item.document_id));
      await items.move(
        listed.map(({ id }) => id),
        state
      );
      return out;
    };
    const held = await takeOut(
      'held',
      rows.filter(({ id }) => holds.has(id))
    );
    // An order of single attributes goes by their own days, which come before the customer's.
    const early = await takeOut(
      'freed',
      rows.filter(
        ({ id, retentionDueOn }) =>
          !order.attributes && !holds.has(id) && !mayGo(retentionDueOn, false, today)
      )
    );
    return batch.filter((item) => !held.has(item.document_id) && !early.has(item.document_id));
  };

  /**
   * Marks what was entered for the customers after they were marked themselves. They stay locked, so that nothing more
   * comes while this transaction lasts.
   * @returns whether there was anything, whose keys must go before rows do.
   */
  const markLatecomers = async (order: OrderRow, records: Records): Promise<boolean> => {
    await removal.lockCustomers(records.get(CUSTOMER) ?? []);
    let added = 0;
    for (const uid of DEPENDENTS) added += await items.addDependents(order.id, uid);
    return added > 0;
  };

  /** Writes down, in the running transaction, that records are destroyed. */
  const settle = async (order: OrderRow, records: Records) => {
    await items.settle(order.id);
    const attributes = order.attributes ? { attributes: order.attributes } : {};
    await auditOf(strapi).append(
      [...records].map(([recordType, recordIds]) => ({
        action: 'destruction.execute' as const,
        recordType,
        recordIds,
        requestId: order.documentId,
        ...attributes,
        details: { order: order.number, count: recordIds.length },
      }))
    );
  };

  /** Removes the rows of what is marked; listeners, items and log are of the same transaction. */
  const remove = (order: OrderRow, now: Date, onStep: StepListener) =>
    governedOperation(OPERATIONS.destruction, () =>
      inTransaction(strapi, async () => {
        const marked = await items.inState(order.id, 'destroying');
        if (marked.length === 0) return;
        const records = groupItems(marked);
        if (await markLatecomers(order, records)) return;
        await proofs.keep(records.get(CONSENT) ?? [], order.number, now);
        await removal.removeRows(records);
        await settle(order, records);
        await onStep('rows-removed');
      })
    );

  /** Whether the order is still to be gone on with; somebody may have paused it between two batches. */
  const goesOn = async (order: OrderRow): Promise<boolean> =>
    (await orders.find(order.documentId))?.state === 'executing';

  return {
    /**
     * Goes on with an order from where it is to its completion. Killed anywhere and run again it ends at the same place;
     * paused meanwhile it stops before the next batch.
     * @throws ApplicationError when something could still be found afterwards.
     */
    async carryOut(order: OrderRow, now: Date, onStep: StepListener): Promise<void> {
      const evidence = createEvidence(strapi);
      await findings.recall(order.documentId, evidence.fingerprints);
      const parts = order.attributes ? attributesByType(order.attributes) : null;
      const types = DEPENDENTS.filter((uid) => !parts || parts.has(uid));
      for (;;) {
        if (!(await goesOn(order))) return;
        const records = await mark(order, types, now);
        if (!records) break;
        await onStep('marked');
        const taken = evidence.fingerprints.taken();
        await evidence.take(records, await items.countIn(order.id, 'listed'), parts);
        try {
          if (parts) {
            await attributeRemoval.remove(order, records, parts, now, onStep);
            await inTransaction(strapi, () => settle(order, records));
          } else {
            await removal.destroyKeys(records, order.number, now);
            await onStep('keys-destroyed');
            await remove(order, now, onStep);
          }
        } catch (error) {
          const spared = await sparing.spare(order);
          if (spared === null) throw error;
          // Those of what stays are among them. The others are taken anew, as far as their keys are there.
          if (spared > 0) evidence.fingerprints.forgetSince(taken);
          continue;
        }
        await onStep('batch-done');
      }
      const report = await verification.verify(order, evidence, now);
      await onStep('verified');
      await completion.complete(order.documentId, report, now, () => onStep('certified'));
      await findings.forget(order.documentId);
      await onStep('done');
    },
  };
}

export type Destruction = ReturnType<typeof createDestruction>;
