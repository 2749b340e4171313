import * as React from 'react';

import { Typography } from '@strapi/design-system';

import type { DestructionTaskView } from '../../../api/types';
import { DayField } from '../../../components/fields';
import { FormDialog } from '../../../components/FormDialog';
import { PersonField, type Choosable } from '../../../components/PeopleFields';
import { useNotify, useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { taskApi } from './paths';

interface ReassignTaskDialogProps {
  task: DestructionTaskView;
  onDone: () => void;
  onClose: () => void;
}

/** Says anew who sees to a task, and until when. */
export const ReassignTaskDialog = ({ task, onDone, onClose }: ReassignTaskDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [responsible, setResponsible] = React.useState<Choosable | null>(
    task.responsible && { ...task.responsible, department: task.responsible.department ?? null }
  );
  const [dueOn, setDueOn] = React.useState(task.dueOn ?? '');
  const [sent, setSent] = React.useState(false);

  const confirm = async (): Promise<void> => {
    setSent(true);
    if (!responsible) return;
    const change = {
      responsible: responsible.documentId,
      dueOn: dueOn === '' ? null : dueOn,
    };
    if (!(await submission.post(taskApi(task.documentId, 'reassign'), change))) return;
    notify('success', t('task.reassigned', { name: responsible.name }));
    onClose();
    onDone();
  };

  return (
    <FormDialog
      title={t('task.reassignTitle')}
      confirmLabel={t('task.reassign')}
      submission={submission}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography tag="div">{task.place}</Typography>
      <PersonField
        name="responsible"
        label={t('task.responsible')}
        required
        from="/retention/people"
        value={responsible}
        error={sent && !responsible ? t('error.required') : undefined}
        onChange={setResponsible}
      />
      <DayField
        name="dueOn"
        label={t('task.dueOn')}
        hint={t('task.dueOnHint')}
        value={dueOn}
        onChange={setDueOn}
      />
    </FormDialog>
  );
};
