/**
 * What the server's panel routes answer. One place, so that a change of the contract
 * is a change of this file and the compiler names every component that it touches.
 */

import type { DisputeView } from './register';
import type { PlanView } from './collection';
import type { MergeView } from './merges';
import type { RuleChangeView } from './retention';
import type {
  ActionGroup,
  AlertSeverity,
  AlertState,
  AnomalyKind,
  AttachmentState,
  AuditKind,
  BackupFailure,
  BackupKind,
  BackupRunState,
  BackupStep,
  Basis,
  ChangeState,
  Chapter,
  ConsentScope,
  ConsentState,
  ContactChannel,
  CustomerStage,
  EvidenceKind,
  FindingState,
  GrantState,
  HoldScope,
  HoldState,
  InternalAuditState,
  ItemState,
  Kind,
  Level,
  NotificationEvent,
  OrderState,
  Outcome,
  Recipient,
  RequestState,
  Severity,
  StepState,
  TaskMedium,
} from './vocabulary';

/** A text of the policy: in one language for all, or in both. */
export type LocalText = string | { en: string; zh: string };

/** An instant as ISO 8601 text. */
export type Instant = string;

export type DepartmentRef = { name: string } | string | null;

export interface Person {
  name: string;
  department?: DepartmentRef;
}

export interface PurposeRef {
  code: string;
  name: LocalText;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total?: number;
}

export interface Me {
  staff: {
    documentId: string;
    name: string;
    title: string | null;
    level: string;
    department: DepartmentRef;
  } | null;
  can: Record<string, boolean>;
  /** The policy's figures for the term of a request. */
  access?: { defaultTermDays: number; maxTermDays: number };
}

export interface Purpose extends PurposeRef {
  description?: LocalText | null;
  /** `customer.mobile`, or `api::lead.lead.mobile` for a type of the project: what the purpose justifies. */
  attributes: string[];
}

/** The purposes, and how sensitive the protected attributes of each type are. */
export interface Purposes {
  purposes: Purpose[];
  levels?: Record<string, Record<string, Level | null>>;
  /** The policy's own. */
  timezone?: string;
}

export interface OverviewEntry {
  at: Instant;
  action: string;
  outcome?: Outcome;
  actor: ActorRef | string | null;
}

export interface PolicySummary {
  preset: string;
  version?: string;
  digest: string;
}

/** How the key epochs stand, and what the restore guard did. */
export interface KeyState {
  epoch: number | null;
  since: Instant | null;
  overdue: boolean;
  unfinished: boolean;
  copy: 'none' | 'in-step' | 'failed';
  guard: {
    /** Whether the witnesses could be asked what was destroyed. */
    checked: boolean;
    failure: string | null;
    recalled: number;
    destroyedAgain30d: number;
  };
}

/** How backups stand, for the first page. */
export interface BackupSummary {
  configured: boolean;
  overdue: { backup: boolean; drill: boolean };
}

/** What a drill found. Counts only. */
export interface DrillView {
  dataArchive: string;
  keysArchive: string;
  tables: number;
  rows: number;
  opened: number;
  entries: number;
  findings: number;
}

/** A backup, or a drill of a restore. */
export interface BackupRunView {
  documentId: string;
  kind: BackupKind;
  state: BackupRunState;
  startedAt: Instant;
  finishedAt: Instant | null;
  requestedBy: string | null;
  step: BackupStep | null;
  /** Bytes so far. */
  done: number | null;
  dataArchive: string | null;
  dataDigest: string | null;
  dataBytes: number | null;
  keysArchive: string | null;
  keysDigest: string | null;
  keysBytes: number | null;
  secondCopy: 'none' | 'verified' | null;
  reason: BackupFailure | null;
  message: string | null;
  drill: DrillView | null;
}

export interface BackupStateView extends BackupSummary {
  second: boolean;
  /** Whether the server itself may open the archives. */
  drillable: boolean;
  running: BackupRunView | null;
  lastBackup: BackupRunView | null;
  lastDrill: BackupRunView | null;
  keysOutdated: boolean;
  epochCopy: 'none' | 'in-step' | 'failed';
  policy: {
    incrementalCron: string;
    fullCron: string;
    keepDays: number;
    keepKeyArchives: number;
    overdueHours: number;
    drillEveryMonths: number;
  };
}

