import type { AccessRequestView, Instant, RequestGrant, StepView } from '../api/types';
import { grantState } from './grants';

/** Something that happened to a request, is happening or will. */
export type TimelineEvent =
  | { kind: 'step'; at: Instant | null; ahead: boolean; step: StepView }
  | {
      kind:
        | 'draft'
        | 'submitted'
        | 'resubmitted'
        | 'withdrawn'
        | 'granted'
        | 'suspended'
        | 'ends'
        | 'ended'
        | 'revoked';
      at: Instant | null;
      /** Still to come. */
      ahead: boolean;
      /** What was said with it. */
      note?: string | null;
      /** Why it ended, as a code. */
      reason?: string | null;
    };

const inOrder = (steps: StepView[]): StepView[] =>
  [...steps].sort((a, b) => a.round - b.round || a.position - b.position);

const endOf = (grant: RequestGrant, now: number): TimelineEvent => {
  const state = grantState(grant, now);
  if (state === 'revoked') {
    const { revokedAt = null, revokeReason } = grant;
    return { kind: 'revoked', at: revokedAt, ahead: false, note: revokeReason };
  }
  const { endsAt, endReason } = grant;
  if (state === 'active' || state === 'suspended') return { kind: 'ends', at: endsAt, ahead: true };
  // What ended before its term has no day here.
  const early = endReason && endReason !== 'term';
  return {
    kind: 'ended',
    at: early ? null : endsAt,
    ahead: false,
    reason: early ? endReason : null,
  };
};

/**
 * The life of a request in order: submitted, each step, submitted anew and its steps, the beginning and end of what was
 * granted. Steps that were never reached because the request had ended or was changed before are left out.
 */
export const timelineOf = (
  request: AccessRequestView,
  now: number = Date.now()
): TimelineEvent[] => {
  const { grant, state, submittedAt, decidedAt = null } = request;
  if (!submittedAt) return [{ kind: 'draft', at: null, ahead: true }];
  const steps = inOrder(request.steps);
  const last = steps.at(-1)?.round ?? 1;
  // The day that the request tells is that of its last submission.
  const submitted = (round: number): TimelineEvent => ({
    kind: round === 1 ? 'submitted' : 'resubmitted',
    at: round === last ? submittedAt : null,
    ahead: false,
  });
  const events: TimelineEvent[] = [submitted(1)];
  let round = 1;
  for (const step of steps) {
    if (step.round > round) events.push(submitted((round = step.round)));
    if (step.state === 'cancelled') continue;
    const ahead = step.state === 'waiting' || step.state === 'pending';
    events.push({ kind: 'step', at: step.decidedAt, ahead, step });
  }
  if (state === 'withdrawn') events.push({ kind: 'withdrawn', at: decidedAt, ahead: false });
  if (!grant) return events;

  events.push({ kind: 'granted', at: grant.startsAt ?? decidedAt, ahead: false });
  if (grantState(grant, now) === 'suspended') {
    events.push({ kind: 'suspended', at: null, ahead: true });
  }
  events.push(endOf(grant, now));
  return events;
};
