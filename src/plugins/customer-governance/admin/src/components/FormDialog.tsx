import * as React from 'react';

import { Button, Flex, Modal } from '@strapi/design-system';

import { useReturnFocus } from '../hooks/useReturnFocus';
import type { Submission } from '../hooks/useSubmission';
import { useTranslate } from '../hooks/useTranslate';
import { Notice } from './Notice';

interface FormDialogProps {
  title: string;
  confirmLabel: string;
  tone?: 'default' | 'danger' | 'success';
  /** While it is not filled in as it must be to be sent at all. */
  disabled?: boolean;
  submission: Pick<Submission, 'busy' | 'error'>;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: React.ReactNode;
}

/** A form in a dialog; it stays open with the server's answer when that refuses. */
export const FormDialog = ({
  title,
  confirmLabel,
  tone = 'default',
  disabled = false,
  submission,
  onConfirm,
  onClose,
  children,
}: FormDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            // The dialog may be opened from a Content Manager form, to which React would pass the event on.
            event.stopPropagation();
            void onConfirm();
          }}
        >
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{title}</Modal.Title>
          </Modal.Header>
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
            <Button type="submit" variant={tone} disabled={disabled} loading={submission.busy}>
              {confirmLabel}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
