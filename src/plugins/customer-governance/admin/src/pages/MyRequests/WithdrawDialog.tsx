import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

interface WithdrawDialogProps {
  /** The path of the requests of its kind. */
  path: '/access-requests' | '/change-requests';
  documentId: string;
  /** What the request is about, in a few words. */
  subject: string;
  onWithdrawn: () => void;
  onClose: () => void;
}

/** Asks once more before an own request is taken back. */
export const WithdrawDialog = ({
  path,
  documentId,
  subject,
  onWithdrawn,
  onClose,
}: WithdrawDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();

  const withdraw = async (): Promise<void> => {
    if (!(await submission.post(`${path}/${encodeURIComponent(documentId)}/withdraw`))) return;
    notify('success', t('requests.withdrawn'));
    onClose();
    onWithdrawn();
  };

  return (
    <ConfirmDialog
      title={t('requests.withdrawTitle')}
      confirmLabel={t('common.withdraw')}
      submission={submission}
      onConfirm={withdraw}
      onClose={onClose}
    >
      {t('requests.withdrawText', { purpose: subject })}
    </ConfirmDialog>
  );
};
