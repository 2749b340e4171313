import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { organisationOf } from '../organisation/organisation';

/**
 * Staff ids of those who are told of alerts: whoever manages anomalies, and the information department where nobody does.
 * @param concerned is not told of the alert about themselves.
 */
export async function recipientsOf(
  strapi: Core.Strapi,
  concerned: number | null
): Promise<number[]> {
  const others = (people: Array<{ id: number }>) =>
    people.map(({ id }) => id).filter((id) => id !== concerned);
  const managing = others(
    await organisationOf(strapi).holding(`plugin::${PLUGIN}.anomalies.manage`)
  );
  return managing.length > 0
    ? managing
    : others(await organisationOf(strapi).inFunction('information'));
}
