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
  const zone = zoneOf(timezone);
  const days = new Map<Day, DayVolume>();
  for (let day = from; day <= to; day = addDays(day, 1)) days.set(day, { day, groups: {} });
  const heat = Array.from({ length: DAYS_A_WEEK }, () => Array<number>(HOURS_A_DAY).fill(0));
  const clocks = new Map<number, { day: Day; hour: number }>();
  for (const { hour, group, entries } of counts) {
    const clock = clocks.get(hour) ?? clockOf(hour);
    clocks.set(hour, clock);
    const volume = days.get(clock.day);
    if (!volume) continue;
    volume.groups[group] = (volume.groups[group] ?? 0) + entries;
    heat[(weekdayOf(clock.day) + DAYS_A_WEEK - 1) % DAYS_A_WEEK][clock.hour] += entries;
  }
  return { days: [...days.values()], heat };

  function clockOf(hour: number) {
    const instant = new Date(hour * HOUR_MS);
    const day = zone.dayAt(instant);
    const passed = instant.getTime() - zone.instantOf(day, 0).getTime();
    // A day that is longer or shorter by a change of clocks still has the hours 0 to 23.
    let at = Math.floor(passed / HOUR_MS);
    while (at > 0 && zone.instantOf(day, at * 60) > instant) at -= 1;
    while (at < HOURS_A_DAY - 1 && zone.instantOf(day, (at + 1) * 60) <= instant) at += 1;
    return { day, hour: Math.min(at, HOURS_A_DAY - 1) };
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
