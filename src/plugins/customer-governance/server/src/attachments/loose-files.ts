import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { vaultOf } from '../vault/vault';
import { ATTACHMENT, CONTENTS, type AttachmentRow } from './attachment';
import { LOOSE_FILES } from './models';
import type { FileStorage } from './storage';

/** An upload that takes longer than this has broken off. */
const AGE_MS = 60 * 60 * 1000;
const BATCH = 100;

/** The files that no attachment has: what is written down here goes, whatever happens in between. */
export function createLooseFiles(strapi: Core.Strapi, storage: () => FileStorage) {
  const forget = async (documentId: string): Promise<void> => {
    const tables = await tablesOf(strapi);
    await tables(LOOSE_FILES).where({ document_id: documentId }).delete();
  };

  /**
   * Key first: from then on the file is nobody's. Of an attachment whose row says that it was removed, the key leaves a
   * tombstone, so that no restored backup brings the file back.
   */
  const removeKeyAndFile = async (documentId: string): Promise<void> => {
    const removed: AttachmentRow | null = await strapi.db
      .query(ATTACHMENT)
      .findOne({ where: { documentId, state: 'removed' } });
    if (removed) {
      const at = new Date(removed.removedAt ?? Date.now());
      await vaultOf(strapi).destroyKeys(new Map([[ATTACHMENT, [documentId]]]), '', at, CONTENTS);
    } else {
      await vaultOf(strapi).removeKeys(ATTACHMENT, [documentId]);
    }
    await storage().remove(documentId);
    await forget(documentId);
  };

  return {
    /** Writes down that a file is about to be there without an attachment, or about to go, in the running transaction. */
    async note(documentId: string, now: Date): Promise<void> {
      const tables = await tablesOf(strapi);
      await tables(LOOSE_FILES)
        .insert({ document_id: documentId, since: now.getTime() })
        .onConflict('document_id')
        .ignore();
    },

    /** The file has got its attachment. */
    forget,

    /** Removes key and file now. Should it fail, the sweep does it. */
    async remove(documentId: string): Promise<void> {
      try {
        await removeKeyAndFile(documentId);
      } catch (error) {
        strapi.log.warn(
          `A file without an attachment is left for the sweep: ${(error as Error).name}.`
        );
      }
    },

    /** Removes what crashes have left. @returns how many files that were. */
    async sweep(now: Date): Promise<number> {
      let removed = 0;
      for (let after = 0; ;) {
        const tables = await tablesOf(strapi);
        const page = (await tables(LOOSE_FILES)
          .where('since', '<', now.getTime() - AGE_MS)
          .andWhere('id', '>', after)
          .orderBy('id')
          .limit(BATCH)) as Array<{ id: number; document_id: string }>;
        const last = page.at(-1);
        if (!last) return removed;
        after = last.id;
        for (const { document_id } of page) {
          await removeKeyAndFile(document_id);
          removed += 1;
        }
      }
    },
  };
}

export type LooseFiles = ReturnType<typeof createLooseFiles>;
