import type { Core } from '@strapi/strapi';
import { chunks, tablesOf } from '../database';
import { LOOKUP_TABLE, PENDING_TABLE } from '../vault/models';
import { vaultOf } from '../vault/vault';
import { CONTACT, CUSTOMER, DEPENDENTS } from './uids';

/** documentIds by type. */
export type Records = Map<string, string[]>;

/** Told which customers and contacts are gone, in the transaction that removes their rows. */
export type DestroyedListener = (customerIds: string[], contactIds: string[]) => Promise<void>;

const IDS_PER_QUERY = 500;

interface EntityManager {
  deleteRelations(uid: string, id: number, options: { transaction: unknown }): Promise<void>;
}

/** Removing records for good: keys first, then whatever rows speak of them; and looking whether anything is left. */
export function createRemoval(strapi: Core.Strapi, listeners: readonly DestroyedListener[]) {
  const rowIds = async (uid: string, documentIds: readonly string[]): Promise<number[]> => {
    const ids: number[] = [];
    for (const part of chunks(documentIds, IDS_PER_QUERY)) {
      const rows = await strapi.db
        .query(uid)
        .findMany({ select: ['id'], where: { documentId: { $in: part } } });
      ids.push(...rows.map(({ id }: { id: number }) => id));
    }
    return ids;
  };

  /** Rows and their links of one type. A content type that the project has dropped has none. */
  const deleteRows = async (uid: string, documentIds: readonly string[]) => {
    if (!strapi.contentTypes[uid as never]) return;
    const manager = strapi.db.entityManager as unknown as EntityManager;
    const ids = await rowIds(uid, documentIds);
    for (const part of chunks(ids, IDS_PER_QUERY)) {
      await strapi.db.query(uid).deleteMany({ where: { id: { $in: part } } });
      // deleteMany leaves links without foreign keys behind; where a type has none of these, this asks nothing.
      await strapi.db.transaction(async ({ trx }) => {
        for (const id of part) await manager.deleteRelations(uid, id, { transaction: trx });
      });
    }
  };

  return {
    /** Ids of the rows that are there. */
    rowIds,

    /** What hangs on these customers now. */
    async dependentsOf(customerIds: readonly string[]): Promise<Records> {
      const found: Records = new Map();
      for (const uid of DEPENDENTS) {
        const ids: string[] = [];
        for (const part of chunks(customerIds, IDS_PER_QUERY)) {
          const rows = await strapi.db.query(uid).findMany({
            select: ['documentId'],
            where: { customer: { documentId: { $in: part } } },
          });
          ids.push(...rows.map(({ documentId }: { documentId: string }) => documentId));
        }
        found.set(uid, ids);
      }
      return found;
    },

    /** Destroys the keys of the sealed among the records, and their sealed rows. From here on nothing can be read. */
    async destroyKeys(records: Records, orderNumber: string, now: Date): Promise<void> {
      const vault = vaultOf(strapi);
      for (const [uid, ids] of records) {
        if (!vault.isGoverned(uid)) continue;
        for (const part of chunks(ids, IDS_PER_QUERY))
          await vault.destroy(uid, part, orderNumber, now);
      }
    },

    /** Removes the rows, in the running transaction: what hangs on customers before the customers. */
    async removeRows(records: Records): Promise<void> {
      const inOrder = [...DEPENDENTS, CUSTOMER];
      const others = [...records.keys()].filter((uid) => !(inOrder as string[]).includes(uid));
      for (const uid of [...others, ...inOrder]) await deleteRows(uid, records.get(uid) ?? []);
      for (const listener of listeners)
        await listener(records.get(CUSTOMER) ?? [], records.get(CONTACT) ?? []);
    },

    /**
     * Which of the records can still be found, and where. It looks at the tables themselves and so does not hang on
     * the code that emptied them.
     */
    async remains(uid: string, documentIds: readonly string[]): Promise<Map<string, string[]>> {
      const found = new Map<string, string[]>();
      const note = (place: string, ids: Iterable<string>) => {
        const list = [...new Set(ids)];
        if (list.length > 0) found.set(place, list);
      };
      if (strapi.contentTypes[uid as never]) {
        const rows = await strapi.db
          .query(uid)
          .findMany({ select: ['documentId'], where: { documentId: { $in: [...documentIds] } } });
        note(
          'rows',
          rows.map(({ documentId }: { documentId: string }) => documentId)
        );
      }
      note('sealed values', await vaultOf(strapi).records.existing(uid, documentIds));
      const tables = { 'look-up rows': LOOKUP_TABLE, 'proposed values': PENDING_TABLE };
      for (const [place, table] of Object.entries(tables)) {
        const rows = (await (
          await tablesOf(strapi)
        )(table)
          .distinct('document_id')
          .where({ record_type: uid })
          .whereIn('document_id', [...documentIds])) as Array<{ document_id: string }>;
        note(
          place,
          rows.map(({ document_id }) => document_id)
        );
      }
      const keys = await vaultOf(strapi).keyStore().dataKeys(uid, documentIds);
      note(
        'keys',
        keys.map(({ document_id }) => document_id)
      );
      return found;
    },
  };
}

export type Removal = ReturnType<typeof createRemoval>;
