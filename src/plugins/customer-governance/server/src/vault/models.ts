import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

/** One row a record: every protected attribute, each sealed by itself, in one JSON object. */
export const SEALED_TABLE = 'governance_sealed_records';
/** Blind indexes: what makes exact look-up possible without opening anything. */
export const LOOKUP_TABLE = 'governance_lookups';

/** Who a record is: blind indexes that one file alone may have, and others by which files are alike. */
export const IDENTITY_TABLE = 'governance_identities';

/** Values that requests propose, sealed under the record's key until they are decided. */
export const PENDING_TABLE = 'governance_pending_values';

/** One row: which key store this data belongs to. Not in Strapi's own store, which an import of settings replaces. */
export const BINDING_TABLE = 'governance_key_store_bindings';

/**
 * Database models, not content types: no API, no content-type builder and no MCP tool sees them, and
 * `strapi export` does not carry them.
 */
export function registerVaultModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.sealed-record',
    singularName: 'governance-sealed-record',
    tableName: SEALED_TABLE,
    attributes: {
      id: attribute.id(),
      record_type: attribute.text(),
      document_id: attribute.text(),
      payload: attribute.longText(),
    },
    indexes: [
      { name: 'gov_sealed_record', columns: ['record_type', 'document_id'], type: 'unique' },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.lookup',
    singularName: 'governance-lookup',
    tableName: LOOKUP_TABLE,
    attributes: {
      id: attribute.id(),
      record_type: attribute.text(),
      document_id: attribute.text(),
      attribute: attribute.text(),
      transform: attribute.text(),
      digest: attribute.text(),
    },
    indexes: [
      // A digest is of one type, attribute and transform by itself: there is a key for each.
      { name: 'gov_lookup_digest', columns: ['digest'] },
      { name: 'gov_lookup_record', columns: ['record_type', 'document_id'] },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.identity',
    singularName: 'governance-identity',
    tableName: IDENTITY_TABLE,
    attributes: {
      id: attribute.id(),
      key_code: attribute.text(),
      digest: attribute.text(),
      slot: attribute.text(),
      record_type: attribute.text(),
      document_id: attribute.text(),
      file_id: attribute.text(),
    },
    indexes: [
      { name: 'gov_identity_claim', columns: ['digest', 'key_code', 'slot'], type: 'unique' },
      { name: 'gov_identity_record', columns: ['record_type', 'document_id'] },
      { name: 'gov_identity_file', columns: ['file_id'] },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.pending-value',
    singularName: 'governance-pending-value',
    tableName: PENDING_TABLE,
    attributes: {
      id: attribute.id(),
      request_id: attribute.text(),
      record_type: attribute.text(),
      document_id: attribute.text(),
      payload: attribute.longText(),
    },
    indexes: [
      { name: 'gov_pending_request', columns: ['request_id'], type: 'unique' },
      { name: 'gov_pending_record', columns: ['record_type', 'document_id'] },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.key-store-binding',
    singularName: 'governance-key-store-binding',
    tableName: BINDING_TABLE,
    attributes: { id: attribute.id(), name: attribute.text(), store_id: attribute.text() },
    indexes: [{ name: 'gov_key_store_binding', columns: ['name'], type: 'unique' }],
  });
}
