import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { moveRecord } from '../../access/record-moves';
import { auditOf } from '../../audit/audit';
import { changesOf } from '../../changes/changes';
import { collectedAttributes } from '../../collection/documents';
import { afterCommit, isPostgres, tablesOf } from '../../database';
import { governedOperation } from '../../operation';
import { filingOf } from '../../filing/filing';
import { CUSTOMER, resolveType } from '../../policy/attribute-path';
import { registerOf } from '../../register/service';
import { heldFiles } from '../../retention/holds/active-holds';
import { retentionOf } from '../../retention/retention';
import { vaultOf } from '../../vault/vault';
import { verificationOf } from '../../verification/verification';
import { duplicatesOf } from '../duplicates/duplicates';
import { isEmpty } from '../entry/attribute';
import { entryOf } from '../entry/entry';
import { OPERATION, type Moved } from './models';
import { moveReferences } from './references';

export interface FileRow extends Record<string, unknown> {
  id: number;
  documentId: string;
  filingNumber: string | null;
}

/** Which of two files stays, and what of the other it takes over. */
export interface Choice {
  survivor: string;
  merged: string;
  /** Attributes whose value is that of the file that goes. */
  taken: readonly string[];
}

const GONE = 'One of the two files is not there any more, or not one that you may read.';

/** Types that are counted by a word of their own. */
const COUNTED: Readonly<Record<string, string>> = {
  [resolveType('contact')]: 'contacts',
  [resolveType('consent')]: 'consents',
  [resolveType('attachment')]: 'attachments',
  [resolveType('legal-hold')]: 'holds',
};

