import type { Core } from '@strapi/strapi';
import { actorOf, type Actor } from '../organisation/actor';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf, type VisibilityLevel } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { withinTeam } from '../filing/limits';
import { CUSTOMER_PATH } from './conditions';

/** A filter of `strapi.db.query`: `{}` when everything is in sight, `null` when nothing is. */
export type Sight = Record<string, unknown> | null;

interface RequestLike {
  state: { auth?: { credentials?: { role?: { type?: unknown } | null } | null } };
}

/** Types whose records belong to a customer, and the customers themselves. */
export const bearsCustomer = (uid: string): boolean => Object.hasOwn(CUSTOMER_PATH, uid);

/**
 * Which customers somebody who comes by the content API has in sight: by the same levels as the role conditions of the panel,
 * given to users-permissions roles and to tokens by the policy [USE-1], of those that are not filed only the team's [COL-9].
 * Whoever has no active staff profile, and whoever is not signed in, sees none.
 */
export async function apiSight(strapi: Core.Strapi, actor: Actor): Promise<Sight> {
  if (actor.kind === 'system') return {};
  const { apiVisibility } = policyOf(strapi).get().access;
  if (actor.kind === 'api-token') {
    return apiVisibility.tokens === 'all' ? withinTeam(strapi, {}, null) : null;
  }
  if (actor.kind !== 'user') return null;
  const role = roleOf(strapi);
  const { roles } = apiVisibility;
  const level = Object.hasOwn(roles, role) ? roles[role] : apiVisibility.default;
  if (level === undefined || level === 'none') return null;
  const staff = await organisationOf(strapi).staffOf(actor);
  return staff?.active ? withinTeam(strapi, await customersOf(strapi, staff, level), staff) : null;
}

/** The same for the records of a customer-bearing type: those of the customers in sight. */
export function sightOn(uid: string, customers: Sight): Sight {
  const path = CUSTOMER_PATH[uid] ?? '';
  if (customers === null || path === '' || Object.keys(customers).length === 0) return customers;
  return { [path.slice(0, -1)]: customers };
}

async function customersOf(
  strapi: Core.Strapi,
  staff: StaffRef,
  level: Exclude<VisibilityLevel, 'none'>
): Promise<Sight> {
  const organisation = organisationOf(strapi);
  switch (level) {
    case 'own':
      return { owner: { id: staff.id } };
    case 'team': {
      const { query } = await organisation.subordinates(staff.id);
      return { owner: { id: { $in: query } } };
    }
    case 'department': {
      if (staff.departmentId === null) return null;
      const { query } = await organisation.departmentTree(staff.departmentId);
      return { department: { id: { $in: query } } };
    }
    case 'all':
      return {};
  }
}

/** The type of the users-permissions role of whoever asks; empty where there is none. */
function roleOf(strapi: Core.Strapi): string {
  const request = strapi.requestContext.get() as unknown as RequestLike | undefined;
  const type = request?.state.auth?.credentials?.role?.type;
  return typeof type === 'string' ? type : '';
}

/** Whether the customer is in sight of whoever asks by the content API. */
export async function seesCustomerByApi(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  const actor = actorOf(strapi).identity();
  // Without a request there is a program of the application itself; admin users are asked for by their role.
  if (!actor || actor.kind === 'admin') return true;
  const sight = await apiSight(strapi, actor);
  if (!sight) return false;
  const where = { $and: [{ documentId }, sight] };
  return (await strapi.db.query(CUSTOMER).count({ where })) > 0;
}
