import type { Core } from '@strapi/strapi';
import { attribute } from '../../model-attributes';

/** Who asked for which customer within the last hour; a digest of what was asked. */
export const ASKED_TABLE = 'governance_duplicate_lookups';
/** How far the claims of records that were there before a key are written. */
export const ADOPTION_TABLE = 'governance_identity_adoptions';

export function registerDuplicateModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.duplicate-lookup',
    singularName: 'governance-duplicate-lookup',
    tableName: ASKED_TABLE,
    attributes: {
      id: attribute.id(),
      actor: attribute.text(),
      digest: attribute.text(),
      at: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_duplicate_lookup', columns: ['actor', 'digest'], type: 'unique' },
      { name: 'gov_duplicate_lookup_at', columns: ['at'] },
    ],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.identity-adoption',
    singularName: 'governance-identity-adoption',
    tableName: ADOPTION_TABLE,
    attributes: {
      id: attribute.id(),
      key_code: attribute.text(),
      record_type: attribute.text(),
      after_id: attribute.whole(),
      done: attribute.yesNo(),
    },
    indexes: [
      { name: 'gov_identity_adoption', columns: ['key_code', 'record_type'], type: 'unique' },
    ],
  });
}
