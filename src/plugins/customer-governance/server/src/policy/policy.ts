/**
 * The shape of the policy document. Every figure that the product enforces stands here and nowhere else; the ids in
 * brackets name the requirement that a field serves. `schema/` holds the rules that a document must keep.
 */

export const LEVELS = ['public', 'internal', 'personal', 'sensitive'] as const;
/** How carefully an attribute is handled, from the least to the most. Personal and sensitive ones are sealed [HLD-1, HLD-2]. */
export type Level = (typeof LEVELS)[number];

export const CATEGORIES = [
  'identity',
  'contact',
  'business-background',
  'transactions',
  'interactions',
  'derived',
] as const;
/** What an attribute is about; retention is decided by it [HLD-1, HLD-5]. */
export type Category = (typeof CATEGORIES)[number];

/** `category/level`, as a policy writes it: `'business-background/internal'`. */
export type ClassificationCode = `${Category}/${Level}`;

export interface Classification {
  category: Category;
  level: Level;
}

/** A text in one language for all, or in both languages of the panel. */
export type LocalText = string | { en: string; zh: string };

export const LEGAL_BASES = [
  'consent',
  'contract',
  'legal-obligation',
  'legitimate-public',
] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** A reason for which customer information may be collected and used. */
export interface PolicyPurpose {
  /** Lower-case words joined by hyphens. A project's purpose with a preset's code changes that preset's purpose. */
  code: string;
  name: LocalText;
  description: LocalText;
  /** With `consent`, nothing is used before the data subject consented, nor after withdrawal [COL-4]. */
  legalBasis: LegalBasis;
  /** What the purpose justifies: `customer.mobile`, or `api::lead.lead.mobile` for a type of the project [COL-2]. */
  attributes: readonly string[];
}

/** A span of the clock, of working hours, or of whole working days. */
export type EntryDeadline = { hours: number } | { workingHours: number };

export interface CollectionPolicy {
  /** Sources from which nothing may be taken in, whoever enters it [COL-3]. */
  barredSources: readonly string[];
  /** Whether an indirect source must name its partner [COL-3]. */
  indirectSourceNeedsPartner: boolean;
  /** Customer attributes without which no file is opened, by the kind of customer [COL-5]. */
  required: { person: readonly string[]; company: readonly string[] };
  /** Customer attributes whose absence only lowers completeness [COL-5]. */
  recommended: readonly string[];
  /** What happens to values that a standard does not know: they are refused, or taken with a warning [COL-5]. */
  standards: StandardsPolicy;
  /** Before something sensitive is collected, its necessity, risks and measures are assessed (PIPL 55 and 56) [COL-2]. */
  assessment: AssessmentPolicy;
  /** Months after which an attribute that is collected and never used is reported [COL-2]. */
  minimalityMonths: number;
  /** From first contact to record, in hours of the clock or in working hours [COL-6]. */
  entryDeadline: EntryDeadline;
  /** Whether sensitive attributes need a consent of their own, or the general one covers them [COL-4]. */
  sensitiveConsent: 'separate' | 'general';
  /** Below this age in years a guardian consents [COL-4]. */
  guardianUnderAge: number;
  /** What becomes of consents when a notice changes, and what is kept of a confirmation [COL-4]. */
  consent: ConsentPolicy;
}

export interface ConsentPolicy {
  /** Whether a version of a notice that says something else asks everybody again who agreed to the one before. */
  askAgain: 'changed-notice' | 'never';
  /** Days for which consents to the version before are relied on then; 0: not at all. */
  graceDays: number;
  /** How much of the network address of an electronic confirmation is kept: nothing, or its network. */
  confirmationAddress: 'none' | 'masked';
}

export type Strictness = 'reject' | 'warn';

export interface StandardsPolicy {
  /** A credit code whose check character does not fit: some early codes are like that (GB 32100). */
  creditCodeCheck: Strictness;
  /** An industry that is none of GB/T 4754. */
  industry: Strictness;
  /** A Chinese address without its district by GB/T 2260, without a road or building, or in another region than is said. */
  address: Strictness;
}

/** By what a customer is known to be on file already: one file alone has it. */
export const DUPLICATE_KEYS = ['company-name', 'credit-code', 'contact'] as const;
export type DuplicateKey = (typeof DUPLICATE_KEYS)[number];

