import * as React from 'react';

import {
  Button,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
  Typography,
} from '@strapi/design-system';

import type { ChangeHistory, ChangeInput, ChangeView } from '../../api/types';
import { refreshRecord } from '../../hooks/useRecordStatus';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { Notice } from '../Notice';
import { ChainOfApprovals } from '../RequestAccess/ChainOfApprovals';
import { LONGEST_REASON } from '../RequestAccess/draft';
import { useChainPreview } from '../RequestAccess/useChainPreview';
import { Facts } from '../Facts';

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
  const { busy, error, post, clear } = useSubmission();
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

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    // Opened from a Content Manager form, whose own submit must not run with ours.
    event.stopPropagation();
    setChecked(true);
    if (!chosen || value.trim() === '' || reason.trim() === '') return;
    const body: ChangeInput = {
      type,
      documentId,
      values: { [attribute]: value },
      reason: reason.trim(),
    };
    if (!(await post<ChangeView>('/change-requests', body))) return;
    notify('success', t('change.sent'));
    refreshRecord(type, documentId);
    onClose();
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Typography tag="p">{t('change.intro')}</Typography>
          <Field.Root name="attribute" required>
            <Field.Label>{t('change.attribute')}</Field.Label>
            <SingleSelect value={attribute} onChange={(name) => setAttribute(String(name))}>
              {choices.map((choice) => (
                <SingleSelectOption key={choice.attribute} value={choice.attribute}>
                  {label(type, choice.attribute)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
          <Facts facts={[{ name: t('change.current'), value: String(chosen?.value ?? '—') }]} />
          <Field.Root name="newValue" required error={missing(value)}>
            <Field.Label>{t('change.newValue')}</Field.Label>
            <TextInput
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={value}
              onChange={(event) => {
                clear();
                setValue(event.target.value);
              }}
            />
            <Field.Error />
          </Field.Root>
          <Field.Root name="reason" required error={missing(reason)} hint={t('request.reasonHint')}>
            <Field.Label>{t('request.reason')}</Field.Label>
            <Textarea
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) =>
                setReason(event.target.value)
              }
            />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
          {preview && <ChainOfApprovals preview={preview} />}
          {error && <Notice tone="danger">{error}</Notice>}
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('change.send')}
        </Button>
      </Modal.Footer>
    </form>
  );
};
