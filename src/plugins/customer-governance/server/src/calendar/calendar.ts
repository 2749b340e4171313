import type { CalendarPolicy } from '../policy/policy';
import { workingDays, type DayStatus } from './working-days';
import { addDays, zoneOf, type Day } from './zone';

/** A span of working time: hours that are worked, or whole working days. */
export type WorkingTime = { hours: number; days?: undefined } | { days: number; hours?: undefined };

/** A deadline as the policy writes one: by the clock, in working hours, or in working days. */
export type Term = { hours: number } | { workingHours: number } | { workingDays: number };

export interface Deadline {
  at: Date;
  /** A day was counted whose year the holidays are not yet known of: the deadline may move. */
  provisional: boolean;
}

export interface WorkingHours {
  /** Negative where `to` comes before `from`. */
  hours: number;
  provisional: boolean;
}

export interface WorkCalendar {
  /** Whether the day that holds this instant, or the day itself (`YYYY-MM-DD`), is worked. */
  isWorkingDay(day: Date | Day): boolean;
  /** The same, and whether it may still change. */
  statusOf(day: Date | Day): DayStatus;
  /**
   * The end of a span that begins at `from`. Hours count while they are worked. Days are counted as the civil code does:
   * the day of the event is not, and the last one ends with its working hours.
   */
  addWorkingTime(from: Date, span: WorkingTime): Deadline;
  /** The hours worked between two instants. */
  workingTimeBetween(from: Date, to: Date): WorkingHours;
  /** When a term of the policy that begins at `from` ends. */
  deadline(from: Date, term: Term): Deadline;
}

const HOUR = 3_600_000;

/** More than any policy means; keeps a slip from being reckoned day by day for centuries. */
const MAX_HOURS = 100_000;
const MAX_DAYS = 10_000;
/** Some ten years of days. */
const REMEMBERED_DAYS = 4000;

/** The policy's calendar. Pure: the same questions always get the same answers. */
export function workCalendar(policy: CalendarPolicy): WorkCalendar {
  const zone = zoneOf(policy.timezone);
  const statusOfDay = workingDays(policy);
  const spans = policy.workingHours.map(([from, to]) => [minutesOf(from), minutesOf(to)] as const);

  const known = new Map<Day, ReadonlyArray<readonly [number, number]>>();
  /** The worked spans of a day, as instants in milliseconds. Reckoned once: the zone is slow to ask, and imports ask often. */
  const spansOf = (day: Day): ReadonlyArray<readonly [number, number]> => {
    const found = known.get(day);
    if (found) return found;
    if (known.size >= REMEMBERED_DAYS) known.clear();
    const reckoned = spans.map(
      ([from, to]) =>
        [zone.instantOf(day, from).getTime(), zone.instantOf(day, to).getTime()] as const
    );
    known.set(day, reckoned);
    return reckoned;
  };

  const addHours = (from: Date, hours: number): Deadline => {
    let left = Math.round(hours * HOUR);
    let provisional = false;
    for (let day = zone.dayAt(from); ; day = addDays(day, 1)) {
      const status = statusOfDay(day);
      provisional ||= status.provisional;
      for (const [start, end] of status.working ? spansOf(day) : []) {
        const begin = Math.max(start, from.getTime());
        if (begin + left <= end) {
          return { at: new Date(begin + left), provisional };
        }
        left -= Math.max(0, end - begin);
      }
    }
  };

  const addWholeDays = (from: Date, days: number): Deadline => {
    let day = zone.dayAt(from);
    let provisional = false;
    for (let left = days; left > 0;) {
      day = addDays(day, 1);
      const status = statusOfDay(day);
      provisional ||= status.provisional;
      left -= Number(status.working);
    }
    return { at: zone.instantOf(day, spans[spans.length - 1][1]), provisional };
  };

  const addWorkingTime = (from: Date, span: WorkingTime): Deadline => {
    requireInstant(from);
    return span.days === undefined
      ? addHours(from, requireAmount(span.hours, MAX_HOURS))
      : addWholeDays(from, requireAmount(span.days, MAX_DAYS, 1));
  };

  const workingTimeBetween = (from: Date, to: Date): WorkingHours => {
    requireInstant(from);
    requireInstant(to);
    if (to < from) {
      const { hours, provisional } = workingTimeBetween(to, from);
      return { hours: -hours, provisional };
    }
    const last = zone.dayAt(to);
    let worked = 0;
    let provisional = false;
    for (let day = zone.dayAt(from); day <= last; day = addDays(day, 1)) {
      const status = statusOfDay(day);
      provisional ||= status.provisional;
      for (const [start, end] of status.working ? spansOf(day) : []) {
        worked += Math.max(0, Math.min(end, to.getTime()) - Math.max(start, from.getTime()));
      }
    }
    return { hours: worked / HOUR, provisional };
  };

  const statusOf = (day: Date | Day): DayStatus =>
    statusOfDay(typeof day === 'string' ? day : zone.dayAt(requireInstant(day)));

  return {
    statusOf,
    isWorkingDay: (day) => statusOf(day).working,
    addWorkingTime,
    workingTimeBetween,
    deadline(from, term) {
      if ('workingHours' in term) {
        return addWorkingTime(from, { hours: term.workingHours });
      }
      if ('workingDays' in term) {
        return addWorkingTime(from, { days: term.workingDays });
      }
      const hours = requireAmount(term.hours, MAX_HOURS);
      return { at: new Date(requireInstant(from).getTime() + hours * HOUR), provisional: false };
    },
  };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function requireAmount(amount: number, max: number, step?: number): number {
  if (!(amount > 0 && amount <= max) || (step && amount % step !== 0)) {
    const what = step ? 'a whole number' : 'a number';
    throw new RangeError(`A span of working time must be ${what} above 0 and at most ${max}`);
  }
  return amount;
}

function requireInstant(instant: Date): Date {
  if (Number.isNaN(instant.getTime())) {
    throw new RangeError('A deadline cannot be reckoned from an invalid date');
  }
  return instant;
}
