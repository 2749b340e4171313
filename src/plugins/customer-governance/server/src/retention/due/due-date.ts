import {
  dueDate,
  type CustomerClass,
  type RetentionFacts,
  type RetentionRule,
  type RetentionVerdict,
} from '../../policy';
import { writeReason } from '../reason';

/** A day, `YYYY-MM-DD`. */
export type Day = string;
export type DayAt = (instant: Date) => Day;

/** What of a customer the retention rules ask for. */
export interface CustomerFacts {
  createdAt: Date | string;
  lastContactOn?: Date | string | null;
  relationEndedOn?: Date | string | null;
  erasureRequestedOn?: Date | string | null;
  keyCustomer?: boolean | null;
  inDispute?: boolean | null;
}

export interface ConsentFacts {
  state: 'given' | 'refused' | 'withdrawn';
  purpose: string | null;
  expiresAt?: Date | string | number | null;
  withdrawnAt?: Date | string | number | null;
}

/** A purpose of the customer's collection plan. */
export interface PlanPurpose {
  code: string;
  legalBasis: string;
}

/** The collection plan of a customer. */
export interface PlanFacts {
  purposes: readonly PlanPurpose[];
  /** Its last day, or the day on which it was closed before; `null` while it has none. */
  endsOn: Day | null;
  closed: boolean;
}

/** For which purposes a customer is held, and since when for none. */
export interface Held {
  purposes: string[];
  /** Purposes of consents and plans that are over. */
  formerPurposes: string[];
  /** The day of the last withdrawal, when no basis is left. */
  withdrawnOn: Day | null;
  /** The day on which the last basis ended: by a withdrawal, by expiry, or with the plan; `null` while one is left. */
  purposeEndedOn: Day | null;
}

/** Of a customer without consents and plan: nothing is known of its purposes. */
export const HELD_FOR_NOTHING: Held = {
  purposes: [],
  formerPurposes: [],
  withdrawnOn: null,
  purposeEndedOn: null,
};

/** What stands on the customer. */
export interface Verdict {
  retentionDueOn: Day | null;
  retentionReason: string;
}

/** A consent ends with its own term, or when its notice was replaced and is relied on no longer, whichever comes first. */
export function earlierEnd<T extends string | number>(
  expires: T | null | undefined,
  reliedUntil: T | null | undefined
): T | null {
  if (!expires || !reliedUntil) return expires || reliedUntil || null;
  return new Date(expires) < new Date(reliedUntil) ? expires : reliedUntil;
}

/**
 * The purposes for which a customer is held: those of consents that stand, and those of a running plan that need no
 * consent. Where none is left, the last end of a basis says since when.
 */
export function heldFor(
  consents: readonly ConsentFacts[],
  plan: PlanFacts | null,
  now: Date,
  dayAt: DayAt
): Held {
  if (consents.length === 0 && !plan) return HELD_FOR_NOTHING;
  const today = dayAt(now);
  const stands = ({ state, expiresAt }: ConsentFacts) =>
    state === 'given' && (!expiresAt || new Date(expiresAt) > now);
  const standing = consents.filter(stands);
  const over = consents.filter((consent) => consent.state !== 'refused' && !stands(consent));
  const planOver = plan !== null && (plan.closed || (plan.endsOn !== null && plan.endsOn < today));
  const planned = (plan?.purposes ?? [])
    .filter(({ legalBasis }) => legalBasis !== 'consent')
    .map(({ code }) => code);
  const purposes = new Set([
    ...standing.flatMap(({ purpose }) => purpose ?? []),
    ...(planOver ? [] : planned),
  ]);
  const former = new Set([
    ...over.flatMap(({ purpose }) => purpose ?? []),
    ...(planOver ? planned : []),
  ]);
  const basisLeft = purposes.size > 0 || standing.length > 0;
  const withdrawals = over
    .filter(({ state }) => state === 'withdrawn')
    .map(({ withdrawnAt }) => (withdrawnAt ? dayAt(new Date(withdrawnAt)) : today));
  const ends = [
    ...withdrawals,
    ...over.flatMap(({ state, expiresAt }) =>
      state === 'given' && expiresAt ? dayAt(new Date(expiresAt)) : []
    ),
    ...(planOver && planned.length > 0 ? [earlier(plan.endsOn ?? today, today)] : []),
  ];
  return {
    purposes: [...purposes],
    formerPurposes: [...former].filter((code) => !purposes.has(code)),
    withdrawnOn: basisLeft ? null : latest(withdrawals),
    purposeEndedOn: basisLeft ? null : latest(ends),
  };
}

const latest = (days: readonly Day[]): Day | null =>
  days.reduce<Day | null>((last, day) => (last === null || day > last ? day : last), null);

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

export const classOf = ({
  keyCustomer,
  inDispute,
}: Pick<CustomerFacts, 'keyCustomer' | 'inDispute'>): CustomerClass =>
  inDispute ? 'disputed' : keyCustomer ? 'key' : 'ordinary';

/** What the rules ask of a customer who is held for this. */
export function factsOf(customer: CustomerFacts, held: Held, dayAt: DayAt): RetentionFacts {
  return {
    customerClass: classOf(customer),
    purposes: held.purposes,
    formerPurposes: held.formerPurposes,
    events: {
      created: dayAt(new Date(customer.createdAt)),
      'last-contact': dayOf(customer.lastContactOn, dayAt),
      'relation-ended': dayOf(customer.relationEndedOn, dayAt),
      'erasure-requested': dayOf(customer.erasureRequestedOn, dayAt),
      'consent-withdrawn': held.withdrawnOn,
      'purpose-ended': held.purposeEndedOn,
    },
  };
}

/** When a customer must go, and why, as it stands on the customer. */
export const verdictOf = ({ dueOn, decision }: RetentionVerdict): Verdict => ({
  retentionDueOn: dueOn,
  retentionReason: writeReason(decision),
});

export const verdictFor = (
  rules: readonly RetentionRule[],
  customer: CustomerFacts,
  held: Held,
  dayAt: DayAt
): Verdict => verdictOf(dueDate(rules, factsOf(customer, held, dayAt)));

/** Whether nothing changes that a due date hangs on, a day written as text or as an instant alike. */
export function sameFacts(
  a: CustomerFacts & { planId: number | null },
  b: CustomerFacts & { planId: number | null },
  dayAt: DayAt
): boolean {
  const facts = (customer: typeof a) => [
    new Date(customer.createdAt).getTime(),
    dayOf(customer.lastContactOn, dayAt),
    dayOf(customer.relationEndedOn, dayAt),
    dayOf(customer.erasureRequestedOn, dayAt),
    classOf(customer),
    customer.planId,
  ];
  const others = facts(b);
  return facts(a).every((fact, index) => fact === others[index]);
}

export const sameVerdict = (
  a: { retentionDueOn?: string | null; retentionReason?: string | null },
  b: Verdict
): boolean =>
  (a.retentionDueOn ?? null) === b.retentionDueOn && a.retentionReason === b.retentionReason;

/** What is no day is left out here; Strapi's own validation refuses it a step later, by name. */
export function dayOf(value: Date | string | null | undefined, dayAt: DayAt): Day | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? null : dayAt(instant);
}

/**
 * Whether a customer may go: its time is over, and nothing holds it. Asked when it is proposed and again right before it
 * goes: a new contact, or an event from which a minimum counts, may have come after the approval.
 */
export const mayGo = (dueOn: Day | null, held: boolean, today: Day): boolean =>
  dueOn !== null && dueOn <= today && !held;
