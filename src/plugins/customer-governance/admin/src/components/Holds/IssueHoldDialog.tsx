import * as React from 'react';

import { Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { HoldOptions, HoldView } from '../../api/types';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { DayField, TextField } from '../fields';
import { FormDialog } from '../FormDialog';
import { ResourceView } from '../ResourceView';
import { EMPTY_FILTER, holdFilter } from './filter';
import { FilterFields } from './FilterFields';

/** What is to be held. */
export type HoldSubject =
  | { scope: 'customer'; documentId: string }
  | { scope: 'record'; type: string; documentId: string }
  | { scope: 'filter' };

interface IssueHoldDialogProps {
  subject: HoldSubject;
  onDone: () => void;
  onClose: () => void;
}

type Missing = 'reason' | 'reviewOn' | 'filter';

const subjectInput = (subject: HoldSubject): Record<string, unknown> => {
  if (subject.scope === 'customer') return { scope: 'customer', customer: subject.documentId };
  if (subject.scope === 'record')
    return { scope: 'record', recordType: subject.type, recordId: subject.documentId };
  return { scope: 'filter' };
};

/** Issues a legal hold on a customer, on one record, or on whatever fits a filter. */
export const IssueHoldDialog = ({ subject, onDone, onClose }: IssueHoldDialogProps) => {
  const t = useTranslate();
  const { number } = useFormat();
  const notify = useNotify();
  const submission = useSubmission();
  const byFilter = subject.scope === 'filter';
  const options = useResource<HoldOptions>(byFilter ? apiPath('/legal-holds/options') : null);
  const [draft, setDraft] = React.useState(EMPTY_FILTER);
  const [reason, setReason] = React.useState('');
  const [reviewOn, setReviewOn] = React.useState('');
  const [told, setTold] = React.useState(false);

  const filter = holdFilter(draft);
  const missing: Missing[] = [
    ...(reason.trim() === '' ? (['reason'] as const) : []),
    ...(reviewOn === '' ? (['reviewOn'] as const) : []),
    ...(byFilter && !filter ? (['filter'] as const) : []),
  ];
  const error = (field: Missing): string | undefined =>
    told && missing.includes(field)
      ? t(field === 'filter' ? 'hold.filterMissing' : 'error.required')
      : undefined;

  const issue = async (): Promise<void> => {
    setTold(true);
    if (missing.length > 0) return;
    const hold = await submission.post<HoldView>('/legal-holds', {
      ...subjectInput(subject),
      ...(byFilter ? { filter } : {}),
      reason: reason.trim(),
      reviewOn,
    });
    if (!hold) return;
    notify('success', t('hold.issued', { count: hold.customers, shown: number(hold.customers) }));
    onDone();
  };

  return (
    <FormDialog
      title={t('hold.issue')}
      confirmLabel={t('hold.issue')}
      submission={submission}
      onConfirm={issue}
      onClose={onClose}
    >
      <Typography tag="p">{t(`hold.intro.${subject.scope}`)}</Typography>
      {byFilter && (
        <ResourceView resource={options}>
          {(known) => (
            <FilterFields
              options={known}
              draft={draft}
              error={error('filter')}
              onChange={(part) => setDraft({ ...draft, ...part })}
            />
          )}
        </ResourceView>
      )}
      <TextField
        name="reason"
        required
        maxLength={500}
        label={t('hold.reason')}
        value={reason}
        error={error('reason')}
        onChange={setReason}
      />
      <DayField
        name="reviewOn"
        required
        label={t('hold.reviewOn')}
        hint={t('hold.reviewHint')}
        value={reviewOn}
        error={error('reviewOn')}
        onChange={setReviewOn}
      />
    </FormDialog>
  );
};
