import type { RetentionEvent } from '../api/vocabulary';

/** Why a record falls due, taken apart so that it can be said in the user's language. */
export interface RetentionReason {
  /** Which of the messages `retention.why` says it. */
  why: 'atLeast' | 'atMost' | 'none' | 'notYet' | 'withdrawn';
  rule?: string;
  months?: number;
  event?: RetentionEvent;
  day?: string;
}

const EVENTS: Record<string, RetentionEvent> = {
  creation: 'created',
  'the last contact': 'last-contact',
  'the end of the relation': 'relation-ended',
};

const BOUND =
  /^(?<rule>\S+): (?<word>at most|at least) (?<months>\d+) months after (?<event>[a-z ]+) on (?<day>\d{4}-\d{2}-\d{2})$/;
const NOT_YET =
  /^(?<rule>\S+): kept for at least (?<months>\d+) months after (?<event>[a-z ]+), which has not come$/;
const WITHDRAWN = /^Consent withdrawn on (?<day>\d{4}-\d{2}-\d{2})$/;
const NONE = 'No retention rule sets a day for this record';

/**
 * Reads the sentence that the server keeps on the record. It knows the few forms that there are; of another it answers
 * `null`, and the sentence is then shown as it stands.
 */
export const readRetentionReason = (sentence: string): RetentionReason | null => {
  if (sentence === NONE) return { why: 'none' };
  const withdrawn = WITHDRAWN.exec(sentence)?.groups;
  if (withdrawn) return { why: 'withdrawn', day: withdrawn.day };

  const bound = BOUND.exec(sentence)?.groups;
  const found = bound ?? NOT_YET.exec(sentence)?.groups;
  const event = found && EVENTS[found.event];
  if (!found || !event) return null;
  const common = { rule: found.rule, months: Number(found.months), event };
  if (!bound) return { why: 'notYet', ...common };
  return {
    why: bound.word === 'at most' ? 'atMost' : 'atLeast',
    ...common,
    day: bound.day,
  };
};
