import { resolveType } from '../policy/attribute-path';
import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

/** Companies that belong together. */
export const GROUP = resolveType('customer-group');

/** How far each sequence of filing numbers has counted: one row a scope. */
export const SEQUENCES = 'governance_filing_sequences';
/** One row a submission: who submitted a customer, who decided, and how. */
export const REVIEWS = 'governance_filing_reviews';

export const FILING_STATES = ['entered', 'in-review', 'filed', 'returned'] as const;
export type FilingState = (typeof FILING_STATES)[number];

/** What review and filing alone give a customer. */
export const GIVEN: readonly string[] = ['filingState', 'filingNumber', 'filedAt'];

/** Those from which a customer is submitted. */
export const SUBMITTABLE: readonly FilingState[] = ['entered', 'returned'];

export function registerFilingModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.filing-sequence',
    singularName: 'governance-filing-sequence',
    tableName: SEQUENCES,
    attributes: { id: attribute.id(), scope: attribute.text(), last: attribute.whole() },
    indexes: [{ name: 'gov_filing_sequence', columns: ['scope'], type: 'unique' }],
  });
  strapi.get('models').add({
    uid: 'plugin::customer-governance.filing-review',
    singularName: 'governance-filing-review',
    tableName: REVIEWS,
    attributes: {
      id: attribute.id(),
      /** documentId of the customer. */
      customer: attribute.text(),
      submitted_by: attribute.whole(),
      submitted_at: attribute.moment(),
      /** `null` as long as it waits; else `file` or `return`. */
      decision: attribute.text(),
      decided_by: attribute.whole(),
      decided_at: attribute.moment(),
      checklist: attribute.longText(),
      reasons: attribute.longText(),
    },
    indexes: [{ name: 'gov_filing_review_customer', columns: ['customer', 'id'] }],
  });
}
