import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { attribute } from '../model-attributes';
import type { AttributionRule } from '../policy';

export const VISIT = `plugin::${PLUGIN}.visit`;
export const VISIT_TABLE = 'governance_visits';
export const LEAD_TABLE = 'governance_leads';
export const TURN_TABLE = 'governance_lead_turns';
export const DISPUTE = `plugin::${PLUGIN}.attribution-dispute`;
export const DISPUTE_TABLE = 'governance_attribution_disputes';

export const VISIT_KINDS = ['visit', 'call', 'online'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

/** `none`: there is nothing to decide; `open`: an owner is proposed, or nobody could be. */
export const SETTLEMENTS = ['none', 'open', 'accepted', 'chosen', 'pool'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

/** A visit or call. What visitors leave of themselves stands in the customer's file and nowhere else. */
export interface VisitRow {
  id: number;
  kind: VisitKind;
  at: string;
  /** Staff ids of who took it and of who wrote it down. */
  staffId: number;
  registeredBy: number;
  departmentId: number | null;
  region: string | null;
  interest: string | null;
  source: string | null;
  outcome: string | null;
  nextStep: string | null;
  nextOn: string | null;
  /** documentId of the customer; `null` when no details were left. */
  customerId: string | null;
  /** Whether the customer was on file before. */
  known: boolean;
  proposedTo: number | null;
  proposedRule: AttributionRule | null;
  /** Day, name or code that the proposal rests on. */
  proposedBy: string | null;
  settlement: Settlement;
}

export const DISPUTE_STATES = ['pending', 'granted', 'rejected', 'withdrawn', 'expired'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

export interface DisputeRow {
  id: number;
  reference: string;
  customerId: string;
  requesterId: number;
  /** Whose the customer was when it was raised. */
  ownerId: number;
  reason: string;
  state: DisputeState;
  submittedAt: string;
  decidedAt: string | null;
}

export function registerRegisterModels(strapi: Core.Strapi): void {
  const { id, text, longText, whole, yesNo, moment, milliseconds } = attribute;
  strapi.get('models').add({
    uid: VISIT,
    singularName: 'governance-visit',
    tableName: VISIT_TABLE,
    attributes: {
      id: id(),
      kind: text(),
      at: moment(),
      staffId: whole(),
      registeredBy: whole(),
      departmentId: whole(),
      region: text(),
      interest: longText(),
      source: text(),
      outcome: longText(),
      nextStep: longText(),
      nextOn: text(),
      customerId: text(),
      known: yesNo(),
      proposedTo: whole(),
      proposedRule: text(),
      proposedBy: text(),
      settlement: text(),
      requestKey: text(),
      requestDigest: text(),
    },
    indexes: [
      { name: 'gov_visits_request', columns: ['request_key'], type: 'unique' },
      { name: 'gov_visits_customer', columns: ['customer_id', 'at'] },
      { name: 'gov_visits_department', columns: ['department_id', 'id'] },
      { name: 'gov_visits_registered', columns: ['registered_by', 'id'] },
      { name: 'gov_visits_staff', columns: ['staff_id', 'id'] },
    ],
  });
  strapi.get('models').add({
    uid: `plugin::${PLUGIN}.lead`,
    singularName: 'governance-lead',
    tableName: LEAD_TABLE,
    attributes: {
      id: id(),
      customerId: text(),
      ownerId: whole(),
      rule: text(),
      assignedAt: moment(),
      // The last day on which a follow-up keeps it, `YYYY-MM-DD`.
      validUntil: text(),
      state: text(),
    },
    indexes: [
      { name: 'gov_leads_customer', columns: ['customer_id'], type: 'unique' },
      { name: 'gov_leads_owner', columns: ['owner_id', 'state', 'id'] },
      { name: 'gov_leads_due', columns: ['state', 'valid_until', 'id'] },
    ],
  });
  strapi.get('models').add({
    uid: `plugin::${PLUGIN}.lead-turn`,
    singularName: 'governance-lead-turn',
    tableName: TURN_TABLE,
    attributes: { id: id(), staffId: whole(), given: whole(), lastAt: milliseconds() },
    indexes: [{ name: 'gov_lead_turns_staff', columns: ['staff_id'], type: 'unique' }],
  });
  strapi.get('models').add({
    uid: DISPUTE,
    singularName: 'governance-attribution-dispute',
    tableName: DISPUTE_TABLE,
    attributes: {
      id: id(),
      reference: text(),
      customerId: text(),
      requesterId: whole(),
      ownerId: whole(),
      reason: longText(),
      state: text(),
      submittedAt: moment(),
      decidedAt: moment(),
    },
    indexes: [
      { name: 'gov_disputes_reference', columns: ['reference'], type: 'unique' },
      { name: 'gov_disputes_customer', columns: ['customer_id', 'state'] },
      { name: 'gov_disputes_requester', columns: ['requester_id', 'id'] },
    ],
  });
}