export interface Overview {
  customers: number | null;
  pendingForMe: number | null;
  myOpenRequests: number | null;
  activeGrants: number | null;
  due: number | null;
  /** Due for longer than the policy allows, and held by nothing. */
  destructionOverdue: number | null;
  holds: number | null;
  consentsWithdrawn30d: number | null;
  openAnomalies: number | null;
  toVerify: number | null;
  /** Percent. */
  accuracy: number | null;
  keys?: KeyState | null;
  backup: BackupSummary | null;
  lastAudit: OverviewEntry[] | null;
  policy: PolicySummary | null;
}

export interface AttributeStatus {
  kind: Kind;
  level: Level;
  /** The Content Manager itself carries the clear value to those who may reveal it. */
  ambient: boolean;
  /** Changed only by a request that somebody else approves. */
  controlled: boolean;
  reveal: Basis | null;
  until: Instant | null;
  /** The purposes of the running grants; null where a standing permission opens the attribute. */
  purposes: string[] | null;
  present: boolean;
}

export interface ConsentView {
  documentId: string;
  purpose: PurposeRef | null;
  scope: ConsentScope;
  state: ConsentState;
  givenAt: Instant | null;
  expiresAt?: Instant | null;
  withdrawnAt: Instant | null;
  channel: ContactChannel;
  evidenceKind: 'signed-paper' | 'electronic';
  guardian: boolean;
  notice: { code: string | null; version: string | null; hash: string | null };
  /** Until when it is relied on, since its notice says something else by now. */
  reliedUntil: Instant | null;
}

export interface RecordGrant {
  documentId: string;
  purpose: PurposeRef | null;
  attributes: string[];
  endsAt: Instant;
  state: GrantState;
}

export interface HoldRef {
  documentId: string;
  reason: string;
  reviewOn: string | null;
}

/** What only customers have beside the attributes. */
export interface CustomerSide {
  owner: Person | null;
  department: DepartmentRef;
  keyCustomer: boolean;
  stage: CustomerStage;
  consents: ConsentView[];
  retention: { dueOn: string; reason: string | null } | null;
}

export interface RecordStatus extends Partial<CustomerSide> {
  /** The legal holds that cover the record; `null` where its type cannot be held. */
  holds: HoldRef[] | null;
  grants: RecordGrant[];
  attributes: Record<string, AttributeStatus>;
  pendingRequest: string | null;
  /** Why the user may see nothing at present, whatever their rights. */
  clearance: 'suspended' | 'nda' | 'training' | null;
}

export interface RevealAnswer {
  values: Record<string, Record<string, string>>;
  basis: Basis;
  until: Instant | null;
}

export interface StepView {
  id: string | number;
  /** A request that is submitted again is decided anew, in the next round. */
  round: number;
  position: number;
  /** Steps of one stage are open at the same time. */
  stage: number;
  role: string;
  state: StepState;
  decidedBy: Person | null;
  /** In whose place a deputy decided. */
  onBehalfOf?: Person | null;
  decidedAt: Instant | null;
  comment: string | null;
  dueAt: Instant | null;
  /** When the next superiors were asked too. */
  escalatedAt?: Instant | null;
  /** With those who stand in while somebody is away. */
  eligible: (Person & { deputies?: string[] })[];
}

export interface RecordLabel {
  documentId: string;
  label: string | null;
}

export interface AccessRequestView {
  documentId: string;
  purpose: PurposeRef | null;
  recordType: string;
  /** The first of the records; `recordCount` tells how many there are. */
  records: RecordLabel[];
  recordCount?: number;
  attributes: string[];
  /** Classification of the attributes; where the server leaves it out, no badge is shown. */
  levels?: Record<string, Level>;
  termDays: number;
  /** How often a value may be revealed at most. */
  revealLimit?: number | null;
  recipient?: Recipient;
  /** The request that this one continues. */
  renewalOf?: string | null;
  /** A filter chose the records. */
  byFilter?: boolean;
  reason: string;
  state: RequestState;
  /** When it was submitted last; a draft was not yet. */
  submittedAt: Instant | null;
  /** When it was settled, in whichever way. */
  decidedAt?: Instant | null;
  requester: Person | null;
  steps: StepView[];
  grant: RequestGrant | null;
}

/** What an approved request gave. */
export interface RequestGrant {
  documentId: string;
  startsAt?: Instant;
  endsAt: Instant;
  revokedAt?: Instant | null;
  revokeReason?: string | null;
  reveals?: number;
  revealLimit?: number | null;
  endReason?: string | null;
  state: GrantState;
}

