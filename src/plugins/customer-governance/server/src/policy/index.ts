import type { Core } from '@strapi/strapi';
import { PLUGIN, type Domain } from '../domain';
import { policyService, type PolicyService } from './service';

export * from './policy';
export { chainFor, stagesOf, type ApprovalFacts, type Stage } from './approval-rules';
export {
  addMonths,
  attributeName,
  attributePathOf,
  dueDate,
  dueDateBy,
  explainDueDate,
  isCustomerPath,
  type AttributeSubject,
  type Explanation,
  type RetentionFacts,
  type RetentionVerdict,
  type Weighed,
} from './retention-rules';
export { resolveAttribute, resolveType, textIn, type AttributeRef } from './attribute-path';
export { checkPolicy, type ModelAttribute, type PolicyModel } from './consistency';
export { loadPolicy } from './load';
export { PolicyError } from './policy-error';
export type { PolicyService } from './service';

export const policyOf = (strapi: Core.Strapi): PolicyService =>
  strapi.plugin(PLUGIN).service('policy') as PolicyService;

/** The company's policy as one validated document. */
const policy: Domain = {
  name: 'policy',
  // Read at once, so that a policy that cannot be used stops the start before anything is done under it.
  register({ strapi }) {
    policyService({ strapi }).get();
  },
  services: { policy: policyService },
};

export default policy;
