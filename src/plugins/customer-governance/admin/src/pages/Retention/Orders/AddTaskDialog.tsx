import * as React from 'react';

import type { DestructionOrderView } from '../../../api/types';
import { TASK_METHODS, type TaskMedium } from '../../../api/vocabulary';
import { FormDialog } from '../../../components/FormDialog';
import { useSubmission } from '../../../hooks/useSubmission';
import { useTerm, useTranslate } from '../../../hooks/useTranslate';
import { ChoiceField, DayField, LineField } from '../../../components/fields';
import { PersonField, type Choosable } from '../../../components/PeopleFields';
import { orderApi } from './paths';

interface AddTaskDialogProps {
  order: DestructionOrderView;
  onDone: () => void;
  onClose: () => void;
}

const MEDIA = Object.keys(TASK_METHODS) as TaskMedium[];

/** What else is to be destroyed, by whom and how. */
export const AddTaskDialog = ({ order, onDone, onClose }: AddTaskDialogProps) => {
  const t = useTranslate();
  const term = useTerm();
  const submission = useSubmission();
  const [medium, setMedium] = React.useState<TaskMedium>('paper');
  const [method, setMethod] = React.useState<string>(TASK_METHODS.paper[0]);
  const [place, setPlace] = React.useState('');
  const [responsible, setResponsible] = React.useState<Choosable | null>(null);
  const [dueOn, setDueOn] = React.useState('');
  const [sent, setSent] = React.useState(false);
  const missing = (there: boolean) => (sent && !there ? t('error.required') : undefined);

  const add = async (): Promise<void> => {
    setSent(true);
    if (place.trim() === '' || !responsible) return;
    const task = {
      medium,
      method,
      place: place.trim(),
      responsible: responsible.documentId,
      dueOn: dueOn === '' ? null : dueOn,
    };
    if (!(await submission.post(orderApi(order.documentId, 'tasks'), task))) return;
    onClose();
    onDone();
  };

  return (
    <FormDialog
      title={t('task.add')}
      confirmLabel={t('task.add')}
      submission={submission}
      onConfirm={add}
      onClose={onClose}
    >
      <ChoiceField
        name="medium"
        label={t('task.medium')}
        value={medium}
        choices={MEDIA.map((value) => ({ value, label: term('medium', value) }))}
        onChange={(value) => {
          const chosen = MEDIA.find((one) => one === value) ?? 'paper';
          setMedium(chosen);
          setMethod(TASK_METHODS[chosen][0]);
        }}
      />
      <ChoiceField
        name="method"
        label={t('task.method')}
        value={method}
        choices={TASK_METHODS[medium].map((value) => ({ value, label: term('method', value) }))}
        onChange={setMethod}
      />
      <LineField
        name="place"
        label={t('task.place')}
        hint={t('task.placeHint')}
        required
        maxLength={200}
        value={place}
        error={missing(place.trim() !== '')}
        onChange={setPlace}
      />
      <PersonField
        name="responsible"
        label={t('task.responsible')}
        required
        from="/retention/people"
        value={responsible}
        error={missing(responsible !== null)}
        onChange={setResponsible}
      />
      <DayField name="dueOn" label={t('task.dueOn')} value={dueOn} onChange={setDueOn} />
    </FormDialog>
  );
};
