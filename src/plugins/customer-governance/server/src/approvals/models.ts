import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';

export const STEPS = 'plugin::customer-governance.approval-step';
export const PARTICIPANTS = 'plugin::customer-governance.approval-participant';
export const CANDIDATES = 'plugin::customer-governance.approval-candidate';

/** Steps of requests, and the people who may fill each. Decisions are made through the service alone. */
export function registerApprovalModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: STEPS,
    singularName: 'governance-approval-step',
    tableName: 'governance_approval_steps',
    attributes: {
      id: attribute.id(),
      kind: attribute.text(),
      subjectId: attribute.text(),
      round: attribute.whole(),
      position: attribute.whole(),
      stage: attribute.whole(),
      role: attribute.text(),
      state: attribute.text(),
      requesterId: attribute.whole(),
      // Of the facts by which the chain was made, those that whoever decides wants to see or to look for.
      sensitivity: attribute.text(),
      keyCustomer: attribute.yesNo(),
      ownership: attribute.text(),
      decidedBy: attribute.whole(),
      onBehalfOf: attribute.whole(),
      decidedAt: attribute.moment(),
      comment: attribute.longText(),
      dueAt: attribute.moment(),
      remindedAt: attribute.moment(),
      escalatedAt: attribute.moment(),
    },
    indexes: [
      {
        name: 'gov_steps_position',
        columns: ['kind', 'subject_id', 'round', 'position'],
        type: 'unique',
      },
      // One person fills one step of a round; the database keeps it even between racing decisions.
      {
        name: 'gov_steps_person',
        columns: ['kind', 'subject_id', 'round', 'decided_by'],
        type: 'unique',
      },
      { name: 'gov_steps_decided', columns: ['decided_by', 'id'] },
      { name: 'gov_steps_open', columns: ['state', 'id'] },
      { name: 'gov_steps_due', columns: ['state', 'due_at'] },
    ],
  });
  strapi.get('models').add({
    uid: CANDIDATES,
    singularName: 'governance-approval-candidate',
    tableName: 'governance_approval_candidates',
    attributes: { id: attribute.id(), stepId: attribute.whole(), staffId: attribute.whole() },
    indexes: [
      { name: 'gov_candidates_step', columns: ['step_id', 'staff_id'], type: 'unique' },
      { name: 'gov_candidates_staff', columns: ['staff_id', 'step_id'] },
    ],
  });
  strapi.get('models').add({
    uid: PARTICIPANTS,
    singularName: 'governance-approval-participant',
    tableName: 'governance_approval_participants',
    attributes: {
      id: attribute.id(),
      kind: attribute.text(),
      subjectId: attribute.text(),
      round: attribute.whole(),
      staffId: attribute.whole(),
    },
    indexes: [
      // Who decided and in whose place: each has one part in a round, and of two racing decisions one fails.
      {
        name: 'gov_participants_staff',
        columns: ['kind', 'subject_id', 'round', 'staff_id'],
        type: 'unique',
      },
    ],
  });
}
