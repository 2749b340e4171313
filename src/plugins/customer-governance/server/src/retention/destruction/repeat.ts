import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import type { Tombstone } from '../../vault/key-store';
import { WHOLE } from '../../vault/key-store-tables';
import { vaultOf } from '../../vault/vault';
import { liftHeld } from '../holds/hold-destroyed';
import type { ConsentProofs } from './consent-proofs';
import type { Records, Removal } from './removal';
import { CONSENT, CUSTOMER, OPERATIONS } from '../uids';

/** So many tombstones are looked at together, and so many records destroyed again in one transaction. */
const PAGE = 1000;

interface Found {
  uid: string;
  documentId: string;
  orderNumber: string;
  destroyedAt: string;
}

interface Parts {
  removal: Removal;
  proofs: ConsentProofs;
}

/**
 * Destroys again what a restored backup brought back. The key store is no part of a backup of the data, and its
 * tombstones say what must not be there. A few queries for each thousand tombstones while nothing is there.
 * @returns how many records were destroyed again.
 */
export async function repeatDestruction(
  strapi: Core.Strapi,
  parts: Parts,
  now: Date
): Promise<number> {
  const { removal } = parts;
  return actorOf(strapi).asSystem('restore-guard', async () => {
    let count = 0;
    for (let after: Tombstone | null = null; ;) {
      const page: Tombstone[] = await vaultOf(strapi).keyStore().tombstonesPage(after, PAGE);
      const last = page.at(-1);
      if (!last) break;
      after = last;
      const found: Found[] = [];
      const whole = page.filter((tombstone) => tombstone.attributes === WHOLE);
      for (const uid of new Set(whole.map((tombstone) => tombstone.record_type))) {
        const known = new Map(
          whole.filter((t) => t.record_type === uid).map((t) => [t.document_id, t])
        );
        const places = await removal.remains(uid, [...known.keys()]);
        for (const documentId of new Set([...places.values()].flat())) {
          const { order_number = '', destroyed_at = now.toISOString() } =
            known.get(documentId) ?? {};
          found.push({ uid, documentId, orderNumber: order_number, destroyedAt: destroyed_at });
        }
      }
      if (found.length > 0) count += await destroyAgain(strapi, parts, found, now);
    }
    if (count > 0) {
      strapi.log.warn(
        `${count} destroyed records had come back, as by a restored backup, and were destroyed again.`
      );
    }
    return count;
  });
}

async function destroyAgain(
  strapi: Core.Strapi,
  { removal, proofs }: Parts,
  found: Found[],
  now: Date
): Promise<number> {
  const records: Records = new Map();
  for (const { uid, documentId } of found)
    records.set(uid, [...(records.get(uid) ?? []), documentId]);
  // A contact that was deleted before its customer was destroyed has no tombstone of its own, but comes back, too.
  for (const [uid, ids] of await removal.dependentsOf(records.get(CUSTOMER) ?? [])) {
    records.set(uid, [...new Set([...(records.get(uid) ?? []), ...ids])]);
  }
  // A hold that came back with them holds nothing that there still is.
  await liftHeld(strapi, records);
  const { orderNumber = '', destroyedAt = now.toISOString() } = found[0] ?? {};
  await removal.destroyKeys(records, orderNumber, now);
  await governedOperation(OPERATIONS.repeat, () =>
    inTransaction(strapi, async () => {
      // A backup of the data from before the destruction has no proofs either.
      await proofs.keep(records.get(CONSENT) ?? [], orderNumber, new Date(destroyedAt));
      await removal.removeRows(records);
      await auditOf(strapi).append(
        [...records]
          .filter(([, ids]) => ids.length > 0)
          .map(([recordType, recordIds]) => ({
            action: 'destruction.repeat' as const,
            recordType,
            recordIds,
            details: { count: recordIds.length },
          }))
      );
    })
  );
  return [...records.values()].reduce((sum, ids) => sum + ids.length, 0);
}
