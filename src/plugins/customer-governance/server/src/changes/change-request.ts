import type { Core } from '@strapi/strapi';
import type { StaffRef } from '../organisation/organisation';

export const CHANGE_REQUEST = 'plugin::customer-governance.change-request';
export const CHANGE_TABLE = 'governance_change_requests';
/** The kind of request that asks to change a controlled attribute. */
export const CHANGE = 'change';

export const CHANGE_STATES = ['pending', 'applied', 'rejected', 'withdrawn', 'expired'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** What of an attribute may stand in a table: the mask of a protected one, else the value; `null` for none. */
export type Shown = string | number | boolean | null;

/** A change request as it is stored; what it proposes for protected attributes is in the vault. */
export interface ChangeRow {
  id: number;
  documentId: string;
  recordType: string;
  recordId: string;
  attributes: string[];
  before: Record<string, Shown>;
  after: Record<string, Shown>;
  reason: string;
  state: ChangeState;
  requester: StaffRef | null;
  submittedAt: string;
  decidedAt: string | null;
  lateAt: string;
  /** As the how manieth change of an attribute within the policy's days it was applied, where that raised an alert. */
  repeated: number | null;
}

export const loadChange = (strapi: Core.Strapi, documentId: string): Promise<ChangeRow | null> =>
  strapi.db.query(CHANGE_REQUEST).findOne({ where: { documentId }, populate: { requester: true } });

/** A record with its own attributes as they are stored: masks of the protected ones. */
export type StoredRecord = Record<string, Shown> & { id: number; documentId: string };

export const storedRecord = (
  strapi: Core.Strapi,
  type: string,
  documentId: string
): Promise<StoredRecord | null> => strapi.db.query(type).findOne({ where: { documentId } });
