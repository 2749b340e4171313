import type { FactState, SampleState, VerificationMethod, VerificationOutcome } from './vocabulary';

/** A key fact of a customer and how it stands. */
export interface FactView {
  attribute: string;
  /** The mask of a protected one. */
  value: string;
  state: FactState;
  until: string | null;
  last: {
    at: string;
    method: VerificationMethod;
    outcome: VerificationOutcome;
    by: string | null;
  } | null;
}

/** `GET /verification/tasks` and `GET /verification/sample`. */
export interface VerificationItem {
  documentId: string;
  label: string;
  filingNumber: string | null;
  owner: { name: string } | null;
  department: { name: string } | null;
  openedAt: string | null;
  methods: VerificationMethod[];
  facts: FactView[];
}

/** `GET /verification/customers/:documentId`. */
export interface CustomerVerification {
  everyMonths: number;
  methods: VerificationMethod[];
  openedAt: string | null;
  facts: FactView[];
  history: Array<{
    id: number;
    attribute: string;
    method: VerificationMethod;
    outcome: VerificationOutcome;
    at: string;
    by: string | null;
    sample: boolean;
    voidedAt: string | null;
  }>;
}

/** `GET /verification/accuracy`: a sample by its period. */
export interface AccuracyPeriod {
  period: string;
  drawnAt: string;
  population: number;
  size: number;
  counts: Record<SampleState, number>;
  accuracy: { share: number; low: number; high: number } | null;
  attributes: Array<{ attribute: string } & Record<VerificationOutcome, number>>;
}
