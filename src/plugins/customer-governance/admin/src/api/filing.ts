import type { Instant, LocalText } from './types';
import type { FilingState } from './vocabulary';

/** What the reviewer answers. */
export interface FilingCheck {
  code: string;
  name: LocalText;
}

/** `GET /filing-options`. */
export interface FilingOptions {
  required: boolean;
  checklist: FilingCheck[];
}

/** A customer on its way into the files: `GET /filing`, `GET /filing/own`. Names are masks. */
export interface FilingItem {
  documentId: string;
  kind: 'person' | 'company';
  name: string | null;
  companyName: string | null;
  keyCustomer: boolean;
  state: FilingState;
  filingNumber: string | null;
  filedAt: Instant | null;
  enteredAt: Instant;
  department: string | null;
  /** The group of companies that it belongs to. */
  group: string | null;
  owner: string | null;
  enteredBy: string | null;
  submittedBy: string | null;
  submittedAt: Instant | null;
  returned: { by: string | null; at: Instant | null; reasons: string | null } | null;
  /** The number as it will be, without its place in the sequence: `KH-2026-#####`. */
  numberPattern: string;
  /** Whether the user took part in entering it, and so does not review it. */
  takesPart: boolean;
}

interface FilingRound {
  submittedBy: string | null;
  submittedAt: Instant;
  decision: 'file' | 'return' | null;
  decidedBy: string | null;
  decidedAt: Instant | null;
  checklist: Record<string, boolean> | null;
  reasons: string | null;
}

/** `GET /filing/:documentId`. */
export interface FilingView extends FilingItem {
  history: FilingRound[];
  facts: FilingFacts | null;
}

/** What a reviewer looks at besides the record itself. */
export interface FilingFacts {
  required: Completeness;
  recommended: Completeness;
  plan: { code: string; title: string; inactive: string | null } | null;
  source: string | null;
  method: string | null;
  partner: string | null;
  consents: Array<{ purpose: LocalText; scope: string }>;
  /** Other files that are known by the same things, or by similar ones. */
  alike: Array<{ filingNumber: string | null; department: string | null }>;
  contacts: Array<{ documentId: string; name: string | null; position: string | null }>;
}

interface Completeness {
  filled: number;
  of: number;
  missing: string[];
}

/** `POST /filing/decide`. */
export interface FilingOutcome {
  documentId: string;
  state: FilingState;
  filingNumber: string | null;
  problem: string | null;
}
