import type { StepView } from './types';
import type { DuplicateKey, Level, MergeState } from './vocabulary';

/** A file by its mask; of one out of sight number and department alone. */
export interface FileView {
  documentId: string | null;
  label: string | null;
  filingNumber: string | null;
  department: string | null;
  owner: string | null;
}

/** `GET /duplicates`: two files that may be of one customer. */
export interface Suspicion {
  id: number;
  key: DuplicateKey;
  files: FileView[];
}

export interface Difference {
  attribute: string;
  survivor: string | null;
  merged: string | null;
  level: Level | null;
  taken: boolean;
}

/** `GET /merges/compare`. */
export interface Comparison {
  survivor: FileView;
  merged: FileView;
  differences: Difference[];
}

/** `GET /merges`: a request to make one file of two, and what became of it. */
export interface MergeView {
  documentId: string;
  state: MergeState;
  survivor: FileView | null;
  merged: FileView | null;
  mergedNumber: string | null;
  differences: Difference[];
  taken: string[];
  reason: string;
  requester: { name: string; department: string | null } | null;
  mine: boolean;
  submittedAt: string;
  decidedAt: string | null;
  moved: Record<string, number> | null;
  steps: StepView[];
}
