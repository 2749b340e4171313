import {
  assertField,
  assertIds,
  DETAIL_SORTS,
  FIELDS,
  RegistryBreach,
  type DetailSort,
  type FieldName,
} from './fields';

/** What an entry of an action may carry besides who, when and where, which every entry has. */
export interface ActionFields {
  /** What the action is, for whoever reads the log. */
  text: string;
  /** How many records an entry may name; none when left out. */
  records?: 'one' | 'many';
  fields?: readonly FieldName[];
  /** The details by name; each is of one sort. */
  details?: Readonly<Record<string, DetailSort>>;
}

const ATTRIBUTES = ['attributes'] as const;
const REQUEST = ['requestId'] as const;
const CHANGED = { records: 'many', fields: ATTRIBUTES } as const;
const PERMITTED = { ...CHANGED, details: { subject: 'code' } } as const;
const STEP = { kind: 'code', role: 'approver', position: 'count' } as const;
const GRANT = {
  fields: ['attributes', 'purpose', 'requestId'],
  details: { grant: 'id' },
} as const;
const ALERT = {
  alert: 'id',
  rule: 'code',
  kind: 'code',
  severity: 'code',
  person: 'code',
} as const;
const ACCOUNT = { records: 'one', details: { method: 'code' } } as const;

/** An internal audit by its number, with how many findings it has. */
const INTERNAL_AUDIT = {
  records: 'one',
  details: { internalAudit: 'code', kind: 'code', count: 'count', team: 'flag', reason: 'code' },
} as const;
const FINDING = {
  records: 'one',
  details: { finding: 'code', internalAudit: 'code', severity: 'code', reason: 'code' },
} as const;

/** An import by its number. */
const IMPORT = { fields: ['requestId'], details: { import: 'code' } } as const;
const IMPORT_COUNTS = {
  fields: ['requestId'],
  details: {
    import: 'code',
    rows: 'count',
    good: 'count',
    normalised: 'count',
    faulty: 'count',
    refused: 'count',
    duplicate: 'count',
  },
} as const;

/** A consent by its id, which is its `requestId` too, so that all that became of it is found together. */
const CONSENT = {
  records: 'one',
  fields: ['purpose', 'requestId'],
  details: {
    consent: 'id',
    scope: 'code',
    channel: 'code',
    evidence: 'code',
    notice: 'code',
    version: 'code',
    hash: 'code',
    guardian: 'flag',
  },
} as const;

const registry = <T extends Record<string, ActionFields>>(actions: T): T => actions;

/**
 * Every action that the log knows, with what its entries may carry. One that is not listed cannot be written, and neither
 * can a field that its action has not; so a reader of the log never meets a word that this page does not explain, and
 * nothing personal finds a place to slip in: details are counts, codes, ids, flags and moments.
 */
