import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowRight, Eye } from '@strapi/icons';

import type { AuditEntryView, ChangedValuesAnswer } from '../../api/types';
import { FormDialog } from '../../components/FormDialog';
import { Notice } from '../../components/Notice';
import { PurposeField } from '../../components/PurposeField';
import { useFormat } from '../../hooks/useFormat';
import { usePurposes } from '../../hooks/usePurposes';
import { useShownBriefly } from '../../hooks/useShownBriefly';
import { useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';

interface DialogProps {
  entry: AuditEntryView;
  onShow: (answer: ChangedValuesAnswer) => void;
  onClose: () => void;
}

/** Asks for the purpose before old and new values are shown; it goes into the audit log. */
const ValuesDialog = ({ entry, onShow, onClose }: DialogProps) => {
  const t = useTranslate();
  const purposes = usePurposes();
  const submission = useSubmission();
  const [purpose, setPurpose] = React.useState('');
  const [missing, setMissing] = React.useState(false);

  const confirm = async (): Promise<void> => {
    setMissing(purpose === '');
    if (purpose === '') return;
    const path = `/audit-entries/${encodeURIComponent(entry.documentId)}/values`;
    const answer = await submission.post<ChangedValuesAnswer>(path, { purpose });
    if (!answer) return;
    onShow(answer);
    onClose();
  };

  return (
    <FormDialog
      title={t('audit.values')}
      confirmLabel={t('protected.reveal')}
      submission={submission}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography tag="p">{t('audit.valuesIntro')}</Typography>
      <PurposeField
        purposes={purposes}
        value={purpose}
        error={missing ? t('error.required') : undefined}
        onChange={(code) => {
          setPurpose(code);
          setMissing(false);
        }}
      />
    </FormDialog>
  );
};

/** What protected attributes were before and after a change, for a purpose and for a minute. */
export const EntryValues = ({ entry }: { entry: AuditEntryView }) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const { time } = useFormat();
  const [asking, setAsking] = React.useState(false);
  const { shown, show, hide } = useShownBriefly<ChangedValuesAnswer>();

  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex>
        <Button
          size="S"
          variant="secondary"
          startIcon={<Eye />}
          onClick={() => (shown ? hide() : setAsking(true))}
        >
          {t(shown ? 'protected.hide' : 'audit.values')}
        </Button>
      </Flex>
      <div aria-live="polite">
        {shown && (
          <Notice
            tone="neutral"
            title={t('protected.visibleUntil', { time: time(shown.hiddenAt) })}
          >
            {Object.entries(shown.values).map(([attribute, value]) => (
              <Flex key={attribute} gap={2} wrap="wrap">
                <Typography fontWeight="semiBold">
                  {label(entry.recordType ?? '', attribute)}
                </Typography>
                <Typography>{value.old ?? '—'}</Typography>
                <ArrowRight aria-label={t('change.becomes')} width="12px" height="12px" />
                <Typography fontWeight="semiBold">{value.new ?? '—'}</Typography>
              </Flex>
            ))}
          </Notice>
        )}
      </div>
      {asking && <ValuesDialog entry={entry} onShow={show} onClose={() => setAsking(false)} />}
    </Flex>
  );
};
