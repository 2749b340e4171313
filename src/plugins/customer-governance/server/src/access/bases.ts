import type { Core } from '@strapi/strapi';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { filterFor, REVEAL_ACTION } from './abilities';
import { grantsOf } from './grants';
import { adminAbility, inSight } from './visibility';

/** By documentId: the right to be revealed an attribute, and for grants the codes of their purposes. */
export type Bases = Map<string, { reveal: 'standing' | 'grant'; purposes: string[] | null }>;

/** By which right the admin user who asks could be revealed one attribute of each record now: a few queries for all. */
export async function basesFor(
  strapi: Core.Strapi,
  type: string,
  documentIds: readonly string[],
  attribute: string,
  now: Date
): Promise<Bases> {
  const bases: Bases = new Map();
  if (documentIds.length === 0) return bases;
  const ability = adminAbility(strapi);
  const filter = ability ? filterFor(ability, REVEAL_ACTION, type, attribute) : null;
  for (const id of await inSight(strapi, type, documentIds, filter)) {
    bases.set(id, { reveal: 'standing', purposes: null });
  }
  const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
  const grants = staff ? await grantsOf(strapi).runningFor(staff, type, documentIds, now) : [];
  for (const { records, purpose } of grants.filter(({ attributes }) =>
    attributes.includes(attribute)
  )) {
    for (const id of records) {
      const known = bases.get(id);
      if (known?.reveal === 'standing') continue;
      const purposes = [...new Set([...(known?.purposes ?? []), purpose])];
      bases.set(id, { reveal: 'grant', purposes });
    }
  }
  return bases;
}
