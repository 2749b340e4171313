import * as React from 'react';

import { Field, TextInput } from '@strapi/design-system';

import type { DestructionOrderView } from '../../../api/types';
import { FormDialog } from '../../../components/FormDialog';
import { Notice } from '../../../components/Notice';
import { useFormat } from '../../../hooks/useFormat';
import { useNotify, useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { orderApi } from './paths';

interface ConfirmOrderDialogProps {
  order: DestructionOrderView;
  /** Whose confirmation it is: of who carries the order out, or of who watches over it. */
  part: 'confirm' | 'supervise';
  onDone: () => void;
  onClose: () => void;
}

/**
 * One of the two confirmations before nothing is left: the order's number has to be typed, so that no click does it by
 * accident.
 */
export const ConfirmOrderDialog = ({ order, part, onDone, onClose }: ConfirmOrderDialogProps) => {
  const t = useTranslate();
  const { number } = useFormat();
  const notify = useNotify();
  const submission = useSubmission();
  const [typed, setTyped] = React.useState('');
  const [wrong, setWrong] = React.useState(false);
  const matches = typed.trim() === order.number;

  const confirm = async (): Promise<void> => {
    if (!matches) {
      setWrong(true);
      return;
    }
    if (!(await submission.post(orderApi(order.documentId, part)))) return;
    notify('success', t(`order.${part}Done`, { number: order.number }));
    onClose();
    onDone();
  };

  return (
    <FormDialog
      title={t(`order.${part}Of`, { number: order.number })}
      confirmLabel={t(`order.${part}`)}
      tone="danger"
      disabled={!matches}
      submission={submission}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Notice tone="warning">
        {t('order.executeWarning', { count: order.count, shown: number(order.count) })}
      </Notice>
      <Notice tone="neutral">
        {part === 'confirm'
          ? t('order.confirmText')
          : t('order.superviseText', { name: order.confirmation?.name ?? '—' })}
      </Notice>
      <Field.Root
        name="confirmation"
        required
        hint={t('order.executeHint', { number: order.number })}
        error={wrong ? t('order.executeMismatch', { number: order.number }) : undefined}
      >
        <Field.Label>{t('order.executeLabel')}</Field.Label>
        <TextInput
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
    </FormDialog>
  );
};
