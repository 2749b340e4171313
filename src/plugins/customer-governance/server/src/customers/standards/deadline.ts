import type { Term, WorkCalendar } from '../../calendar';

/** What is noted of when a customer was entered; nobody enters it. */
export const LATENESS = ['enteredLate', 'entryDelayMinutes'] as const;

export interface EntryDelay {
  enteredLate: boolean;
  /** By the clock, whatever the deadline counts. */
  entryDelayMinutes: number;
}

const MINUTE = 60_000;
/** What the column holds; some thousand years. */
const MAX_MINUTES = 2_147_483_647;

/** How long after the first contact a customer was entered, and whether the policy's deadline had passed [COL-6]. */
export function entryDelay(
  calendar: Pick<WorkCalendar, 'deadline'>,
  term: Term,
  firstContact: Date,
  recorded: Date
): EntryDelay {
  const delay = recorded.getTime() - firstContact.getTime();
  return {
    enteredLate: delay > 0 && isPast(calendar, term, firstContact, recorded),
    entryDelayMinutes: Math.min(MAX_MINUTES, Math.max(0, Math.floor(delay / MINUTE))),
  };
}

function isPast(
  calendar: Pick<WorkCalendar, 'deadline'>,
  term: Term,
  firstContact: Date,
  recorded: Date
): boolean {
  // No working hour is shorter than one of the clock: most entries need no look at the calendar.
  const hours = 'workingHours' in term ? term.workingHours : 'hours' in term ? term.hours : 0;
  if (recorded.getTime() - firstContact.getTime() <= hours * 60 * MINUTE) return false;
  return recorded > calendar.deadline(firstContact, term).at;
}
