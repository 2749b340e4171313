import type { Day } from '../calendar/zone';
import { addMonths } from '../policy/retention-rules';
import type { Outcome } from './models';

/** What was found out of a fact, and on which day. Of each outcome the latest is enough. */
export interface Finding {
  outcome: Outcome;
  /** In the order in which they were written down. */
  id: number;
  on: Day;
}

/** How a fact stands: `lapsed` was right once and is to be looked at again. */
export const FACT_STATES = ['verified', 'unverified', 'lapsed', 'wrong', 'unreachable'] as const;
export type FactState = (typeof FACT_STATES)[number];

export interface Standing {
  state: FactState;
  /** The last day on which a verified fact counts as such; `null` where there is none. */
  until: Day | null;
}

const newest = (findings: readonly Finding[], ...outcomes: Outcome[]): Finding | undefined =>
  findings
    .filter(({ outcome }) => outcomes.includes(outcome))
    .reduce<Finding | undefined>(
      (last, each) => (last && last.id > each.id ? last : each),
      undefined
    );

/**
 * How a fact stands on a day. Whoever could not be reached has said nothing: what was found out before goes on to count as
 * long as it would.
 * @param months for which a confirmation counts; 0: for good.
 */
export function standingOf(findings: readonly Finding[], months: number, today: Day): Standing {
  const decisive = newest(findings, 'confirmed', 'wrong');
  if (decisive?.outcome === 'wrong') return { state: 'wrong', until: null };
  const until = decisive && months > 0 ? addMonths(decisive.on, months) : null;
  if (decisive && (until === null || today < until)) return { state: 'verified', until };
  const attempt = newest(findings, 'unreachable');
  if (attempt && attempt.id > (decisive?.id ?? 0)) return { state: 'unreachable', until: null };
  return { state: decisive ? 'lapsed' : 'unverified', until: null };
}

/** The first day of the period that a day is in: of the quarter, where a period has three months. */
export function periodOf(day: Day, months: number): Day {
  const month = Number(day.slice(5, 7)) - 1;
  const first = month - (month % months) + 1;
  return `${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
}
