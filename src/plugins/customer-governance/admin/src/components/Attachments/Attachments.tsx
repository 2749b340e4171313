import * as React from 'react';

import { Button, Flex } from '@strapi/design-system';
import { Upload } from '@strapi/icons';

import { apiPath } from '../../api/paths';
import type { AttachmentOptions, AttachmentView } from '../../api/types';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useResource } from '../../hooks/useResource';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { ATTACHMENT } from '../../pluginId';
import { LoadMore } from '../LoadMore';
import { ReasonDialog } from '../ReasonDialog';
import { None, Section } from '../RecordPanel/Section';
import { FailureNotice, Waiting } from '../ResourceView';
import { AttachmentItem } from './AttachmentItem';
import { DownloadDialog } from './DownloadDialog';
import { UploadDialog } from './UploadDialog';

type Open = { what: 'upload' } | { what: 'download' | 'remove'; attachment: AttachmentView } | null;

/** The files of a customer in the side panel. */
export const Attachments = ({ customer }: { customer: string }) => {
  const t = useTranslate();
  const notify = useNotify();
  const path = apiPath(`/customers/${encodeURIComponent(customer)}/attachments`, { limit: 10 });
  const pages = usePages<AttachmentView>(path);
  const removal = useSubmission();
  const mayUpload = usePermission('attachments.upload');
  const options = useResource<AttachmentOptions>(mayUpload ? apiPath('/attachment-options') : null);
  const mayRemove = usePermission('attachments.remove');
  const [open, setOpen] = React.useState<Open>(null);

  const close = (): void => {
    removal.clear();
    setOpen(null);
  };
  const done = (message: string): void => {
    notify('success', message);
    close();
    pages.reload();
  };
  const remove = async (attachment: AttachmentView, reason: string): Promise<void> => {
    const address = `/attachments/${encodeURIComponent(attachment.documentId)}/remove`;
    if (await removal.post(address, { reason })) done(t('attachment.removed'));
  };

  return (
    <Section title={t('panel.attachments')}>
      {pages.failure && <FailureNotice failure={pages.failure} retry={pages.reload} />}
      {!pages.data && !pages.failure && <Waiting small />}
      {pages.data?.length === 0 && <None>{t('attachment.none')}</None>}
      {pages.data && pages.data.length > 0 && (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
          {pages.data.map((attachment) => (
            <AttachmentItem
              key={attachment.documentId}
              attachment={attachment}
              mayRemove={mayRemove}
              onDownload={() => setOpen({ what: 'download', attachment })}
              onRemove={() => setOpen({ what: 'remove', attachment })}
            />
          ))}
        </Flex>
      )}
      <LoadMore pages={pages} />
      {mayUpload && options.data && (
        <Button
          size="S"
          variant="secondary"
          startIcon={<Upload />}
          onClick={() => setOpen({ what: 'upload' })}
        >
          {t('attachment.upload')}
        </Button>
      )}
      {open?.what === 'upload' && options.data && (
        <UploadDialog
          customer={customer}
          options={options.data}
          onUploaded={() => done(t('attachment.uploaded'))}
          onClose={close}
        />
      )}
      {open?.what === 'download' && (
        <DownloadDialog type={ATTACHMENT} attachment={open.attachment} onClose={close} />
      )}
      {open?.what === 'remove' && (
        <ReasonDialog
          title={t('attachment.removeTitle')}
          intro={t('attachment.removeIntro', { name: open.attachment.name })}
          label={t('attachment.reason')}
          required
          maxLength={255}
          confirmLabel={t('attachment.remove')}
          tone="danger"
          submission={removal}
          onConfirm={(reason) => remove(open.attachment, reason)}
          onClose={close}
        />
      )}
    </Section>
  );
};
