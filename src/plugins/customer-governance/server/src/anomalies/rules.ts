import type { AnomalyRule, ViewsAboveMedianRule } from '../policy';
import { addDays, type Day, type Zone } from '../calendar/zone';
import type { Span, Sum } from './log';

/** What the rules say of figures. Pure: the log is asked elsewhere, and the time is given. */

/** The middle one; between two of them, their mean. `0` of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Whether the records of one hour stand out from a person's hours before it. */
export function standsOut(
  { factor, minimumPerHour }: Pick<ViewsAboveMedianRule, 'factor' | 'minimumPerHour'>,
  observed: number,
  usual: number
): boolean {
  return observed >= minimumPerHour && observed > factor * usual;
}

/** The parts of a day that are not worked: all of a day off, else what lies before and after the work. A break is no odd hour. */
export function oddSpans(
  day: Day,
  works: boolean,
  workingHours: readonly (readonly [string, string])[],
  zone: Zone
): Span[] {
  const begin = zone.instantOf(day, 0);
  const end = zone.instantOf(addDays(day, 1), 0);
  const opens = workingHours[0]?.[0];
  const closes = workingHours.at(-1)?.[1];
  if (!works || !opens || !closes) return [[begin, end]];
  const spans: Span[] = [
    [begin, zone.instantOf(day, minutesOf(opens))],
    [zone.instantOf(day, minutesOf(closes)), end],
  ];
  return spans.filter(([from, to]) => from < to);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The days of the zone on which these moments are, each once. */
export const daysOf = (moments: readonly Date[], zone: Zone): Day[] => [
  ...new Set(moments.map((moment) => zone.dayAt(moment))),
];

/** Whether a day is among the last before somebody leaves, or after they left. */
export const isLeaving = (day: Day, leavesOn: Day | null, days: number): boolean =>
  leavesOn !== null && day > addDays(leavesOn, -days);

/**
 * Puts the dense hours of one person together: one episode, as long as the next stretch begins before the last one has
 * ended. They come in the order of their first entries.
 */
export function episodes(hours: readonly Sum[]): Sum[] {
  const found: Sum[] = [];
  for (const hour of hours) {
    const last = found.at(-1);
    if (last && last.kind === hour.kind && last.id === hour.id && hour.first <= last.last) {
      last.observed = Math.max(last.observed, hour.observed);
      if (hour.last > last.last) last.last = hour.last;
    } else {
      found.push({ ...hour });
    }
  }
  return found;
}

/** An alert there is already, as far as it matters to what is found next. */
export interface Known {
  closed: boolean;
  window: Span;
}

/**
 * What becomes of something found: an alert of its own, or part of the one about the same stretch of time. What a closed
 * alert was about has been looked at.
 * @returns the index of the alert that it is part of, `null` for a new one, `undefined` for nothing to do.
 */
export function placeOf(known: readonly Known[], [from, to]: Span): number | null | undefined {
  const at = known.findIndex(({ window }) => window[0] < to && from < window[1]);
  if (at < 0) return null;
  return known[at]?.closed ? undefined : at;
}

/** The figures of a rule, as an alert keeps them. */
export function figuresOf(rule: AnomalyRule): Record<string, number | string> {
  const { code: _code, kind: _kind, severity: _severity, suspendGrants: _suspend, ...rest } = rule;
  return rest;
}
