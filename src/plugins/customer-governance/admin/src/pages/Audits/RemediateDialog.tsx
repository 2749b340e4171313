import * as React from 'react';

import { Box, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';

import type { FindingView } from '../../api/types';
import { EVIDENCE_KINDS } from '../../api/vocabulary';
import { FormDialog } from '../../components/FormDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { evidenceInput, evidenceKind, type EvidenceDraft } from './draft';
import { ChoiceField, LineField, TextField } from '../../components/fields';

const MOST_EVIDENCE = 20;

interface EvidenceFieldsProps {
  rows: EvidenceDraft[];
  onChange: (rows: EvidenceDraft[]) => void;
}

/** By what a remediation can be seen: entries of the log, pages elsewhere, requests. */
const EvidenceFields = ({ rows, onChange }: EvidenceFieldsProps) => {
  const t = useTranslate();
  const term = useTerm();
  const change = (key: number, part: Partial<EvidenceDraft>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const nextKey = Math.max(0, ...rows.map(({ key }) => key)) + 1;
  return (
    <Flex
      role="group"
      aria-label={t('finding.evidence')}
      direction="column"
      alignItems="stretch"
      gap={3}
    >
      <Typography variant="pi" fontWeight="bold" textColor="neutral800">
        {t('finding.evidence')}
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {t('finding.evidenceHint')}
      </Typography>
      {rows.map(({ key, kind, reference }, index) => (
        <Flex key={key} gap={3} alignItems="flex-end" wrap="wrap">
          <Box width={{ initial: '100%', small: '18rem' }}>
            <ChoiceField
              name={`kind-${key}`}
              label={t('finding.evidenceKind', { position: index + 1 })}
              value={kind}
              choices={EVIDENCE_KINDS.map((each) => ({
                value: each,
                label: term('evidence', each),
              }))}
              onChange={(value) => change(key, { kind: evidenceKind(value) })}
            />
          </Box>
          <Box flex="1" minWidth="18rem">
            <LineField
              name={`reference-${key}`}
              label={t('finding.reference', { position: index + 1 })}
              maxLength={1000}
              value={reference}
              onChange={(value) => change(key, { reference: value })}
            />
          </Box>
          <IconButton
            label={t('finding.removeEvidence', { position: index + 1 })}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            <Trash />
          </IconButton>
        </Flex>
      ))}
      {rows.length < MOST_EVIDENCE && (
        <Flex>
          <Button
            variant="secondary"
            startIcon={<Plus />}
            onClick={() => onChange([...rows, { key: nextKey, kind: 'link', reference: '' }])}
          >
            {t('finding.addEvidence')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
};

interface RemediateDialogProps {
  finding: FindingView;
  onDone: () => void;
  onClose: () => void;
}

/** Says what was done about a finding and by what it can be seen. */
export const RemediateDialog = ({ finding, onDone, onClose }: RemediateDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [remediation, setRemediation] = React.useState('');
  const [rows, setRows] = React.useState<EvidenceDraft[]>([]);
  const [missing, setMissing] = React.useState(false);

  const send = async (): Promise<void> => {
    const text = remediation.trim();
    setMissing(text === '');
    if (text === '') return;
    const saved = await submission.post<FindingView>(
      `/audit-findings/${encodeURIComponent(finding.documentId)}/remediate`,
      { remediation: text, evidence: evidenceInput(rows) }
    );
    if (!saved) return;
    notify('success', t('finding.saved', { number: finding.number }));
    onDone();
  };

  return (
    <FormDialog
      title={t('finding.remediateOf', { number: finding.number })}
      confirmLabel={t('finding.remediate')}
      submission={submission}
      onConfirm={send}
      onClose={onClose}
    >
      <Typography>{finding.description}</Typography>
      <TextField
        name="remediation"
        required
        maxLength={5000}
        label={t('finding.remediation')}
        value={remediation}
        error={missing ? t('error.required') : undefined}
        onChange={(value) => {
          setRemediation(value);
          setMissing(false);
        }}
      />
      <EvidenceFields rows={rows} onChange={setRows} />
    </FormDialog>
  );
};