export const AUDIT_ACTIONS = registry({
  'record.create': { text: 'A record was created', ...CHANGED },
  'record.update': {
    text: 'A record was changed; the attributes name what',
    records: 'many',
    fields: ['attributes', 'sealed'],
    details: { tooLong: 'flag' },
  },
  'record.delete': {
    text: 'A record was deleted',
    records: 'many',
    details: { operation: 'code' },
  },
  'record.view': {
    text: 'Protected attributes were shown in clear in a list or form',
    records: 'many',
    fields: ['attributes', 'basis'],
  },
  'record.reveal': {
    text: 'Protected attributes were revealed for a purpose',
    records: 'many',
    fields: ['attributes', 'purpose', 'requestId', 'basis'],
    details: { entry: 'id' },
  },
  'duplicate.lookup': {
    text: 'It was asked whether a customer is on file already; refused: an entry of one that is',
    ...CHANGED,
    details: { found: 'count', near: 'count' },
  },
  'duplicate.distinct': {
    text: 'Somebody said of two files that are alike that they are not of one customer',
    records: 'many',
  },
  'merge.carry-out': {
    text: 'One file was made of two, by an approved request; the first one stays',
    records: 'many',
    fields: ['attributes', 'requestId'],
    details: { contacts: 'count', consents: 'count', attachments: 'count', grants: 'count' },
  },
  'duplicate.adopt': {
    text: 'Records of before became known by the keys of duplicates',
    details: { count: 'count' },
  },
  'verification.record': {
    text: 'Facts of a customer were verified, as the attributes name them; refused: an owner called back for the sample',
    records: 'one',
    fields: ATTRIBUTES,
    details: {
      method: 'code',
      confirmed: 'count',
      wrong: 'count',
      unreachable: 'count',
      sample: 'flag',
      reason: 'code',
    },
  },
  'verification.void': {
    text: 'Verified facts became others, and their verifications void',
    records: 'one',
    fields: ATTRIBUTES,
  },
  'verification.due': {
    text: 'Customers have come to wait for the verification of their facts',
    records: 'many',
    details: { count: 'count' },
  },
  'verification.sample': {
    text: 'Customers were drawn by lot to be called back',
    details: { period: 'code', count: 'count' },
  },
  'record.lookup': {
    text: 'Records were looked up by an exact value',
    records: 'many',
    fields: ATTRIBUTES,
    details: { transform: 'code', hits: 'count' },
  },
  'access.refused': {
    text: 'A reveal or look-up was refused',
    records: 'many',
    fields: ['attributes', 'purpose'],
  },
  'collection.late': {
    text: 'A customer was entered later after the first contact than the policy allows',
    records: 'many',
  },
  'collection.refused': {
    text: 'An entry was refused by the collection plan, consent or source',
    records: 'one',
    fields: ATTRIBUTES,
  },
  'filing.submit': { text: 'Customers were submitted for review and filing', records: 'many' },
  'filing.file': {
    text: 'A customer was reviewed and filed under a number',
    records: 'one',
    details: { reason: 'code' },
  },
  'filing.return': {
    text: 'A customer was reviewed and returned to whoever entered it',
    records: 'one',
    details: { reason: 'code' },
  },
  'plan.submit': {
    text: 'A collection plan was submitted for approval',
    fields: ['requestId', 'attributes'],
  },
  'plan.withdraw': { text: 'A collection plan was taken back', fields: REQUEST },
  'plan.activate': {
    text: 'A collection plan was approved and collects from now on',
    fields: REQUEST,
  },
  'plan.end': { text: 'A collection plan was closed, since its last day is over', fields: REQUEST },
  'assessment.approve': {
    text: 'An impact assessment was approved',
    fields: ['requestId', 'attributes'],
  },
  'notice.publish': {
    text: 'A version of a notice was published, and stays as it is from then on',
    records: 'one',
    details: { notice: 'code', version: 'code', hash: 'code', asksAgain: 'flag' },
  },
  'consent.give': { text: 'A consent was recorded', ...CONSENT },
  'consent.refuse': { text: 'It was recorded that somebody did not consent', ...CONSENT },
  'consent.withdraw': { text: 'A consent was withdrawn', ...CONSENT },
  'attachment.upload': {
    text: 'A file was taken in for a customer, or was refused',
    records: 'one',
    details: { attachment: 'id', kind: 'code', bytes: 'count', reason: 'code' },
  },
  'attachment.remove': {
    text: 'A file of a customer was removed with its key',
    records: 'one',
    details: { attachment: 'id', kind: 'code' },
  },
  'web-form.enter': {
    text: 'A visitor of a website entered as a customer through a form of the company',
    records: 'one',
    fields: ATTRIBUTES,
    details: { webForm: 'code', receipt: 'code' },
  },
  'import.upload': {
    text: 'A file of customers was uploaded, or refused',
    fields: ['requestId'],
    details: { import: 'code', format: 'code', bytes: 'count', reason: 'code' },
  },
  'import.map': { text: 'It was chosen what the columns of a file fill', ...IMPORT },
  'import.begin-check': { text: 'The dry run of an import was begun', ...IMPORT },
  'import.check': { text: 'The dry run of an import has ended', ...IMPORT_COUNTS },
  'import.start': { text: 'An import was started', ...IMPORT },
  'import.pause': { text: 'An import was paused', ...IMPORT },
  'import.resume': { text: 'An import was resumed', ...IMPORT },
  'import.cancel': { text: 'An import was cancelled', ...IMPORT_COUNTS },
  'import.finish': { text: 'An import has ended', ...IMPORT_COUNTS },
  'import.fail': {
    text: 'The file of an import could not be read to its end',
    fields: ['requestId'],
    details: { import: 'code', reason: 'code' },
  },
  'import.undo': { text: 'An import is being taken back', ...IMPORT },
  'import.undone': {
    text: 'An import was taken back',
    fields: ['requestId'],
    details: { import: 'code', removed: 'count', kept: 'count' },
  },
  'import.report': {
    text: 'The report of an import was downloaded',
    fields: ['requestId'],
    details: { import: 'code', phase: 'code' },
  },
  'import.destroy-file': { text: 'The file of an import was destroyed', ...IMPORT },
  'attachment.sweep': {
    text: 'Files that an interruption had left without an attachment were removed',
    details: { count: 'count' },
  },
  'request.draft': {
    text: 'A request was kept as a draft, which nobody decides',
    records: 'many',
    fields: ['attributes', 'purpose', 'requestId'],
    details: { kind: 'code', termDays: 'count' },
  },
  'request.submit': {
    text: 'A request was submitted',
    records: 'many',
    fields: ['attributes', 'purpose', 'requestId'],
    details: { kind: 'code', termDays: 'count' },
  },
  'request.withdraw': { text: 'A request was withdrawn by its requester', fields: REQUEST },
  'request.approve': {
    text: 'A step of a request was approved',
    fields: ['requestId', 'onBehalfOf'],
    details: STEP,
  },
  'request.reject': {
    text: 'A step of a request was rejected',
    fields: ['requestId', 'onBehalfOf'],
    details: STEP,
  },
  'request.return': {
    text: 'A request was sent back to its requester to be changed',
    fields: ['requestId', 'onBehalfOf'],
    details: STEP,
  },
  'request.amend': {
    text: 'A request was changed by its requester and is decided anew',
    records: 'many',
    fields: ['attributes', 'purpose', 'requestId'],
    details: { kind: 'code', termDays: 'count' },
  },
  'request.remind': {
    text: 'Those who may decide a step were reminded that it is due soon',
    fields: REQUEST,
    details: { ...STEP, count: 'count' },
  },
  'request.escalate': {
    text: 'A step that nobody decided in time was put before the next superiors too',
    fields: REQUEST,
    details: { ...STEP, added: 'count' },
  },
  'request.expire': {
    text: 'A request expired, because nobody decided it in time',
    fields: REQUEST,
    details: STEP,
  },
  'change.apply': {
    text: 'A controlled attribute was changed by an approved request',
    records: 'one',
    fields: ['attributes', 'requestId'],
  },
  'change.late': {
    text: 'A change of a controlled attribute was not decided in time',
    records: 'one',
    fields: ['attributes', 'requestId'],
  },
  'change.alert': {
    text: 'A controlled attribute was changed again within the days that the policy counts',
    records: 'one',
    fields: ['attributes', 'requestId'],
    details: { count: 'count', days: 'count' },
  },
  'use.note': {
    text: 'The requester noted what the records of an approved request were used for',
    fields: REQUEST,
    details: { note: 'id' },
  },
  'grant.create': {
    text: 'An approved request became a grant',
    records: 'many',
    fields: GRANT.fields,
    details: { termDays: 'count' },
  },
  'grant.revoke': { text: 'A grant was revoked', records: 'many', ...GRANT },
  'grant.suspend': {
    text: 'A grant was suspended',
    records: 'many',
    fields: GRANT.fields,
    details: { grant: 'id', reason: 'code' },
  },
  'grant.resume': { text: 'A suspended grant was resumed', records: 'many', ...GRANT },
  'grant.end': {
    text: 'A grant ended: by its term, by use, or because what it rested on is gone',
    records: 'many',
    fields: GRANT.fields,
    details: { grant: 'id', reason: 'code' },
  },
  'grant.narrow': {
    text: 'Records left a grant, because consent to their use was withdrawn',
    records: 'many',
    ...GRANT,
  },
  'hold.create': {
    text: 'A legal hold was issued',
    records: 'one',
    details: { hold: 'id', scope: 'code' },
  },
  'hold.extend': {
    text: 'Customers came under a legal hold, because its filter fits them',
    records: 'many',
    details: { hold: 'id', count: 'count' },
  },
  'hold.remind': {
    text: 'Somebody was told that the review date of a legal hold has come',
    details: { hold: 'id' },
  },
  'hold.release': {
    text: 'A legal hold was released',
    records: 'one',
    details: { hold: 'id', scope: 'code', reason: 'code' },
  },
  'retention.rule-propose': {
    text: 'A change of a retention rule was proposed, with how many due dates it would move',
    fields: REQUEST,
    details: { rule: 'code', operation: 'code', earlier: 'count', later: 'count' },
  },
  'retention.rule-apply': {
    text: 'A change of a retention rule was approved and is in force',
    fields: REQUEST,
    details: { rule: 'code' },
  },
  'retention.rule-withdraw': {
    text: 'A proposed change of a retention rule was withdrawn',
    fields: REQUEST,
    details: { rule: 'code' },
  },
  'retention.rule-sync': {
    text: "The policy's retention rules were written down as they are since this start",
    details: { added: 'count', changed: 'count', removed: 'count' },
  },
  'retention.dormancy': {
    text: 'Customers without contact for long left ordinary use',
    details: { dormant: 'count', invalid: 'count' },
  },
  'retention.sweep': {
    text: 'The due dates of all customers were reckoned anew, and some moved',
    details: { seen: 'count', changed: 'count', earlier: 'count', later: 'count' },
  },
  'retention.propose': {
    text: 'Customers, or attributes of theirs, were proposed for destruction',
    records: 'many',
    fields: ['attributes', 'requestId'],
    details: { order: 'code', count: 'count' },
  },
  'destruction.review': {
    text: 'Customers were added to a destruction order or taken out of it',
    records: 'many',
    fields: REQUEST,
    details: { order: 'code', kind: 'code', count: 'count' },
  },
  'destruction.task': {
    text: 'What people destroy by hand for an order was added, removed, given to another or confirmed',
    fields: REQUEST,
    details: { order: 'code', kind: 'code', task: 'id', medium: 'code', method: 'code' },
  },
  'destruction.submit': {
    text: 'A destruction order was put before leadership',
    fields: REQUEST,
    details: { order: 'code', count: 'count' },
  },
  'destruction.schedule': {
    text: 'A destruction order was scheduled',
    fields: REQUEST,
    details: { order: 'code', scheduledAt: 'moment' },
  },
  'destruction.confirm': {
    text: 'The executor or the supervisor confirmed that an order is to be carried out',
    fields: REQUEST,
    details: { order: 'code', kind: 'code', count: 'count', reason: 'code' },
  },
  'destruction.pause': {
    text: 'The execution of an order was paused',
    fields: REQUEST,
    details: { order: 'code' },
  },
  'destruction.resume': {
    text: 'The execution of an order was resumed',
    fields: REQUEST,
    details: { order: 'code' },
  },
  'destruction.remind': {
    text: 'People were reminded of what they have yet to destroy by hand',
    details: { count: 'count' },
  },
  'destruction.cancel': {
    text: 'A destruction order was cancelled',
    fields: REQUEST,
    details: { order: 'code', count: 'count' },
  },
  'destruction.execute': {
    text: 'A destruction order was executed',
    records: 'many',
    fields: ['attributes', 'requestId'],
    details: { order: 'code', count: 'count', reason: 'code' },
  },
  'destruction.certificate': {
    text: 'A destruction certificate was issued',
    fields: REQUEST,
    details: {
      order: 'code',
      certificate: 'code',
      digest: 'code',
      count: 'count',
      contacts: 'count',
      held: 'count',
    },
  },
  'destruction.proof-end': {
    text: 'Proofs of consents of destroyed customers ended, because their term was over',
    details: { count: 'count' },
  },
  'destruction.repeat': {
    text: 'What a restore had brought back was destroyed again',
    records: 'many',
    details: { count: 'count' },
  },
  'internal-audit.plan': {
    text: 'An internal audit was planned, or proposed by the job',
    ...INTERNAL_AUDIT,
  },
  'internal-audit.revise': {
    text: 'The plan or the team of an internal audit was changed',
    ...INTERNAL_AUDIT,
  },
  'internal-audit.start': { text: 'An internal audit began', ...INTERNAL_AUDIT },
  'internal-audit.report': {
    text: 'An internal audit was reported; it finds nothing more',
    ...INTERNAL_AUDIT,
  },
  'internal-audit.close': {
    text: 'An internal audit was closed: everything that it found is',
    ...INTERNAL_AUDIT,
  },
  'internal-audit.cancel': { text: 'An internal audit was cancelled', ...INTERNAL_AUDIT },
  'finding.open': {
    text: 'An internal audit found something and named who is responsible',
    ...FINDING,
  },
  'finding.assign': {
    text: 'A finding was given another person responsible or due date',
    ...FINDING,
  },
  'finding.remediate': { text: 'A finding was said to be remediated', ...FINDING },
  'finding.recheck': { text: 'A remediation was checked and found good', ...FINDING },
  'finding.reopen': { text: 'A remediation was checked and found wanting', ...FINDING },
  'finding.close': { text: 'A finding was closed', ...FINDING },
  'finding.remind': {
    text: 'People were told of findings that are due soon or overdue',
    records: 'many',
    details: { event: 'code', count: 'count' },
  },
  'anomaly.raise': {
    text: 'A rule of the policy found something in the log, and an alert was raised',
    details: {
      ...ALERT,
      observed: 'count',
      expected: 'count',
      entries: 'count',
      suspended: 'count',
    },
  },
  'anomaly.acknowledge': { text: 'Somebody took an alert up', details: ALERT },
  'anomaly.close': { text: 'An alert was closed with a reason', details: ALERT },
  'delete.refused': {
    text: 'A deletion was refused',
    records: 'many',
    details: { reason: 'code', hold: 'id' },
  },
  'account.sign-in': {
    text: 'Somebody signed in, or tried to',
    records: 'one',
    details: { method: 'code', attempts: 'count' },
  },
  'account.sign-out': { text: 'Somebody signed out', ...ACCOUNT },
  'account.register': { text: 'An account was registered by its owner', ...ACCOUNT },
  'account.password-forgotten': { text: 'A way to set a new password was asked for', ...ACCOUNT },
  'account.password-change': {
    text: 'A password was set anew by its owner',
    ...ACCOUNT,
  },
  'credential.refused': {
    text: 'A token that is not valid, or not any more, was refused',
    details: { route: 'code', method: 'code', status: 'count', attempts: 'count' },
  },
  'call.refused': {
    text: 'A call was refused, because its caller has no right to it',
    details: { route: 'code', method: 'code', status: 'count', attempts: 'count' },
  },
  'user.create': { text: 'An account was created', ...CHANGED },
  'user.update': { text: 'An account was changed', ...CHANGED },
  'user.delete': { text: 'An account was deleted', ...CHANGED },
  'role.create': { text: 'A role was created', ...CHANGED },
  'role.update': { text: 'A role was changed', ...CHANGED },
  'role.delete': { text: 'A role was deleted', ...CHANGED },
  'permission.grant': {
    text: 'A role or token was given permissions; the attributes name them',
    ...PERMITTED,
  },
  'permission.change': {
    text: 'Fields or conditions of permissions were changed; the attributes name the permissions',
    ...PERMITTED,
  },
  'permission.revoke': {
    text: 'Permissions were taken from a role or token; the attributes name them',
    ...PERMITTED,
  },
  'token.create': { text: 'A token was created', ...CHANGED },
  'token.update': { text: 'A token was changed', ...CHANGED },
  'token.delete': { text: 'A token was deleted', ...CHANGED },
  'webhook.create': { text: 'A webhook was created', ...CHANGED },
  'webhook.update': { text: 'A webhook was changed', ...CHANGED },
  'webhook.delete': { text: 'A webhook was deleted', ...CHANGED },
  'file.create': { text: 'A file or folder was added to the media library', ...CHANGED },
  'file.update': { text: 'A file or folder of the media library was changed', ...CHANGED },
  'file.delete': { text: 'A file or folder of the media library was deleted', ...CHANGED },
  'file.read': {
    text: 'A file was downloaded; it is named by the random end of its name',
    details: { file: 'id', attempts: 'count' },
  },
  'data.export': {
    text: 'Data left the application as a whole, by a command; or a transfer was refused',
    details: { command: 'code' },
  },
  'data.import': {
    text: 'Data was taken in as a whole, by a command; or a transfer was refused',
    details: { command: 'code' },
  },
  'configuration.change': {
    text: 'A setting of the application was changed',
    records: 'many',
    fields: ATTRIBUTES,
    details: { setting: 'code' },
  },
  'policy.load': {
    text: 'The application started with a policy that differs from the last one',
    details: { preset: 'code', digest: 'code', before: 'code' },
  },
  'schema.change': {
    text: 'The application started with governed types that differ from the last ones, which the attributes name',
    fields: ATTRIBUTES,
    details: { digest: 'code', before: 'code' },
  },
  'system.start': {
    text: 'The application started',
    details: { version: 'code', command: 'code', unclean: 'flag' },
  },
  'system.stop': { text: 'The application was stopped', details: { command: 'code' } },
  'vault.create': {
    text: 'A key store was made, with its first key-encryption key',
    details: { keyId: 'count' },
  },
  'vault.rotate': {
    text: 'Data keys were re-wrapped under a new key-encryption key',
    details: { keyId: 'count', rewrapped: 'count', retired: 'count' },
  },
  'destruction.recall': {
    text: 'The key store was older than the witnesses: what they know to be destroyed was taken from them, and its keys destroyed',
    details: { count: 'count' },
  },
  'vault.epoch-end': {
    text: 'A key epoch ended: all keys are under a new one, and the secrets of those before were destroyed',
    details: { epoch: 'count', keyId: 'count', rewrapped: 'count', destroyed: 'count' },
  },
  'vault.epoch-recover': {
    text: 'The epoch store had lost secrets, which were put back from its copy',
    details: { epoch: 'count', count: 'count' },
  },
  'vault.adopt': {
    text: 'Plaintext of a type that was just governed was sealed',
    records: 'many',
    details: { sealed: 'count', refused: 'count' },
  },
  'vault.sweep': { text: 'Orphaned data keys were removed', details: { removed: 'count' } },
  'backup.create': {
    text: 'A backup was made, or failed',
    records: 'one',
    details: { kind: 'code', digest: 'code', bytes: 'count', reason: 'code' },
  },
  'backup.drill': {
    text: 'A backup was restored beside the application and examined',
    records: 'one',
    details: { kind: 'code', opened: 'count', entries: 'count', reason: 'code' },
  },
  'log.key-change': {
    text: 'A new key signs the audit log from now on',
    details: { from: 'code', to: 'code' },
  },
  'ownership.change': {
    text: 'Customers got another owner, or none; the rule says why',
    records: 'many',
    fields: REQUEST,
    details: { rule: 'code', from: 'id', to: 'id' },
  },
  'visit.register': {
    text: 'A visit or call was written into the register; the record is the customer that it is linked to',
    records: 'one',
    details: { visit: 'id', kind: 'code', known: 'flag', proposed: 'code' },
  },
  'visit.update': {
    text: 'What came of a visit or call was noted',
    records: 'one',
    details: { visit: 'id' },
  },
  'visit.settle': {
    text: 'It was decided whose the customer of a visit or call is',
    records: 'one',
    details: { visit: 'id', decision: 'code' },
  },
  'visit.sweep': {
    text: 'Visits and calls of nobody on file were removed when their time was over',
    details: { removed: 'count' },
  },
  'lead.keep': {
    text: 'A lead was followed up, and stays with its owner',
    records: 'many',
  },
  'data-map.export': {
    text: 'The data map was exported to a file',
    details: { count: 'count' },
  },
  'log.export': {
    text: 'Entries of the audit log were exported to a file',
    records: 'one',
    details: { format: 'code', filters: 'code', count: 'count' },
  },
  'log.prune': {
    text: 'Old entries were removed from the audit log in whole tiles',
    details: { count: 'count', below: 'count' },
  },
  'log.resume': {
    text: 'The audit log goes on after a restore, shorter than it was signed',
    details: { from: 'code', to: 'code', below: 'count', lost: 'count' },
  },
});

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** Of an entry, what its action decides. */
export interface CheckedEntry {
  action: string;
  recordType?: string | null;
  recordIds?: readonly string[];
  attributes?: readonly string[];
  purpose?: string | null;
  requestId?: string | null;
  basis?: string | null;
  onBehalfOf?: string | null;
  sealed?: Readonly<Record<string, string>> | null;
  details?: Readonly<Record<string, unknown>> | null;
}

