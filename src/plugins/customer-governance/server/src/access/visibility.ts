import type { Core } from '@strapi/strapi';
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

/** Of the given records, those that a filter of the ability lets through; one query. */
export async function passing(
  strapi: Core.Strapi,
  uid: string,
  documentIds: readonly string[],
  filter: Record<string, unknown> | null
): Promise<Set<string>> {
  if (filter === null || documentIds.length === 0) return new Set();
  const rows = await strapi.db.query(uid).findMany({
    select: ['documentId'],
    where: { $and: [{ documentId: { $in: [...documentIds] } }, filter] },
  });
  return new Set(rows.map((row: { documentId: string }) => row.documentId));
}

/** Of the given records, those that the admin user may read at all. */
export function visibleToAdmin(strapi: Core.Strapi, uid: string, documentIds: readonly string[]) {
  const ability = adminAbility(strapi);
  return passing(strapi, uid, documentIds, ability ? filterFor(ability, READ_ACTION, uid) : null);
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
