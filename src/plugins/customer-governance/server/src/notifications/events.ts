/**
 * What happens to a request that others are told of: by a notification in the panel, by mail, and by a Strapi event that a
 * webhook may be set on.
 */
export const REQUEST_EVENTS = {
  submitted: 'A request was submitted',
  'step-pending': 'A step of a request waits for those who may decide it',
  reminder: 'A step is due soon and still waits',
  escalated: 'A step was put before the next superiors too, because nobody decided it in time',
  approved: 'The last step of a request was approved',
  rejected: 'A step of a request was rejected, which ends the request',
  returned: 'A request was sent back to be changed',
  withdrawn: 'A request was taken back',
  expired: 'A request ended because nobody decided it in time',
  'grant-revoked': 'The grant that came of a request was revoked',
  'grant-suspended': 'It was suspended',
  'grant-resumed': 'It was resumed',
  'grant-ended': 'It ended: by its term, by use, or because what it rested on is gone',
} as const;

export type RequestEvent = keyof typeof REQUEST_EVENTS;

/** The same of internal audits and of what they find. */
export const INTERNAL_AUDIT_EVENTS = {
  'audit-proposed': 'The next scheduled audit was proposed, because the last is long ago',
  'finding-opened': 'A finding was put before the person responsible',
  'finding-due': 'A finding is due soon',
  'finding-overdue': 'A finding was not remediated by its due date',
  'finding-remediated': 'A finding was remediated and waits for its re-check',
  'finding-reopened': 'The re-check of a finding failed',
} as const;

/** The same of what people do with customer information, as the log has it. */
export const ANOMALY_EVENTS = {
  'anomaly-raised': 'An alert was raised: somebody does what the policy sees an anomaly in',
  'anomaly-report': 'The report of the alerts of last week is there',
} as const;

/** The same of how long customers are kept. */
export const RETENTION_EVENTS = {
  'hold-review': 'The review date of a legal hold has come',
} as const;

/** The same of what is collected. */
export const COLLECTION_EVENTS = {
  'plan-ended': 'A collection plan was closed, since its last day is over',
  'notice-changed':
    'A notice says something else from now on, and customers have to be asked again',
} as const;

/** The same of customers on their way into the files. */
export const FILING_EVENTS = {
  'filing-returned':
    'The reviewer returned a customer, which is to be corrected and submitted again',
} as const;

/** The same of whether what is on file is so. */
export const VERIFICATION_EVENTS = {
  'verification-due': 'Facts of customers wait for their verification; told to each owner once',
} as const;

/** The same of destruction orders and of what is destroyed by hand. */
export const DESTRUCTION_EVENTS = {
  'destruction-overdue':
    'Something is due for longer than the policy allows and not destroyed; told once a day',
  'order-review': 'The nightly job made a destruction order, which waits for its review',
  'order-supervision': 'An order was confirmed by its executor, and waits for the second person',
  'task-assigned': 'Something is to be destroyed by hand, by the person responsible',
  'task-reminder': 'It is not yet confirmed',
} as const;

/** The same of the keys. */
export const KEY_EVENTS = {
  'key-epoch-overdue': 'A key epoch should have ended and could not be ended',
} as const;

/** The same of backups. */
export const BACKUP_EVENTS = {
  'backup-failed': 'A backup or a drill of a restore failed',
  'backup-overdue': 'No backup has succeeded for longer than the policy allows',
  'drill-overdue': 'No restore has been tried out for longer than the policy allows',
} as const;

export const EVENTS = {
  ...REQUEST_EVENTS,
  ...INTERNAL_AUDIT_EVENTS,
  ...ANOMALY_EVENTS,
  ...RETENTION_EVENTS,
  ...COLLECTION_EVENTS,
  ...FILING_EVENTS,
  ...VERIFICATION_EVENTS,
  ...DESTRUCTION_EVENTS,
  ...KEY_EVENTS,
  ...BACKUP_EVENTS,
};

export type GovernanceEvent = keyof typeof EVENTS;

/** The name of the event on Strapi's event hub, and so in a webhook: `governance.request.submitted`. */
export const eventName = (event: GovernanceEvent): string => {
  if (event in REQUEST_EVENTS) return `governance.request.${event}`;
  if (event in INTERNAL_AUDIT_EVENTS) return `governance.internal-audit.${event}`;
  return `governance.${event.replace('-', '.')}`;
};

/** The events that ask somebody for a decision, and so mean nothing any more once it was made. */
export const CALLS_FOR_DECISION: readonly GovernanceEvent[] = [
  'step-pending',
  'reminder',
  'escalated',
];

/** Every event by the key under which Strapi's webhooks list it: `GOVERNANCE_REQUEST_SUBMITTED`. */
export const webhookEvents = (): Array<[key: string, name: string]> =>
  (Object.keys(EVENTS) as GovernanceEvent[]).map((event) => [
    eventName(event).replace(/[.-]/g, '_').toUpperCase(),
    eventName(event),
  ]);
