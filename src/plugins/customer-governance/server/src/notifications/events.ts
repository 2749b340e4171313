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

const PREFIX = 'governance.request.';

/** The name of the event on Strapi's event hub, and so in a webhook: `governance.request.submitted`. */
export const eventName = (event: RequestEvent): string => `${PREFIX}${event}`;

/** The events that ask somebody for a decision, and so mean nothing any more once it was made. */
export const CALLS_FOR_DECISION: readonly RequestEvent[] = [
  'step-pending',
  'reminder',
  'escalated',
];

/** Every event by the key under which Strapi's webhooks list it: `GOVERNANCE_REQUEST_SUBMITTED`. */
export const webhookEvents = (): Array<[key: string, name: string]> =>
  (Object.keys(REQUEST_EVENTS) as RequestEvent[]).map((event) => [
    eventName(event).replace(/[.-]/g, '_').toUpperCase(),
    eventName(event),
  ]);
