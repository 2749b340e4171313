import * as React from 'react';

import { Button, Flex, Modal } from '@strapi/design-system';

import { useReturnFocus } from '../hooks/useReturnFocus';
import type { Submission } from '../hooks/useSubmission';
import { useTranslate } from '../hooks/useTranslate';
import { Notice } from './Notice';

interface DialogFormProps {
  confirmLabel: string;
  tone?: 'default' | 'danger' | 'success';
  /** While it is not filled in as it must be to be sent at all. */
  disabled?: boolean;
  submission: Pick<Submission, 'busy' | 'error'>;
  /** Another way to send it, beside the button that does. */
  besides?: React.ReactNode;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: React.ReactNode;
}

/** Body and footer of a dialog with a form; it stays open with the server's answer when that refuses. */
export const DialogForm = ({
  confirmLabel,
  tone = 'default',
  disabled = false,
  submission,
  besides,
  onConfirm,
  onClose,
  children,
}: DialogFormProps) => {
  const t = useTranslate();
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // The dialog may be opened from a Content Manager form, to which React would pass the event on.
        event.stopPropagation();
        void onConfirm();
      }}
    >
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={5}>
          {children}
          {submission.error && <Notice tone="danger">{submission.error}</Notice>}
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Flex gap={2} wrap="wrap">
          {besides}
          <Button type="submit" variant={tone} disabled={disabled} loading={submission.busy}>
            {confirmLabel}
          </Button>
        </Flex>
      </Modal.Footer>
    </form>
  );
};

/** A form in a dialog of its own. */
export const FormDialog = ({ title, ...form }: DialogFormProps & { title: string }) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  return (
    <Modal.Root open onOpenChange={(open) => !open && form.onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <DialogForm {...form} />
      </Modal.Content>
    </Modal.Root>
  );
};
