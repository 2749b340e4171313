import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

export const ITEMS_TABLE = 'governance_destruction_items';

/**
 * `listed` waits for the execution; `destroying` has passed the last check for holds, from which on there is no way
 * back; `held` was kept by a hold; `taken-out` by those who reviewed the order; `freed` belongs to an
 * order that was rejected or cancelled, or was not due any more when its turn came.
 */
export type ItemState = 'listed' | 'destroying' | 'destroyed' | 'held' | 'taken-out' | 'freed';

/** A record of an order. It keeps the documentId and nothing else of what was destroyed. */
export interface ItemRow {
  id: number;
  order_id: number;
  record_type: string;
  document_id: string;
  state: ItemState;
  open_key: string | null;
  /** Why it was taken out. */
  note: string | null;
}

/** What is left of consents whose customers are destroyed. */
export const PROOFS_TABLE = 'governance_consent_proofs';

export const HELD_TABLE = 'governance_held';

/**
 * A record that a hold covers. It is what everybody asks who is about to delete something, the triggers of the database
 * included; once the hold is released it stays as the evidence of what was held.
 */
export interface HeldRow {
  id: number;
  hold_id: number;
  /** The customer that the record is or hangs on. */
  customer_id: number;
  record_type: string;
  document_id: string;
  /** Whether what is entered for this customer later is held, too. */
  whole: boolean;
  /** `null` while it is held. */
  lifted: 'released' | 'destroyed' | null;
}

/** The records of orders, those under holds, and proofs of consents: database models, seen by no API. */
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
      // The documentId of a customer while its order is open, with the attributes that it is about after a #, else null:
      // the unique index lets no second order in.
      open_key: attribute.text(),
      note: attribute.longText(),
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
  strapi.get('models').add({
    uid: 'plugin::customer-governance.held-record',
    singularName: 'governance-held-record',
    tableName: HELD_TABLE,
    attributes: {
      id: attribute.id(),
      hold_id: attribute.whole(),
      customer_id: attribute.whole(),
      record_type: attribute.text(),
      document_id: attribute.text(),
      whole: attribute.yesNo(),
      lifted: attribute.text(),
    },
    indexes: [
      { name: 'gov_held', columns: ['hold_id', 'record_type', 'document_id'], type: 'unique' },
      { name: 'gov_held_record', columns: ['record_type', 'document_id', 'lifted'] },
      { name: 'gov_held_customer', columns: ['customer_id', 'record_type', 'lifted'] },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.consent-proof',
    singularName: 'governance-consent-proof',
    tableName: PROOFS_TABLE,
    attributes: {
      id: attribute.id(),
      digest: attribute.text(),
      purpose: attribute.text(),
      facts: attribute.longText(),
      order_number: attribute.text(),
      ends_on: attribute.text(),
    },
    indexes: [
      { name: 'gov_consent_proofs', columns: ['digest'], type: 'unique' },
      { name: 'gov_consent_proofs_order', columns: ['order_number', 'id'] },
      { name: 'gov_consent_proofs_end', columns: ['ends_on'] },
    ],
  });
}
