import {
  APPROVER_ROLES,
  type ApprovalCondition,
  type ApprovalRule,
  type ApproverRole,
  type Level,
} from './policy';
import { PolicyError } from './policy-error';

/** What is true of a request, as far as the policy's rules ask. */
export interface ApprovalFacts {
  kind: string;
  /** The highest level among the attributes asked for. */
  sensitivity: Level;
  keyCustomer: boolean;
  ownership: 'own' | 'other';
  records: number;
}

/**
 * Who must approve: the steps of every matching rule together, each role once, in the order of `APPROVER_ROLES`.
 * Throws when no rule matches, since an empty chain would be an approval by nobody.
 */
export function chainFor(rules: readonly ApprovalRule[], facts: ApprovalFacts): ApproverRole[] {
  const matching = rules.filter((rule) => matches(rule.when, facts));
  if (matching.length === 0) {
    throw new PolicyError([
      `approvals.rules: none covers this request of the kind ${facts.kind}; add a rule with only that kind in its condition`,
    ]);
  }
  const steps = new Set(matching.flatMap((rule) => rule.steps));
  return APPROVER_ROLES.filter((role) => steps.has(role));
}

/** Whether a request is what the condition asks for. */
export function matches(when: ApprovalCondition, facts: ApprovalFacts): boolean {
  return (
    when.kind === facts.kind &&
    (when.sensitivity === undefined || levelsOf(when).includes(facts.sensitivity)) &&
    (when.keyCustomer === undefined || when.keyCustomer === facts.keyCustomer) &&
    (when.ownership === undefined || when.ownership === facts.ownership) &&
    facts.records >= (when.records?.min ?? 0) &&
    facts.records <= (when.records?.max ?? Infinity)
  );
}

/** The levels that a condition names, in whichever of its two forms. */
export function levelsOf({ sensitivity }: ApprovalCondition): readonly Level[] {
  return sensitivity === undefined ? [] : ([sensitivity].flat() as Level[]);
}

/** Whether the condition asks for nothing but the kind, so that every request of the kind matches. */
export function isUnconditional(when: ApprovalCondition): boolean {
  return Object.entries(when).every(([key, value]) => key === 'kind' || value === undefined);
}