/** What the chain of a request was made by, as far as those who decide want to know it. */
export interface Marks {
  sensitivity: Level | null;
  keyCustomer: boolean | null;
  ownership: 'own' | 'other' | null;
}

/** A request by its own address. */
export interface AccessRequestDetail extends AccessRequestView {
  marks: Marks | null;
  mine: boolean;
  /** Every record, for the requester. */
  recordIds?: string[];
}

/** One entry of a request's use log. */
export interface UseView {
  id: number;
  at: Instant;
  kind: 'reveal' | 'note';
  actor: ActorRef;
  attributes: string[];
  recordCount: number;
  note: string | null;
}

export interface AccessRequestInput {
  type: string;
  records: string[];
  purpose: string;
  attributes: string[];
  termDays: number;
  revealLimit: number | null;
  recipient: Recipient;
  reason: string;
  renewalOf?: string;
  /** Kept, and not submitted yet. */
  draft?: boolean;
}

/** The approvals that a request would need, before it is submitted. */
export interface ChainPreview {
  /** Steps of one stage are open at the same time. */
  steps: { role: string; stage: number; eligible: Person[]; dueAt: Instant }[];
  expectedAt: Instant | null;
  /** The date may move: the holidays of its year are not known yet. */
  provisional: boolean;
  problem: { code: 'nobody' | 'too-few'; roles: string[] } | null;
}

/** The mask of a protected attribute, else its value; null for none. */
export type Shown = string | number | boolean | null;

export interface ChangeView {
  documentId: string;
  recordType: string;
  record: { documentId: string; label: string | null };
  changes: { attribute: string; before: Shown; after: Shown; level: Level | null }[];
  reason: string;
  state: ChangeState;
  submittedAt: Instant;
  decidedAt: Instant | null;
  late: boolean;
  /** The how manieth change within so many days it is, where the policy sees an alert in that. */
  alert: { count: number; days: number } | null;
  requester: Person | null;
  steps: StepView[];
}

/** The changes of one record, and its controlled attributes as they are. */
export interface ChangeHistory extends Page<ChangeView> {
  controlled: { attribute: string; kind: Kind | null; value: Shown }[];
}

export interface ChangeInput {
  type: string;
  documentId: string;
  values: Record<string, Shown>;
  reason: string;
}

export interface GrantView {
  documentId: string;
  holder: Person | null;
  purpose: PurposeRef | null;
  recordType: string;
  recordCount: number;
  attributes: string[];
  levels?: Record<string, Level>;
  startsAt: Instant;
  endsAt: Instant;
  state: GrantState;
  reveals?: number;
  revealLimit?: number | null;
  lastRevealAt?: Instant | null;
  /** Why it ended, where that was not its term. */
  endReason?: string | null;
  /** The request that it came of and the first of its records: for the holder. */
  request?: string | null;
  records?: RecordLabel[];
}

export interface DestructionOrderView {
  documentId: string;
  number: string;
  reason: string;
  method: string;
  state: OrderState;
  count: number;
  /** Paths of the attributes that go; null: the whole customers. */
  attributes: string[] | null;
  proposer: Person | null;
  submitter: Person | null;
  executor: Person | null;
  supervisor: Person | null;
  proposedAt: Instant | null;
  submittedAt: Instant | null;
  approvedAt: Instant | null;
  scheduledAt: Instant | null;
  executedAt: Instant | null;
  pausedAt: Instant | null;
  /** When the last attempt to carry it out failed. */
  stalledAt: Instant | null;
  /** The executor's confirmation while a second person may follow it. */
  confirmation: { name: string; until: Instant; mine: boolean } | null;
  progress: OrderProgress;
  tasks: DestructionTaskView[];
  steps: StepView[];
  certificate: { documentId: string; number: string } | null;
  mayConfirm: boolean;
  maySupervise: boolean;
  mayResume: boolean;
}

/** Customers of an order; `perSecond` is null while it stands still. */
export interface OrderProgress {
  total: number;
  done: number;
  held: number;
  takenOut: number;
  perSecond: number | null;
}

/** What a person destroys by hand for an order. */
export interface DestructionTaskView {
  documentId: string;
  medium: TaskMedium;
  method: string;
  place: string;
  responsible: (Person & { documentId: string }) | null;
  dueOn: string | null;
  state: 'open' | 'confirmed';
  confirmedBy: Person | null;
  confirmedAt: Instant | null;
  note: string | null;
  order: { documentId: string; number: string; state: OrderState };
  /** Whether it waits for the user. */
  mine: boolean;
}

