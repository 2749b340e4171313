import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { chunks, inTransaction, tablesOf } from '../../database';
import { HELD_TABLE } from '../models';
import type { Records } from '../destruction/removal';
import { CUSTOMER, HOLD } from '../uids';

const IDS_PER_QUERY = 500;
const ASIDE = 'aside';

/**
 * Lifts holds from records whose keys are destroyed: a restored backup brought record and hold back, or the hold came after
 * the keys had gone. There is nothing to read and nothing to keep.
 */
export async function liftHeld(strapi: Core.Strapi, records: Records): Promise<void> {
  await inTransaction(strapi, async () => {
    for (const [uid, documentIds] of records) {
      for (const part of chunks(documentIds, IDS_PER_QUERY)) await liftPart(strapi, uid, part);
    }
  });
}

/**
 * Does `work` on records that stay, as if no restored hold covered them; afterwards it does again. What is removed cannot
 * be opened any more, so there is nothing of it to keep, and the database would refuse.
 */
export async function asideFromHolds(
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[],
  work: () => Promise<void>
): Promise<void> {
  const move = async (from: string | null, to: string | null) => {
    for (const part of chunks(documentIds, IDS_PER_QUERY)) {
      await (
        await tablesOf(strapi)
      )(HELD_TABLE)
        .where({ record_type: uid, lifted: from })
        .whereIn('document_id', part)
        .update({ lifted: to });
    }
  };
  await inTransaction(strapi, async () => {
    await move(null, ASIDE);
    await work();
    await move(ASIDE, null);
  });
}

async function liftPart(strapi: Core.Strapi, uid: string, documentIds: string[]): Promise<void> {
  const held = (await tablesOf(strapi))(HELD_TABLE)
    .where({ record_type: uid, lifted: null })
    .whereIn('document_id', documentIds);
  const rows = (await held.clone().select('customer_id')) as Array<{ customer_id: number }>;
  if (rows.length === 0) return;
  await held.update({ lifted: 'destroyed' });
  if (uid !== CUSTOMER) return;
  // Whatever hangs on these customers goes with them, and so do the holds on them alone.
  const customerIds = rows.map(({ customer_id }) => customer_id);
  const tables = await tablesOf(strapi);
  await tables(HELD_TABLE)
    .whereIn('customer_id', customerIds)
    .whereNull('lifted')
    .update({ lifted: 'destroyed' });
  const holds = (await tables(strapi.db.metadata.get(HOLD).tableName)
    .where({ state: 'active' })
    .whereIn('customer_id', customerIds)
    .update({ state: 'released', released_at: new Date() })
    .returning('document_id')) as Array<{ document_id: string }>;
  await auditOf(strapi).append(
    holds.map(({ document_id }) => ({
      action: 'hold.release' as const,
      details: { hold: document_id, reason: 'destroyed' },
    }))
  );
}
