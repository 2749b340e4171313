import { PLUGIN } from '../domain';
import type { Category, CustomerClass, RetentionEvent, RetentionRule } from './policy';

/** What is true of a record, as far as the retention rules ask. All days are `YYYY-MM-DD`. */
export interface RetentionFacts {
  customerClass: CustomerClass;
  /**
   * The purposes for which the record is in fact held: consents that stand, plans that run. Not all that its collection
   * plan would allow, since a maximum of a purpose counts only while the record is held for it.
   */
  purposes: readonly string[];
  /** Purposes for which it was held before. A statutory minimum outlives its purpose. */
  formerPurposes?: readonly string[];
  /** The day on which each event happened; `null` where it has not. A record never contacted counts from its creation. */
  events: { created: string } & Partial<Record<RetentionEvent, string | null>>;
}

/** One bound of a rule, weighed for one record. */
export interface Weighed {
  rule: string;
  bound: 'at-most' | 'at-least';
  months: number;
  event: RetentionEvent;
  /** The day of the event; `null` where it has not come. */
  eventOn: string | null;
  /** The day that the bound sets; `null` where its event has not come. */
  dueOn: string | null;
}

export interface RetentionVerdict {
  /** The day on which the record falls due, or `null` when nothing sets one. */
  dueOn: string | null;
  /** What decided: a maximum, a minimum that ends later, or a minimum whose event has not come; else `null`. */
  decision: Weighed | null;
}

/** How a bound that was weighed stands to the verdict. */
export type Standing =
  /** It decided. */
  | 'decides'
  /** A maximum that ends later than the one that counts, or whose event has not come. */
  | 'later'
  | 'not-yet'
  /** A maximum that is over before a minimum is. */
  | 'outlasted'
  /** A minimum that is over by the due date. */
  | 'met'
  /** A minimum whose event has not come, so that nothing falls due. */
  | 'waits';

export interface Explanation extends RetentionVerdict {
  weighed: Array<Weighed & { standing: Standing }>;
  /** The day until which a statutory minimum keeps the record; `null` without one. */
  minimumEndsOn: string | null;
}

/** An attribute of the customer, for rules that speak of attributes or of its category. */
export interface AttributeSubject {
  attribute: string;
  category: Category;
}

/** Events whose absence keeps a record that a minimum counts from: the contract, or the purpose, goes on. */
const AWAITED: ReadonlySet<RetentionEvent> = new Set(['relation-ended', 'purpose-ended']);

/**
 * When a record must go: on the earliest day that any maximum sets, unless a statutory minimum ends later. A minimum
 * whose event has not happened yet (the contract runs on) keeps the record without a day. With a `subject` the same for one
 * attribute: it goes by the rules of the attribute and of its category, and whatever keeps the whole record for a
 * category keeps that category alone.
 */
export function dueDate(
  rules: readonly RetentionRule[],
  facts: RetentionFacts,
  subject?: AttributeSubject
): RetentionVerdict {
  return weigh(boundsOn(rules, facts, subject), facts);
}

/**
 * `dueDate` of whole records, for very many of them: which rules speak of a record is asked once for all of the same class
 * that are, and were, held for the same purposes.
 */
export function dueDateBy(
  rules: readonly RetentionRule[]
): (facts: RetentionFacts) => RetentionVerdict {
  const known = new Map<string, Bounds>();
  return (facts) => {
    const { customerClass, purposes, formerPurposes } = facts;
    const name = `${customerClass}|${purposes.join()}|${formerPurposes?.join() ?? ''}`;
    let bounds = known.get(name);
    if (!bounds) {
      if (known.size >= REMEMBERED) known.clear();
      known.set(name, (bounds = boundsOn(rules, facts)));
    }
    return weigh(bounds, facts);
  };
}

/** The rules whose maximum, and those whose minimum, speaks of a record. */
interface Bounds {
  maxima: RetentionRule[];
  minima: RetentionRule[];
}

const boundsOn = (
  rules: readonly RetentionRule[],
  facts: RetentionFacts,
  subject?: AttributeSubject
): Bounds => ({
  maxima: rules.filter((rule) => limits(rule, facts, subject)),
  minima: rules.filter((rule) => keeps(rule, facts, subject)),
});

// The code decides between equal days, so that the answer does not hang on the order of the rules.
function weigh({ maxima, minima }: Bounds, facts: RetentionFacts): RetentionVerdict {
  let waiting: RetentionRule | null = null;
  let floor: RetentionRule | null = null;
  let latest = '';
  for (const rule of minima) {
    const day = endOf(rule, rule.atLeastMonths as number, facts);
    if (day === null) {
      if (awaited(rule, facts) && (!waiting || rule.code < waiting.code)) waiting = rule;
    } else if (!floor || day > latest || (day === latest && rule.code > floor.code)) {
      [floor, latest] = [rule, day];
    }
  }
  if (waiting) return { dueOn: null, decision: boundOf(waiting, 'at-least', facts) };
  let limit: RetentionRule | null = null;
  let earliest = '';
  for (const rule of maxima) {
    const day = endOf(rule, rule.atMostMonths as number, facts);
    if (day === null) continue;
    if (!limit || day < earliest || (day === earliest && rule.code < limit.code))
      [limit, earliest] = [rule, day];
  }
  if (!limit) return { dueOn: null, decision: null };
  return floor && latest > earliest
    ? { dueOn: latest, decision: boundOf(floor, 'at-least', facts) }
    : { dueOn: earliest, decision: boundOf(limit, 'at-most', facts) };
}

