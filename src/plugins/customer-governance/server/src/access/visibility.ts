import type { Core } from '@strapi/strapi';
import { apiSight, bearsCustomer, sightOn, type Sight } from '../customers/api-sight';
import { actorOf } from '../organisation/actor';
import { filterFor, READ_ACTION, type Ability } from './abilities';

interface RequestLike {
  state: {
    userAbility?: Ability;
    auth?: { strategy?: { name?: string }; ability?: unknown };
  };
}

/** The ability of the admin user who asks, or `undefined` outside a request of the panel. */
export function adminAbility(strapi: Core.Strapi): Ability | undefined {
  const request = strapi.requestContext.get() as unknown as RequestLike | undefined;
  return request?.state.userAbility;
}

/**
 * Of the given records, those that a filter of the ability lets through. By documentId first and by row id then: given
 * both at once, a database may walk all records of an owner to find the few of a page.
 */
export async function inSight(
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[],
  filter: Sight
): Promise<Set<string>> {
  if (filter === null || documentIds.length === 0) return new Set();
  const query = strapi.db.query(uid);
  type Row = { id: number; documentId: string };
  const there: Row[] = await query.findMany({
    select: ['id', 'documentId'],
    where: { documentId: { $in: [...documentIds] } },
  });
  if (there.length === 0 || Object.keys(filter).length === 0) {
    return new Set(there.map(({ documentId }) => documentId));
  }
  const rows: Row[] = await query.findMany({
    select: ['documentId'],
    where: { $and: [{ id: { $in: there.map(({ id }) => id) } }, filter] },
  });
  return new Set(rows.map(({ documentId }) => documentId));
}

/**
 * Of the given records, those that whoever asks may read at all: by the role and its conditions in the panel, by the policy's
 * levels on the content API. There Strapi's own permissions alone decide on types that have no customer.
 */
export async function visibleToAsker(
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[]
): Promise<Set<string>> {
  const actor = actorOf(strapi).identity();
  if (!actor) return new Set();
  if (actor.kind === 'admin') {
    const ability = adminAbility(strapi);
    const sight = ability ? filterFor(ability, READ_ACTION, uid) : null;
    return inSight(strapi, uid, documentIds, sight);
  }
  const sight = bearsCustomer(uid) ? sightOn(uid, await apiSight(strapi, actor)) : {};
  return inSight(strapi, uid, documentIds, sight);
}

/** Whether the content-API caller (API token or users-permissions role) holds an action. */
export async function holdsContentApiAction(strapi: Core.Strapi, action: string): Promise<boolean> {
  const request = strapi.requestContext.get() as unknown as RequestLike | undefined;
  const auth = request?.state.auth;
  if (!auth?.strategy) return false;
  try {
    await strapi.auth.verify(auth as never, { scope: [action] });
    return true;
  } catch {
    return false;
  }
}
