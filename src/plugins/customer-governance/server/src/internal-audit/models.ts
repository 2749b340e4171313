import { resolveType, type Severity } from '../policy';
import { sequenceNumber } from '../sequence-number';

export const INTERNAL_AUDIT = resolveType('internal-audit');
export const FINDING = resolveType('audit-finding');

/** The governed operation of this domain: audits and findings are written by its services alone. */
export const OPERATION = 'internal-audit';

export const AUDIT_KINDS = ['scheduled', 'special'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export const AUDIT_STATES = ['planned', 'in-progress', 'reported', 'closed', 'cancelled'] as const;
export type AuditState = (typeof AUDIT_STATES)[number];

export const FINDING_STATES = ['open', 'remediated', 'rechecked', 'closed', 'reopened'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** The chapters of the handbook. */
export const CHAPTERS = [
  'collection',
  'storage',
  'use',
  'sharing',
  'protection',
  'rights',
  'destruction',
] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** What an audit looks at. An empty list leaves its side open; without departments, that of the lead stays out. */
export interface Scope {
  /** Codes of departments, each with those below it. */
  departments: string[];
  /** Uids of content types. */
  types: string[];
  chapters: Chapter[];
}

/** An entry of the log, a page or file elsewhere, or a request: what a remediation can be seen by. */
export const EVIDENCE_KINDS = ['entry', 'link', 'request'] as const;
export interface Evidence {
  kind: (typeof EVIDENCE_KINDS)[number];
  reference: string;
}

export interface PersonRef {
  id: number;
  documentId: string;
  displayName: string;
  title: string | null;
}

export interface AuditRow {
  id: number;
  documentId: string;
  number: string;
  kind: AuditKind;
  title: string | null;
  reason: string | null;
  scope: Scope;
  periodFrom: string;
  periodTo: string;
  plannedOn: string;
  state: AuditState;
  conclusion: string | null;
  cancelReason: string | null;
  startedAt: string | null;
  reportedAt: string | null;
  closedAt: string | null;
  cancelledAt: string | null;
  lead: PersonRef | null;
  auditors: PersonRef[];
  plannedBy: PersonRef | null;
  closedBy: PersonRef | null;
}

/** A remediation that did not pass its re-check. Staff by id. */
export interface FailedRemediation {
  remediation: string;
  evidence: Evidence[];
  remediatedBy: number | null;
  remediatedAt: string;
  note: string;
  recheckedBy: number | null;
  recheckedAt: string;
}

export interface FindingRow {
  id: number;
  documentId: string;
  position: number;
  severity: Severity;
  chapter: Chapter;
  description: string;
  dueOn: string;
  state: FindingState;
  openedAt: string;
  remediation: string | null;
  evidence: Evidence[] | null;
  remediatedAt: string | null;
  recheckNote: string | null;
  recheckedAt: string | null;
  earlier: FailedRemediation[] | null;
  closedAt: string | null;
  responsible: PersonRef | null;
  openedBy: PersonRef | null;
  remediatedBy: PersonRef | null;
  recheckedBy: PersonRef | null;
  closedBy: PersonRef | null;
  audit: { id: number; documentId: string; number: string; title: string | null };
}

const PERSON = { select: ['id', 'documentId', 'displayName', 'title'] };

export const AUDIT_PEOPLE = { lead: PERSON, auditors: PERSON, plannedBy: PERSON, closedBy: PERSON };
export const FINDING_PEOPLE = {
  responsible: PERSON,
  openedBy: PERSON,
  remediatedBy: PERSON,
  recheckedBy: PERSON,
  closedBy: PERSON,
  audit: { select: ['id', 'documentId', 'number', 'title'] },
};

/** `A-2030-0003`: the third audit of the year. */
export const auditNumbers = sequenceNumber('A', 4);

/** `A-2030-0003-02`: its second finding. */
export const findingNumber = (audit: string, position: number) =>
  `${audit}-${String(position).padStart(2, '0')}`;

/** Staff ids of those who carry an audit out. */
export const teamOf = ({ lead, auditors }: Pick<AuditRow, 'lead' | 'auditors'>): number[] => [
  ...(lead ? [lead.id] : []),
  ...auditors.map(({ id }) => id),
];