/** By what two names of companies are alike, though not the same. */
export const NEAR_KEYS = ['company-core', 'company-pinyin'] as const;
export type NearKey = (typeof NEAR_KEYS)[number];

export interface DuplicatePolicy {
  /** What no two files may share; none: nothing is looked up [COL-7]. */
  keys: readonly DuplicateKey[];
  /** What whoever enters a customer is warned of [COL-7]. */
  near: readonly NearKey[];
  /** Different customers that one person may look up in an hour; 0: no limit [COL-7]. */
  lookupsPerHour: number;
}

export interface AssessmentPolicy {
  /** Which plans need an approved impact assessment: those with sensitive attributes, or none. */
  requiredFor: 'sensitive' | 'none';
  /** How long an approved one is kept; PIPL 56 asks for three years. */
  keepMonths: number;
}

export interface AccessPolicy {
  /** Attributes that holders of Reveal see in clear in lists and forms, without asking [USE-1]. */
  ambient: readonly string[];
  /** The longest term, in days, that an access request may ask for [USE-2]. */
  maxTermDays: number;
  /** The term, in days, that the request form proposes [USE-2]. */
  defaultTermDays: number;
  /** Records; an export of more goes by request and through the information department [USE-5]. */
  exportThreshold: number;
  /** Records that one answer may carry in clear [USE-1, PRO-2]. */
  listRevealMax: number;
  /** Which customers the content API shows to whom [USE-1]. */
  apiVisibility: ApiVisibility;
}

/** How far somebody sees: nobody's customers, their own, those of their people, of their department, or all. */
export const VISIBILITY_LEVELS = ['none', 'own', 'team', 'department', 'all'] as const;
export type VisibilityLevel = (typeof VISIBILITY_LEVELS)[number];

export interface ApiVisibility {
  /** For users-permissions users whose role is not named below. */
  default: VisibilityLevel;
  /** By the type of the users-permissions role, such as `authenticated`. */
  roles: Readonly<Record<string, VisibilityLevel>>;
  /** For API tokens, which are nobody and have no customers of their own. */
  tokens: 'all' | 'none';
}

/**
 * Who fills a step. The order is the order of a chain: from the requester outwards, legal before leadership decides, and
 * the information department last, because it files what was decided.
 */
export const APPROVER_ROLES = [
  'superior',
  'department-head',
  'owner-superior',
  'legal',
  'leadership',
  'information-department',
] as const;
export type ApproverRole = (typeof APPROVER_ROLES)[number];

/**
 * Who approves: a place in the organisation, everybody of a role of the panel by its name (`role:Data protection`), or the
 * one person of a staff number (`person:E1024`).
 */
export type Approver = ApproverRole | `role:${string}` | `person:${string}`;

