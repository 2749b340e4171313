import * as React from 'react';

import { Radio, Typography } from '@strapi/design-system';

import type { FindingView } from '../../api/types';
import { FormDialog } from '../../components/FormDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { TextField } from '../../components/fields';

interface RecheckDialogProps {
  finding: FindingView;
  onDone: () => void;
  onClose: () => void;
}

/** Whether a remediation is found good. One that is not sends the finding back to the person responsible. */
export const RecheckDialog = ({ finding, onDone, onClose }: RecheckDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [outcome, setOutcome] = React.useState('');
  const [note, setNote] = React.useState('');
  const [asked, setAsked] = React.useState(false);
  const id = React.useId();

  const send = async (): Promise<void> => {
    setAsked(true);
    const text = note.trim();
    if (outcome === '' || text === '') return;
    const saved = await submission.post<FindingView>(
      `/audit-findings/${encodeURIComponent(finding.documentId)}/recheck`,
      { passed: outcome === 'passed', note: text }
    );
    if (!saved) return;
    notify('success', t('finding.saved', { number: finding.number }));
    onDone();
  };

  return (
    <FormDialog
      title={t('finding.recheckOf', { number: finding.number })}
      confirmLabel={t('finding.recheck')}
      submission={submission}
      onConfirm={send}
      onClose={onClose}
    >
      <Typography style={{ whiteSpace: 'pre-line' }}>{finding.remediation}</Typography>
      <Typography id={id} variant="pi" fontWeight="bold">
        {t('finding.outcome')}
      </Typography>
      <Radio.Group aria-labelledby={id} value={outcome} onValueChange={setOutcome}>
        <Radio.Item value="passed">{t('finding.passed')}</Radio.Item>
        <Radio.Item value="failed">{t('finding.failed')}</Radio.Item>
      </Radio.Group>
      {asked && outcome === '' && (
        <Typography role="alert" variant="pi" textColor="danger600">
          {t('error.required')}
        </Typography>
      )}
      <TextField
        name="note"
        required
        maxLength={2000}
        label={outcome === 'failed' ? t('finding.wanting') : t('finding.note')}
        value={note}
        error={asked && note.trim() === '' ? t('error.required') : undefined}
        onChange={setNote}
      />
    </FormDialog>
  );
};
