import * as React from 'react';

import { Field, TextInput } from '@strapi/design-system';

import type { DestructionOrderView } from '../../../api/types';
import { FormDialog } from '../../../components/FormDialog';
import { useNotify, useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { orderApi } from './paths';

interface ScheduleDialogProps {
  order: DestructionOrderView;
  onDone: () => void;
  onClose: () => void;
}

/** An instant as the field of the browser wants it: in local time, to the minute. */
const localOf = (instant: string | null): string => {
  if (instant === null) return '';
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** From when on an order may be carried out; an empty field lets it be at once. */
export const ScheduleDialog = ({ order, onDone, onClose }: ScheduleDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [at, setAt] = React.useState(localOf(order.scheduledAt));

  const schedule = async (): Promise<void> => {
    const body = { scheduledAt: at === '' ? null : new Date(at).toISOString() };
    if (!(await submission.post(orderApi(order.documentId, 'schedule'), body))) return;
    notify('success', t('order.scheduleDone', { number: order.number }));
    onClose();
    onDone();
  };

  return (
    <FormDialog
      title={t('order.scheduleOf', { number: order.number })}
      confirmLabel={t('order.schedule')}
      submission={submission}
      onConfirm={schedule}
      onClose={onClose}
    >
      <Field.Root name="scheduledAt" hint={t('order.scheduleHint')}>
        <Field.Label>{t('order.scheduleLabel')}</Field.Label>
        <TextInput
          type="datetime-local"
          value={at}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => setAt(event.target.value)}
        />
        <Field.Hint />
      </Field.Root>
    </FormDialog>
  );
};
