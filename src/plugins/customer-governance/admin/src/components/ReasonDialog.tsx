import * as React from 'react';

import { Button, Field, Flex, Modal, Textarea, Typography } from '@strapi/design-system';

import type { Submission } from '../hooks/useSubmission';
import { useReturnFocus } from '../hooks/useReturnFocus';
import { useTranslate } from '../hooks/useTranslate';
import { Notice } from './Notice';

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
  title,
  intro,
  label,
  required,
  maxLength = 1000,
  confirmLabel,
  tone = 'default',
  submission,
  onConfirm,
  onClose,
}: ReasonDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const [text, setText] = React.useState('');
  const [missing, setMissing] = React.useState(false);

  const confirm = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    // The dialog may be opened from a Content Manager form, to which React would pass the event on.
    event.stopPropagation();
    const trimmed = text.trim();
    if (required && trimmed === '') {
      setMissing(true);
      return;
    }
    await onConfirm(trimmed);
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={(event) => void confirm(event)} noValidate>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{title}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              {intro && <Typography tag="div">{intro}</Typography>}
              <Field.Root
                name="reason"
                required={required}
                error={missing ? t('error.required') : undefined}
              >
                <Field.Label>{label}</Field.Label>
                <Textarea
                  value={text}
                  maxLength={maxLength}
                  onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => {
                    setText(event.target.value);
                    setMissing(false);
                  }}
                />
                <Field.Error />
              </Field.Root>
              {submission.error && <Notice tone="danger">{submission.error}</Notice>}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" variant={tone} loading={submission.busy}>
              {confirmLabel}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
