import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';
import type { StaffRef } from '../organisation/organisation';
import type { Recipient } from '../policy';
import type { ScopeFilter } from './scope-filter';

export const GRANT_RECORDS = 'plugin::customer-governance.grant-record';
export const GRANTS_TABLE = 'governance_access_grants';
export const GRANT_RECORDS_TABLE = 'governance_grant_records';
export const USE_NOTES = 'plugin::customer-governance.use-note';
export const USE_NOTES_TABLE = 'governance_use_notes';
export const REQUEST = 'plugin::customer-governance.access-request';
export const GRANT = 'plugin::customer-governance.access-grant';
/** The kind of request that asks to use records. */
export const USE = 'use';

export const REQUEST_STATES = [
  'draft',
  'submitted',
  'in-review',
  'returned',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
] as const;
/** `submitted` until the first step is decided, `in-review` until the last one is. */
export type RequestState = (typeof REQUEST_STATES)[number];

export const GRANT_STATES = ['active', 'suspended', 'used-up', 'ended', 'revoked'] as const;
/** Only an `active` grant within its term opens anything. */
export type GrantState = (typeof GRANT_STATES)[number];

/** A request as it is stored, with requester and purpose. */
export interface RequestRow {
  id: number;
  documentId: string;
  recordType: string;
  records: string[];
  attributes: string[];
  actions: string[];
  termDays: number;
  revealLimit: number | null;
  recipient: Recipient;
  /** What chose the records, where they were not picked one by one. */
  filter: ScopeFilter | null;
  /** The documentId of the request that this one continues. */
  renewalOf: string | null;
  reason: string;
  state: RequestState;
  requester: StaffRef & { id: number };
  purpose: { id: number; code: string; name: string };
}

/**
 * The records of a grant, one row each with its holder, so that "may this person see this record" is one indexed query; and what requesters
 * note of the use of what they saw.
 */
export function registerAccessModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: GRANT_RECORDS,
    singularName: 'governance-grant-record',
    tableName: GRANT_RECORDS_TABLE,
    attributes: {
      id: attribute.id(),
      grantId: attribute.whole(),
      holderId: attribute.whole(),
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
      {
        name: 'gov_grant_records_holder',
        columns: ['holder_id', 'record_type', 'document_id', 'grant_id'],
      },
    ],
  });
  strapi.get('models').add({
    uid: USE_NOTES,
    singularName: 'governance-use-note',
    tableName: USE_NOTES_TABLE,
    attributes: {
      id: attribute.id(),
      noteId: attribute.text(),
      requestId: attribute.text(),
      staffId: attribute.whole(),
      text: attribute.longText(),
      at: attribute.moment(),
    },
    indexes: [{ name: 'gov_use_notes_note', columns: ['note_id'], type: 'unique' }],
  });
}
