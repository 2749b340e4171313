import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../../domain';
import { attribute } from '../../model-attributes';

export const OWNERSHIP_CHANGE = `plugin::${PLUGIN}.ownership-change`;
export const OWNERSHIP_TABLE = 'governance_ownership_changes';

/** By what somebody became, or ceased to be, the owner of a customer. */
export const OWNERSHIP_RULES = [
  'edited',
  'existing-relation',
  'first-registration',
  'region',
  'registrar',
  'chosen',
  'pool',
  'hand-out',
  'lapsed',
  'leaver',
  'dispute',
] as const;
export type OwnershipRule = (typeof OWNERSHIP_RULES)[number];

/** Who was the owner of a customer, who is it since when, by whom and why. Staff and departments are row ids. */
export interface OwnershipRow {
  id: number;
  customerId: string;
  fromStaff: number | null;
  toStaff: number | null;
  fromDepartment: number | null;
  toDepartment: number | null;
  rule: OwnershipRule;
  why: string | null;
  requestId: string | null;
  actorKind: string;
  actorId: string;
  at: string;
}

export function registerOwnershipModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: OWNERSHIP_CHANGE,
    singularName: 'governance-ownership-change',
    tableName: OWNERSHIP_TABLE,
    attributes: {
      id: attribute.id(),
      customerId: attribute.text(),
      fromStaff: attribute.whole(),
      toStaff: attribute.whole(),
      fromDepartment: attribute.whole(),
      toDepartment: attribute.whole(),
      rule: attribute.text(),
      why: attribute.longText(),
      requestId: attribute.text(),
      actorKind: attribute.text(),
      actorId: attribute.text(),
      at: attribute.moment(),
    },
    indexes: [{ name: 'gov_ownership_customer', columns: ['customer_id', 'id'] }],
  });
}
