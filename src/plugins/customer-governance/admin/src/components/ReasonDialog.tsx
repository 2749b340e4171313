import * as React from 'react';

import { Typography } from '@strapi/design-system';

import type { Submission } from '../hooks/useSubmission';
import { useTranslate } from '../hooks/useTranslate';
import { TextField } from './fields';
import { FormDialog } from './FormDialog';

interface ReasonDialogProps {
  title: string;
  intro?: React.ReactNode;
  /** Label of the text field: reason, comment. */
  label: string;
  required: boolean;
  /** As much as the server takes. */
  maxLength?: number;
  confirmLabel: string;
  tone?: 'default' | 'danger' | 'success';
  submission: Submission;
  onConfirm: (text: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for a reason or a comment before something is done; stays open with the server's answer when it fails. */
export const ReasonDialog = ({
  intro,
  label,
  required,
  maxLength = 1000,
  onConfirm,
  ...dialog
}: ReasonDialogProps) => {
  const t = useTranslate();
  const [text, setText] = React.useState('');
  const [missing, setMissing] = React.useState(false);

  const confirm = async (): Promise<void> => {
    const trimmed = text.trim();
    if (required && trimmed === '') {
      setMissing(true);
      return;
    }
    await onConfirm(trimmed);
  };

  return (
    <FormDialog {...dialog} onConfirm={confirm}>
      {intro && <Typography tag="div">{intro}</Typography>}
      <TextField
        name="reason"
        label={label}
        required={required}
        maxLength={maxLength}
        value={text}
        error={missing ? t('error.required') : undefined}
        onChange={(typed) => {
          setText(typed);
          setMissing(false);
        }}
      />
    </FormDialog>
  );
};