/**
 * Holds an entry against the registry. It stands in the way of every list that is read, so it walks a table and makes
 * nothing.
 * @throws RegistryBreach naming the action and the field; never quoting the value.
 */
export function assertEntry(entry: CheckedEntry): void {
  const { action } = entry;
  if (!Object.hasOwn(AUDIT_ACTIONS, action)) {
    throw new RegistryBreach(
      `"${action}" is not an action of the audit log; add it to audit/actions.ts.`
    );
  }
  const known: ActionFields = AUDIT_ACTIONS[action as AuditAction];
  assertRecords(entry, known);
  for (const name of FIELDS) {
    const value = entry[name];
    if (isNothing(value)) continue;
    if (!known.fields?.includes(name)) {
      throw new RegistryBreach(`An entry of ${action} has no ${name}.`);
    }
    assertField(action, name, value);
  }
  for (const name in entry.details) {
    const value = entry.details[name];
    if (value === undefined) continue;
    const sort = known.details && Object.hasOwn(known.details, name) && known.details[name];
    if (!sort) throw new RegistryBreach(`An entry of ${action} has no detail "${name}".`);
    if (!DETAIL_SORTS[sort](value)) {
      throw new RegistryBreach(`The detail ${name} of ${action} is no ${sort}.`);
    }
  }
}

function assertRecords({ action, recordType, recordIds = [] }: CheckedEntry, known: ActionFields) {
  const { records } = known;
  if (!records && (recordType || recordIds.length > 0)) {
    throw new RegistryBreach(`An entry of ${action} is about no records.`);
  }
  if (records === 'one' && recordIds.length > 1) {
    throw new RegistryBreach(`An entry of ${action} is about one record.`);
  }
  if (!recordType && recordIds.length > 0) {
    throw new RegistryBreach(`An entry of ${action} names records without their type.`);
  }
  assertIds(action, recordType, recordIds);
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);