/** A customer of an order; of one that is gone, its id alone. */
export interface OrderItem {
  documentId: string;
  label: string | null;
  filingNumber: string | null;
  department: { name: string } | null;
  dueOn: string | null;
  reason: string | null;
  hold: boolean;
  state: ItemState;
  note: string | null;
}

interface ApprovalBase {
  stepId: string | number;
  role: string;
  dueAt: Instant | null;
  decidedAt: Instant | null;
  decision: 'approved' | 'rejected' | 'returned' | null;
  requester: Person | null;
  marks?: Marks;
  /** Who is away and in whose place the user decides. */
  onBehalfOf?: Person | null;
}

export type ApprovalItem =
  | (ApprovalBase & { kind: 'use'; subject: AccessRequestView | null })
  | (ApprovalBase & { kind: 'change'; subject: ChangeView | null })
  | (ApprovalBase & { kind: 'destruction'; subject: DestructionOrderView | null })
  | (ApprovalBase & { kind: 'retention-rule'; subject: RuleChangeView | null })
  | (ApprovalBase & { kind: 'collection-plan'; subject: PlanView | null })
  | (ApprovalBase & { kind: 'attribution-dispute'; subject: DisputeView | null })
  | (ApprovalBase & { kind: 'merge'; subject: MergeView | null });

export interface NotificationView {
  id: number;
  event: NotificationEvent;
  kind:
    | ApprovalItem['kind']
    | 'notice'
    | 'internal-audit'
    | 'audit-finding'
    | 'anomaly'
    | 'hold'
    | 'due'
    | 'key-epoch'
    | 'filing'
    | 'verification'
    | 'backup';
  requestId: string;
  requester: Person | null;
  at: Instant;
  readAt: Instant | null;
}

/** A legal hold; customers by their masks. */
export interface HoldView {
  documentId: string;
  scope: HoldScope;
  state: HoldState;
  reason: string;
  issuer: Person | null;
  issuedAt: Instant | null;
  reviewOn: string | null;
  reviewDue: boolean;
  releasedAt: Instant | null;
  releasedBy: Person | null;
  releaseReason: string | null;
  customer: { documentId: string; label: string } | null;
  record: { type: string; documentId: string } | null;
  filter: Record<string, unknown> | null;
  /** How many customers it covers, or covered. */
  customers: number;
}

export interface HeldCustomer {
  id: number;
  documentId: string;
  /** `null` where the customer is there no more. */
  label: string | null;
  filingNumber: string | null;
  department: DepartmentRef;
}

/** What the form of a hold by filter offers. */
export interface HoldOptions {
  departments: Array<{ documentId: string; name: string }>;
}

/** The numbers of the badges. */
export interface NotificationCounts {
  unread: number;
  /** Steps that the user may decide now. */
  waiting: number;
  /** Audit findings that are not closed, for which the user is responsible. */
  findings: number;
  /** What the user is to destroy by hand. */
  tasks: number;
}

/** What came of one of several steps that were decided together. */
export interface DecisionResult {
  stepId: string | number;
  outcome: 'decided' | 'refused';
  message: string | null;
}

export interface DueItem {
  documentId: string;
  label: string | null;
  filingNumber: string | null;
  department: DepartmentRef;
  dueOn: string;
  reason: string | null;
  stage: CustomerStage;
  hold: boolean;
  orderDocumentId: string | null;
}

export interface CertificateView {
  documentId: string;
  number: string;
  orderNumber: string;
  count: number;
  method: string;
  proposer: Person | string | null;
  approvers: (Person | string)[];
  executor: Person | string | null;
  supervisor: Person | null;
  executedAt: Instant;
  digest: string;
  /** What was signed; certificates from before they were signed have none of these three. */
  content: CertificateContent | null;
  note: string | null;
  signedBy: string | null;
}

/** What a signed certificate says. */
export interface CertificateContent {
  records: Record<string, number>;
  attributes: string[] | null;
  held: number;
  takenOut: number;
  /** Older certificates do not say. */
  consentProofs?: number;
  recordsDigest: string;
  media: {
    medium: string;
    method: string;
    confirmedBy: string | null;
    confirmedAt: Instant | null;
  }[];
  proposedBy: string;
  proposedAt: Instant | null;
  submittedBy: string | null;
  submittedAt: Instant | null;
  approvers: string[];
  approvedAt: Instant | null;
  executedBy: string;
  executorConfirmedAt: Instant | null;
  supervisedBy: string;
  supervisorConfirmedAt: Instant | null;
  executedAt: Instant;
  verification: {
    verifiedAt: Instant;
    searched: { place: string; count: number }[];
    fingerprints: number;
    found: number;
  };
}

