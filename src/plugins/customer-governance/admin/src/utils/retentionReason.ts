import type { WeighedBound } from '../api/retention';
import { RETENTION_EVENTS, type RetentionEvent } from '../api/vocabulary';

/** The reason of a record for which no rule sets a day. */
export const NO_RULE = 'none';

const REASON =
  /^(?<rule>[a-z0-9-]+):(?<bound>at-most|at-least):(?<months>\d+):(?<event>[a-z-]+):(?<day>\d{4}-\d{2}-\d{2})?$/;

const isEvent = (event: string): event is RetentionEvent =>
  (RETENTION_EVENTS as readonly string[]).includes(event);

/**
 * Reads the reason that the server keeps on the record: rule, bound, months, event and its day. Of another form it answers
 * `null`, and the text is then shown as it stands.
 */
export const readRetentionReason = (text: string): Omit<WeighedBound, 'dueOn'> | null => {
  const found = REASON.exec(text)?.groups;
  if (!found || !isEvent(found.event)) return null;
  return {
    rule: found.rule,
    bound: found.bound === 'at-least' ? 'at-least' : 'at-most',
    months: Number(found.months),
    event: found.event,
    eventOn: found.day ?? null,
  };
};
