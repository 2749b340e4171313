import type { Core } from '@strapi/strapi';
import { attribute } from '../../model-attributes';

/** One row a protected attribute: how many records have it, and when it was last of use. */
export const USES = 'governance_attribute_uses';
/** One row: up to which leaf of the log uses were read. */
export const USES_READ = 'governance_attribute_uses_read';

export function registerMinimalityModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.attribute-use',
    singularName: 'governance-attribute-use',
    tableName: USES,
    attributes: {
      id: attribute.id(),
      record_type: attribute.text(),
      attribute: attribute.text(),
      records: attribute.whole(),
      counted_at: attribute.moment(),
      last_used_at: attribute.moment(),
    },
    indexes: [{ name: 'gov_attribute_use', columns: ['record_type', 'attribute'], type: 'unique' }],
  } as never);
  strapi.get('models').add({
    uid: 'plugin::customer-governance.attribute-use-read',
    singularName: 'governance-attribute-use-read',
    tableName: USES_READ,
    attributes: { id: attribute.id(), next_leaf: attribute.whole() },
  } as never);
}
