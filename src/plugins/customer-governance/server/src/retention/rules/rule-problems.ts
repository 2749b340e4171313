import type { RetentionRule } from '../../policy';
import { attributeName, isCustomerPath } from '../../policy';
import type { Subject } from '../destruction/attribute-subjects';

export interface Problem {
  attribute: string;
  reason: string;
}

/** What is wrong with a rule that somebody proposes; empty when nothing is. Its form is checked before. */
export function ruleProblems(
  { category, attributes, atMostMonths, atLeastMonths }: RetentionRule,
  subjects: readonly Subject[]
): Problem[] {
  const problems: Problem[] = [];
  const add = (attribute: string, reason: string) => problems.push({ attribute, reason });
  if (atMostMonths === undefined && atLeastMonths === undefined) {
    add('atMostMonths', 'give the longest time, the shortest (atLeastMonths), or both');
  }
  if ((atLeastMonths ?? 0) > (atMostMonths ?? Infinity)) {
    add('atLeastMonths', 'must not be more than atMostMonths');
  }
  for (const path of attributes ?? []) {
    const found = isCustomerPath(path)
      ? subjects.find(({ attribute }) => attribute === attributeName(path))
      : undefined;
    if (!found) add('attributes', 'must be protected attributes of the customer');
    else if (category !== 'all' && found.category !== category)
      add('attributes', 'must be of the category of the rule');
  }
  const speaksOfNothing =
    !attributes && category !== 'all' && !subjects.some((subject) => subject.category === category);
  if (atMostMonths !== undefined && speaksOfNothing) {
    add('category', 'no protected attribute of the customer is of this category');
  }
  return problems;
}

/** A maximum that never counts, because a minimum from the same event keeps the same customers longer. */
export interface RuleConflict {
  maximum: string;
  minimum: string;
}

/** Pairs of rules of which the minimum leaves the maximum without effect. It may be meant so; it is to be known. */
export function ruleConflicts(rules: readonly RetentionRule[]): RuleConflict[] {
  return rules.flatMap((maximum) =>
    rules
      .filter((minimum) => minimum.code !== maximum.code && outlasts(minimum, maximum))
      .map((minimum) => ({ maximum: maximum.code, minimum: minimum.code }))
  );
}

function outlasts(minimum: RetentionRule, maximum: RetentionRule): boolean {
  if (maximum.atMostMonths === undefined || minimum.atLeastMonths === undefined) return false;
  const everyone = minimum.customerClass === 'all';
  const wholeRecord = minimum.category === 'all' && !minimum.attributes;
  const ofRecord = maximum.category === 'all' && !maximum.attributes;
  return (
    minimum.event === maximum.event &&
    minimum.atLeastMonths > maximum.atMostMonths &&
    (everyone || minimum.customerClass === maximum.customerClass) &&
    (minimum.purpose === undefined || minimum.purpose === maximum.purpose) &&
    (wholeRecord || ofRecord || sameScope(minimum, maximum))
  );
}

const sameScope = (a: RetentionRule, b: RetentionRule): boolean =>
  a.category === b.category && JSON.stringify(a.attributes) === JSON.stringify(b.attributes);
