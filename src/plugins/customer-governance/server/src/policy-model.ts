import type { Core } from '@strapi/strapi';
import { approvalsOf } from './approvals/approvals';
import { policyOf, type PolicyModel } from './policy';
import { vaultOf } from './vault/vault';

/** Holds the policy against the application that is starting. @throws PolicyError naming every contradiction. */
export function assertPolicyFits(strapi: Core.Strapi): void {
  policyOf(strapi).bind(modelOf(strapi));
}

/** What the policy is checked against: the content types with their attributes, and the kinds of request. */
function modelOf(strapi: Core.Strapi): PolicyModel {
  const governed = vaultOf(strapi).governed();
  const types = Object.values(strapi.contentTypes).map((type) => {
    const sealed = governed.get(type.uid) ?? {};
    const attributes = Object.entries(type.attributes).map(([name, attribute]) => {
      const kind = sealed[name];
      const relation = (attribute as { type: string }).type === 'relation';
      return [
        name,
        kind
          ? { protected: true, relation, kindClassification: kind.classification }
          : { protected: false, relation },
      ];
    });
    return [type.uid, Object.fromEntries(attributes)];
  });
  return { types: Object.fromEntries(types), requestKinds: approvalsOf(strapi).kinds() };
}
