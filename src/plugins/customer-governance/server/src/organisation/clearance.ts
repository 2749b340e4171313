import { addMonths, type PeoplePolicy } from '../policy';

/** What of a person decides whether they may see anything [PRO-4]. Days are `YYYY-MM-DD`. */
export interface Cleared {
  /** Stopped by hand: after an incident, say. */
  accessSuspended: boolean;
  ndaValidUntil: string | null;
  /** The day of the last training whose test was passed. */
  trainedOn: string | null;
}

/** Why a person may see nothing at present. */
export type ClearanceGap = 'suspended' | 'nda' | 'training';

/**
 * Why a person's access is suspended today, or `null`. Nobody at all (an account without a staff profile) has neither signed
 * nor been trained.
 * @param today in the policy's time zone, `YYYY-MM-DD`.
 */
export function clearanceGap(
  person: Cleared | null,
  { ndaRequired, trainingValidMonths }: PeoplePolicy,
  today: string
): ClearanceGap | null {
  if (person?.accessSuspended) return 'suspended';
  if (ndaRequired && !(person?.ndaValidUntil && person.ndaValidUntil >= today)) return 'nda';
  if (trainingValidMonths === 0) return null;
  const trained = person?.trainedOn;
  // A training in the future is a slip of the keyboard, not a training.
  const lasts = trained && trained <= today && today < addMonths(trained, trainingValidMonths);
  return lasts ? null : 'training';
}

/** The same in words, for whoever is refused. */
export const CLEARANCE_REFUSALS: Record<ClearanceGap, string> = {
  suspended: 'Your access to customer information is suspended. Ask the information department.',
  nda: 'Your non-disclosure agreement is missing or has lapsed. Sign it, and your access is back.',
  training:
    'Your training is missing or more than its term ago. Pass the test again, and your access is back.',
};
