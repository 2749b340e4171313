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
    const attributes = Object.keys(type.attributes).map((name) => {
      const kind = sealed[name];
      return [
        name,
        kind ? { protected: true, kindClassification: kind.classification } : { protected: false },
      ];
    });
    return [type.uid, Object.fromEntries(attributes)];
  });
  return { types: Object.fromEntries(types), requestKinds: approvalsOf(strapi).kinds() };
}
