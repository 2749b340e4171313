import type { Instant, StepView } from './types';
import type {
  CustomerSource,
  DisputeState,
  OwnershipRule,
  Settlement,
  VisitKind,
} from './vocabulary';

/** A customer as far as the user knows it: who may not see it learns its number and department. */
export interface KnownCustomer {
  documentId: string | null;
  label: string | null;
  filingNumber: string | null;
  department: string | null;
}

/** A person of the register; the department is a name. */
export interface RegisterPerson {
  documentId: string;
  name: string;
  department: string | null;
}

/** A visit or call. */
export interface VisitView {
  id: string;
  kind: VisitKind;
  at: Instant;
  staff: RegisterPerson | null;
  registeredBy: RegisterPerson | null;
  department: string | null;
  region: string | null;
  interest: string | null;
  source: string | null;
  outcome: string | null;
  nextStep: string | null;
  nextOn: string | null;
  detailsLeft: boolean;
  known: boolean;
  customer: KnownCustomer | null;
  settlement: Settlement;
  proposal: {
    rule: OwnershipRule;
    owner: RegisterPerson | null;
    reason: { en: string; zh: string };
  } | null;
  maySettle: boolean;
  mine: boolean;
}

export interface LeadView {
  id: string;
  customer: KnownCustomer | null;
  rule: OwnershipRule;
  assignedAt: Instant;
  validUntil: string;
}

export interface PoolView {
  documentId: string;
  customer: KnownCustomer | null;
  department: string | null;
  createdAt: Instant;
  lapsed: boolean;
}

export interface DisputeView {
  documentId: string;
  customer: KnownCustomer | null;
  requester: { name: string; department: string | null } | null;
  owner: { name: string; department: string | null } | null;
  reason: string;
  state: DisputeState;
  submittedAt: Instant;
  decidedAt: Instant | null;
  steps: StepView[];
}

/** A line of the history of a customer's owners. */
export interface OwnershipView {
  id: string;
  at: Instant;
  from: { name: string | null; department: string | null } | null;
  to: { name: string | null; department: string | null } | null;
  rule: OwnershipRule;
  why: string | null;
  by: { kind: string; name: string | null };
}

/** What the counter's form offers. */
export interface RegisterOptions {
  plans: Array<{ documentId: string; title: string }>;
  sources: CustomerSource[];
}
