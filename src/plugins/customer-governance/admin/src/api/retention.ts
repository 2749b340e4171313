/** What the server answers of due dates and retention rules. */

import type { PurposeRef } from './types';
import type { CustomerClass, RetentionEvent, RetentionStanding } from './vocabulary';

/** One bound of a rule, weighed for one customer. All days are `YYYY-MM-DD`. */
export interface WeighedBound {
  rule: string;
  bound: 'at-most' | 'at-least';
  months: number;
  event: RetentionEvent;
  /** `null`: the event has not come. */
  eventOn: string | null;
  dueOn: string | null;
}

export interface DueDateExplanation {
  /** `null`: no rule sets a day, or a minimum waits for its event. */
  dueOn: string | null;
  /** What decided. */
  decision: WeighedBound | null;
  weighed: Array<WeighedBound & { standing: RetentionStanding }>;
  /** Until when a statutory minimum keeps it. */
  minimumEndsOn: string | null;
}

/** `GET /retention/explain/:documentId`: why a customer falls due when it does. */
export interface RetentionExplanation extends DueDateExplanation {
  documentId: string;
  customerClass: CustomerClass;
  purposes: PurposeRef[];
  formerPurposes: PurposeRef[];
  /** Attributes that go before the customer does, as far as the customer has them. */
  attributes: Array<DueDateExplanation & { attribute: string }>;
  holds: Array<{ documentId: string; reason: string; reviewOn: string | null }>;
}

export type ByClass = Record<CustomerClass, number>;

/** `GET /retention/forecast?months=24&days=31`: what becomes due. */
export interface RetentionForecast {
  today: string;
  overdue: ByClass;
  /** From the month of today on; in it, what is not due yet. */
  months: Array<{ month: string } & ByClass>;
  /** From tomorrow on. */
  days: Array<{ day: string } & ByClass>;
  /** Beyond the last of these months. */
  later: number;
  undated: number;
  held: number;
  heldOverdue: number;
}
