import type { VerificationReport } from '../destruction/verification';

/**
 * `in-review`: the information department takes customers out and adds some, and says what is to be destroyed by hand.
 * `proposed`: before leadership. `approved`: waits for its time and for two people. `executing`, `paused`: under way.
 * `confirming`: all that the application can destroy is gone and was looked for in vain; people have yet to confirm theirs.
 */
export const ORDER_STATES = [
  'in-review',
  'proposed',
  'approved',
  'rejected',
  'executing',
  'paused',
  'confirming',
  'executed',
  'cancelled',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Orders that nobody has begun to carry out; they can be cancelled. */
export const CANCELLABLE: readonly OrderState[] = ['in-review', 'proposed', 'approved'];

export interface Named {
  id: number;
  displayName: string;
}

export interface OrderRow {
  id: number;
  documentId: string;
  number: string;
  reason: string;
  method: string;
  state: OrderState;
  /** Paths of the attributes that go; `null`: the whole customers. */
  attributes: string[] | null;
  count: number;
  /** `null` where the nightly job proposed. */
  proposer?: Named | null;
  /** Who put it before leadership. */
  submitter?: Named | null;
  executor?: Named | null;
  /** The second person, under whose eye it is carried out. */
  supervisor?: Named | null;
  proposedAt: string | null;
  submittedAt: string | null;
  approvedAt: string | null;
  /** Not before this moment. */
  scheduledAt: string | null;
  executorConfirmedAt: string | null;
  supervisorConfirmedAt: string | null;
  pausedAt: string | null;
  /** When the last attempt to carry it out failed. */
  stalledAt: string | null;
  executedAt: string | null;
  verification: VerificationReport | null;
  leaseUntil: string | null;
  leaseBy: string | null;
  /** Since when it is being carried out without a break, and how many customers were gone by then. */
  runSince: string | null;
  runFrom: number | null;
}

const NAMED = { select: ['id', 'displayName'] };
export const POPULATE = {
  proposer: NAMED,
  submitter: NAMED,
  executor: NAMED,
  supervisor: NAMED,
};
