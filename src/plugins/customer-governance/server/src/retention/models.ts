import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

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
  strapi.get('models').add({
    uid: 'plugin::customer-governance.destruction-item',
    singularName: 'governance-destruction-item',
    tableName: ITEMS_TABLE,
    attributes: {
      id: attribute.id(),
      order_id: attribute.whole(),
      record_type: attribute.text(),
      document_id: attribute.text(),
      state: attribute.text(),
      // The documentId of a customer while its order is open, else null: the unique index lets no second order in.
      open_key: attribute.text(),
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
