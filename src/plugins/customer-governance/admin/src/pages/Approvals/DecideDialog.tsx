import type { ApprovalItem } from '../../api/types';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';

export type Decision = 'approve' | 'reject' | 'return';

const TONES = { approve: 'success', reject: 'danger', return: 'default' } as const;

interface DecideDialogProps {
  item: ApprovalItem;
  decision: Decision;
  onDone: () => void;
  onClose: () => void;
}

/** Confirms a decision with a comment; whoever does not get what they asked for is told why. */
export const DecideDialog = ({ item, decision, onDone, onClose }: DecideDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();

  const decide = async (comment: string): Promise<void> => {
    const path = `/approvals/${encodeURIComponent(item.stepId)}/decide`;
    if (!(await submission.post(path, { decision, comment }))) return;
    notify('success', t(`approvals.${decision}Done`));
    onClose();
    onDone();
  };

  return (
    <ReasonDialog
      title={t(`approvals.${decision}Title`)}
      intro={t(`approvals.from.${item.kind}`, { name: personLine(item.requester) })}
      label={t('approvals.comment')}
      required={decision !== 'approve'}
      confirmLabel={t(`approvals.${decision}`)}
      tone={TONES[decision]}
      submission={submission}
      onConfirm={decide}
      onClose={onClose}
    />
  );
};
