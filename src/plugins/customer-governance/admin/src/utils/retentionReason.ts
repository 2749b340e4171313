import { RETENTION_EVENTS, type RetentionEvent } from '../api/vocabulary';

/** Why a record falls due, taken apart so that it can be said in the user's language. */
export interface RetentionReason {
  /** Which of the messages `retention.why` says it. */
  why: 'atLeast' | 'atMost' | 'atOnce' | 'none' | 'notYet';
  rule?: string;
  months?: number;
  event?: RetentionEvent;
  day?: string;
}

const NONE = 'none';
const REASON =
  /^(?<rule>[a-z0-9-]+):(?<bound>at-most|at-least):(?<months>\d+):(?<event>[a-z-]+):(?<day>\d{4}-\d{2}-\d{2})?$/;

const isEvent = (event: string): event is RetentionEvent =>
  (RETENTION_EVENTS as readonly string[]).includes(event);

/**
 * Reads the reason that the server keeps on the record: rule, bound, months, event and its day. Of another form it answers
 * `null`, and the text is then shown as it stands.
 */
export const readRetentionReason = (text: string): RetentionReason | null => {
  if (text === NONE) return { why: 'none' };
  const found = REASON.exec(text)?.groups;
  if (!found || !isEvent(found.event)) return null;
  const { rule, event, day } = found;
  const months = Number(found.months);
  const common = { rule, months, event };
  if (!day) return { why: 'notYet', ...common };
  if (found.bound === 'at-least') return { why: 'atLeast', ...common, day };
  return { why: months === 0 ? 'atOnce' : 'atMost', ...common, day };
};
