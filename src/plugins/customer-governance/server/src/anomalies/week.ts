import { addDays, weekdayOf, type Day, type Zone } from '../calendar/zone';
import type { Span } from './log';

/** Weeks as ISO 8601 numbers them: from Monday, and of the year in which their Thursday is. */

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK = /^(\d{4})-W(\d{2})$/;

const mondayOf = (day: Day): Day => addDays(day, -((weekdayOf(day) + 6) % 7));

/** The week of a day, `2026-W46`. */
export function weekOf(day: Day): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / DAY_MS;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

/** The Monday of a week, or `null` where there is no such week. */
export function mondayOfWeek(week: string): Day | null {
  const [, year, number] = WEEK.exec(week) ?? [];
  if (!year || !number) return null;
  // 4 January is in the first week of every year.
  const monday = addDays(mondayOf(`${year}-01-04`), (Number(number) - 1) * 7);
  return weekOf(monday) === week ? monday : null;
}

/** The week before one. */
export const weekBefore = (monday: Day): string => weekOf(addDays(monday, -7));

/** From the Monday's midnight to the next one's, in a zone. */
export const spanOfWeek = (monday: Day, zone: Zone): Span => [
  zone.instantOf(monday, 0),
  zone.instantOf(addDays(monday, 7), 0),
];
