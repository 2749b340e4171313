import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { organisationInRequest, type Organisation } from '../organisation/in-request';
import { ATTACHMENT, CONTACT, CUSTOMER, resolveType } from '../policy/attribute-path';

export type ConditionName = 'own' | 'team' | 'department';

/** What a condition lets through: a filter, or nothing. */
export type Scope = Record<string, unknown> | false;

/** The user as Strapi hands it to a condition: with the permission that the condition stands on. */
export interface ConditionUser {
  id: number;
  permission?: { subject?: string | null };
}

/** Where a type keeps the customer whose owner and department decide; `''` for the customer itself. */
export const CUSTOMER_PATH: Readonly<Record<string, string>> = {
  [CUSTOMER]: '',
  [CONTACT]: 'customer.',
  [ATTACHMENT]: 'customer.',
  [resolveType('consent')]: 'customer.',
  [resolveType('legal-hold')]: 'customer.',
};

/**
 * Which records of the permission's type a user has to do with. Whoever has no active staff profile has to do with none;
 * a type without a customer knows only who created its records.
 */
export async function scopeOf(
  name: ConditionName,
  user: ConditionUser,
  organisation: Organisation
): Promise<Scope> {
  const subject = user.permission?.subject;
  if (!subject) return false;
  const staff = await organisation.staffOfUser(user.id);
  if (!staff?.active) return false;
  if (!Object.hasOwn(CUSTOMER_PATH, subject)) {
    return name === 'own' ? { 'createdBy.id': user.id } : false;
  }
  const path = CUSTOMER_PATH[subject];
  if (name === 'own') return { [`${path}owner.id`]: staff.id };
  if (name === 'team') {
    return { [`${path}owner.id`]: { $in: await organisation.subordinateIds(staff.id) } };
  }
  if (staff.departmentId === null) return false;
  return {
    [`${path}department.id`]: { $in: await organisation.departmentTreeIds(staff.departmentId) },
  };
}

const DISPLAY_NAMES: Record<ConditionName, string> = {
  own: 'Own customers',
  team: 'Customers of the own team',
  department: 'Customers of the own department',
};

/** Registers the conditions with Strapi's role editor. */
export async function registerConditions(strapi: Core.Strapi): Promise<void> {
  const names = Object.keys(DISPLAY_NAMES) as ConditionName[];
  await strapi.service('admin::permission').conditionProvider.registerMany(
    names.map((name) => ({
      name,
      displayName: DISPLAY_NAMES[name],
      category: 'Customer governance',
      plugin: PLUGIN,
      handler: (user: ConditionUser) => scopeOf(name, user, organisationInRequest(strapi)),
    }))
  );
}