export interface ActorRef {
  kind: 'admin' | 'user' | 'api-token' | 'system' | string;
  id: string;
  name: string | null;
}

export interface AuditEntryView {
  id: string | number;
  documentId: string;
  at: Instant;
  actor: ActorRef;
  /** Whose place the actor took. */
  onBehalfOf: { documentId: string; name: string | null } | null;
  action: string;
  outcome: Outcome;
  recordType: string | null;
  recordIds: string[] | null;
  recordCount: number | null;
  attributes: string[] | null;
  purpose: string | null;
  requestId: string | null;
  basis: string | null;
  channel: string | null;
  address: string | null;
  correlationId: string | null;
  details: Record<string, string | number | boolean | null> | null;
  /** Whether it keeps old and new values, sealed. */
  holdsValues: boolean;
  /** Its place in the log's tree; null as long as it waits for one. */
  leafIndex: number | null;
  /** Whether the newest checkpoint covers it. */
  covered: boolean;
}

/** What protected attributes were before and after a change, in clear. */
export interface ChangedValuesAnswer {
  values: Record<string, { old: string | null; new: string | null }>;
}

/** Somebody whose entries can be looked for. */
export interface ActorChoice {
  value: string;
  name: string | null;
  department: string | null;
  kind: string;
}

type GroupCounts = Partial<Record<ActionGroup, number>>;

/** What a person did in an hour since the day began. */
export interface HourOfDay {
  hour: number;
  groups: GroupCounts;
  refused: number;
}

export interface PersonDay {
  from: Instant;
  to: Instant;
  timezone: string;
  workingHours: [string, string][];
  hours: HourOfDay[];
}

interface ActorCount {
  actor: ActorRef;
  entries: number;
  records: number;
}

export interface DayVolume {
  day: string;
  groups: GroupCounts;
}

/** Counts for the charts, by the clock of the policy's time zone. */
export interface AuditFigures {
  days: DayVolume[];
  /** Entries by weekday (Monday first) and hour. */
  heat: number[][];
  actors: ActorCount[];
  refusedActors: ActorCount[];
  refusals: { action: string; entries: number }[];
  timezone: string;
  workingHours: [string, string][];
}

/** A place to which checkpoints are delivered, out of this application's reach. */
interface Witness {
  target: 'directory' | 'http';
  deliveredSize: number;
  deliveredAt: Instant | null;
  failure: string | null;
}

export interface LogState {
  treeSize: number;
  pending: number;
  oldestPendingAt: Instant | null;
  checkpoint: { treeSize: number; rootHash: string; at: Instant } | null;
  keyId: string | null;
  origin: string;
  prunedBelow: number;
  halted: string | null;
  /** The last verification of the whole log. */
  verified: { at: Instant; treeSize: number; findings: number } | null;
  witnesses?: Witness[];
}

export interface EntryProof {
  /** The bytes of the entry that the tree hashes. */
  canonical: string;
  leafIndex: number | null;
  checkpoint: { treeSize: number; rootHash: string; at: Instant; note: string } | null;
  /** The hashes beside the path to the root, in base64; null as long as no checkpoint covers the entry. */
  proof: string[] | null;
}

export interface StaffMember extends Person {
  documentId: string;
  title: string | null;
}

/** What an internal audit looks at; an empty list leaves its side open. */
export interface AuditScope {
  departments: { code: string; name: string }[];
  types: string[];
  chapters: Chapter[];
}

export type InternalAuditAct = 'start' | 'report' | 'close' | 'cancel' | 'open' | 'revise' | 'team';

export interface InternalAuditView {
  documentId: string;
  number: string;
  kind: AuditKind;
  /** Null where the job proposed it. */
  title: string | null;
  reason: string | null;
  scope: AuditScope;
  periodFrom: string;
  periodTo: string;
  plannedOn: string;
  state: InternalAuditState;
  lead: StaffMember | null;
  auditors: StaffMember[];
  plannedBy: Person | null;
  conclusion: string | null;
  cancelReason: string | null;
  startedAt: Instant | null;
  reportedAt: Instant | null;
  closedAt: Instant | null;
  closedBy: Person | null;
  cancelledAt: Instant | null;
  findings: {
    total: number;
    unclosed: number;
    overdue: number;
    bySeverity: Record<Severity, number>;
  };
}