/** Makes one file of two, in the running transaction. */
export function createCarryingOut(strapi: Core.Strapi) {
  const customers = () => strapi.db.query(CUSTOMER);

  /** Both files under the locks of their rows, in one order for all. @throws NotFoundError when one is gone. */
  const lockBoth = async ({
    survivor,
    merged,
  }: Choice): Promise<{ survivor: FileRow; merged: FileRow }> => {
    const query = (await tablesOf(strapi))(strapi.db.metadata.get(CUSTOMER).tableName)
      .select('id')
      .whereIn('document_id', [survivor, merged])
      .orderBy('id');
    await (isPostgres(strapi) ? query.forUpdate() : query);
    const rows = (await customers().findMany({
      where: { documentId: { $in: [survivor, merged] } },
    })) as FileRow[];
    const stays = rows.find(({ documentId }) => documentId === survivor);
    const goes = rows.find(({ documentId }) => documentId === merged);
    if (!stays || !goes) throw new errors.NotFoundError(GONE);
    return { survivor: stays, merged: goes };
  };

  /** @throws ApplicationError when something stands against making one of these two. */
  const assertFree = async (survivor: FileRow, merged: FileRow): Promise<void> => {
    const held = await heldFiles(strapi, [survivor.id, merged.id]);
    if (held.size > 0) {
      throw new errors.ApplicationError(
        'A legal hold covers one of the two files, so both stay as they are. They can be merged once it is released.'
      );
    }
    const ids = [survivor.documentId, merged.documentId];
    if (await retentionOf(strapi).inOpenOrder(ids)) {
      throw new errors.ApplicationError(
        'One of the two files is in a destruction order that is not over. Have it taken out of the order first.'
      );
    }
    if (await changesOf(strapi).hasPending(CUSTOMER, ids)) {
      throw new errors.ApplicationError(
        'A change of one of the two files waits for its approval. Wait for the decision, or have it withdrawn.'
      );
    }
    if (await registerOf(strapi).disputes.isOpenFor(ids)) {
      throw new errors.ApplicationError(
        'It is disputed whose one of the two customers is. Wait for the decision.'
      );
    }
    if ([survivor, merged].some(({ filingState }) => filingState === 'in-review')) {
      throw new errors.ApplicationError(
        'One of the two files is in review, and frozen meanwhile. Wait for the decision.'
      );
    }
    if (!isEmpty(merged.filingNumber) && isEmpty(survivor.filingNumber)) {
      throw new errors.ApplicationError(
        'The file that would go is filed, and the one that would stay is not. Let the filed one stay.'
      );
    }
  };

  /** @throws ValidationError naming what cannot be taken over. */
  const assertTaken = (merged: FileRow, taken: readonly string[]): void => {
    const collected = collectedAttributes(strapi, CUSTOMER);
    const wrong = taken.filter((name) => !collected.includes(name));
    if (wrong.length > 0) {
      throw new errors.ValidationError(
        `taken: not taken over: ${wrong.join(', ')}. The file that stays keeps its own`
      );
    }
    const empty = taken.filter((name) => isEmpty(merged[name]));
    if (empty.length > 0) {
      throw new errors.ValidationError(
        `taken: the file that goes has no ${empty.join(', ')} that could be taken over`
      );
    }
  };

  /** What we noted ourselves goes together: the earlier first contact, the later last one, and every mark. */
  const notedOf = (survivor: FileRow, merged: FileRow): Record<string, unknown> => {
    const noted: Record<string, unknown> = {};
    const take = (name: string, better: (own: unknown, other: unknown) => boolean) => {
      const [own, other] = [survivor[name], merged[name]];
      if (!isEmpty(other) && (isEmpty(own) || better(own, other))) noted[name] = other;
    };
    const time = (value: unknown) => new Date(value as string).getTime();
    take('firstContactAt', (own, other) => time(other) < time(own));
    take('lastContactOn', (own, other) => String(other) > String(own));
    take('erasureRequestedOn', (own, other) => String(other) < String(own));
    for (const mark of ['keyCustomer', 'inDispute']) {
      if (merged[mark] === true && survivor[mark] !== true) noted[mark] = true;
    }
    return noted;
  };

  /** The clear values that are taken over; in memory only. */
  const valuesOf = async (merged: FileRow, taken: readonly string[]) => {
    const kinds = vaultOf(strapi).protectedAttributes(CUSTOMER);
    const sealed = taken.filter((name) => Object.hasOwn(kinds, name));
    const opened =
      sealed.length > 0
        ? (await vaultOf(strapi).records.openMany(CUSTOMER, [merged.documentId], sealed)).get(
            merged.documentId
          )
        : undefined;
    const lost = sealed.filter((name) => opened?.[name] === undefined);
    if (lost.length > 0) {
      throw new errors.ApplicationError(
        `${lost.join(', ')}: the file that goes cannot be opened any more; leave these to the file that stays.`
      );
    }
    return Object.fromEntries(taken.map((name) => [name, opened?.[name] ?? merged[name]]));
  };

  return {
    lockBoth,
    assertFree,
    assertTaken,

    /**
     * Lets all of one file go over to the other: contacts, consents, attachments, grants and whatever else names it; values as
     * they were chosen, sealed under the key of the file that stays, and asked of what every entry is asked; by what the two
     * were known. Then the other file goes, and its key with it.
     * @throws what stands against it, with nothing done.
     */
    async carryOut(choice: Choice, requestId: string, now: Date): Promise<Moved> {
      const { survivor, merged } = await lockBoth(choice);
      await assertFree(survivor, merged);
      assertTaken(merged, choice.taken);
      const values = await valuesOf(merged, choice.taken);

      const moved: Moved = {};
      const rows = await moveReferences(strapi, CUSTOMER, merged.id, survivor.id);
      for (const [uid, count] of rows) {
        const what = COUNTED[uid] ?? 'others';
        moved[what] = (moved[what] ?? 0) + count;
      }
      const [from, to] = [merged.documentId, survivor.documentId];
      moved.grants = await moveRecord(strapi, CUSTOMER, from, to);
      await changesOf(strapi).moveRecords(CUSTOMER, from, to);
      await registerOf(strapi).moveTo(from, to);
      await filingOf(strapi).reviews.moveTo(from, to);
      // One file from here on, so that what the one was known by keeps the other out no more.
      await vaultOf(strapi).identities.move(from, to);

      // Consents went over before: a sensitive value rests on them.
      const data = await entryOf(strapi).examine(CUSTOMER, to, values, [
        duplicatesOf(strapi).rule,
        changesOf(strapi).control,
      ]);
      await governedOperation(OPERATION, async () => {
        const written = { ...data, ...notedOf(survivor, merged) };
        if (Object.keys(written).length > 0)
          await customers().update({ where: { id: survivor.id }, data: written });
        // After the write, which made void what was verified of the values that gave way.
        await verificationOf(strapi).moveFacts(from, to, choice.taken);
        await retentionOf(strapi).removeCustomers([from]);
      });
      await auditOf(strapi).append({
        action: 'record.delete',
        recordType: CUSTOMER,
        recordIds: [from],
        details: { operation: OPERATION },
      });
      await retentionOf(strapi).recompute([to], now);
      await auditOf(strapi).append({
        action: 'merge.carry-out',
        recordType: CUSTOMER,
        recordIds: [to, from],
        attributes: choice.taken,
        requestId,
        details: {
          contacts: moved.contacts ?? 0,
          consents: moved.consents ?? 0,
          attachments: moved.attachments ?? 0,
          grants: moved.grants ?? 0,
        },
      });
      // The key goes when the merge is certain; should it fail then, the orphan sweep takes it.
      await afterCommit(strapi, () => {
        vaultOf(strapi)
          .removeKeys(CUSTOMER, [from])
          .catch(() => {
            strapi.log.warn('A data key of a merged file is left for the orphan sweep.');
          });
      });
      return moved;
    },
  };
}

export type CarryingOut = ReturnType<typeof createCarryingOut>;