/** Where the information may go: to the requester alone, to colleagues, or out of the company. */
export const RECIPIENTS = ['self', 'colleagues', 'third-party'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** What a request must be for a rule to match it; what is left out does not matter to the rule. */
export interface ApprovalCondition {
  /** A kind of request that a domain has registered: `use`, `change`, `destruction`. */
  kind: string;
  /** The highest level among the attributes asked for. */
  sensitivity?: Level | readonly Level[];
  /** Whether a key customer is among the records. */
  keyCustomer?: boolean;
  /** Whose records they are. `other` as soon as one record is not the requester's own. */
  ownership?: 'own' | 'other';
  /** How many records, both ends included. */
  records?: { min?: number; max?: number };
  /** Whom the information is for. */
  recipient?: Recipient | readonly Recipient[];
  /** Codes of departments; the requester is in one of them, or in a department below it. */
  department?: string | readonly string[];
}

export interface ApprovalRule {
  code: string;
  when: ApprovalCondition;
  /**
   * Who must approve when the rule matches, in this order; those in a list of their own are asked at the same time. All
   * matching rules add up [USE-2, END-1].
   */
  steps: ReadonlyArray<Approver | readonly Approver[]>;
}

export interface ApprovalPolicy {
  rules: readonly ApprovalRule[];
  /** Working days that one step may take before it is overdue [USE-3]. */
  deadline: { workingDays: number };
  /** Working hours before that deadline at which those who may decide are reminded [USE-3]. */
  reminder: { workingHours: number };
  /** Working days that the next superiors have then, before the request expires [USE-3]. */
  escalation: { workingDays: number };
}

export interface PeoplePolicy {
  /** Whether access needs a non-disclosure agreement that has not lapsed [PRO-4]. */
  ndaRequired: boolean;
  /** Months for which a passed training lasts; 0: none is asked for [PRO-4]. */
  trainingValidMonths: number;
}

/** Attributes that are changed only by a request that somebody else approves [HLD-6]. */
export interface ChangesPolicy {
  /** `customer.bankCard`; with the full uid for a type of the project. Empty: nothing is controlled. */
  controlled: readonly string[];
  /** Working days after which a change that nobody decided is late. */
  lateAfter: { workingDays: number };
  /** So many changes of one attribute of one record within so many days raise an alert. */
  alert: { changes: number; days: number };
}

export const RETENTION_EVENTS = [
  'created',
  'last-contact',
  'relation-ended',
  'consent-withdrawn',
  'purpose-ended',
  'erasure-requested',
] as const;
/**
 * The day from which a period runs. `consent-withdrawn`: the last consent was withdrawn and no other basis is left;
 * `purpose-ended`: so was, or ended, the last purpose that the customer was held for.
 */
export type RetentionEvent = (typeof RETENTION_EVENTS)[number];

export const CUSTOMER_CLASSES = ['ordinary', 'key', 'disputed'] as const;
/** A customer in dispute is `disputed`, whether it is a key customer or not. */
export type CustomerClass = (typeof CUSTOMER_CLASSES)[number];

export interface RetentionRule {
  code: string;
  /**
   * The category of information that the rule speaks of, or `all` [HLD-5]. A maximum of one category is of its protected
   * attributes alone; a minimum of one keeps the whole customer.
   */
  category: Category | 'all';
  /**
   * The protected attributes of the customer that the rule speaks of: `customer.residentId`. Its maximum is of them alone;
   * the rest of the customer stays. Left out: those of the category.
   */
  attributes?: readonly string[];
  /**
   * The maximum counts only while the information is held for this purpose; the minimum also when it was held for it
   * before. Left out: always.
   */
  purpose?: string;
  event: RetentionEvent;
  /** Months after the event by which the information goes; 0: at once. The shortest of all matching rules wins. */
  atMostMonths?: number;
  /** Months after the event before which a statute forbids destruction. The longest of all wins over any `atMostMonths`. */
  atLeastMonths?: number;
  customerClass: 'all' | CustomerClass;
}

/** Customers of whom nobody heard leave ordinary use before they leave the system [END-3]. */
export interface DormancyPolicy {
  /** Months without contact after which a customer is dormant; 0: never. */
  dormantAfterMonths: number;
  /** Months without contact after which a dormant customer is invalid; 0: never. */
  invalidAfterMonths: number;
}

export interface RetentionPolicy {
  rules: readonly RetentionRule[];
  /** Whether destruction needs an approved order, or a permission of the role suffices [END-1]. */
  deletion: 'by-order' | 'by-permission';
  /** When the due customers are looked for: five cron fields, in the server's own time [END-2]. */
  proposalCron: string;
  /** Days that something due may wait for its destruction [END-2]. */
  destroyWithinDays: number;
  dormancy: DormancyPolicy;
  destruction: DestructionPolicy;
}

/** How a destruction order is carried out [END-1]. */
export interface DestructionPolicy {
  /** Minutes within which the second person confirms after the first; else the first confirmation lapses. */
  confirmWithinMinutes: number;
  /** Working days after which somebody who has yet to confirm what they destroy by hand is told again. */
  remindAfterWorkingDays: number;
  /**
   * What becomes of the space in the database files that destroyed rows leave: nothing, a VACUUM of the touched tables
   * (SQLite overwrites it anyway), or files that are written anew, which locks the tables meanwhile.
   */
  vacuum: 'never' | 'touched' | 'full';
  /** Whether a proof without personal data stays of each consent of a destroyed customer. */
  consentProof: 'destroy' | 'keep-proof';
  /** Months after which such a proof ends. */
  consentProofMonths: number;
}

export interface AuditPolicy {
  /** Months that entries are kept; never under 12 [PRO-1]. */
  keepMonths: number;
  /** Whether looking at records leaves entries too. Reveals and look-ups always do [USE-4, PRO-1]. */
  reads: boolean;
  /** How much of a client's network address an entry holds: nothing, its network (IPv4 /24, IPv6 /48), or all of it. */
  address: 'none' | 'masked' | 'full';
  /** Whether an entry of a change holds the old and new protected values, sealed under the record's own key. */
  values: 'none' | 'sealed';
  /** How long at most a committed entry waits until a signed checkpoint covers it: seconds, or so many rows. */
  sequence: { seconds: number; rows: number };
}

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
/** How grave what an internal audit found is, from the least to the most. */
export type Severity = (typeof SEVERITIES)[number];

/** Internal audits of how the handbook is kept [PRO-3]; the log is `audit`. */
export interface InternalAuditPolicy {
  /** Months after which the next scheduled audit is proposed; 0: none is proposed by itself. */
  everyMonths: number;
  /** Days before a finding is due, and before a proposed audit begins, at which people are told. */
  remindDays: number;
  /** The longest term that a finding may be given, in days. */
  dueDays: Readonly<Record<Severity, number>>;
}

export interface NotificationPolicy {
  /** Whether notifications are mailed too, by Strapi's email plugin [USE-3]. */
  email: boolean;
  /** Days that a notification is kept after it was read. */
  keepReadDays: number;
}

export interface CalendarPolicy {
  /** `CN`: the public holidays and make-up working days of mainland China. `none`: Monday to Friday. */
  country: 'CN' | 'none';
  /** IANA name of the zone in which days and hours are meant. */
  timezone: string;
  /** The hours worked on a working day, in order: `[['09:00', '12:00'], ['13:00', '18:00']]`. */
  workingHours: readonly (readonly [string, string])[];
  /** Days off beyond the country's, as `YYYY-MM-DD`. */
  extraHolidays: readonly string[];
  /** Days worked although the country's calendar says otherwise, as `YYYY-MM-DD`. */
  extraWorkingDays: readonly string[];
}

export const ANOMALY_KINDS = [
  'views-above-median',
  'odd-hours',
  'missed-lookups',
  'bulk-reveal',
  'repeated-changes',
  'leaver',
] as const;
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

export const ANOMALY_SEVERITIES = ['low', 'medium', 'high'] as const;
export type AnomalySeverity = (typeof ANOMALY_SEVERITIES)[number];

interface AnomalyRuleBase<Kind extends AnomalyKind> {
  /** A project's rule with the code of a preset's changes that one. */
  code: string;
  kind: Kind;
  severity: AnomalySeverity;
  /** Whether the grants of the person are suspended with the alert, until somebody resumes them [PRO-2]. */
  suspendGrants: boolean;
}

/** More records in clear in one hour than so many times the person's own median of the hours in which they saw any. */
export interface ViewsAboveMedianRule extends AnomalyRuleBase<'views-above-median'> {
  factor: number;
  /** Records in clear in one hour below which nothing is said, whatever the median. */
  minimumPerHour: number;
  /** Days before that hour over which the median is taken. */
  days: number;
}

/** So many views, reveals and look-ups on one day before the work begins, after it ends, or on a day off. */
export interface OddHoursRule extends AnomalyRuleBase<'odd-hours'> {
  minimum: number;
}

/** So many look-ups that found nothing within so many minutes. */
export interface MissedLookupsRule extends AnomalyRuleBase<'missed-lookups'> {
  count: number;
  minutes: number;
}

/** So many records revealed within so many minutes. */
export interface BulkRevealRule extends AnomalyRuleBase<'bulk-reveal'> {
  records: number;
  minutes: number;
}

/** So many changes of controlled attributes that one person proposed were applied within so many days. */
export interface RepeatedChangesRule extends AnomalyRuleBase<'repeated-changes'> {
  /** `repeated`: only those of an attribute that was changed before, as `changes.alert` counts them. */
  of: 'all' | 'repeated';
  changes: number;
  days: number;
}

/** More records in clear on one day by somebody whose profile says that they leave within so many days, or have left. */
export interface LeaverRule extends AnomalyRuleBase<'leaver'> {
  recordsPerDay: number;
  days: number;
}

export type AnomalyRule =
  | ViewsAboveMedianRule
  | OddHoursRule
  | MissedLookupsRule
  | BulkRevealRule
  | RepeatedChangesRule
  | LeaverRule;

export interface AnomalyPolicy {
  /** What is looked for in the log; none: nothing [PRO-2]. */
  rules: readonly AnomalyRule[];
}

/** The types of files that the product tells by their content. */
export const FILE_TYPES = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/tiff',
  'image/bmp',
  'image/heic',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/ofd',
  'application/x-cfb',
  'application/zip',
] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** What an attached file is. */
export interface AttachmentKind {
  /** Part of the file's name. */
  code: string;
  name: LocalText;
  /** Whether its content is sensitive, as that of a scanned identity card is. */
  sensitive: boolean;
}

