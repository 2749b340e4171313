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

/**
 * Reckons how long after the first contact a customer was entered, and whether the policy's deadline had passed [COL-6].
 * What came first and was late is remembered: whoever was met still earlier and entered still later is late, too, which
 * spares an import of old customers a look at the calendar for each of them.
 */
export function entryDelays(calendar: Pick<WorkCalendar, 'deadline'>, term: Term) {
  const hours = 'workingHours' in term ? term.workingHours : 'hours' in term ? term.hours : 0;
  let late: { firstContact: Date; recorded: Date } | null = null;

  const isLate = (firstContact: Date, recorded: Date): boolean => {
    // No working hour is shorter than one of the clock.
    if (recorded.getTime() - firstContact.getTime() <= hours * 60 * MINUTE) return false;
    if (late && firstContact <= late.firstContact && recorded >= late.recorded) return true;
    if (recorded <= calendar.deadline(firstContact, term).at) return false;
    late = { firstContact, recorded };
    return true;
  };

  return (firstContact: Date, recorded: Date): EntryDelay => {
    const delay = recorded.getTime() - firstContact.getTime();
    return {
      enteredLate: delay > 0 && isLate(firstContact, recorded),
      entryDelayMinutes: Math.min(MAX_MINUTES, Math.max(0, Math.floor(delay / MINUTE))),
    };
  };
}
