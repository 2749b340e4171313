import type { Core } from '@strapi/strapi';
import { chunks, connectionOf, isPostgres, tablesOf } from '../../database';
import { HELD_TABLE, ITEMS_TABLE, type HeldRow, type ItemState } from '../models';
import { CUSTOMER, HOLD, HOLDABLE } from '../uids';

/** A customer as a hold covers it. */
export interface HoldableCustomer {
  id: number;
  documentId: string;
}

const IDS_PER_QUERY = 500;
const ROWS_PER_INSERT = 400;

/**
 * Lets holds and deletions of these customers follow each other, so that neither misses the other. SQLite has one
 * writer anyway.
 */
export async function lockCustomers(strapi: Core.Strapi, ids: readonly number[]): Promise<void> {
  if (!isPostgres(strapi)) return;
  const table = strapi.db.metadata.get(CUSTOMER).tableName;
  for (const part of chunks(
    [...ids].sort((a, b) => a - b),
    IDS_PER_QUERY
  )) {
    await (
      await tablesOf(strapi)
    )(table)
      .select('id')
      .whereIn('id', part)
      .orderBy('id')
      .forUpdate();
  }
}

/** Which of the records are held. @returns the documentId of a hold by that of the record. */
export async function heldRecords(
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[]
): Promise<Map<string, string>> {
  const holds = strapi.db.metadata.get(HOLD).tableName;
  const found = new Map<string, string>();
  for (const part of chunks([...new Set(documentIds)], IDS_PER_QUERY)) {
    const tables = await tablesOf(strapi);
    const rows = (await tables(`${HELD_TABLE} as held`)
      .leftJoin(`${holds} as hold`, 'hold.id', 'held.hold_id')
      .select('held.document_id as record', 'hold.document_id as hold')
      .where('held.record_type', uid)
      .whereIn('held.document_id', part)
      .whereNull('held.lifted')
      .orderBy('held.hold_id')) as Array<{ record: string; hold: string | null }>;
    for (const { record, hold } of rows) if (!found.has(record)) found.set(record, hold ?? '');
  }
  return found;
}

