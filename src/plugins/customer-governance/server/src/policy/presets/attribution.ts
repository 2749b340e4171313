import type { AttributionPolicy } from '../policy';

/** A customer stays with whoever has it; else the first registration counts, then the region, then whoever took the call [COL-11]. */
export const attribution: Omit<
  AttributionPolicy,
  'validDays' | 'leadReturnsAfterDays' | 'keepMonths'
> = {
  rules: ['existing-relation', 'first-registration', 'region', 'registrar'],
  regions: {},
  handOut: 'round-robin',
  leavers: 'superior',
};
