import * as React from 'react';

import {
  DatePicker,
  Field,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import type { AttachmentOptions } from '../../api/types';
import { useTransfer } from '../../hooks/useTransfer';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { FormDialog } from '../FormDialog';
import { Meter } from '../Meter';
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

  const submit = async (): Promise<void> => {
    setTried(true);
    if (!file || tooLarge || kind === '') return;
    const path = `/customers/${encodeURIComponent(customer)}/attachments`;
    // The file alone is sent: its name with the user often says whose it is.
    if (!(await upload.run(path, file, { kind, date: dayOf(date) }))) return;
    onUploaded();
  };

  return (
    <FormDialog
      title={t('attachment.uploadTitle')}
      confirmLabel={t('attachment.upload')}
      submission={upload}
      onConfirm={submit}
      onClose={onClose}
    >
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
    </FormDialog>
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
