import type { Instant } from '../api/types';
import type { GrantState } from '../api/vocabulary';

interface Grant {
  state: GrantState;
  endsAt: Instant;
}

/** A grant's state now: its term ends by itself, whether or not the server has swept it yet. */
export const grantState = (grant: Grant, now: number = Date.now()): GrantState =>
  (grant.state === 'active' || grant.state === 'suspended') && Date.parse(grant.endsAt) <= now
    ? 'ended'
    : grant.state;
