import type { AttachmentView } from '../../api/types';
import { useTransfer } from '../../hooks/useTransfer';
import { useTranslate } from '../../hooks/useTranslate';
import { keep } from '../../utils/transfer';
import { PurposeDialog } from '../PurposeDialog';

interface DownloadDialogProps {
  type: string;
  attachment: AttachmentView;
  onClose: () => void;
}

/** Asks for the purpose before a file is given out. */
export const DownloadDialog = ({ type, attachment, onClose }: DownloadDialogProps) => {
  const t = useTranslate();
  const download = useTransfer();

  const confirm = async (purpose: string): Promise<boolean> => {
    const path = `/attachments/${encodeURIComponent(attachment.documentId)}/download`;
    const received = await download.run(path, { purpose });
    if (received) keep(received);
    return received !== undefined;
  };

  return (
    <PurposeDialog
      title={t('attachment.downloadTitle')}
      intro={t('attachment.downloadIntro', { name: attachment.name })}
      confirmLabel={t('attachment.download')}
      type={type}
      attribute={attachment.attribute}
      grantedPurposes={attachment.purposes ?? undefined}
      submission={download}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
};
