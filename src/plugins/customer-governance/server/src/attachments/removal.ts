import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { visibleToAsker } from '../access/visibility';
import { auditOf } from '../audit/audit';
import { afterCommit, inTransaction } from '../database';
import { governedOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { CUSTOMER } from '../policy/attribute-path';
import { heldRecords, lockCustomers } from '../retention/holds/hold-coverage';
import { forbidden, logRefusal } from '../retention/refusal';
import { retentionOf } from '../retention/retention';
import { CONSENT } from '../consents/consents';
import { vaultOf } from '../vault/vault';
import { ATTACHMENT, CONTENTS, type AttachmentRow } from './attachment';
import type { LooseFiles } from './loose-files';
import type { FileStorage } from './storage';

/** Files that are removed at the same time where a customer with many is destroyed. */
const AT_ONCE = 8;

interface DeleteEvent {
  params: { where?: Record<string, unknown> };
  state: { documentId?: string };
}

/** Does `work` for each, several at the same time. */
async function eachOf(ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const queue = [...ids];
  const take = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) await work(id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}

/** The end of files: one by somebody's decision, or all of a customer's with the customer. */
export function createRemoval(
  strapi: Core.Strapi,
  { storage, loose }: { storage: () => FileStorage; loose: LooseFiles }
) {
  const query = () => strapi.db.query(ATTACHMENT);

  const assertRemovable = async (row: AttachmentRow): Promise<void> => {
    await lockCustomers(strapi, row.customer ? [row.customer.id] : []);
    const hold = (await heldRecords(strapi, ATTACHMENT, [row.documentId])).get(row.documentId);
    if (hold) {
      await logRefusal(strapi, {
        action: 'delete.refused',
        recordType: ATTACHMENT,
        recordIds: [row.documentId],
        details: { reason: 'hold', hold },
      });
      throw forbidden(
        `The legal hold ${hold} stops this removal. It can be done once the hold is released.`
      );
    }
    const consents = await strapi.db
      .query(CONSENT)
      .count({ where: { evidenceFile: { id: row.id }, state: 'given' } });
    if (consents > 0) {
      throw new errors.ApplicationError(
        'This file is the evidence of a consent that stands, so it stays as long as that does.'
      );
    }
  };

  /** A restored backup had brought them back. Who removed them and why, the log knows; the row of that day does not. */
  const removeAgain = async (documentIds: readonly string[], now: Date): Promise<void> => {
    await query().updateMany({
      where: { documentId: { $in: [...documentIds] }, state: 'stored' },
      data: { state: 'removed', location: null, removedAt: now },
    });
    await eachOf(documentIds, (id) => storage().remove(id));
  };

  return {
    /**
     * Removes the file of an attachment in sight of whoever asks: sealed values and key, then the file. The row stays and
     * says that there was one, who removed it and why.
     * @throws ForbiddenError when a legal hold stops it, ApplicationError when it is removed already or proves a consent.
     */
    async remove(documentId: string, reason: string, now: Date): Promise<void> {
      const visible = await visibleToAsker(strapi, ATTACHMENT, [documentId]);
      if (!visible.has(documentId)) {
        throw new errors.NotFoundError('No such record, or not one that you may read.');
      }
      await governedOperation('attachment.remove', () =>
        inTransaction(strapi, async () => {
          const row: AttachmentRow | null = await query().findOne({
            where: { documentId },
            populate: { customer: { select: ['id', 'documentId'] } },
          });
          if (!row) throw new errors.NotFoundError('The attachment is gone meanwhile.');
          await assertRemovable(row);
          const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
          const { count } = await query().updateMany({
            where: { documentId, state: 'stored' },
            data: {
              state: 'removed',
              content: null,
              sensitiveContent: null,
              location: null,
              removedAt: now,
              removalReason: reason,
              removedBy: staff?.id ?? null,
            },
          });
          if (count === 0) {
            throw new errors.ApplicationError('This file is removed already. Reload the page.');
          }
          await vaultOf(strapi).records.remove(ATTACHMENT, [documentId]);
          await loose.note(documentId, now);
          await auditOf(strapi).append({
            action: 'attachment.remove',
            recordType: CUSTOMER,
            recordIds: row.customer ? [row.customer.documentId] : [],
            details: { attachment: documentId, kind: row.kind },
          });
        })
      );
      await loose.remove(documentId);
    },

    /** What goes with its customer takes its file along, whichever way the row goes. */
    subscribe(): void {
      retentionOf(strapi).onDestroyed(async (_customers, _contacts, attachments) => {
        // Inside the transaction of the rows: the keys are gone by now, so a file that is removed although the rows come back
        // is no loss; and where the storage does not answer, the order stays open instead of being certified.
        await eachOf(attachments, (id) => storage().remove(id));
      });
      retentionOf(strapi).onAttributesDestroyed(async (uid, documentIds, attributes) => {
        if (uid === ATTACHMENT && attributes.some((name) => CONTENTS.includes(name))) {
          await removeAgain(documentIds, new Date());
        }
      });
      strapi.db.lifecycles.subscribe({
        models: [ATTACHMENT],
        async beforeDelete(event: unknown) {
          const { params, state } = event as DeleteEvent;
          const row = await query().findOne({ select: ['documentId'], where: params.where ?? {} });
          if (row) state.documentId = row.documentId;
        },
        async afterDelete(event: unknown) {
          const { documentId } = (event as DeleteEvent).state;
          if (!documentId) return;
          await loose.note(documentId, new Date());
          await afterCommit(strapi, () => void loose.remove(documentId));
        },
      });
    },
  };
}
