import type { DueItem } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useTranslate } from '../../hooks/useTranslate';
import { usePropose } from './usePropose';

interface ProposeDialogProps {
  customers: DueItem[];
  onDone: () => void;
  onClose: () => void;
}

/** Proposes the destruction of the chosen customers, with the reason that the approvers will read. */
export const ProposeDialog = ({ customers, onDone, onClose }: ProposeDialogProps) => {
  const t = useTranslate();
  const { submission, propose } = usePropose(onDone);
  return (
    <ReasonDialog
      title={t('retention.propose')}
      intro={t('retention.proposeIntro', { count: customers.length })}
      label={t('order.reason')}
      required
      confirmLabel={t('retention.propose')}
      tone="danger"
      submission={submission}
      onConfirm={(reason) =>
        propose({ customers: customers.map(({ documentId }) => documentId), reason })
      }
      onClose={onClose}
    />
  );
};
