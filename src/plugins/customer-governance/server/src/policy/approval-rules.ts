import {
  APPROVER_ROLES,
  type ApprovalCondition,
  type ApprovalRule,
  type Approver,
  type ApproverRole,
  type Level,
  type Recipient,
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
  recipient: Recipient;
  /** Codes of the requester's department and of those above it. */
  departments: readonly string[];
}

/** Approvers who are asked at the same time. */
export type Stage = readonly Approver[];

/**
 * Who must approve: the steps of every matching rule together, each approver once, in stages that follow each other.
 * Throws when no rule matches, since an empty chain would be an approval by nobody.
 */
export function chainFor(rules: readonly ApprovalRule[], facts: ApprovalFacts): Stage[] {
  const matching = rules.filter((rule) => matches(rule.when, facts));
  if (matching.length === 0) {
    throw new PolicyError([
      `approvals.rules: none covers this request of the kind ${facts.kind}; add a rule with only that kind in its condition`,
    ]);
  }
  return stagesOf(matching).stages;
}

/**
 * The stages of several rules together. Whom one rule asks at the same time shares a stage; what a rule puts in order stays
 * in that order; between approvers of different rules the order of `APPROVER_ROLES` decides, in which those named by role or
 * person stand before the information department.
 * @returns `contradictory` when one rule asks for two approvers in one order and another rule in the other.
 */
export function stagesOf(rules: readonly Pick<ApprovalRule, 'steps'>[]): {
  stages: Stage[];
  contradictory: boolean;
} {
  const groups = mergedGroups(rules);
  const groupOf = (approver: Approver) => groups.find((group) => group.includes(approver));
  const before = rules.flatMap(({ steps }) =>
    steps.flatMap((step, index) => {
      const next = steps[index + 1];
      return next === undefined ? [] : [[groupOf(first(step)), groupOf(first(next))] as const];
    })
  );
  const stages: Stage[] = [];
  let contradictory = before.some(([earlier, later]) => earlier === later);
  while (stages.length < groups.length) {
    const left = groups.filter((group) => !stages.includes(group));
    const ready = left.filter(
      (group) =>
        !before.some(
          ([earlier, later]) =>
            later === group && earlier !== group && !stages.includes(earlier ?? [])
        )
    );
    contradictory ||= ready.length === 0;
    const [next] = (ready.length > 0 ? ready : left).sort(byRank);
    if (next) stages.push(next);
  }
  return { stages, contradictory };
}

const first = (step: ApprovalRule['steps'][number]): Approver => [step].flat()[0] as Approver;

/** The approvers of all rules; those who are asked at the same time by one rule are one group, also across rules. */
function mergedGroups(rules: readonly Pick<ApprovalRule, 'steps'>[]): Stage[] {
  let groups: Stage[] = [];
  for (const step of rules.flatMap(({ steps }) => steps)) {
    const asked = [step].flat() as Approver[];
    const shared = groups.filter((group) => group.some((approver) => asked.includes(approver)));
    groups = groups.filter((group) => !shared.includes(group));
    groups.push(
      [...new Set([...shared.flat(), ...asked])].sort(
        (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)
      )
    );
  }
  return groups;
}

function rank(approver: Approver): number {
  const place = APPROVER_ROLES.indexOf(approver as ApproverRole);
  return place === -1 ? APPROVER_ROLES.indexOf('information-department') - 0.5 : place;
}

function byRank([a = 'superior']: Stage, [b = 'superior']: Stage): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** Whether a request is what the condition asks for. */
export function matches(when: ApprovalCondition, facts: ApprovalFacts): boolean {
  const oneOf = <T>(named: T | readonly T[] | undefined, ...found: T[]): boolean =>
    named === undefined || found.some((value) => ([named].flat() as T[]).includes(value));
  return (
    when.kind === facts.kind &&
    oneOf<Level>(when.sensitivity, facts.sensitivity) &&
    oneOf<boolean>(when.keyCustomer, facts.keyCustomer) &&
    oneOf<string>(when.ownership, facts.ownership) &&
    facts.records >= (when.records?.min ?? 0) &&
    facts.records <= (when.records?.max ?? Infinity) &&
    oneOf<Recipient>(when.recipient, facts.recipient) &&
    oneOf<string>(when.department, ...facts.departments)
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
