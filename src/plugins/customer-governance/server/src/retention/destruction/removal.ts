import type { Core } from '@strapi/strapi';
import { chunks, isPostgres, tablesOf } from '../../database';
import { IDENTITY_TABLE, LOOKUP_TABLE, PENDING_TABLE, SEALED_TABLE } from '../../vault/models';
import { vaultOf } from '../../vault/vault';
import { cutLinks, linksTo, type Link } from './links';
import { ATTACHMENT, CONTACT, CUSTOMER, DEPENDENTS } from '../uids';

/** documentIds by type. */
export type Records = Map<string, string[]>;

/** Told which customers, contacts and attachments are gone, in the transaction that removes their rows. */
export type DestroyedListener = (
  customerIds: string[],
  contactIds: string[],
  attachmentIds: string[]
) => Promise<void>;

/** A customer whose row is locked. */
export interface LockedCustomer {
  id: number;
  documentId: string;
  retentionDueOn: string | null;
}

const IDS_PER_QUERY = 1000;

/** Items by their types. */
export function groupItems(
  rows: ReadonlyArray<{ record_type: string; document_id: string }>
): Records {
  const records: Records = new Map();
  for (const { record_type: type, document_id: id } of rows) {
    const ids = records.get(type);
    if (ids) ids.push(id);
    else records.set(type, [id]);
  }
  return records;
}

/** Removing records for good: keys first, then whatever rows speak of them; and looking whether anything is left. */
export function createRemoval(strapi: Core.Strapi, listeners: readonly DestroyedListener[]) {
  const links = new Map<string, Link[]>();
  const linksOf = (uid: string): Link[] => {
    const known = links.get(uid) ?? linksTo(strapi, uid);
    links.set(uid, known);
    return known;
  };

  const rowIds = async (uid: string, documentIds: readonly string[]): Promise<number[]> => {
    const { tableName } = strapi.db.metadata.get(uid);
    const ids: number[] = [];
    for (const part of chunks(documentIds, IDS_PER_QUERY)) {
      const rows = (await (
        await tablesOf(strapi)
      )(tableName)
        .select('id')
        .whereIn('document_id', part)) as Array<{ id: number }>;
      ids.push(...rows.map(({ id }) => id));
    }
    return ids;
  };

  /**
   * Rows and their links of one type, a few statements for all of them. No lifecycle of the single row is run: who must
   * know is told as a listener. A content type that the project has dropped has none.
   */
  const deleteRows = async (uid: string, documentIds: readonly string[]) => {
    if (!strapi.contentTypes[uid as never] || documentIds.length === 0) return;
    const ids = await rowIds(uid, documentIds);
    await cutLinks(strapi, linksOf(uid), { ids, documentIds });
    const { tableName } = strapi.db.metadata.get(uid);
    for (const part of chunks(ids, IDS_PER_QUERY)) {
      await (await tablesOf(strapi))(tableName).whereIn('id', part).delete();
    }
  };

  return {
    /** Ids of the rows that are there. */
    rowIds,

    /**
     * Customers as they are once nobody else writes them: until the end of the running transaction holds, contacts and
     * changes of theirs wait. SQLite has one writer anyway.
     */
    async lockCustomers(documentIds: readonly string[]): Promise<LockedCustomer[]> {
      const { tableName } = strapi.db.metadata.get(CUSTOMER);
      const locked: LockedCustomer[] = [];
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const query = (await tablesOf(strapi))(tableName)
          .select({ id: 'id', documentId: 'document_id', retentionDueOn: 'retention_due_on' })
          .whereIn('document_id', part)
          .orderBy('id');
        if (isPostgres(strapi)) query.forUpdate();
        locked.push(...((await query) as LockedCustomer[]));
      }
      return locked;
    },

    /** Every table that rows are removed from. */
    tables(): string[] {
      const own = [...DEPENDENTS, CUSTOMER];
      return [
        ...new Set([
          ...own.map((uid) => strapi.db.metadata.get(uid).tableName),
          ...own.flatMap((uid) => linksOf(uid).map(({ table }) => table)),
          ...[SEALED_TABLE, LOOKUP_TABLE, PENDING_TABLE, IDENTITY_TABLE],
        ]),
      ];
    },

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

    /**
     * Destroys the keys of the sealed among the records, all in one transaction of the key store, so that at no moment a
     * customer is gone and a contact is not. From here on nothing can be read.
     */
    async destroyKeys(records: Records, orderNumber: string, now: Date): Promise<void> {
      const vault = vaultOf(strapi);
      const sealed = [...records].filter(([uid]) => vault.isGoverned(uid));
      await vault.destroyKeys(new Map(sealed), orderNumber, now);
    },

    /** Removes sealed values, look-up rows and rows, in the running transaction: what hangs on customers first. */
    async removeRows(records: Records): Promise<void> {
      const vault = vaultOf(strapi);
      for (const [uid, ids] of records) {
        if (!vault.isGoverned(uid)) continue;
        await vault.identities.release(uid, ids);
        await vault.records.remove(uid, ids);
      }
      const inOrder = [...DEPENDENTS, CUSTOMER];
      const others = [...records.keys()].filter((uid) => !(inOrder as string[]).includes(uid));
      for (const uid of [...others, ...inOrder]) await deleteRows(uid, records.get(uid) ?? []);
      for (const listener of listeners)
        await listener(
          records.get(CUSTOMER) ?? [],
          records.get(CONTACT) ?? [],
          records.get(ATTACHMENT) ?? []
        );
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
      const tables = {
        'look-up rows': LOOKUP_TABLE,
        'proposed values': PENDING_TABLE,
        identities: IDENTITY_TABLE,
      };
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
