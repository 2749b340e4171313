import type { WeighedBound } from '../../api/retention';
import type { RetentionStanding } from '../../api/vocabulary';

/** The days between which the picture of a due date is drawn. */
export interface Span {
  from: string;
  to: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** From the first event to the last bound, today included; `null` where no event has come. */
export const spanOf = (bounds: readonly WeighedBound[], today: string): Span | null => {
  const days = bounds.flatMap(({ eventOn, dueOn }) => [eventOn ?? [], dueOn ?? []].flat());
  if (days.length === 0) return null;
  const sorted = [...days, today].sort();
  return { from: sorted[0] ?? today, to: sorted.at(-1) ?? today };
};

/** Where in the span a day lies, from 0 to 1. */
export const placeOf = (day: string, { from, to }: Span): number => {
  const length = Math.max(DAY_MS, at(to) - at(from));
  return Math.min(1, Math.max(0, (at(day) - at(from)) / length));
};

/** What decided comes first; what says nothing yet comes last. */
const ORDER: readonly RetentionStanding[] = [
  'decides',
  'waits',
  'outlasted',
  'met',
  'later',
  'not-yet',
];

/** The bounds in the order in which a reader wants them. */
export const inReadingOrder = <Bound extends { standing: RetentionStanding }>(
  bounds: readonly Bound[]
): Bound[] => [...bounds].sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));
