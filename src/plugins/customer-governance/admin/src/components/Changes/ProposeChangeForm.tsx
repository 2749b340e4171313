import * as React from 'react';

import { Field, TextInput, Typography } from '@strapi/design-system';

import type { ChangeHistory, ChangeInput, ChangeView } from '../../api/types';
import { refreshRecord } from '../../hooks/useRecordStatus';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { ChainOfApprovals } from '../RequestAccess/ChainOfApprovals';
import { LONGEST_REASON } from '../RequestAccess/draft';
import { useChainPreview } from '../RequestAccess/useChainPreview';
import { Facts } from '../Facts';
import { ChoiceField, TextField } from '../fields';
import { DialogForm } from '../FormDialog';

interface ProposeChangeFormProps {
  type: string;
  documentId: string;
  choices: ChangeHistory['controlled'];
  preset?: string;
  onClose: () => void;
}

/** Body and footer of the dialog: which attribute, what it is to become, why; and who will decide. */
export const ProposeChangeForm = ({
  type,
  documentId,
  choices,
  preset,
  onClose,
}: ProposeChangeFormProps) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const notify = useNotify();
  const submission = useSubmission();
  const [attribute, setAttribute] = React.useState(preset ?? choices[0]?.attribute ?? '');
  const [value, setValue] = React.useState('');
  const [reason, setReason] = React.useState('');
  const [checked, setChecked] = React.useState(false);

  const chosen = choices.find((choice) => choice.attribute === attribute);
  const preview = useChainPreview(
    '/change-requests/preview',
    chosen ? { type, documentId, attributes: [attribute] } : null
  );
  const missing = (text: string): string | undefined =>
    checked && text.trim() === '' ? t('error.required') : undefined;

  const submit = async (): Promise<void> => {
    setChecked(true);
    if (!chosen || value.trim() === '' || reason.trim() === '') return;
    const body: ChangeInput = {
      type,
      documentId,
      values: { [attribute]: value },
      reason: reason.trim(),
    };
    if (!(await submission.post<ChangeView>('/change-requests', body))) return;
    notify('success', t('change.sent'));
    refreshRecord(type, documentId);
    onClose();
  };

  return (
    <DialogForm
      confirmLabel={t('change.send')}
      submission={submission}
      onConfirm={submit}
      onClose={onClose}
    >
      <Typography tag="p">{t('change.intro')}</Typography>
      <ChoiceField
        name="attribute"
        label={t('change.attribute')}
        required
        value={attribute}
        choices={choices.map((choice) => ({
          value: choice.attribute,
          label: label(type, choice.attribute),
        }))}
        onChange={setAttribute}
      />
      <Facts facts={[{ name: t('change.current'), value: String(chosen?.value ?? '—') }]} />
      <Field.Root name="newValue" required error={missing(value)}>
        <Field.Label>{t('change.newValue')}</Field.Label>
        <TextInput
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => {
            submission.clear();
            setValue(event.target.value);
          }}
        />
        <Field.Error />
      </Field.Root>
      <TextField
        name="reason"
        label={t('request.reason')}
        required
        hint={t('request.reasonHint')}
        maxLength={LONGEST_REASON}
        value={reason}
        error={missing(reason)}
        onChange={setReason}
      />
      {preview && <ChainOfApprovals preview={preview} />}
    </DialogForm>
  );
};