/** What holds cover, written down record by record. Always in the running transaction. */
export function createCoverage(strapi: Core.Strapi) {
  /** Adds rows of what hangs on the customers now. What is entered later a trigger of the database adds. */
  const addDependents = async (holdId: number, customerIds: readonly number[]) => {
    const connection = await connectionOf(strapi);
    const prefix = strapi.db.getSchemaName();
    const name = (table: string) => (prefix ? `"${prefix}"."${table}"` : `"${table}"`);
    for (const uid of HOLDABLE.filter((type) => type !== CUSTOMER)) {
      const { tableName } = strapi.db.metadata.get(uid);
      for (const part of chunks(customerIds, IDS_PER_QUERY)) {
        await connection.raw(
          `INSERT INTO ${name(HELD_TABLE)} (hold_id, customer_id, record_type, document_id, whole)
           SELECT CAST(? AS integer), customer_id, ?, document_id, FALSE FROM ${name(tableName)}
           WHERE customer_id IN (${part.map(() => '?').join(', ')})
           ON CONFLICT (hold_id, record_type, document_id) DO NOTHING`,
          [holdId, uid, ...part]
        );
      }
    }
  };

  const add = async (rows: Array<Omit<HeldRow, 'id' | 'lifted'>>) => {
    for (const part of chunks(rows, ROWS_PER_INSERT)) {
      await (
        await tablesOf(strapi)
      )(HELD_TABLE)
        .insert(part)
        .onConflict(['hold_id', 'record_type', 'document_id'])
        .ignore();
    }
  };

  const customerRow = (holdId: number, { id, documentId }: HoldableCustomer, whole: boolean) => ({
    hold_id: holdId,
    customer_id: id,
    record_type: CUSTOMER,
    document_id: documentId,
    whole,
  });

  return {
    /** Covers customers with everything that hangs on them now and later. */
    async addCustomers(holdId: number, customers: readonly HoldableCustomer[]): Promise<void> {
      await add(customers.map((customer) => customerRow(holdId, customer, true)));
      await addDependents(
        holdId,
        customers.map(({ id }) => id)
      );
    },

    /** Covers one record, and of its customer what it hangs on alone. */
    async addRecord(
      holdId: number,
      record: { uid: string; documentId: string },
      customer: HoldableCustomer
    ): Promise<void> {
      await add([
        customerRow(holdId, customer, false),
        {
          hold_id: holdId,
          customer_id: customer.id,
          record_type: record.uid,
          document_id: record.documentId,
          whole: false,
        },
      ]);
    },

    /** Of these customers, those that the hold does not cover yet. */
    async uncovered(
      holdId: number,
      customers: readonly HoldableCustomer[]
    ): Promise<HoldableCustomer[]> {
      const known = new Set<string>();
      for (const part of chunks(customers, IDS_PER_QUERY)) {
        const rows = (await (
          await tablesOf(strapi)
        )(HELD_TABLE)
          .select('document_id')
          .where({ hold_id: holdId, record_type: CUSTOMER, lifted: null })
          .whereIn(
            'document_id',
            part.map(({ documentId }) => documentId)
          )) as HeldRow[];
        for (const { document_id } of rows) known.add(document_id);
      }
      return customers.filter(({ documentId }) => !known.has(documentId));
    },

    /** Of these customers, those whose keys are on their way out: they cannot be held any more. */
    async beingDestroyed(documentIds: readonly string[]): Promise<Set<string>> {
      const begun = new Set<string>();
      const state: ItemState = 'destroying';
      for (const part of chunks(documentIds, IDS_PER_QUERY)) {
        const rows = (await (
          await tablesOf(strapi)
        )(ITEMS_TABLE)
          .select('document_id')
          .where({ state })
          .whereIn('document_id', part)) as Array<{ document_id: string }>;
        for (const { document_id } of rows) begun.add(document_id);
      }
      return begun;
    },

    /** Lets go what a hold covers. The rows stay. */
    async lift(holdId: number): Promise<void> {
      await (
        await tablesOf(strapi)
      )(HELD_TABLE)
        .where({ hold_id: holdId, lifted: null })
        .update({ lifted: 'released' });
    },

    /** How many customers each hold covers, or covered until it was released. */
    async counts(holdIds: readonly number[]): Promise<Map<number, number>> {
      const counts = new Map<number, number>();
      for (const part of chunks(holdIds, IDS_PER_QUERY)) {
        const rows = (await (
          await tablesOf(strapi)
        )(HELD_TABLE)
          .select('hold_id')
          .where({ record_type: CUSTOMER })
          .whereIn('hold_id', part)
          .groupBy('hold_id')
          .count({ count: '*' })) as Array<{ hold_id: number; count: number | string }>;
        for (const { hold_id, count } of rows) counts.set(hold_id, Number(count));
      }
      return counts;
    },

    /** A page of the customers that a hold covers, in the order in which they came under it. */
    async customersPage(holdId: number, cursor: number | null, limit: number): Promise<HeldRow[]> {
      const query = (await tablesOf(strapi))(HELD_TABLE)
        .where({ hold_id: holdId, record_type: CUSTOMER })
        .orderBy('id')
        .limit(limit);
      if (cursor !== null) query.andWhere('id', '>', cursor);
      return query;
    },

    /** Forgets customers that are destroyed: a released hold that covered them is in the log. */
    async forget(customerDocumentIds: readonly string[]): Promise<void> {
      for (const part of chunks(customerDocumentIds, IDS_PER_QUERY)) {
        const tables = await tablesOf(strapi);
        const customers = tables(HELD_TABLE)
          .select('customer_id')
          .where({ record_type: CUSTOMER })
          .whereIn('document_id', part);
        await tables(HELD_TABLE).whereIn('customer_id', customers).whereNotNull('lifted').delete();
      }
    },
  };
}

export type Coverage = ReturnType<typeof createCoverage>;
