/** What the server answers of due dates and retention rules. */

import type { LocalText, Person, PurposeRef, StepView } from './types';
import type {
  Category,
  ChangeState,
  CustomerClass,
  RetentionEvent,
  RetentionStanding,
} from './vocabulary';

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

export interface RetentionRule {
  code: string;
  category: Category | 'all';
  /** Paths: `customer.residentId`. */
  attributes?: string[];
  event: RetentionEvent;
  atMostMonths?: number;
  atLeastMonths?: number;
  customerClass: CustomerClass | 'all';
}

/** `GET /retention/rules`: the rules in force, and what a rule may speak of. */
export interface RetentionRules {
  rules: Array<RetentionRule & { purpose: PurposeRef | null; origin: 'policy' | 'panel' }>;
  /** Maxima that a minimum leaves without effect. */
  conflicts: RuleConflict[];
  purposes: Array<{ code: string; name: LocalText }>;
  attributes: Array<{ path: string; category: Category }>;
}

export interface RuleConflict {
  maximum: string;
  minimum: string;
}

/** What is sent to preview and to propose. */
export interface RuleChangeRequest {
  operation: 'create' | 'change' | 'delete';
  code: string;
  rule?: Omit<RetentionRule, 'code'> & { purpose?: string };
}

interface BeforeAfter {
  before: number;
  after: number;
}

/** What other rules would do to the due dates of all customers. */
export interface RuleEffect {
  customers: number;
  earlier: number;
  later: number;
  overdue: BeforeAfter;
  undated: BeforeAfter;
  months: Array<{ month: string } & BeforeAfter>;
  beyond: BeforeAfter;
  attributes: Array<{ attribute: string } & BeforeAfter>;
}

/** `POST /retention/rules/preview`. */
export interface RulePreview {
  effect: RuleEffect;
  conflicts: RuleConflict[];
}

/** `GET /retention/rule-changes`. */
export interface RuleChangeView {
  documentId: string;
  operation: RuleChangeRequest['operation'];
  code: string;
  before: (RetentionRule & { purpose?: string }) | null;
  after: (RetentionRule & { purpose?: string }) | null;
  effect: RuleEffect;
  reason: string;
  state: ChangeState;
  proposer: Person | null;
  proposedAt: string;
  decidedAt: string | null;
  mine: boolean;
  steps: StepView[];
}
