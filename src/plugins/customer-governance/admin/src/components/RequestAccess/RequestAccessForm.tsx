import * as React from 'react';

import { Button, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AccessRequestInput, AccessRequestView, Me, RecordLabel } from '../../api/types';
import type { RequestState } from '../../api/vocabulary';
import { usePurposes } from '../../hooks/usePurposes';
import { refreshRecord } from '../../hooks/useRecordStatus';
import { useResource } from '../../hooks/useResource';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { purposeCovers } from '../../utils/purposes';
import { TextField } from '../fields';
import { DialogForm } from '../FormDialog';
import { Notice } from '../Notice';
import { PurposeField } from '../PurposeField';
import { AttributeChoices, type AttributeChoice } from './AttributeChoices';
import { ChainOfApprovals } from './ChainOfApprovals';
import { withLevels } from './choices';
import {
  checkDraft,
  draftOf,
  EMPTY_DRAFT,
  inputOf,
  LONGEST_REASON,
  toggleAttribute,
  withPurpose,
  type Draft,
  type DraftErrors,
} from './draft';
import { TermFields } from './TermFields';
import { useChainPreview } from './useChainPreview';

interface RequestAccessFormProps {
  type: string;
  records: RecordLabel[];
  choices: AttributeChoice[];
  /** Attributes that are ticked from the start. */
  preset: string[];
  /** An earlier request with which the form is filled in: to continue it by a new one, or to change it. */
  former?: { request: AccessRequestView; use: 'renew' | 'change' };
  /** Whether a request of the user's for the record waits already. */
  pending: boolean;
  /** After it was sent or kept. */
  onSent?: () => void;
  onClose: () => void;
}

const NAMED_RECORDS = 5;
const KEEPABLE = new Set<RequestState>(['draft', 'returned']);

const RecordsLine = ({ records }: { records: RecordLabel[] }) => {
  const t = useTranslate();
  const named = records.filter(({ label }) => Boolean(label));
  return (
    <Typography tag="p">
      {t('request.forRecords', { count: records.length })}
      {named.length > 0 && ': '}
      <Typography fontWeight="semiBold">
        {named
          .slice(0, NAMED_RECORDS)
          .map(({ label }) => label)
          .join(', ')}
        {named.length > NAMED_RECORDS && ' …'}
      </Typography>
    </Typography>
  );
};

/** Body and footer of the request dialog: purpose, attributes, term and reason for the given records. */
export const RequestAccessForm = ({
  type,
  records,
  choices,
  preset,
  former,
  pending,
  onSent,
  onClose,
}: RequestAccessFormProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const purposes = usePurposes();
  const limits = useResource<Me>(apiPath('/me')).data?.access;
  const submission = useSubmission();
  const [draft, setDraft] = React.useState<Draft>(
    former ? draftOf(former.request) : { ...EMPTY_DRAFT, attributes: preset }
  );
  const [errors, setErrors] = React.useState<DraftErrors>({});

  const known = purposes.data?.purposes ?? [];
  const purpose = known.find(({ code }) => code === draft.purpose);

  // The policy proposes a term; it arrives after the dialog, and must not overwrite what was typed.
  const proposed = limits ? String(limits.defaultTermDays) : '';
  React.useEffect(() => {
    setDraft((current) => (current.termDays === '' ? { ...current, termDays: proposed } : current));
  }, [proposed]);

  const change = (next: Draft): void => {
    setDraft(next);
    // Once the person was told what is missing, each correction counts at once.
    if (Object.keys(errors).length > 0) setErrors(checkDraft(next));
  };

  const message = (field: keyof Draft): string | undefined => {
    const id = errors[field];
    return id && t(id);
  };

  const inputNow = (): AccessRequestInput => ({
    type,
    records: records.map(({ documentId }) => documentId),
    ...inputOf(draft),
  });

  // The reason does not change who decides.
  const { reason: _missing, ...unready } = checkDraft(draft);
  const { reason: _reason, ...asked } = inputNow();
  const preview = useChainPreview(
    '/access-requests/preview',
    Object.keys(unready).length > 0 ? null : asked
  );

  const send = async (keep: boolean): Promise<void> => {
    const found = checkDraft(draft);
    setErrors(found);
    if (Object.keys(found).length > 0) return;

    const body: AccessRequestInput = {
      ...inputNow(),
      ...(former?.use === 'renew' && { renewalOf: former.request.documentId }),
      ...(keep && { draft: true }),
    };
    const path = '/access-requests';
    const request =
      former?.use === 'change'
        ? await submission.put<AccessRequestView>(
            `${path}/${encodeURIComponent(former.request.documentId)}`,
            body
          )
        : await submission.post<AccessRequestView>(path, body);
    if (!request) return;
    notify('success', keep ? t('request.kept') : t('request.sent'));
    records.forEach(({ documentId }) => refreshRecord(type, documentId));
    onSent?.();
    onClose();
  };

  // What is before the approvers already is not taken back to a draft.
  const mayKeep = former?.use !== 'change' || KEEPABLE.has(former.request.state);

  return (
    <DialogForm
      confirmLabel={t('request.send')}
      submission={submission}
      besides={
        mayKeep && (
          <Button variant="secondary" disabled={submission.busy} onClick={() => void send(true)}>
            {t('request.keep')}
          </Button>
        )
      }
      onConfirm={() => send(false)}
      onClose={onClose}
    >
      <RecordsLine records={records} />
      {pending && <Notice tone="warning">{t('request.alreadyPending')}</Notice>}
      <PurposeField
        purposes={purposes}
        only={(each) => choices.some(({ name }) => purposeCovers(each, type, name))}
        value={draft.purpose}
        error={message('purpose')}
        onChange={(code) => change(withPurpose(draft, code, known, type))}
      />
      <AttributeChoices
        choices={withLevels(choices, purposes.data?.levels?.[type])}
        chosen={draft.attributes}
        covered={(name) => !purpose || purposeCovers(purpose, type, name)}
        error={message('attributes')}
        onToggle={(name) =>
          change(
            toggleAttribute(
              draft,
              name,
              choices.map((choice) => choice.name)
            )
          )
        }
      />
      <TermFields draft={draft} limits={limits} message={message} onChange={change} />
      <TextField
        name="reason"
        label={t('request.reason')}
        required
        hint={t('request.reasonHint')}
        maxLength={LONGEST_REASON}
        value={draft.reason}
        error={message('reason')}
        onChange={(reason) => change({ ...draft, reason })}
      />
      {preview && <ChainOfApprovals preview={preview} />}
    </DialogForm>
  );
};
