import * as React from 'react';

import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';

import type { Submission } from '../hooks/useSubmission';
import { useReturnFocus } from '../hooks/useReturnFocus';
import { useTranslate } from '../hooks/useTranslate';
import { Notice } from './Notice';

interface ConfirmDialogProps {
  title: string;
  confirmLabel: string;
  submission: Submission;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: React.ReactNode;
}

/** Asks before something that cannot be taken back; stays open with the server's answer when it fails. */
export const ConfirmDialog = ({
  title,
  confirmLabel,
  submission,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content onCloseAutoFocus={returnFocus}>
        <Dialog.Header>{title}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            <Flex justifyContent="center">
              <WarningCircle aria-hidden width="24px" height="24px" fill="danger600" />
            </Flex>
            <Dialog.Description>
              <Typography textAlign="center">{children}</Typography>
            </Dialog.Description>
            {submission.error && <Notice tone="danger">{submission.error}</Notice>}
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {t('common.cancel')}
            </Button>
          </Dialog.Cancel>
          <Button
            variant="danger"
            fullWidth
            loading={submission.busy}
            onClick={() => void onConfirm()}
          >
            {confirmLabel}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};
