import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

/** Who found out what of which fact of a customer, and how. Attributes by name, never a value. */
export const VERIFICATIONS = 'governance_verifications';
/** When a customer's facts are to be verified next, and since when they wait. */
export const STANDINGS = 'governance_verification_standings';
/** Customers that were drawn by lot, and whether what was on file of them was right. */
export const SAMPLES = 'governance_verification_samples';
/** The periods of which a sample was drawn. */
export const PERIODS = 'governance_verification_periods';

export const OUTCOMES = ['confirmed', 'wrong', 'unreachable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const SAMPLE_STATES = ['open', 'accurate', 'inaccurate', 'unreachable'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

export interface VerificationRow {
  id: number;
  /** The customer. */
  document_id: string;
  attribute: string;
  method: string;
  outcome: Outcome;
  staff_id: number;
  at: number | string;
  /** The period whose sample it was for. */
  period: string | null;
  /** Since when the attribute has another value; it says nothing of that one. */
  voided_at: number | string | null;
}

/** Database models, seen by no API. */
export function registerVerificationModels(strapi: Core.Strapi): void {
  const models = strapi.get('models');
  models.add({
    uid: 'plugin::customer-governance.verification',
    singularName: 'governance-verification',
    tableName: VERIFICATIONS,
    attributes: {
      id: attribute.id(),
      document_id: attribute.text(),
      attribute: attribute.text(),
      method: attribute.text(),
      outcome: attribute.text(),
      staff_id: attribute.whole(),
      at: attribute.milliseconds(),
      period: attribute.text(),
      voided_at: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_verifications', columns: ['document_id', 'attribute', 'id'] },
      { name: 'gov_verifications_period', columns: ['period', 'attribute', 'outcome'] },
    ],
  });
  models.add({
    uid: 'plugin::customer-governance.verification-standing',
    singularName: 'governance-verification-standing',
    tableName: STANDINGS,
    attributes: {
      id: attribute.id(),
      document_id: attribute.text(),
      due_on: attribute.text(),
      // Null while nothing waits.
      opened_at: attribute.milliseconds(),
      // Null until the owner was told.
      told_at: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_verification_standing', columns: ['document_id'], type: 'unique' },
      { name: 'gov_verification_open', columns: ['opened_at', 'told_at'] },
    ],
  });
  models.add({
    uid: 'plugin::customer-governance.verification-sample',
    singularName: 'governance-verification-sample',
    tableName: SAMPLES,
    attributes: {
      id: attribute.id(),
      period: attribute.text(),
      // Null once the customer is destroyed: the figure stays.
      document_id: attribute.text(),
      state: attribute.text(),
      staff_id: attribute.whole(),
      at: attribute.milliseconds(),
    },
    indexes: [
      { name: 'gov_verification_sample', columns: ['period', 'document_id'], type: 'unique' },
      { name: 'gov_verification_sample_state', columns: ['period', 'state', 'id'] },
      { name: 'gov_verification_sample_customer', columns: ['document_id'] },
    ],
  });
  models.add({
    uid: 'plugin::customer-governance.verification-period',
    singularName: 'governance-verification-period',
    tableName: PERIODS,
    attributes: {
      id: attribute.id(),
      period: attribute.text(),
      population: attribute.whole(),
      drawn_at: attribute.milliseconds(),
    },
    indexes: [{ name: 'gov_verification_period', columns: ['period'], type: 'unique' }],
  });
}
