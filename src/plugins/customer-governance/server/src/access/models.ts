import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

export const GRANT_RECORDS = 'plugin::customer-governance.grant-record';
export const GRANT_RECORDS_TABLE = 'governance_grant_records';
export const REQUEST = 'plugin::customer-governance.access-request';
export const GRANT = 'plugin::customer-governance.access-grant';

/** The records of a grant, one row each, so that "may this person see this record" is one indexed query. */
export function registerAccessModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: GRANT_RECORDS,
    singularName: 'governance-grant-record',
    tableName: GRANT_RECORDS_TABLE,
    attributes: {
      id: attribute.id(),
      grantId: attribute.whole(),
      recordType: attribute.text(),
      documentId: attribute.text(),
    },
    indexes: [
      {
        name: 'gov_grant_record',
        columns: ['document_id', 'record_type', 'grant_id'],
        type: 'unique',
      },
      { name: 'gov_grant_records_grant', columns: ['grant_id'] },
    ],
  });
}
