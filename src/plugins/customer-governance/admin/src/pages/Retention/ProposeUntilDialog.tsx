import * as React from 'react';

import { Typography } from '@strapi/design-system';

import { DayField, TextField } from '../../components/fields';
import { FormDialog } from '../../components/FormDialog';
import { useTranslate } from '../../hooks/useTranslate';
import { usePropose } from './usePropose';

interface ProposeUntilDialogProps {
  onDone: () => void;
  onClose: () => void;
}

/** Proposes, in one order, everybody who was due by a day and whom nothing holds back. */
export const ProposeUntilDialog = ({ onDone, onClose }: ProposeUntilDialogProps) => {
  const t = useTranslate();
  const { submission, propose } = usePropose(onDone);
  const [dueUntil, setDueUntil] = React.useState('');
  const [reason, setReason] = React.useState('');
  const [sent, setSent] = React.useState(false);
  const missing = (text: string) => (sent && text.trim() === '' ? t('error.required') : undefined);

  const confirm = async (): Promise<void> => {
    setSent(true);
    if (dueUntil === '' || reason.trim() === '') return;
    await propose({ dueUntil, reason: reason.trim() });
  };

  return (
    <FormDialog
      title={t('retention.proposeUntil')}
      confirmLabel={t('retention.propose')}
      tone="danger"
      submission={submission}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography tag="div">{t('retention.proposeUntilIntro')}</Typography>
      <DayField
        name="dueUntil"
        label={t('retention.dueUntil')}
        hint={t('retention.dueUntilHint')}
        required
        value={dueUntil}
        error={missing(dueUntil)}
        onChange={setDueUntil}
      />
      <TextField
        name="reason"
        label={t('order.reason')}
        required
        maxLength={1000}
        value={reason}
        error={missing(reason)}
        onChange={setReason}
      />
    </FormDialog>
  );
};
