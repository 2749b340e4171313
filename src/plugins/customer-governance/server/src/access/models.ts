import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';
import type { StaffRef } from '../organisation/organisation';

export const GRANT_RECORDS = 'plugin::customer-governance.grant-record';
export const GRANT_RECORDS_TABLE = 'governance_grant_records';
export const REQUEST = 'plugin::customer-governance.access-request';
export const GRANT = 'plugin::customer-governance.access-grant';
/** The kind of request that asks to use records. */
export const USE = 'use';

/** A request as it is stored, with requester and purpose. */
export interface RequestRow {
  id: number;
  documentId: string;
  recordType: string;
  records: string[];
  attributes: string[];
  actions: string[];
  termDays: number;
  reason: string;
  state: string;
  requester: StaffRef & { id: number };
  purpose: { id: number; code: string; name: string };
}

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
