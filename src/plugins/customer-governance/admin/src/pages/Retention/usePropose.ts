import type { DestructionOrderView } from '../../api/types';
import { useNotify, useSubmission, type Submission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

interface Proposal {
  /** Chosen ones, or all who were due by a day. */
  customers?: string[];
  dueUntil?: string;
  /** For the approvers. */
  reason: string;
}

/** Proposes a destruction order; where it came about, says so and calls `onDone`. */
export const usePropose = (
  onDone: () => void
): { submission: Submission; propose: (proposal: Proposal) => Promise<void> } => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const propose = async (proposal: Proposal): Promise<void> => {
    const order = await submission.post<DestructionOrderView>('/destruction-orders', proposal);
    if (!order) return;
    notify('success', t('retention.proposed', { number: order.number }));
    onDone();
  };
  return { submission, propose };
};
