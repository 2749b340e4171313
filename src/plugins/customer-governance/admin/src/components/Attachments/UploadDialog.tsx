import * as React from 'react';

import {
  Button,
  DatePicker,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import type { AttachmentOptions } from '../../api/types';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useTransfer } from '../../hooks/useTransfer';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { Meter } from '../Meter';
import { Notice } from '../Notice';
import { useFileSize } from './useFileSize';

interface UploadDialogProps {
  customer: string;
  options: AttachmentOptions;
  onUploaded: () => void;
  onClose: () => void;
}

const pad = (part: number): string => String(part).padStart(2, '0');
const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;

/** Takes a file, its kind and its date, and shows how far it is. */
export const UploadDialog = ({ customer, options, onUploaded, onClose }: UploadDialogProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const size = useFileSize();
  const returnFocus = useReturnFocus();
  const upload = useTransfer();
  const [file, setFile] = React.useState<File | null>(null);
  const [kind, setKind] = React.useState('');
  const [date, setDate] = React.useState<Date>(new Date());
  const [tried, setTried] = React.useState(false);

  const tooLarge = file !== null && file.size > options.maxBytes;
  const fileError = tooLarge
    ? t('attachment.tooLarge', { size: size(options.maxBytes) })
    : tried && !file
      ? t('error.required')
      : undefined;

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    setTried(true);
    if (!file || tooLarge || kind === '') return;
    const path = `/customers/${encodeURIComponent(customer)}/attachments`;
    // The file alone is sent: its name with the user often says whose it is.
    if (!(await upload.run(path, file, { kind, date: dayOf(date) }))) return;
    onUploaded();
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('attachment.uploadTitle')}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography tag="p">{t('attachment.uploadIntro')}</Typography>
              <Field.Root
                name="file"
                required
                error={fileError}
                hint={t('attachment.fileHint', {
                  types: options.extensions.join(', '),
                  size: size(options.maxBytes),
                })}
              >
                <Field.Label>{t('attachment.file')}</Field.Label>
                <FileInput
                  accept={options.extensions.map((extension) => `.${extension}`).join(',')}
                  disabled={upload.busy}
                  onChosen={(chosen) => {
                    setFile(chosen);
                    upload.clear();
                  }}
                />
                <Field.Hint />
                <Field.Error />
              </Field.Root>
              <Field.Root
                name="kind"
                required
                error={tried && kind === '' ? t('error.required') : undefined}
              >
                <Field.Label>{t('attachment.kind')}</Field.Label>
                <SingleSelect
                  value={kind || null}
                  placeholder={t('attachment.kindPlaceholder')}
                  onChange={(code) => setKind(String(code))}
                >
                  {options.kinds.map(({ code, name }) => (
                    <SingleSelectOption key={code} value={code}>
                      {local(name)}
                    </SingleSelectOption>
                  ))}
                </SingleSelect>
                <Field.Error />
              </Field.Root>
              <Field.Root name="date" hint={t('attachment.dateHint')}>
                <Field.Label>{t('attachment.date')}</Field.Label>
                <DatePicker
                  value={date}
                  onChange={(chosen) => chosen && setDate(chosen)}
                  clearLabel={t('common.cancel')}
                />
                <Field.Hint />
              </Field.Root>
              {upload.busy && <Meter label={t('attachment.progress')} share={upload.share} />}
              {upload.error && <Notice tone="danger">{upload.error}</Notice>}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={upload.busy}>
              {t('attachment.upload')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};

interface FileInputProps {
  accept: string;
  disabled: boolean;
  onChosen: (file: File | null) => void;
}

/** The browser's own choice of a file, which every keyboard and screen reader knows. */
const FileInput = ({ accept, disabled, onChosen }: FileInputProps) => {
  const t = useTranslate();
  return (
    <input
      type="file"
      aria-label={t('attachment.file')}
      accept={accept}
      disabled={disabled}
      style={{ font: 'inherit', fontSize: '1.4rem' }}
      onChange={(event) => onChosen(event.target.files?.[0] ?? null)}
    />
  );
};
