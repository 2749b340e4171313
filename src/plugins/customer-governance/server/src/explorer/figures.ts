import type { Core } from '@strapi/strapi';
import type { AuditAction } from '../audit/actions';
import { AUDIT_TABLE } from '../audit/audit';
import type { Day } from '../calendar/zone';
import { isPostgres, tablesOf } from '../database';
import { HOURS } from '../transparency/models';
import { groupOf, type ActionGroup } from './groups';
import { HOUR_MS, spanOfDay, volumeOf, type HourCount } from './heat';

/** How many of the busiest are named. */
const TOP = 10;

export interface ActorCount {
  actorKind: string;
  actorId: string;
  entries: number;
  records: number;
}

export interface HourOfDay {
  /** Hours since the day began. */
  hour: number;
  groups: Partial<Record<ActionGroup, number>>;
  refused: number;
}

/** Counts of the log; those of days come of the counters that the sequencer keeps, so that no entry is read for them. */
export const createFigures = (strapi: Core.Strapi) => ({
  /** Volume by day and by hour of the week, the busiest, and what was refused; of entries that are in the tree. */
  async ofDays(from: Day, to: Day, timezone: string) {
    const tables = await tablesOf(strapi);
    const first = Math.ceil(spanOfDay(from, timezone).from.getTime() / HOUR_MS);
    const last = Math.floor(spanOfDay(to, timezone).to.getTime() / HOUR_MS);
    const within = () => tables(HOURS).whereBetween('hour', [first, last]);
    const sums = { entries: 'entries', records: 'records' };
    const busiest = async (outcome?: string): Promise<ActorCount[]> => {
      const query = within();
      if (outcome) query.where({ outcome });
      const rows = await query
        .groupBy('actor_kind', 'actor_id')
        .select('actor_kind', 'actor_id')
        .sum(sums)
        .orderBy([{ column: 'entries', order: 'desc' }, 'actor_kind', 'actor_id'])
        .limit(TOP);
      return rows.map((row: Record<string, string | number>) => ({
        actorKind: String(row.actor_kind),
        actorId: String(row.actor_id),
        entries: Number(row.entries),
        records: Number(row.records),
      }));
    };
    const hours: Array<{ hour: number; action: string; entries: number }> = await within()
      .groupBy('hour', 'action')
      .select('hour', 'action')
      .sum({ entries: 'entries' });
    const counts: HourCount[] = hours.map((row) => ({
      hour: Number(row.hour),
      group: groupOf(row.action),
      entries: Number(row.entries),
    }));
    const refusals: Array<{ action: string; entries: number }> = await within()
      .where({ outcome: 'refused' })
      .groupBy('action')
      .select('action')
      .sum({ entries: 'entries' })
      .orderBy([{ column: 'entries', order: 'desc' }, 'action'])
      .limit(TOP);
    return {
      ...volumeOf(counts, timezone, from, to),
      actors: await busiest(),
      refusedActors: await busiest('refused'),
      refusals: refusals.map(({ action, entries }) => ({ action, entries: Number(entries) })),
    };
  },

  /** How many records the entries of an action name since then; of entries that are in the tree. */
  async recordsOf(action: AuditAction, since: Date): Promise<number> {
    const tables = await tablesOf(strapi);
    const row = (await tables(HOURS)
      .where('hour', '>=', Math.floor(since.getTime() / HOUR_MS))
      .where({ action, outcome: 'done' })
      .sum({ records: 'records' })
      .first()) as { records: number | string | null };
    return Number(row.records ?? 0);
  },

  /** What somebody did in each hour of a span, counted from the entries themselves. */
  async ofSpan(
    accounts: ReadonlyArray<{ kind: string; id: string }>,
    { from, to }: { from: Date; to: Date }
  ): Promise<HourOfDay[]> {
    const postgres = isPostgres(strapi);
    const tables = await tablesOf(strapi);
    const hours = new Map<number, HourOfDay>();
    const hour = postgres
      ? 'cast(floor(extract(epoch from (at - ?::timestamp)) / 3600) as integer)'
      : `cast((at - ?) / ${HOUR_MS} as integer)`;
    for (const { kind, id } of accounts) {
      const rows = (await tables(AUDIT_TABLE)
        .where({ actor_id: id, actor_kind: kind })
        .whereBetween('at', [from, to])
        .groupByRaw('1, action, outcome')
        .select(strapi.db.connection.raw(`${hour} as hour`, [from]), 'action', 'outcome')
        .count({ entries: '*' })) as Array<Record<string, string | number>>;
      for (const row of rows) {
        const at = Number(row.hour);
        const counted = hours.get(at) ?? { hour: at, groups: {}, refused: 0 };
        hours.set(at, counted);
        const group = groupOf(String(row.action));
        counted.groups[group] = (counted.groups[group] ?? 0) + Number(row.entries);
        if (row.outcome === 'refused') counted.refused += Number(row.entries);
      }
    }
    return [...hours.values()].sort((a, b) => a.hour - b.hour);
  },
});
