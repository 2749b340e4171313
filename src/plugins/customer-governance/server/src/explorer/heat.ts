import { addDays, weekdayOf, zoneOf, type Day } from '../calendar/zone';
import type { ActionGroup } from './groups';

export const HOUR_MS = 3_600_000;

/** Entries of one hour (since 1970, UTC) and one group of actions. */
export interface HourCount {
  hour: number;
  group: ActionGroup;
  entries: number;
}

export interface DayVolume {
  day: Day;
  groups: Partial<Record<ActionGroup, number>>;
}

/** Entries by weekday (0 is Monday) and hour of the day. */
export type HeatMap = number[][];

const HOURS_A_DAY = 24;
const DAYS_A_WEEK = 7;

/**
 * Counts of hours as days and as a week, by the clock of a time zone. Where a zone is off by a part of an hour, an hour belongs
 * to the one in which it begins there.
 * @param from first day. @param to last day; every day between has its row, also an empty one.
 */
export function volumeOf(
  counts: readonly HourCount[],
  timezone: string,
  from: Day,
  to: Day
): { days: DayVolume[]; heat: HeatMap } {
  const days = new Map<Day, DayVolume>();
  const clocks = new Map<number, { volume: DayVolume; row: number[]; hour: number }>();
  const heat = Array.from({ length: DAYS_A_WEEK }, () => Array<number>(HOURS_A_DAY).fill(0));
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const volume: DayVolume = { day, groups: {} };
    days.set(day, volume);
    const row = heat[(weekdayOf(day) + DAYS_A_WEEK - 1) % DAYS_A_WEEK];
    for (const { hour, clock } of hoursOf(day, timezone)) {
      clocks.set(hour, { volume, row, hour: clock });
    }
  }
  for (const { hour, group, entries } of counts) {
    const clock = clocks.get(hour);
    if (!clock) continue;
    const { groups } = clock.volume;
    groups[group] = (groups[group] ?? 0) + entries;
    clock.row[clock.hour] += entries;
  }
  return { days: [...days.values()], heat };
}

/** The hours that begin on a day, with what the clock then shows. On a day when the clocks are changed there are more or fewer. */
function* hoursOf(day: Day, timezone: string): Generator<{ hour: number; clock: number }> {
  const zone = zoneOf(timezone);
  const start = zone.instantOf(day, 0).getTime();
  const end = zone.instantOf(addDays(day, 1), 0).getTime();
  const usual = end - start === HOURS_A_DAY * HOUR_MS;
  for (let hour = Math.ceil(start / HOUR_MS); hour * HOUR_MS < end; hour++) {
    let clock = Math.floor((hour * HOUR_MS - start) / HOUR_MS);
    if (!usual) {
      const instant = hour * HOUR_MS;
      clock = HOURS_A_DAY - 1;
      while (clock > 0 && zone.instantOf(day, clock * 60).getTime() > instant) clock -= 1;
    }
    yield { hour, clock };
  }
}

/** The span of a day by the clock of a time zone, both ends included. */
export function spanOfDay(day: Day, timezone: string): { from: Date; to: Date } {
  const zone = zoneOf(timezone);
  return {
    from: zone.instantOf(day, 0),
    to: new Date(zone.instantOf(addDays(day, 1), 0).getTime() - 1),
  };
}