/** One audit with its findings. */
export interface InternalAuditDetail extends InternalAuditView {
  /** What the user may do with it now. */
  may: InternalAuditAct[];
  items: FindingView[];
}

export interface Evidence {
  kind: EvidenceKind;
  reference: string;
}

export type FindingAct = 'remediate' | 'recheck' | 'reopen' | 'close' | 'assign';

/** A remediation that did not pass its re-check. */
export interface FailedRemediation {
  remediation: string;
  evidence: Evidence[];
  remediatedBy: Person | null;
  remediatedAt: Instant;
  note: string;
  recheckedBy: Person | null;
  recheckedAt: Instant;
}

export interface FindingView {
  documentId: string;
  number: string;
  audit: { documentId: string; number: string; title: string | null };
  severity: Severity;
  chapter: Chapter;
  description: string;
  responsible: StaffMember | null;
  department: string | null;
  dueOn: string;
  overdue: boolean;
  dueSoon: boolean;
  state: FindingState;
  openedBy: Person | null;
  openedAt: Instant;
  remediation: string | null;
  evidence: Evidence[];
  remediatedBy: Person | null;
  remediatedAt: Instant | null;
  recheckNote: string | null;
  recheckedBy: Person | null;
  recheckedAt: Instant | null;
  closedBy: Person | null;
  closedAt: Instant | null;
  earlier: FailedRemediation[];
  /** What the user may do with it now. */
  may: FindingAct[];
}

/** What a form to plan audits chooses from, and the policy's longest terms. */
export interface AuditOptions {
  departments: { code: string; name: string }[];
  types: string[];
  dueDays: Record<Severity, number>;
}

/** What a rule of the policy found in the log. */
export interface AlertView {
  documentId: string;
  /** Code of the rule. */
  rule: string;
  kind: AnomalyKind;
  severity: AlertSeverity;
  state: AlertState;
  person: { kind: string; id: string; name: string | null; department: string | null };
  /** About the user, who therefore decides nothing on it. */
  mine: boolean;
  from: Instant;
  to: Instant;
  observed: number;
  expected: number;
  /** The figures of the rule as they were. */
  figures: Record<string, number | string>;
  evidenceCount: number;
  suspendedGrants: string[];
  raisedAt: Instant;
  acknowledged: { at: Instant; by: string | null } | null;
  closed: { at: Instant; by: string | null; reason: string } | null;
}

export interface EvidenceEntry {
  id: number;
  at: Instant;
  action: string;
  actor: ActorRef;
  recordType: string | null;
  recordCount: number;
  attributes: string[];
  purpose: string | null;
}

export interface AlertDetail extends AlertView {
  evidence: EvidenceEntry[];
}

interface AlertCounts {
  raised: number;
  open: number;
  acknowledged: number;
  closed: number;
}

export interface AnomalyReport {
  /** `2026-W46` */
  week: string;
  /** The week after it, once that has begun. */
  next: string | null;
  from: Instant;
  to: Instant;
  counts: AlertCounts;
  before: AlertCounts & { week: string };
  byRule: Array<{
    rule: string;
    kind: AnomalyKind;
    raised: number;
    closed: number;
    before: number;
  }>;
  bySeverity: Array<{ severity: AlertSeverity; raised: number }>;
  byDepartment: Array<{ department: string | null; raised: number; before: number }>;
  byDay: Array<{ day: string; raised: number }>;
  suspended: number;
  top: AlertView[];
}

export type ContentAttribute = 'content' | 'sensitiveContent';

/** A file of a customer. */
export interface AttachmentView {
  documentId: string;
  name: string;
  kind: string;
  kindName: LocalText;
  date: string;
  extension: string;
  size: number;
  state: AttachmentState;
  attribute: ContentAttribute;
  uploadedAt: Instant;
  uploadedBy: { name: string } | null;
  removedAt: Instant | null;
  removedBy: { name: string } | null;
  removalReason: string | null;
  /** By which right the user could open it; null: by none. */
  reveal: 'standing' | 'grant' | null;
  /** The purposes of the grants at hand; null for a standing permission. */
  purposes: string[] | null;
}

export interface AttachmentOptions {
  maxBytes: number;
  extensions: string[];
  kinds: { code: string; name: LocalText; attribute: ContentAttribute }[];
}
