import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { CONTACT, CUSTOMER, resolveType } from '../policy/attribute-path';

export type ConditionName = 'own' | 'team' | 'department';

/** What a condition lets through: a filter, or nothing. */
export type Scope = Record<string, unknown> | false;

/** The user as Strapi hands it to a condition: with the permission that the condition stands on. */
export interface ConditionUser {
  id: number;
  permission?: { subject?: string | null };
}

/** What of the organisation a condition asks. */
export type Organisation = {
  staffOfUser(userId: number): Promise<StaffRef | null>;
  subordinateIds(staffId: number): Promise<number[]>;
  departmentTreeIds(departmentId: number): Promise<number[]>;
};

/** Where a type keeps the customer whose owner and department decide; `''` for the customer itself. */
export const CUSTOMER_PATH: Readonly<Record<string, string>> = {
  [CUSTOMER]: '',
  [CONTACT]: 'customer.',
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
      handler: (user: ConditionUser) => scopeOf(name, user, organisationFor(strapi)),
    }))
  );
}

const organisations = new WeakMap<object, Organisation>();

/**
 * The organisation as one request sees it. Strapi asks a condition once for every permission that it stands on, so a role
 * with a dozen of them would ask the same of the database a dozen times.
 */
export function organisationFor(strapi: Core.Strapi): Organisation {
  const request = strapi.requestContext.get() as object | undefined;
  const known = request && organisations.get(request);
  if (known) return known;
  const service = organisationOf(strapi);
  const fresh: Organisation = {
    staffOfUser: remembering((id) => service.staffOfUser(id)),
    subordinateIds: remembering((id) => service.subordinateIds(id)),
    departmentTreeIds: remembering((id) => service.departmentTreeIds(id)),
  };
  if (request) organisations.set(request, fresh);
  return fresh;
}

function remembering<T>(ask: (id: number) => Promise<T>): (id: number) => Promise<T> {
  const answers = new Map<number, Promise<T>>();
  return (id) => {
    const answer = answers.get(id) ?? ask(id);
    answers.set(id, answer);
    return answer;
  };
}
