import type { AnomalyRule } from '../policy';

/** What both handbooks look for in the log; the strict one with smaller figures. */
export const anomalyRules = (strict: boolean): readonly AnomalyRule[] => [
  {
    code: 'views',
    kind: 'views-above-median',
    factor: strict ? 3 : 5,
    minimumPerHour: strict ? 30 : 60,
    days: 30,
    severity: 'medium',
    suspendGrants: false,
  },
  {
    code: 'odd-hours',
    kind: 'odd-hours',
    minimum: strict ? 5 : 10,
    severity: 'medium',
    suspendGrants: false,
  },
  {
    code: 'missed-lookups',
    kind: 'missed-lookups',
    count: strict ? 10 : 20,
    minutes: 30,
    severity: 'medium',
    suspendGrants: false,
  },
  {
    code: 'bulk-reveal',
    kind: 'bulk-reveal',
    records: strict ? 30 : 50,
    minutes: 60,
    severity: 'high',
    suspendGrants: strict,
  },
  {
    code: 'repeated-changes',
    kind: 'repeated-changes',
    of: 'repeated',
    changes: strict ? 1 : 2,
    days: 30,
    severity: 'low',
    suspendGrants: false,
  },
  {
    code: 'leaver',
    kind: 'leaver',
    recordsPerDay: strict ? 10 : 20,
    days: strict ? 14 : 7,
    severity: 'high',
    suspendGrants: strict,
  },
];
