import type { Core } from '@strapi/strapi';

export const ITEMS_TABLE = 'governance_destruction_items';

/**
 * `listed` waits for the execution; `destroying` has passed the last check for holds, from which on there is no way
 * back; `held` was taken out by a hold; `freed` belongs to an order that was rejected or cancelled.
 */
export type ItemState = 'listed' | 'destroying' | 'destroyed' | 'held' | 'freed';

/** A record of an order. It keeps the documentId and nothing else of what was destroyed. */
export interface ItemRow {
  id: number;
  order_id: number;
  record_type: string;
  document_id: string;
  state: ItemState;
  open_key: string | null;
}

/** The records of orders: a database model, seen by no API. */
export function registerRetentionModels(strapi: Core.Strapi): void {
  const text = { type: 'string', column: { type: 'string', args: [255] } };
  strapi.get('models').add({
    uid: 'plugin::customer-governance.destruction-item',
    singularName: 'governance-destruction-item',
    tableName: ITEMS_TABLE,
    attributes: {
      id: { type: 'increments' },
      order_id: { type: 'integer' },
      record_type: text,
      document_id: text,
      state: text,
      // The documentId of a customer while its order is open, else null: the unique index lets no second order in.
      open_key: text,
    },
    indexes: [
      {
        name: 'gov_destruction_item',
        columns: ['order_id', 'record_type', 'document_id'],
        type: 'unique',
      },
      { name: 'gov_destruction_open', columns: ['open_key'], type: 'unique' },
      { name: 'gov_destruction_state', columns: ['order_id', 'state', 'id'] },
      { name: 'gov_destruction_document', columns: ['document_id'] },
    ],
  });
}
