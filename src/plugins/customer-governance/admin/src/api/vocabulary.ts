/** The codes that the server speaks in. Each has its word in the translations, which a test checks. */

export const KINDS = [
  'person-name',
  'mobile',
  'landline',
  'email',
  'resident-id',
  'passport',
  'bank-card',
  'address',
  'birth-date',
  'instant-messenger',
  'free-text',
] as const;
export type Kind = (typeof KINDS)[number];

export const LEVELS = ['public', 'internal', 'personal', 'sensitive'] as const;
export type Level = (typeof LEVELS)[number];

export const REQUEST_STATES = [
  'draft',
  'submitted',
  'in-review',
  'returned',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const ATTACHMENT_STATES = ['stored', 'removed'] as const;
export type AttachmentState = (typeof ATTACHMENT_STATES)[number];

export const CHANGE_STATES = ['pending', 'applied', 'rejected', 'withdrawn', 'expired'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** To whom the information goes. */
export const RECIPIENTS = ['self', 'colleagues', 'third-party'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

export const STEP_STATES = [
  'waiting',
  'pending',
  'approved',
  'rejected',
  'returned',
  'cancelled',
  'expired',
] as const;
export type StepState = (typeof STEP_STATES)[number];

export const GRANT_STATES = ['active', 'suspended', 'used-up', 'ended', 'revoked'] as const;
export type GrantState = (typeof GRANT_STATES)[number];

export const ORDER_STATES = [
  'in-review',
  'proposed',
  'approved',
  'executing',
  'paused',
  'confirming',
  'executed',
  'rejected',
  'cancelled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const INTERNAL_AUDIT_STATES = [
  'planned',
  'in-progress',
  'reported',
  'closed',
  'cancelled',
] as const;
export type InternalAuditState = (typeof INTERNAL_AUDIT_STATES)[number];

export const FINDING_STATES = ['open', 'remediated', 'rechecked', 'closed', 'reopened'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

export const AUDIT_KINDS = ['scheduled', 'special'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

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

/** What a remediation can be seen by. */
export const EVIDENCE_KINDS = ['entry', 'link', 'request'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export const NOTICE_STATES = ['draft', 'published', 'replaced'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** By which channel somebody may be contacted. */
export const CONTACT_CHANNELS = [
  'any',
  'phone',
  'sms',
  'e-mail',
  'wechat',
  'post',
  'visit',
] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** What a guardian is to a minor. */
export const GUARDIAN_RELATIONSHIPS = [
  'parent',
  'grandparent',
  'sibling',
  'other-guardian',
] as const;

export const CONSENT_STATES = ['given', 'refused', 'withdrawn'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

export const CONSENT_SCOPES = ['general', 'sensitive', 'sharing', 'marketing'] as const;
export type ConsentScope = (typeof CONSENT_SCOPES)[number];

/** How somebody finds out whether what is on file is so. */
export const VERIFICATION_METHODS = ['call', 'e-mail', 'document'] as const;
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

export const VERIFICATION_OUTCOMES = ['confirmed', 'wrong', 'unreachable'] as const;
export type VerificationOutcome = (typeof VERIFICATION_OUTCOMES)[number];

export const FACT_STATES = ['verified', 'unverified', 'lapsed', 'wrong', 'unreachable'] as const;
export type FactState = (typeof FACT_STATES)[number];

/** What the call-back of a customer of the sample came to. */
export const SAMPLE_STATES = ['open', 'accurate', 'inaccurate', 'unreachable'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

export const MERGE_STATES = ['pending', 'merged', 'rejected', 'withdrawn', 'expired'] as const;
export type MergeState = (typeof MERGE_STATES)[number];

/** By what two files are taken for those of one customer. */
export const DUPLICATE_KEYS = [
  'company-name',
  'credit-code',
  'contact',
  'company-core',
  'company-pinyin',
] as const;
export type DuplicateKey = (typeof DUPLICATE_KEYS)[number];

/** Names of the details that an audit entry may carry. */
export const DETAILS = [
  'added',
  'alert',
  'asksAgain',
  'attachment',
  'attempts',
  'before',
  'below',
  'bytes',
  'certificate',
  'changed',
  'channel',
  'command',
  'confirmed',
  'consent',
  'contacts',
  'count',
  'days',
  'decision',
  'destroyed',
  'digest',
  'dormant',
  'duplicate',
  'earlier',
  'entries',
  'entry',
  'event',
  'evidence',
  'expected',
  'faulty',
  'file',
  'finding',
  'filters',
  'epoch',
  'format',
  'found',
  'from',
  'good',
  'grant',
  'guardian',
  'hash',
  'held',
  'hits',
  'hold',
  'import',
  'internalAudit',
  'invalid',
  'kept',
  'keyId',
  'kind',
  'known',
  'later',
  'lost',
  'medium',
  'method',
  'near',
  'normalised',
  'note',
  'notice',
  'observed',
  'opened',
  'operation',
  'order',
  'period',
  'person',
  'phase',
  'position',
  'preset',
  'proposed',
  'reason',
  'refused',
  'removed',
  'retired',
  'rewrapped',
  'role',
  'route',
  'rows',
  'rule',
  'sample',
  'scope',
  'scheduledAt',
  'sealed',
  'seen',
  'setting',
  'severity',
  'status',
  'subject',
  'suspended',
  'task',
  'team',
  'termDays',
  'to',
  'tooLong',
  'transform',
  'unclean',
  'unreachable',
  'receipt',
  'webForm',
  'version',
  'wrong',
  'visit',
  'attachments',
  'consents',
  'grants',
] as const;

/** Codes that stand as the value of a detail, after the detail's name. A role's are those of the approvers. */
export const DETAIL_VALUES = [
  'asksAgain.false',
  'asksAgain.true',
  'channel.any',
  'channel.e-mail',
  'channel.phone',
  'channel.post',
  'channel.sms',
  'channel.visit',
  'channel.wechat',
  'command.console',
  'command.develop',
  'command.export',
  'command.import',
  'command.other',
  'command.start',
  'command.transfer',
  'decision.accept',
  'decision.choose',
  'decision.pool',
  'event.finding-due',
  'event.finding-overdue',
  'evidence.electronic',
  'evidence.signed-paper',
  'format.csv',
  'format.xlsx',
  'guardian.true',
  'from.nobody',
  'kind.add',
  'kind.attribution-dispute',
  'kind.bulk-reveal',
  'kind.call',
  'kind.change',
  'kind.collection-plan',
  'kind.confirm',
  'kind.destruction',
  'kind.executor',
  'kind.drill',
  'kind.full',
  'kind.incremental',
  'kind.keys',
  'kind.leaver',
  'kind.missed-lookups',
  'kind.odd-hours',
  'kind.online',
  'kind.reassign',
  'kind.merge',
  'kind.remove',
  'kind.repeated-changes',
  'kind.reschedule',
  'kind.retention-rule',
  'kind.scheduled',
  'kind.special',
  'kind.supervisor',
  'kind.take-out',
  'kind.use',
  'kind.views-above-median',
  'kind.visit',
  'known.false',
  'known.true',
  'medium.external',
  'medium.files',
  'medium.paper',
  'method.call',
  'method.document',
  'method.e-mail',
  'method.email',
  'method.erasure',
  'method.incineration',
  'method.media-destruction',
  'method.password',
  'method.provider',
  'method.pulping',
  'method.remote-deletion',
  'method.return',
  'method.shredding',
  'method.written-confirmation',
  'operation.customer.merge',
  'operation.change',
  'operation.create',
  'operation.delete',
  'operation.destruction',
  'operation.destruction.repeat',
  'operation.retention.cascade',
  'operation.import.undo',
  'phase.check',
  'phase.run',
  'preset.process',
  'preset.strict',
  'proposed.existing-relation',
  'proposed.first-registration',
  'proposed.region',
  'proposed.registrar',
  'proposed.hand-out',
  'reason.columns',
  'reason.encoding',
  'reason.gone',
  'reason.header',
  'reason.not-a-table',
  'reason.old-workbook',
  'reason.rows',
  'reason.unpacked-size',
  'reason.workbook',
  'reason.anomaly',
  'reason.archive',
  'reason.busy',
  'reason.by-order',
  'reason.destroyed',
  'reason.destination',
  'reason.failed',
  'reason.hold',
  'reason.holder',
  'reason.interrupted',
  'reason.no-backup',
  'reason.no-identity',
  'reason.purpose',
  'reason.records',
  'reason.second-destination',
  'reason.empty',
  'reason.infected',
  'reason.scanner',
  'reason.segregation-of-duties',
  'reason.size',
  'reason.term',
  'reason.type',
  'reason.used-up',
  'sample.false',
  'sample.true',
  'rule.existing-relation',
  'rule.first-registration',
  'rule.region',
  'rule.registrar',
  'rule.chosen',
  'rule.pool',
  'rule.hand-out',
  'rule.lapsed',
  'rule.leaver',
  'rule.dispute',
  'rule.edited',
  'scope.customer',
  'scope.filter',
  'scope.record',
  'reason.verification',
  'severity.critical',
  'severity.high',
  'severity.low',
  'severity.major',
  'severity.medium',
  'severity.minor',
  'to.nobody',
  'tooLong.true',
  'unclean.false',
  'unclean.true',
  'scope.general',
  'scope.marketing',
  'scope.sensitive',
  'scope.sharing',
] as const;

export const BACKUP_KINDS = ['full', 'incremental', 'keys', 'drill'] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

export const BACKUP_STATES = ['running', 'succeeded', 'failed'] as const;
export type BackupRunState = (typeof BACKUP_STATES)[number];

/** What a backup or drill is at. */
export const BACKUP_STEPS = [
  'snapshot',
  'writing',
  'reading-back',
  'copying',
  'restoring',
  'verifying',
] as const;
export type BackupStep = (typeof BACKUP_STEPS)[number];

/** Why one failed. */
export const BACKUP_FAILURES = [
  'not-configured',
  'busy',
  'interrupted',
  'destination',
  'second-destination',
  'no-backup',
  'no-identity',
  'archive',
  'verification',
  'failed',
] as const;
export type BackupFailure = (typeof BACKUP_FAILURES)[number];

/** What people are told of requests. */
export const NOTIFICATION_EVENTS = [
  'step-pending',
  'reminder',
  'escalated',
  'approved',
  'rejected',
  'returned',
  'expired',
  'grant-revoked',
  'grant-suspended',
  'grant-resumed',
  'grant-ended',
  'audit-proposed',
  'finding-opened',
  'finding-due',
  'finding-overdue',
  'finding-remediated',
  'finding-reopened',
  'anomaly-raised',
  'anomaly-report',
  'hold-review',
  'destruction-overdue',
  'plan-ended',
  'notice-changed',
  'filing-returned',
  'verification-due',
  'order-review',
  'order-supervision',
  'task-assigned',
  'task-reminder',
  'key-epoch-overdue',
  'backup-failed',
  'backup-overdue',
  'drill-overdue',
] as const;
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** Where customers come from. */
export const CUSTOMER_SOURCES = [
  'sales',
  'marketing-event',
  'customer-service',
  'partner',
  'website',
  'referral',
  'public-source',
] as const;
export type CustomerSource = (typeof CUSTOMER_SOURCES)[number];

export const VISIT_KINDS = ['visit', 'call', 'online'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

/** How it was decided whose the customer of a visit is. */
export const SETTLEMENTS = ['none', 'open', 'accepted', 'chosen', 'pool'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

/** By what somebody became, or ceased to be, the owner of a customer. */
export const OWNERSHIP_RULES = [
  'edited',
  'existing-relation',
  'first-registration',
  'region',
  'registrar',
  'chosen',
  'pool',
  'hand-out',
  'lapsed',
  'leaver',
  'dispute',
] as const;
export type OwnershipRule = (typeof OWNERSHIP_RULES)[number];

export const DISPUTE_STATES = ['pending', 'granted', 'rejected', 'withdrawn', 'expired'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

export const OUTCOMES = ['done', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Every action that the log knows; the server refuses to filter by another. */
export const AUDIT_ACTIONS = [
  'record.create',
  'record.update',
  'record.delete',
  'record.view',
  'record.reveal',
  'record.lookup',
  'verification.record',
  'verification.void',
  'verification.due',
  'verification.sample',
  'duplicate.lookup',
  'duplicate.adopt',
  'duplicate.distinct',
  'merge.carry-out',
  'access.refused',
  'collection.late',
  'collection.refused',
  'filing.submit',
  'filing.file',
  'filing.return',
  'plan.submit',
  'plan.withdraw',
  'plan.activate',
  'plan.end',
  'assessment.approve',
  'notice.publish',
  'consent.give',
  'consent.refuse',
  'web-form.enter',
  'consent.withdraw',
  'attachment.upload',
  'attachment.remove',
  'attachment.sweep',
  'import.upload',
  'import.map',
  'import.begin-check',
  'import.check',
  'import.start',
  'import.pause',
  'import.resume',
  'import.cancel',
  'import.finish',
  'import.fail',
  'import.undo',
  'import.undone',
  'import.report',
  'import.destroy-file',
  'request.draft',
  'request.submit',
  'request.withdraw',
  'request.approve',
  'request.reject',
  'request.return',
  'request.amend',
  'request.remind',
  'request.escalate',
  'request.expire',
  'change.apply',
  'change.late',
  'change.alert',
  'use.note',
  'anomaly.raise',
  'anomaly.acknowledge',
  'anomaly.close',
  'grant.create',
  'grant.revoke',
  'grant.suspend',
  'grant.resume',
  'grant.end',
  'grant.narrow',
  'hold.create',
  'hold.extend',
  'hold.remind',
  'hold.release',
  'retention.propose',
  'retention.dormancy',
  'retention.rule-apply',
  'retention.rule-propose',
  'retention.rule-sync',
  'retention.rule-withdraw',
  'retention.sweep',
  'destruction.review',
  'destruction.task',
  'destruction.submit',
  'destruction.schedule',
  'destruction.confirm',
  'destruction.pause',
  'destruction.resume',
  'destruction.remind',
  'destruction.cancel',
  'destruction.execute',
  'destruction.certificate',
  'destruction.proof-end',
  'destruction.repeat',
  'destruction.recall',
  'delete.refused',
  'account.sign-in',
  'account.sign-out',
  'account.register',
  'account.password-forgotten',
  'account.password-change',
  'credential.refused',
  'call.refused',
  'user.create',
  'user.update',
  'user.delete',
  'role.create',
  'role.update',
  'role.delete',
  'permission.grant',
  'permission.change',
  'permission.revoke',
  'token.create',
  'token.update',
  'token.delete',
  'webhook.create',
  'webhook.update',
  'webhook.delete',
  'file.create',
  'file.update',
  'file.delete',
  'file.read',
  'data.export',
  'data.import',
  'configuration.change',
  'policy.load',
  'schema.change',
  'system.start',
  'system.stop',
  'backup.create',
  'backup.drill',
  'vault.create',
  'internal-audit.plan',
  'internal-audit.revise',
  'internal-audit.start',
  'internal-audit.report',
  'internal-audit.close',
  'internal-audit.cancel',
  'finding.open',
  'finding.assign',
  'finding.remediate',
  'finding.recheck',
  'finding.reopen',
  'finding.close',
  'finding.remind',
  'vault.rotate',
  'vault.epoch-end',
  'vault.epoch-recover',
  'vault.adopt',
  'vault.sweep',
  'ownership.change',
  'visit.register',
  'visit.update',
  'visit.settle',
  'visit.sweep',
  'lead.keep',
  'data-map.export',
  'log.export',
  'log.key-change',
  'log.prune',
  'log.resume',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What an auditor looks for together. */
export const ACTION_GROUPS = [
  'sign-in',
  'reading',
  'changes',
  'requests',
  'retention',
  'refusals',
  'people',
  'system',
] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

export const APPROVER_ROLES = [
  'superior',
  'department-head',
  'owner-superior',
  'legal',
  'leadership',
  'information-department',
] as const;

export const CHANNELS = ['content-manager', 'panel', 'api', 'mcp', 'system'] as const;

export const BASES = ['standing', 'grant', 'ambient'] as const;
/** What a reveal can rest on; `ambient` values come with the record, and stand in the log alone. */
export type Basis = Exclude<(typeof BASES)[number], 'ambient'>;

/** What acts by itself: jobs, the repetition after a restore, and code that claims no name. */
export const SYSTEM_ACTORS = [
  'anomalies',
  'anomaly-report',
  'application',
  'approval-deadlines',
  'attachment-sweep',
  'backup-drill',
  'backup-full',
  'backup-incremental',
  'backup-keys',
  'backup-watch',
  'demo-seed',
  'destruction',
  'destruction-reminders',
  'grant-ends',
  'import',
  'import-files',
  'internal-audits',
  'key-epoch',
  'late-changes',
  'legal-hold',
  'log-pruning',
  'log-verification',
  'notification-mails',
  'notification-prune',
  'orphan-sweep',
  'register',
  'duplicates-adoption',
  'restore-guard',
  'retention',
  'web-form',
  'web-forms',
  'unattended',
  'verification',
] as const;

export const ACTOR_KINDS = ['admin', 'user', 'api-token', 'system', 'anonymous'] as const;

/** Of an import, from its upload to its end. */
export const IMPORT_STATES = [
  'uploaded',
  'checking',
  'checked',
  'running',
  'paused',
  'finished',
  'cancelled',
  'undoing',
  'undone',
  'failed',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What becomes of a row of a file. */
export const ROW_STATES = ['good', 'faulty', 'refused', 'duplicate', 'removed', 'kept'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What an attribute is about. */
export const CATEGORIES = [
  'identity',
  'contact',
  'business-background',
  'transactions',
  'interactions',
  'derived',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The events from which retention is counted. */
export const RETENTION_EVENTS = [
  'created',
  'last-contact',
  'relation-ended',
  'consent-withdrawn',
  'purpose-ended',
  'erasure-requested',
] as const;
export type RetentionEvent = (typeof RETENTION_EVENTS)[number];

/** What a legal hold covers. */
export const HOLD_SCOPES = ['customer', 'record', 'filter'] as const;
export type HoldScope = (typeof HOLD_SCOPES)[number];

export const HOLD_STATES = ['active', 'released'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

/** Who is dormant or invalid is out of lists and look-ups until somebody is in contact again. */
export const CUSTOMER_STAGES = ['active', 'dormant', 'invalid', 'ended'] as const;
export type CustomerStage = (typeof CUSTOMER_STAGES)[number];

export const CUSTOMER_CLASSES = ['ordinary', 'key', 'disputed'] as const;
export type CustomerClass = (typeof CUSTOMER_CLASSES)[number];

/** How a bound that was weighed stands to the due date. */
export const RETENTION_STANDINGS = [
  'decides',
  'later',
  'not-yet',
  'outlasted',
  'met',
  'waits',
] as const;
export type RetentionStanding = (typeof RETENTION_STANDINGS)[number];

export const METHODS = [
  'sealed-data',
  'key-destruction',
  'shredding',
  'incineration',
  'pulping',
  'remote-deletion',
  'return',
  'written-confirmation',
  'erasure',
  'media-destruction',
] as const;

/** What is destroyed by hand, and how it may be. */
export const TASK_METHODS = {
  paper: ['shredding', 'incineration', 'pulping'],
  external: ['remote-deletion', 'return', 'written-confirmation'],
  files: ['erasure', 'media-destruction'],
} as const;
export type TaskMedium = keyof typeof TASK_METHODS;
export const MEDIA = ['sealed-data', 'files', 'paper', 'external'] as const;

/** The places that are searched for what an order destroyed. */
export const PLACES = [
  'tables',
  'database-files',
  'key-store-files',
  'database-rows',
  'key-store-rows',
  'server-files',
  'attachments',
  'directories',
] as const;

/** The types whose records an order destroys. */
export const DESTROYED_RECORDS = [
  'customer',
  'contact',
  'consent',
  'legal-hold',
  'attachment',
] as const;

export const ITEM_STATES = [
  'listed',
  'destroying',
  'destroyed',
  'held',
  'taken-out',
  'freed',
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** What the rules of the policy look for in the log. */
export const ANOMALY_KINDS = [
  'views-above-median',
  'odd-hours',
  'missed-lookups',
  'bulk-reveal',
  'repeated-changes',
  'leaver',
] as const;
export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

export const ALERT_SEVERITIES = ['low', 'medium', 'high'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export const ALERT_STATES = ['open', 'acknowledged', 'closed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** The life of a collection plan. */
export const FILING_STATES = ['entered', 'in-review', 'filed', 'returned'] as const;
export type FilingState = (typeof FILING_STATES)[number];

export const PLAN_STATES = ['draft', 'in-review', 'active', 'closed'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** What narrows a permission of a role to some records. */
export const CONDITIONS = [
  'own',
  'team',
  'department',
  'is-creator',
  'has-same-role-as-creator',
] as const;
