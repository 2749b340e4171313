import type { Category, RetentionEvent, RetentionRule } from './policy';

/** What is true of a record, as far as the retention rules ask. All days are `YYYY-MM-DD`. */
export interface RetentionFacts {
  customerClass: 'ordinary' | 'key';
  /**
   * The purposes for which the record is in fact held: consents that stand, contracts that exist. Not all that its
   * collection plan would allow, since a rule of a purpose counts only while the record is held for it.
   */
  purposes: readonly string[];
  /** The categories of information that the record holds. Left out: all. */
  categories?: readonly Category[];
  /** The day on which each event happened; `null` where it has not. A record never contacted counts from its creation. */
  events: { created: string } & Partial<Record<RetentionEvent, string | null>>;
  /** The day on which the last consent that the record was held for was withdrawn, when no other basis is left. */
  consentWithdrawnOn?: string | null;
}

export interface RetentionVerdict {
  /** The day on which the record falls due, or `null` when nothing sets one. */
  dueOn: string | null;
  /** The rule that decided; `null` when it was no rule. */
  rule: string | null;
  /** Why, in a sentence for the panel; it carries codes and days only. */
  reason: string;
}

interface Bound extends RetentionVerdict {
  dueOn: string;
}

const EVENT_WORDS: Record<RetentionEvent, string> = {
  created: 'creation',
  'last-contact': 'the last contact',
  'relation-ended': 'the end of the relation',
};

/**
 * When a record must go: on the earliest day that any rule or a withdrawn consent sets, unless a statutory minimum
 * ends later. A minimum whose event has not happened yet (the contract runs on) keeps the record without a day.
 */
export function dueDate(rules: readonly RetentionRule[], facts: RetentionFacts): RetentionVerdict {
  const applying = rules.filter((rule) => applies(rule, facts));
  const open = applying.find((rule) => rule.atLeastMonths !== undefined && !dayOf(rule, facts));
  if (open) {
    const reason = `${open.code}: kept for at least ${open.atLeastMonths} months after ${EVENT_WORDS[open.event]}, which has not come`;
    return { dueOn: null, rule: open.code, reason };
  }
  const limit = earliest([
    ...withdrawal(facts),
    ...applying.flatMap((rule) => bound(rule, facts, rule.atMostMonths, 'at most')),
  ]);
  if (!limit) {
    return { dueOn: null, rule: null, reason: 'No retention rule sets a day for this record' };
  }
  const floor = latest(
    applying.flatMap((rule) => bound(rule, facts, rule.atLeastMonths, 'at least'))
  );
  return floor && floor.dueOn > limit.dueOn ? floor : limit;
}

function applies(rule: RetentionRule, facts: RetentionFacts): boolean {
  return (
    (rule.customerClass === 'all' || rule.customerClass === facts.customerClass) &&
    (rule.purpose === undefined || facts.purposes.includes(rule.purpose)) &&
    (rule.category === 'all' || !facts.categories || facts.categories.includes(rule.category))
  );
}

function dayOf(rule: RetentionRule, { events }: RetentionFacts): string | null {
  const day = events[rule.event] ?? null;
  return rule.event === 'last-contact' ? (day ?? events.created) : day;
}

function bound(
  rule: RetentionRule,
  facts: RetentionFacts,
  months: number | undefined,
  word: string
): Bound[] {
  const day = dayOf(rule, facts);
  if (months === undefined || !day) {
    return [];
  }
  const reason = `${rule.code}: ${word} ${months} months after ${EVENT_WORDS[rule.event]} on ${day}`;
  return [{ dueOn: addMonths(day, months), rule: rule.code, reason }];
}

function withdrawal({ consentWithdrawnOn: day }: RetentionFacts): Bound[] {
  return day
    ? [{ dueOn: addMonths(day, 0), rule: null, reason: `Consent withdrawn on ${day}` }]
    : [];
}

function earliest(bounds: readonly Bound[]): Bound | undefined {
  return inOrder(bounds)[0];
}

function latest(bounds: readonly Bound[]): Bound | undefined {
  return inOrder(bounds).at(-1);
}

// The code decides between equal days, so that the answer does not hang on the order of the rules.
function inOrder(bounds: readonly Bound[]): Bound[] {
  return [...bounds].sort(
    (a, b) => compare(a.dueOn, b.dueOn) || compare(a.rule ?? '', b.rule ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The same day of a later month, or that month's last day: 31 January and one month is 28 or 29 February. */
export function addMonths(day: string, months: number): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) {
    throw new RangeError('A day of the retention facts must be written YYYY-MM-DD');
  }
  const [year, month, date] = match.slice(1).map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0));
  lastOfMonth.setUTCDate(Math.min(date, lastOfMonth.getUTCDate()));
  return lastOfMonth.toISOString().slice(0, 10);
}
