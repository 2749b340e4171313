import type { DestructionTaskView } from '../../../api/types';
import { ReasonDialog } from '../../../components/ReasonDialog';
import { useNotify, useSubmission } from '../../../hooks/useSubmission';
import { useTerm, useTranslate } from '../../../hooks/useTranslate';
import { taskApi } from './paths';

interface ConfirmTaskDialogProps {
  task: DestructionTaskView;
  onDone: () => void;
  onClose: () => void;
}

/** Says, as the person responsible, that something is destroyed, and how that can be seen. */
export const ConfirmTaskDialog = ({ task, onDone, onClose }: ConfirmTaskDialogProps) => {
  const t = useTranslate();
  const term = useTerm();
  const notify = useNotify();
  const submission = useSubmission();

  const confirm = async (note: string): Promise<void> => {
    if (!(await submission.post(taskApi(task.documentId, 'confirm'), { note }))) return;
    notify('success', t('task.confirmed'));
    onClose();
    onDone();
  };

  return (
    <ReasonDialog
      title={t('task.confirmTitle')}
      intro={t('task.confirmIntro', {
        medium: term('medium', task.medium),
        method: term('method', task.method),
        place: task.place,
      })}
      label={t('task.note')}
      required
      confirmLabel={t('task.confirm')}
      tone="danger"
      submission={submission}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
};
