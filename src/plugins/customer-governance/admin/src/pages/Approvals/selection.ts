import type { ApprovalItem, DecisionResult } from '../../api/types';

export type StepId = ApprovalItem['stepId'];

/** As many steps go to the server at a time, so that one sees how it goes on. */
const AT_A_TIME = 10;

/** Only what is open can be decided. */
export const isOpen = ({ decidedAt, decision }: ApprovalItem): boolean =>
  decidedAt === null && decision === null;

/** The selection with one step added or removed. */
export const toggled = (chosen: ReadonlySet<StepId>, stepId: StepId): Set<StepId> => {
  const next = new Set(chosen);
  if (!next.delete(stepId)) next.add(stepId);
  return next;
};

/** Ticked, not ticked, or partly so: the state of the box that stands for all. */
export const allChosen = (
  items: readonly ApprovalItem[],
  chosen: ReadonlySet<StepId>
): boolean | 'indeterminate' => {
  const count = items.filter(({ stepId }) => chosen.has(stepId)).length;
  if (count === 0) return false;
  return count === items.length ? true : 'indeterminate';
};

/** The next steps to send: those that have no result yet. */
export const nextOf = (
  items: readonly ApprovalItem[],
  results: readonly DecisionResult[]
): ApprovalItem[] => {
  const done = new Set(results.map(({ stepId }) => stepId));
  return items.filter(({ stepId }) => !done.has(stepId)).slice(0, AT_A_TIME);
};
