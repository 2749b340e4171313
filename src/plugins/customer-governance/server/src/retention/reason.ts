import type { Weighed } from '../policy';

/** Of a customer for whom no rule sets a day. */
const NO_RULE = 'none';

/**
 * Why a customer falls due, as it stands on the customer: the code of the rule, its bound, the months, the event and its
 * day, joined by colons. The panel says it in the user's language.
 */
export function writeReason(decision: Weighed | null): string {
  if (!decision) return NO_RULE;
  const { rule, bound, months, event, eventOn } = decision;
  return [rule, bound, months, event, eventOn ?? ''].join(':');
}
