import { Button, Flex, Typography } from '@strapi/design-system';
import { Download, Trash } from '@strapi/icons';

import type { AttachmentView } from '../../api/types';
import { useFormat } from '../../hooks/useFormat';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { StateBadge } from '../Badges';
import { useFileSize } from './useFileSize';

interface AttachmentItemProps {
  attachment: AttachmentView;
  mayRemove: boolean;
  onDownload: () => void;
  onRemove: () => void;
}

/** One file: what it is, who brought it, and what the user may do with it. */
export const AttachmentItem = ({
  attachment,
  mayRemove,
  onDownload,
  onRemove,
}: AttachmentItemProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const format = useFormat();
  const size = useFileSize();
  const removed = attachment.state === 'removed';
  const { name } = attachment;
  return (
    <Flex tag="li" direction="column" alignItems="stretch" gap={1}>
      <Flex gap={2} wrap="wrap">
        <Typography>{local(attachment.kindName)}</Typography>
        {removed && <StateBadge state="removed" />}
      </Flex>
      <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {format.date(attachment.date)} · {attachment.extension.toUpperCase()} ·{' '}
        {size(attachment.size)}
        {attachment.uploadedBy && ` · ${attachment.uploadedBy.name}`}
      </Typography>
      {removed && (
        <Typography variant="pi" textColor="neutral600">
          {attachment.removalReason === null
            ? t('attachment.removedAgain', { date: format.dateTime(attachment.removedAt) })
            : t('attachment.removedBecause', {
                date: format.dateTime(attachment.removedAt),
                name: attachment.removedBy?.name ?? '—',
                reason: attachment.removalReason,
              })}
        </Typography>
      )}
      {!removed && attachment.reveal === null && (
        <Typography variant="pi" textColor="neutral600">
          {t('attachment.sealed')}
        </Typography>
      )}
      {!removed && (attachment.reveal !== null || mayRemove) && (
        <Flex gap={2} wrap="wrap">
          {attachment.reveal !== null && (
            <Button
              size="S"
              variant="secondary"
              startIcon={<Download />}
              aria-label={t('attachment.downloadOf', { name })}
              onClick={onDownload}
            >
              {t('attachment.download')}
            </Button>
          )}
          {mayRemove && (
            <Button
              size="S"
              variant="danger-light"
              startIcon={<Trash />}
              aria-label={t('attachment.removeOf', { name })}
              onClick={onRemove}
            >
              {t('attachment.remove')}
            </Button>
          )}
        </Flex>
      )}
    </Flex>
  );
};
