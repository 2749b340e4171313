import type { LocalText } from './types';

/** What is expected of an attribute, the same for panel, API and imports. */
export interface AttributeStandard {
  type: string;
  attribute: string;
  format: string;
  maxLength: number | null;
  hint?: { en: string; zh: string };
  example?: string;
  choices?: Array<{ value: string; code: string; name: LocalText }>;
  required: { person: boolean; company: boolean };
  recommended: boolean;
}

/** `GET /standards`. */
export interface Standards {
  attributes: AttributeStandard[];
  strictness: Record<string, 'reject' | 'warn'>;
  deadline: { hours: number } | { workingHours: number };
}

export interface Share {
  filled: number;
  of: number;
  missing: string[];
}

export interface Remark {
  attribute: string;
  reason: string;
}

export interface Duplicate {
  key: string;
  attribute: string;
  filingNumber: string | null;
  department: string | null;
}

/** `POST /customers/examine`: what an entry that is being typed comes to. */
export interface ExaminedEntry {
  completeness: { required: Share; recommended: Share; percent: number };
  problems: Remark[];
  warnings: Remark[];
  normalisations: Array<{ attribute: string; from: string | null; to: string }>;
  duplicates: Duplicate[] | null;
  near: Duplicate[] | null;
}

/** `GET /standards/timeliness`: late entries by team and month. */
export interface Timeliness {
  deadline: { hours: number } | { workingHours: number };
  months: string[];
  teams: Array<{
    department: { documentId: string; name: string } | null;
    month: string;
    entered: number;
    late: number;
  }>;
}
