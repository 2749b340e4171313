import type { ApprovalItem, DecisionResult } from '../../api/types';

export type StepId = ApprovalItem['stepId'];

/** As many steps go to the server at a time, so that one sees how it goes on. */
const AT_A_TIME = 10;

/** Only what is open can be decided. */
export const isOpen = ({ decidedAt, decision }: ApprovalItem): boolean =>
  decidedAt === null && decision === null;

/** The next steps to send: those that have no result yet. */
export const nextOf = (
  items: readonly ApprovalItem[],
  results: readonly DecisionResult[]
): ApprovalItem[] => {
  const done = new Set(results.map(({ stepId }) => stepId));
  return items.filter(({ stepId }) => !done.has(stepId)).slice(0, AT_A_TIME);
};