/** Files that are attached to customers [HLD-3]. */
export interface AttachmentPolicy {
  /** Bytes that one file may have. */
  maxBytes: number;
  /** The types that are taken in. A file's content tells its type, not its name. */
  types: readonly FileType[];
  kinds: readonly AttachmentKind[];
}

export interface KeyPolicy {
  /** Days after which the key-encryption key is to be rotated [HLD-2]. */
  rotateAfterDays: number;
  /** Days after which a key epoch ends: from then on, copies of the key store from before open nothing [HLD-4]. */
  epochDays: number;
}

/** Backups of data and keys, and what shows that they would do [HLD-4]. */
export interface BackupPolicy {
  /** When what has changed is backed up: five cron fields, in the server's own time. */
  incrementalCron: string;
  /** When all is. */
  fullCron: string;
  /** Days that a full archive is kept, with those that hang on it; the newest one always is. */
  keepDays: number;
  /** Archives of the keys that are kept: older ones open only what was destroyed since. */
  keepKeyArchives: number;
  /** Hours after the last backup from which on the next is overdue. */
  overdueHours: number;
  /** Months after the last drill from which on the next is overdue; 0: none is asked for. */
  drillEveryMonths: number;
}

export type PresetName = 'strict' | 'process';

/** Files of many customers [COL-10]. */
export interface ImportPolicy {
  /** Of a file, in bytes. */
  maxBytes: number;
  /** Of a table, below its headings. */
  maxRows: number;
  maxColumns: number;
  /** Days for which the sealed file is kept after the end of its import. */
  keepFileDays: number;
  /** Days after which an upload that nobody goes on with is cancelled, and its file destroyed. */
  keepIdleDays: number;
  /** Days after the end of an import for which it is known what became of each row; until then it can be undone. */
  keepReportDays: number;
}

