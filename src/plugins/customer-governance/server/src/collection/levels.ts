import type { Core } from '@strapi/strapi';
import { policyOf, resolveAttribute, type Level } from '../policy';
import { vaultOf } from '../vault/vault';

/** How carefully an attribute is handled: by the policy, or else by its kind. */
export function levelOf(strapi: Core.Strapi, uid: string, name: string): Level | null {
  return (
    policyOf(strapi).classificationOf(uid, name)?.level ??
    vaultOf(strapi).protectedAttributes(uid)[name]?.classification.level ??
    null
  );
}

/** The same for an attribute as plans and purposes write it: `customer.mobile`. */
export function attributeLevel(strapi: Core.Strapi, path: string): Level | null {
  const { uid, attribute } = resolveAttribute(path);
  return levelOf(strapi, uid, attribute);
}