/** The verdict with every bound that was weighed. */
export function explainDueDate(
  rules: readonly RetentionRule[],
  facts: RetentionFacts,
  subject?: AttributeSubject
): Explanation {
  const { dueOn, decision } = dueDate(rules, facts, subject);
  const isDecision = (bound: Weighed) =>
    decision !== null && bound.rule === decision.rule && bound.bound === decision.bound;
  const weighed: Explanation['weighed'] = [];
  let minimumEndsOn: string | null = null;
  for (const rule of rules) {
    if (limits(rule, facts, subject)) {
      const bound = boundOf(rule, 'at-most', facts);
      const over = dueOn !== null && bound.dueOn !== null && bound.dueOn < dueOn;
      const standing = bound.dueOn === null ? 'not-yet' : over || !dueOn ? 'outlasted' : 'later';
      weighed.push({ ...bound, standing: isDecision(bound) ? 'decides' : standing });
    }
    if (keeps(rule, facts, subject)) {
      const bound = boundOf(rule, 'at-least', facts);
      if (bound.dueOn === null && !awaited(rule, facts)) continue;
      if (bound.dueOn !== null && bound.dueOn > (minimumEndsOn ?? '')) minimumEndsOn = bound.dueOn;
      const standing = bound.dueOn === null ? 'waits' : 'met';
      weighed.push({ ...bound, standing: isDecision(bound) ? 'decides' : standing });
    }
  }
  return { dueOn, decision, weighed, minimumEndsOn };
}

/** Whether the rule's maximum speaks of the whole record, or of the attribute. */
function limits(rule: RetentionRule, facts: RetentionFacts, subject?: AttributeSubject): boolean {
  if (rule.atMostMonths === undefined || !ofClass(rule, facts)) return false;
  if (rule.purpose !== undefined && !facts.purposes.includes(rule.purpose)) return false;
  return speaksOf(rule, subject);
}

/** Whether the rule's minimum keeps the whole record (as a minimum of any part of it does), or the attribute. */
function keeps(rule: RetentionRule, facts: RetentionFacts, subject?: AttributeSubject): boolean {
  if (rule.atLeastMonths === undefined || !ofClass(rule, facts)) return false;
  const { purpose } = rule;
  if (
    purpose !== undefined &&
    !facts.purposes.includes(purpose) &&
    !facts.formerPurposes?.includes(purpose)
  ) {
    return false;
  }
  const ofRecord = rule.category === 'all' && !rule.attributes;
  return !subject || ofRecord || speaksOf(rule, subject);
}

/** A rule of attributes, or of one category, speaks of those attributes; any other one of the whole record. */
function speaksOf({ attributes, category }: RetentionRule, subject?: AttributeSubject): boolean {
  if (!subject) return !attributes && category === 'all';
  if (attributes) return attributes.some((path) => attributeName(path) === subject.attribute);
  return category === subject.category;
}

function ofClass({ customerClass }: RetentionRule, facts: RetentionFacts): boolean {
  return customerClass === 'all' || customerClass === facts.customerClass;
}

/** Whether the missing event of a minimum is one that is still to come. */
function awaited({ event }: RetentionRule, { purposes }: RetentionFacts): boolean {
  return AWAITED.has(event) && (event !== 'purpose-ended' || purposes.length > 0);
}

/** The day from which a rule counts; `null` while its event has not come. */
function eventDayOf({ event }: RetentionRule, { events }: RetentionFacts): string | null {
  const day = events[event] ?? null;
  return event === 'last-contact' ? (day ?? events.created) : day;
}

function endOf(rule: RetentionRule, months: number, facts: RetentionFacts): string | null {
  const day = eventDayOf(rule, facts);
  return day === null ? null : addMonths(day, months);
}

function boundOf(rule: RetentionRule, bound: Weighed['bound'], facts: RetentionFacts): Weighed {
  const months = (bound === 'at-most' ? rule.atMostMonths : rule.atLeastMonths) as number;
  return {
    rule: rule.code,
    bound,
    months,
    event: rule.event,
    eventOn: eventDayOf(rule, facts),
    dueOn: endOf(rule, months, facts),
  };
}

/** The attribute of a customer without its type: `residentId` of `customer.residentId`. */
export function attributeName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The attribute as rules and orders write it. */
export function attributePathOf(attribute: string): string {
  return `customer.${attribute}`;
}

/** Whether a path is an attribute of the customer, in either of its forms. */
export function isCustomerPath(path: string): boolean {
  return /^customer\.\w+$/.test(path) || path.startsWith(`plugin::${PLUGIN}.customer.`);
}

/** So many sums are remembered; a nightly pass asks for the same few thousand again and again. */
const REMEMBERED = 100_000;
const sums = new Map<number, Map<string, string>>();

/** The same day of a later month, or that month's last day: 31 January and one month is 28 or 29 February. */
export function addMonths(day: string, months: number): string {
  let days = sums.get(months);
  if (!days) sums.set(months, (days = new Map()));
  let sum = days.get(day);
  if (sum === undefined) {
    if (days.size >= REMEMBERED) days.clear();
    days.set(day, (sum = addedMonths(day, months)));
  }
  return sum;
}

function addedMonths(day: string, months: number): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) {
    throw new RangeError('A day of the retention facts must be written YYYY-MM-DD');
  }
  const [year, month, date] = match.slice(1).map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0));
  lastOfMonth.setUTCDate(Math.min(date, lastOfMonth.getUTCDate()));
  return lastOfMonth.toISOString().slice(0, 10);
}