/** A part of a filing number. A class, region or industry that is not known takes `otherwise`, or is asked for first. */
export type FilingNumberPart =
  | { kind: 'text'; text: string }
  /** So many leading digits of the division code of GB/T 2260: the province, the prefecture, or the county. */
  | { kind: 'region'; digits: 2 | 4 | 6; otherwise?: string }
  /** A code for each industry, by the value of the customer's attribute. */
  | { kind: 'industry'; codes: Readonly<Record<string, string>>; otherwise?: string }
  | { kind: 'class'; key: string; ordinary: string }
  /** The year of the filing in the policy's time zone. */
  | { kind: 'year'; digits: 2 | 4 }
  /** At least so many digits; it begins with 1, once or in each year. */
  | { kind: 'sequence'; digits: number; restart: 'never' | 'year' };

export const FILING_SEPARATORS = ['', '-', '/', '.', '_'] as const;

/** How filing numbers are made [COL-9]. */
export interface FilingNumberRule {
  parts: readonly FilingNumberPart[];
  separator: (typeof FILING_SEPARATORS)[number];
}

/** What the reviewer answers for before a customer is filed. */
export interface FilingCheck {
  code: string;
  name: LocalText;
}

/** Review and filing of what was entered [COL-9]. */
export interface FilingPolicy {
  /** Whether a customer is in general use only once it is filed. */
  required: boolean;
  /** Who does not review a customer: whoever entered or submitted it, or its owner too. */
  reviewer: 'not-enterer' | 'not-enterer-nor-owner';
  checklist: readonly FilingCheck[];
  number: FilingNumberRule;
  /** Who uses a customer that is not filed yet: its team, or everybody whose role lets them. */
  unfiledUse: 'team' | 'all';
}

export const VERIFICATION_METHODS = ['call', 'e-mail', 'document'] as const;
/** How somebody finds out whether what is on file is so. */
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

