import * as React from 'react';

import { Button, Flex, Modal, Typography } from '@strapi/design-system';

import type { AttachmentView, Purpose } from '../../api/types';
import { usePurposes } from '../../hooks/usePurposes';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useTransfer } from '../../hooks/useTransfer';
import { useTranslate } from '../../hooks/useTranslate';
import { purposeCovers } from '../../utils/purposes';
import { keep } from '../../utils/transfer';
import { Notice } from '../Notice';
import { PurposeField } from '../PurposeField';

interface DownloadDialogProps {
  type: string;
  attachment: AttachmentView;
  onClose: () => void;
}

/** Asks for the purpose before a file is given out; it goes into the audit log. */
export const DownloadDialog = ({ type, attachment, onClose }: DownloadDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const purposes = usePurposes();
  const download = useTransfer();
  const [chosen, setChosen] = React.useState('');
  const [missing, setMissing] = React.useState(false);

  const fits = (purpose: Purpose): boolean =>
    attachment.purposes
      ? attachment.purposes.includes(purpose.code)
      : purposeCovers(purpose, type, attachment.attribute);

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    // The dialog hangs beside the Content Manager's form, whose own submit must not run with ours.
    event.stopPropagation();
    if (chosen === '') {
      setMissing(true);
      return;
    }
    const path = `/attachments/${encodeURIComponent(attachment.documentId)}/download`;
    const received = await download.run(path, { purpose: chosen });
    if (!received) return;
    keep(received);
    onClose();
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('attachment.downloadTitle')}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography tag="p">
                {t('attachment.downloadIntro', { name: attachment.name })}
              </Typography>
              <PurposeField
                purposes={purposes}
                only={fits}
                value={chosen}
                error={missing ? t('error.required') : undefined}
                onChange={(code) => {
                  setChosen(code);
                  setMissing(false);
                }}
              />
              {download.error && <Notice tone="danger">{download.error}</Notice>}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={download.busy}>
              {t('attachment.download')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
