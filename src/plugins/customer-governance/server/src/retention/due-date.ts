import { dueDate, type RetentionRule } from '../policy';

/** A day, `YYYY-MM-DD`. */
export type Day = string;
export type DayAt = (instant: Date) => Day;

/** What of a customer the retention rules ask for. */
export interface CustomerFacts {
  createdAt: Date | string;
  lastContactOn?: Date | string | null;
  relationEndedOn?: Date | string | null;
  keyCustomer?: boolean | null;
}

export interface ConsentFacts {
  state: 'given' | 'refused' | 'withdrawn';
  purpose: string | null;
  expiresAt?: Date | string | null;
  withdrawnAt?: Date | string | null;
}

/** A purpose of the customer's collection plan. */
export interface PlanPurpose {
  code: string;
  legalBasis: string;
}

/** For which purposes a customer is held, and since when for none after a consent was withdrawn. */
export interface Held {
  purposes: string[];
  withdrawnOn: Day | null;
}

/** What stands on the customer. */
export interface Verdict {
  retentionDueOn: Day | null;
  retentionReason: string;
}

const REASON_LENGTH = 255;

/**
 * The purposes for which a customer is held: those of consents that stand, and those of the plan that need no consent.
 * Where none is left, the last withdrawal says since when.
 */
export function heldFor(
  consents: readonly ConsentFacts[],
  plan: readonly PlanPurpose[],
  now: Date,
  dayAt: DayAt
): Held {
  const stands = ({ state, expiresAt }: ConsentFacts) =>
    state === 'given' && (!expiresAt || new Date(expiresAt) > now);
  const purposes = new Set([
    ...consents.filter(stands).flatMap(({ purpose }) => purpose ?? []),
    ...plan.filter(({ legalBasis }) => legalBasis !== 'consent').map(({ code }) => code),
  ]);
  const withdrawals = consents
    .filter(({ state }) => state === 'withdrawn')
    .map(({ withdrawnAt }) => dayAt(withdrawnAt ? new Date(withdrawnAt) : now))
    .sort();
  const basisLeft = purposes.size > 0 || consents.some(stands);
  return { purposes: [...purposes], withdrawnOn: basisLeft ? null : (withdrawals.at(-1) ?? null) };
}

/** When a customer must go, and why, as it stands on the customer. */
export function verdictFor(
  rules: readonly RetentionRule[],
  customer: CustomerFacts,
  held: Held,
  dayAt: DayAt
): Verdict {
  const { dueOn, reason } = dueDate(rules, {
    customerClass: customer.keyCustomer ? 'key' : 'ordinary',
    purposes: held.purposes,
    events: {
      created: dayAt(new Date(customer.createdAt)),
      'last-contact': dayOf(customer.lastContactOn, dayAt),
      'relation-ended': dayOf(customer.relationEndedOn, dayAt),
    },
    consentWithdrawnOn: held.withdrawnOn,
  });
  return { retentionDueOn: dueOn, retentionReason: reason.slice(0, REASON_LENGTH) };
}

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
    Boolean(customer.keyCustomer),
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
function dayOf(value: Date | string | null | undefined, dayAt: DayAt): Day | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? null : dayAt(instant);
}
