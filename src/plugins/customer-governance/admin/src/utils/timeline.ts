import type { AccessRequestView, Instant, StepView } from '../api/types';
import { grantState } from './grants';

/** Something that happened to a request, is happening or will. */
export type TimelineEvent =
  | { kind: 'step'; at: Instant | null; ahead: boolean; step: StepView }
  | {
      kind: 'submitted' | 'withdrawn' | 'granted' | 'ends' | 'ended' | 'revoked';
      at: Instant | null;
      /** Still to come. */
      ahead: boolean;
      /** What was said with it. */
      note?: string | null;
    };

const byPosition = (steps: StepView[]): StepView[] =>
  [...steps].sort((a, b) => a.position - b.position);

/**
 * The life of a request in order: submitted, each step, the beginning and end of what was granted. Steps that were
 * never reached because the request had ended before are left out.
 */
export const timelineOf = (
  request: AccessRequestView,
  now: number = Date.now()
): TimelineEvent[] => {
  const { grant, state, submittedAt, decidedAt = null } = request;
  const events: TimelineEvent[] = [{ kind: 'submitted', at: submittedAt, ahead: false }];
  for (const step of byPosition(request.steps)) {
    if (step.state === 'cancelled') continue;
    const ahead = step.state === 'waiting' || step.state === 'pending';
    events.push({ kind: 'step', at: step.decidedAt, ahead, step });
  }
  if (state === 'withdrawn') events.push({ kind: 'withdrawn', at: decidedAt, ahead: false });
  if (!grant) return events;

  events.push({ kind: 'granted', at: grant.startsAt ?? decidedAt, ahead: false });
  const standing = grantState(grant, now);
  if (standing === 'revoked') {
    events.push({
      kind: 'revoked',
      at: grant.revokedAt ?? null,
      ahead: false,
      note: grant.revokeReason,
    });
  } else {
    const ahead = standing === 'active';
    events.push({ kind: ahead ? 'ends' : 'ended', at: grant.endsAt, ahead });
  }
  return events;
};
