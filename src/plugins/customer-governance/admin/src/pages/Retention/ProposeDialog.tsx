import type { DestructionOrderView, DueItem } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

interface ProposeDialogProps {
  customers: DueItem[];
  onDone: () => void;
  onClose: () => void;
}

/** Proposes the destruction of the chosen customers, with the reason that the approvers will read. */
export const ProposeDialog = ({ customers, onDone, onClose }: ProposeDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();

  const propose = async (reason: string): Promise<void> => {
    const order = await submission.post<DestructionOrderView>('/destruction-orders', {
      customers: customers.map(({ documentId }) => documentId),
      reason,
    });
    if (!order) return;
    notify('success', t('retention.proposed', { number: order.number }));
    onDone();
  };

  return (
    <ReasonDialog
      title={t('retention.propose')}
      intro={t('retention.proposeIntro', { count: customers.length })}
      label={t('order.reason')}
      required
      confirmLabel={t('retention.propose')}
      tone="danger"
      submission={submission}
      onConfirm={propose}
      onClose={onClose}
    />
  );
};
