import type { Core } from '@strapi/strapi';
import { chunks, connectionOf, isPostgres, tablesOf } from '../../database';
import { ITEMS_TABLE, type ItemRow, type ItemState } from '../models';
import { CUSTOMER } from '../uids';

/** SQLite takes an insert of at most 500 rows: knex writes it as that many selects. */
const ROWS_PER_STATEMENT = 400;
const IDS_PER_QUERY = 1000;

export type StateCounts = Partial<Record<ItemState, number>>;

/** The records of orders, always in the running transaction. */
export function createItems(strapi: Core.Strapi) {
  /** To be called for each query: a query builder is used up by one. */
  const tables = () => tablesOf(strapi);

  return {
    /**
     * Lists customers in an order, or their attributes; also those that were taken out of it. The unique index refuses
     * those that are in an open one of the same extent.
     */
    async list(
      orderId: number,
      documentIds: readonly string[],
      attributes: readonly string[] | null = null
    ): Promise<void> {
      const rows = documentIds.map((id) => ({
        order_id: orderId,
        record_type: CUSTOMER,
        document_id: id,
        state: 'listed' satisfies ItemState,
        open_key: openKeyOf(id, attributes),
        note: null,
      }));
      for (const part of chunks(rows, ROWS_PER_STATEMENT)) {
        await (
          await tables()
        )(ITEMS_TABLE)
          .insert(part)
          .onConflict(['order_id', 'record_type', 'document_id'])
          .merge(['state', 'open_key', 'note']);
      }
    },

    /** Takes customers out of an order, and says why. @returns how many were in it. */
    async takeOut(orderId: number, documentIds: readonly string[], note: string): Promise<number> {
      let count = 0;
      for (const part of chunks(documentIds, ROWS_PER_STATEMENT)) {
        count += await (
          await tables()
        )(ITEMS_TABLE)
          .where({ order_id: orderId, record_type: CUSTOMER, state: 'listed' })
          .whereIn('document_id', part)
          .update({ state: 'taken-out' satisfies ItemState, open_key: null, note });
      }
      return count;
    },

    /** A page of the customers of an order by id. @param cursor the id of the last one of the page before. */
    async page(
      orderId: number,
      state: ItemState | undefined,
      cursor: number,
      limit: number
    ): Promise<ItemRow[]> {
      return (await tables())(ITEMS_TABLE)
        .where({ order_id: orderId, record_type: CUSTOMER, ...(state ? { state } : {}) })
        .andWhere('id', '>', cursor)
        .orderBy('id')
        .limit(limit);
    },

    /** How many customers each of the orders has in which state. */
    async customersByState(orderIds: readonly number[]): Promise<Map<number, StateCounts>> {
      const found = new Map<number, StateCounts>();
      if (orderIds.length === 0) return found;
      const rows = (await (
        await tables()
      )(ITEMS_TABLE)
        .select('order_id', 'state')
        .where({ record_type: CUSTOMER })
        .whereIn('order_id', orderIds)
        .groupBy('order_id', 'state')
        .count({ count: '*' })) as Array<{
        order_id: number;
        state: ItemState;
        count: number | string;
      }>;
      for (const { order_id: id, state, count } of rows) {
        found.set(id, { ...found.get(id), [state]: Number(count) });
      }
      return found;
    },

    /** Whether one of the customers, or an attribute of one, is in an order that is not over. */
    async isOpenFor(documentIds: readonly string[]): Promise<boolean> {
      const row = await (
        await tables()
      )(ITEMS_TABLE)
        .whereIn('document_id', [...documentIds])
        .whereNotNull('open_key')
        .first('id');
      return row !== undefined;
    },

    /**
     * Adds what hangs on the customers that are on their way out, in one statement. Known ones stay as they are.
     * @returns how many were added.
     */
    async addDependents(orderId: number, recordType: string): Promise<number> {
      const schema = strapi.db.getSchemaName();
      const named = (table: string) => (schema ? `${schema}.${table}` : table);
      const tableOf = (uid: string) => named(strapi.db.metadata.get(uid).tableName);
      const state: ItemState = 'destroying';
      const connection = await connectionOf(strapi);
      const answer = (await connection.raw(
        `INSERT INTO ?? (order_id, record_type, document_id, state)
         SELECT DISTINCT item.order_id, CAST(? AS text), dependent.document_id, item.state
         FROM ?? AS item
         JOIN ?? AS customer ON customer.document_id = item.document_id
         JOIN ?? AS dependent ON dependent.customer_id = customer.id
         WHERE item.order_id = ? AND item.record_type = ? AND item.state = ?
         ON CONFLICT (order_id, record_type, document_id) DO NOTHING`,
        [
          named(ITEMS_TABLE),
          recordType,
          named(ITEMS_TABLE),
          tableOf(CUSTOMER),
          tableOf(recordType),
          orderId,
          CUSTOMER,
          state,
        ]
      )) as { rowCount?: number; changes?: number };
      return answer.rowCount ?? answer.changes ?? 0;
    },

    /** Items in a state, oldest first. PostgreSQL keeps them for this transaction. */
    async inState(orderId: number, state: ItemState, limit?: number): Promise<ItemRow[]> {
      const query = (await tables())(ITEMS_TABLE).where({ order_id: orderId, state }).orderBy('id');
      if (limit) query.limit(limit);
      if (isPostgres(strapi)) query.forUpdate();
      return query;
    },

    async move(ids: readonly number[], state: ItemState): Promise<void> {
      const open = state === 'listed' || state === 'destroying' ? {} : { open_key: null };
      for (const part of chunks(ids, IDS_PER_QUERY)) {
        await (
          await tables()
        )(ITEMS_TABLE)
          .whereIn('id', part)
          .update({ state, ...open });
      }
    },

    /** Ends what is on its way out: all of it is destroyed now. @returns how many that were. */
    async settle(orderId: number): Promise<number> {
      const state: ItemState = 'destroyed';
      return (await tables())(ITEMS_TABLE)
        .where({ order_id: orderId, state: 'destroying' })
        .update({ state, open_key: null });
    },

    /** How many records of an order are in a state. */
    async countIn(orderId: number, state: ItemState): Promise<number> {
      const [row] = await (
        await tables()
      )(ITEMS_TABLE)
        .where({ order_id: orderId, state })
        .count({ count: '*' });
      return Number(row?.count ?? 0);
    },

    /** Lets the customers of an order that comes to nothing go into another one. */
    async free(orderId: number): Promise<void> {
      const state: ItemState = 'freed';
      await (
        await tables()
      )(ITEMS_TABLE)
        .where({ order_id: orderId, state: 'listed' })
        .update({ state, open_key: null });
    },

    /** The open order that each of the customers is in as a whole, by the customer's documentId. */
    async openOrders(documentIds: readonly string[]): Promise<Map<string, number>> {
      const found = new Map<string, number>();
      for (const part of chunks(documentIds, ROWS_PER_STATEMENT)) {
        const rows = (await (
          await tables()
        )(ITEMS_TABLE)
          .select('open_key', 'order_id')
          .whereIn('open_key', part)) as ItemRow[];
        for (const { open_key, order_id } of rows) if (open_key) found.set(open_key, order_id);
      }
      return found;
    },

    /** The attributes of each of these customers that are in open orders, by documentId. */
    async openAttributes(documentIds: readonly string[]): Promise<Map<string, string[]>> {
      const found = new Map<string, string[]>();
      for (const part of chunks(documentIds, ROWS_PER_STATEMENT)) {
        const rows = (await (
          await tables()
        )(ITEMS_TABLE)
          .select('document_id', 'open_key')
          .whereIn('document_id', part)
          .whereNotNull('open_key')) as ItemRow[];
        for (const { document_id: id, open_key: key } of rows) {
          const attributes = key === null || key === id ? [] : key.slice(id.length + 1).split(',');
          found.set(id, [...(found.get(id) ?? []), ...attributes]);
        }
      }
      return found;
    },

    /** Destroyed records of an order in pages by id, for those who look whether anything is left of them. */
    async destroyedAfter(orderId: number, afterId: number, limit: number): Promise<ItemRow[]> {
      return (await tables())(ITEMS_TABLE)
        .where({ order_id: orderId, state: 'destroyed' })
        .andWhere('id', '>', afterId)
        .orderBy('id')
        .limit(limit);
    },

    /** How many records an order has, by type and state. */
    async counts(
      orderId: number
    ): Promise<Array<{ recordType: string; state: ItemState; count: number }>> {
      const rows = (await (
        await tables()
      )(ITEMS_TABLE)
        .select('record_type', 'state')
        .where({ order_id: orderId })
        .groupBy('record_type', 'state')
        .count({ count: '*' })) as Array<{
        record_type: string;
        state: ItemState;
        count: number | string;
      }>;
      return rows.map((row) => ({
        recordType: row.record_type,
        state: row.state,
        count: Number(row.count),
      }));
    },
  };
}

export type Items = ReturnType<typeof createItems>;

/** By which no two open orders hold the same customer, or the same attributes of it. */
export function openKeyOf(documentId: string, attributes: readonly string[] | null): string {
  return attributes ? `${documentId}#${[...attributes].sort().join(',')}` : documentId;
}
