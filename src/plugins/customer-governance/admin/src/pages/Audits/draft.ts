import type { AuditOptions, Evidence, InternalAuditView } from '../../api/types';
import {
  CHAPTERS,
  EVIDENCE_KINDS,
  type AuditKind,
  type Chapter,
  type EvidenceKind,
  type Severity,
} from '../../api/vocabulary';
import type { MessageId } from '../../utils/messages';
import type { Choosable } from '../../components/PeopleFields';

/** What stands in the form of a plan. */
export interface PlanDraft {
  kind: AuditKind;
  title: string;
  reason: string;
  departments: string[];
  types: string[];
  chapters: string[];
  periodFrom: string;
  periodTo: string;
  plannedOn: string;
  lead: Choosable | null;
  auditors: Choosable[];
}

export type Problems<Draft> = Partial<Record<keyof Draft, MessageId>>;

const NEW_PLAN: PlanDraft = {
  kind: 'scheduled',
  title: '',
  reason: '',
  departments: [],
  types: [],
  chapters: [...CHAPTERS],
  periodFrom: '',
  periodTo: '',
  plannedOn: '',
  lead: null,
  auditors: [],
};

/** The form of a new plan, or of one that is revised. */
export const planDraft = (audit?: InternalAuditView): PlanDraft =>
  audit
    ? {
        kind: audit.kind,
        title: audit.title ?? '',
        reason: audit.reason ?? '',
        departments: audit.scope.departments.map(({ code }) => code),
        types: audit.scope.types,
        chapters: audit.scope.chapters,
        periodFrom: audit.periodFrom,
        periodTo: audit.periodTo,
        plannedOn: audit.plannedOn,
        lead: audit.lead,
        auditors: audit.auditors,
      }
    : NEW_PLAN;

/** What is missing from a plan, by field. */
export const planProblems = (draft: PlanDraft): Problems<PlanDraft> => ({
  ...(draft.title.trim() === '' && { title: 'error.required' }),
  ...(draft.kind === 'special' && draft.reason.trim() === '' && { reason: 'error.required' }),
  ...(draft.chapters.length === 0 && { chapters: 'error.required' }),
  ...(draft.periodFrom === '' && { periodFrom: 'error.required' }),
  ...(draft.periodTo === '' && { periodTo: 'error.required' }),
  ...(draft.periodFrom !== '' &&
    draft.periodTo !== '' &&
    draft.periodTo < draft.periodFrom && { periodTo: 'error.periodOrder' }),
  ...(draft.plannedOn === '' && { plannedOn: 'error.required' }),
  ...(draft.lead === null && { lead: 'error.required' }),
});

const idOf = ({ documentId }: Choosable): string => documentId;

/** The same as the server takes it. */
export const planInput = (draft: PlanDraft) => ({
  kind: draft.kind,
  title: draft.title.trim(),
  reason: draft.kind === 'special' ? draft.reason.trim() : null,
  scope: { departments: draft.departments, types: draft.types, chapters: draft.chapters },
  periodFrom: draft.periodFrom,
  periodTo: draft.periodTo,
  plannedOn: draft.plannedOn,
  lead: draft.lead?.documentId,
  auditors: draft.auditors.map(idOf),
});

/** What stands in the form of a finding. */
export interface FindingDraft {
  severity: Severity;
  chapter: Chapter | '';
  description: string;
  responsible: Choosable | null;
  dueOn: string;
}

export const NEW_FINDING: FindingDraft = {
  severity: 'minor',
  chapter: '',
  description: '',
  responsible: null,
  dueOn: '',
};

/** What is missing from a finding, by field. */
export const findingProblems = (draft: FindingDraft): Problems<FindingDraft> => ({
  ...(draft.chapter === '' && { chapter: 'error.required' }),
  ...(draft.description.trim() === '' && { description: 'error.required' }),
  ...(draft.responsible === null && { responsible: 'error.required' }),
  ...(draft.dueOn === '' && { dueOn: 'error.required' }),
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** The last day that the policy allows for a finding of a severity that is put on record at `now`. */
export const lastDueDay = (
  severity: Severity,
  { dueDays }: Pick<AuditOptions, 'dueDays'>,
  now: number
): string => new Date(now + dueDays[severity] * DAY_MS).toISOString().slice(0, 10);

export interface EvidenceDraft {
  /** Tells the rows of the form apart. */
  key: number;
  kind: EvidenceKind;
  reference: string;
}

/** Rows that were filled in, as the server takes them. */
export const evidenceInput = (rows: EvidenceDraft[]): Evidence[] =>
  rows.flatMap(({ kind, reference }) => {
    const trimmed = reference.trim();
    return trimmed === '' ? [] : [{ kind, reference: trimmed }];
  });

/** A kind of evidence by what a select gives. */
export const evidenceKind = (value: string): EvidenceKind =>
  EVIDENCE_KINDS.find((kind) => kind === value) ?? 'link';
