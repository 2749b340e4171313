import type { ImportState, RowState } from './vocabulary';

/** How many rows of a file came to what. */
export interface ImportCounts {
  rows: number;
  good: number;
  normalised: number;
  faulty: number;
  refused: number;
  duplicate: number;
}

/** An import as its own page shows it. */
export interface ImportView {
  documentId: string;
  number: string;
  state: ImportState;
  phase: 'check' | 'run' | 'undo' | null;
  failure: string | null;
  format: 'csv' | 'xlsx';
  encoding: string | null;
  bytes: number;
  fileState: 'stored' | 'leaving' | 'gone';
  plan: { documentId: string; code: string; title: string } | null;
  mapping: Array<string | null> | null;
  constants: Record<string, string> | null;
  total: number | null;
  checkCounts: ImportCounts | null;
  runCounts: ImportCounts | null;
  undoCounts: { removed: number; kept: number } | null;
  uploadedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  stalled: boolean;
}

/** What the steps offer. */
export interface ImportOptions {
  plans: Array<{ documentId: string; code: string; title: string }>;
  attributes: Array<{
    name: string;
    label: { en: string; zh: string };
    options: string[] | null;
    permitted: boolean;
  }>;
  limits: { maxBytes: number; maxRows: number; maxColumns: number };
}

/** A column of the file. */
export interface ImportColumn {
  heading: string;
  guess: string | null;
  /** Masks of the first values. */
  samples: string[];
}

/** What is to be told of a row. */
export interface ImportRow {
  row: number;
  state: RowState;
  notes: Array<{ attribute: string | null; kind: string; reason: string }>;
}
