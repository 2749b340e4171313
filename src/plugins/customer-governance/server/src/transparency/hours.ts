import type { Core } from '@strapi/strapi';
import type { AuditAction } from '../audit/actions';
import { tablesOf } from '../database';
import { HOUR_MS, HOURS } from './models';

/** What an actor did in one hour of these actions together. */
export interface ActorHour {
  kind: string;
  id: string;
  /** When the hour begins. */
  hour: Date;
  entries: number;
  records: number;
}

/**
 * What actors did, hour by hour, as the sequencer has counted it; hours without entries are left out. Entries that are not in
 * the tree yet are not counted.
 * @param from and `to` are half open, and of whole hours.
 */
export async function actorHours(
  strapi: Core.Strapi,
  actors: ReadonlyArray<{ kind: string; id: string }>,
  actions: readonly AuditAction[],
  from: Date,
  to: Date
): Promise<ActorHour[]> {
  if (actors.length === 0) return [];
  const rows = (await (
    await tablesOf(strapi)
  )(HOURS)
    .whereIn(
      ['actor_kind', 'actor_id'],
      actors.map(({ kind, id }) => [kind, id])
    )
    .whereIn('action', [...actions])
    .where({ outcome: 'done' })
    .where('hour', '>=', Math.floor(from.getTime() / HOUR_MS))
    .where('hour', '<', Math.floor(to.getTime() / HOUR_MS))
    .select({ kind: 'actor_kind', id: 'actor_id', hour: 'hour' })
    .sum({ entries: 'entries', records: 'records' })
    .groupBy('actor_kind', 'actor_id', 'hour')) as Array<Record<string, string | number>>;
  return rows.map(({ kind, id, hour, entries, records }) => ({
    kind: String(kind),
    id: String(id),
    hour: new Date(Number(hour) * HOUR_MS),
    entries: Number(entries),
    records: Number(records),
  }));
}
