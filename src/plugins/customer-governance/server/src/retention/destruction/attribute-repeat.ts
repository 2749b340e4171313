import type { Core } from '@strapi/strapi';
import { auditOf } from '../../audit/audit';
import { inTransaction } from '../../database';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import type { Tombstone } from '../../vault/key-store';
import { WHOLE } from '../../vault/key-store-tables';
import { vaultOf } from '../../vault/vault';
import type { AttributeRemoval } from './attribute-removal';
import { asideFromHolds } from '../holds/hold-destroyed';
import { OPERATIONS } from '../uids';

const PAGE = 1000;

/**
 * Takes attributes away again that a restored backup of the data brought back. Their records were sealed under another key
 * then, which went with the attributes: a row that does not open is such an old one, and none of its values can be read. A
 * value that was entered anew since opens, and stays.
 * @returns how many records had come back.
 */
export async function repeatAttributes(
  strapi: Core.Strapi,
  attributeRemoval: AttributeRemoval
): Promise<number> {
  return actorOf(strapi).asSystem('restore-guard', async () => {
    const vault = vaultOf(strapi);
    let count = 0;
    for (let after: Tombstone | null = null; ;) {
      const page: Tombstone[] = await vault.keyStore().tombstonesPage(after, PAGE);
      const last = page.at(-1);
      if (!last) break;
      after = last;
      const single = page.filter(({ attributes }) => attributes !== WHOLE);
      for (const uid of new Set(single.map(({ record_type: type }) => type))) {
        if (!strapi.contentTypes[uid as never]) continue;
        const own = single.filter(({ record_type: type }) => type === uid);
        const broken = await vault.records.unopenable(
          uid,
          own.map(({ document_id: id }) => id)
        );
        if (broken.length === 0) continue;
        await removeAgain(
          strapi,
          attributeRemoval,
          uid,
          own.filter(({ document_id: id }) => broken.includes(id))
        );
        count += broken.length;
      }
    }
    if (count > 0) {
      strapi.log.warn(
        `${count} records had come back with attributes that were destroyed. These were removed again. ` +
          'Their other protected values, where they had any, were sealed under the destroyed keys: enter them again.'
      );
    }
    return count;
  });
}

const removeAgain = (
  strapi: Core.Strapi,
  attributeRemoval: AttributeRemoval,
  uid: string,
  tombstones: Tombstone[]
) =>
  governedOperation(OPERATIONS.repeat, () =>
    inTransaction(strapi, async () => {
      const ids = [...new Set(tombstones.map(({ document_id: id }) => id))];
      const { records, identities, protectedAttributes } = vaultOf(strapi);
      await asideFromHolds(strapi, uid, ids, () => records.remove(uid, ids));
      await identities.releaseAttributes(uid, ids, Object.keys(protectedAttributes(uid)));
      for (const attributes of new Set(tombstones.map((each) => each.attributes))) {
        const same = tombstones.filter((each) => each.attributes === attributes);
        await attributeRemoval.clear(
          uid,
          same.map(({ document_id: id }) => id),
          attributes.split(',')
        );
      }
      await auditOf(strapi).append({
        action: 'destruction.repeat',
        recordType: uid,
        recordIds: ids,
        details: { count: ids.length },
      });
    })
  );
