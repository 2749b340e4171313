import type { Instant } from '../api/types';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a term still runs, in the two units that matter. */
export interface TimeLeft {
  /** Which of the messages `grant.left` says it. */
  unit: 'days' | 'hours' | 'minutes' | 'over';
  days: number;
  hours: number;
  minutes: number;
  /** The part of the term that is left, from 1 down to 0. */
  share: number;
}

/** What is left of a term at a moment. Minutes are counted up, so that nothing is over before it is. */
export const timeLeft = (startsAt: Instant, endsAt: Instant, now: number): TimeLeft => {
  const end = Date.parse(endsAt);
  const term = end - Date.parse(startsAt);
  const left = Math.max(0, end - now);
  const whole = Math.ceil(left / MINUTE) * MINUTE;
  const share = term > 0 ? Math.min(1, left / term) : 0;
  return {
    unit: left === 0 ? 'over' : whole >= DAY ? 'days' : whole >= HOUR ? 'hours' : 'minutes',
    days: Math.floor(whole / DAY),
    hours: Math.floor((whole % DAY) / HOUR),
    minutes: Math.floor((whole % HOUR) / MINUTE),
    share,
  };
};
