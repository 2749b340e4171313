const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

/** The moment so many days, and hours, before another. */
export const before = (moment: Date, days: number, hours = 0): Date =>
  new Date(moment.getTime() - days * DAY_MS - hours * HOUR_MS);

/** The day of a moment, `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** The day so many days before a moment. */
export const dayBefore = (moment: Date, days: number): string => dayOf(before(moment, days));

/** The day so many days after a moment. */
export const dayAfter = (moment: Date, days: number): string => dayOf(before(moment, -days));

/** About so many months, in days: a few too many, so that a period of months is over for certain. */
export const months = (count: number): number => count * 31;