/** The lengths of a period in months that make whole years. */
export const SAMPLE_PERIODS = [1, 2, 3, 4, 6, 12] as const;

/** Whether what is on file is still so [COL-8]. */
export interface VerificationPolicy {
  /** Attributes of the customer that are verified, `customer.mobile`; none: nothing is. */
  facts: readonly string[];
  /** Months after which a fact is to be verified again; 0: people verify when they see fit. */
  everyMonths: number;
  methods: readonly VerificationMethod[];
  /** Customers drawn by lot, whom somebody other than the owner calls back: they give the accuracy figure. */
  sample: {
    /** Of a hundred active customers; 0: none is drawn. */
    percent: number;
    /** The most that are drawn. */
    atMost: number;
    /** Months of a period; each has a sample of its own. */
    everyMonths: (typeof SAMPLE_PERIODS)[number];
  };
}

/** Forms of the company's own websites [COL-4]. */
export interface WebFormPolicy {
  /** Minutes for which a form that was fetched may be sent. */
  tokenMinutes: number;
  /** Hours for which an entry that is sent again under its key is answered again. */
  keepAnswersHours: number;
  maxBodyBytes: number;
  /** The span in which calls are counted. */
  windowMinutes: number;
  /** Within the span, from one network address. */
  fetchesPerAddress: number;
  entriesPerAddress: number;
  /** Within the span, of one form. */
  entriesPerForm: number;
  /** Of a form that has no number of its own. */
  entriesPerDay: number;
}

/**
 * What decides whose a customer is, in the policy's order: whoever looks after it already; whoever registered it first; the
 * department of its region; whoever took the visit or call; whose turn it is in the department that took it.
 */
export const ATTRIBUTION_RULES = [
  'existing-relation',
  'first-registration',
  'region',
  'registrar',
  'hand-out',
] as const;
export type AttributionRule = (typeof ATTRIBUTION_RULES)[number];

/** Whose the customers of the register are [COL-11]. */
export interface AttributionPolicy {
  /** Asked in this order; the first that knows somebody proposes. None: customers of the register wait in the pool. */
  rules: readonly AttributionRule[];
  /** Days for which a registration speaks for whoever made it. */
  validDays: number;
  /** Codes of departments by the beginning of a region's code (GB/T 2260); the longest that fits counts. */
  regions: Readonly<Record<string, string>>;
  /** Whose turn it is: who has waited longest, or who has the fewest open leads. */
  handOut: 'round-robin' | 'fewest-leads';
  /** Days within which a new owner follows up, or the lead goes back to the pool. */
  leadReturnsAfterDays: number;
  /** Where the customers of somebody who has left go: to the superior, or to the pool. */
  leavers: 'superior' | 'pool';
  /** Months after which a visit or call of nobody who is on file is removed from the register. */
  keepMonths: number;
}

/** What a preset, or a preset with a project's values over it, amounts to. */
export interface PolicyDocument {
  /** The preset that the document started from. */
  preset: PresetName;
  /** The policy's own edition, as the company numbers it [VAL-7]. */
  version: string;
  /**
   * Type and attribute to classification [HLD-1]. Protected attributes may be left out: their kind classifies them.
   */
  classification: Readonly<Record<string, Readonly<Record<string, ClassificationCode>>>>;
  purposes: readonly PolicyPurpose[];
  collection: CollectionPolicy;
  duplicates: DuplicatePolicy;
  filing: FilingPolicy;
  verification: VerificationPolicy;
  access: AccessPolicy;
  approvals: ApprovalPolicy;
  people: PeoplePolicy;
  changes: ChangesPolicy;
  retention: RetentionPolicy;
  audit: AuditPolicy;
  internalAudits: InternalAuditPolicy;
  notifications: NotificationPolicy;
  calendar: CalendarPolicy;
  keys: KeyPolicy;
  backup: BackupPolicy;
  attachments: AttachmentPolicy;
  imports: ImportPolicy;
  webForms: WebFormPolicy;
  attribution: AttributionPolicy;
  anomalies: AnomalyPolicy;
}

/** A policy document that was validated and frozen, with the SHA-256 of its canonical JSON, which the log cites. */
export type Policy = Readonly<PolicyDocument> & { readonly digest: string };
