import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

import type { Comparison, FileView, MergeView } from '../../api/merges';
import { apiPath } from '../../api/paths';
import { useResource } from '../../hooks/useResource';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { ChoiceField, TextField } from '../fields';
import { FormDialog } from '../FormDialog';
import { Notice } from '../Notice';
import { ResourceView } from '../ResourceView';

interface MergeDialogProps {
  /** Both within sight. */
  files: [FileView, FileView];
  onDone: () => void;
  onClose: () => void;
}

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;
const REASON_LENGTH = 1000;

const nameOf = ({ label, filingNumber }: FileView): string =>
  filingNumber === null ? (label ?? '—') : `${label ?? '—'} · ${filingNumber}`;

/** Which of two files stays, and whose value counts where the two differ. Masks alone are shown. */
export const MergeDialog = ({ files, onDone, onClose }: MergeDialogProps) => {
  const t = useTranslate();
  const attributeLabel = useAttributeLabel();
  const notify = useNotify();
  const submission = useSubmission();
  // A file that is filed cannot go into one that is not.
  const preferred = files[0].filingNumber === null && files[1].filingNumber !== null ? 1 : 0;
  const [stays, setStays] = React.useState<0 | 1>(preferred);
  const [choices, setChoices] = React.useState<Record<string, string>>({});
  const [reason, setReason] = React.useState('');

  const survivor = files[stays].documentId ?? '';
  const merged = files[stays === 0 ? 1 : 0].documentId ?? '';
  const comparison = useResource<Comparison>(apiPath('/merges/compare', { survivor, merged }));
  const differences = comparison.data?.differences ?? [];
  /** What the file that stays has not is taken over, unless somebody says otherwise. */
  const choiceOf = (attribute: string, own: string | null): string =>
    choices[attribute] ?? (own === null ? 'merged' : 'survivor');

  const send = async (): Promise<void> => {
    const taken = differences
      .filter((difference) => choiceOf(difference.attribute, difference.survivor) === 'merged')
      .map(({ attribute }) => attribute);
    const body = { survivor, merged, taken, reason };
    if (!(await submission.post<MergeView>('/merges', body))) return;
    notify('success', t('merge.sent'));
    onDone();
  };

  return (
    <FormDialog
      title={t('merge.title')}
      confirmLabel={t('merge.send')}
      disabled={reason.trim() === '' || comparison.data === undefined}
      submission={submission}
      onConfirm={send}
      onClose={onClose}
    >
      <Notice tone="neutral">{t('merge.text')}</Notice>
      <ChoiceField
        name="survivor"
        label={t('merge.survivor')}
        required
        value={String(stays)}
        choices={files.map((file, index) => ({ value: String(index), label: nameOf(file) }))}
        onChange={(value) => {
          setStays(value === '1' ? 1 : 0);
          setChoices({});
        }}
      />
      <ResourceView resource={comparison}>
        {(data) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            {data.differences.length === 0 && (
              <Typography textColor="neutral600">{t('merge.noDifference')}</Typography>
            )}
            {data.differences.map(({ attribute, survivor: own, merged: other }) => (
              <ChoiceField
                key={attribute}
                name={attribute}
                label={attributeLabel(CUSTOMER, attribute)}
                value={choiceOf(attribute, own)}
                choices={[
                  { value: 'survivor', label: t('merge.keep', { value: own ?? '—' }) },
                  { value: 'merged', label: t('merge.take', { value: other ?? '—' }) },
                ]}
                onChange={(value) => setChoices((before) => ({ ...before, [attribute]: value }))}
              />
            ))}
          </Flex>
        )}
      </ResourceView>
      <TextField
        name="reason"
        label={t('merge.reason')}
        required
        maxLength={REASON_LENGTH}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
};
