import * as React from 'react';

import type { InternalAuditView } from '../../api/types';
import { FormDialog } from '../../components/FormDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { PeopleField, PersonField, type Choosable } from '../../components/PeopleFields';

interface TeamDialogProps {
  audit: InternalAuditView;
  onDone: () => void;
  onClose: () => void;
}

/** Gives an audit another lead or other auditors, so that it goes on without who has left. */
export const TeamDialog = ({ audit, onDone, onClose }: TeamDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [lead, setLead] = React.useState<Choosable | null>(audit.lead);
  const [auditors, setAuditors] = React.useState<Choosable[]>(audit.auditors);
  const [missing, setMissing] = React.useState(false);

  const send = async (): Promise<void> => {
    setMissing(lead === null);
    if (!lead) return;
    const saved = await submission.post<InternalAuditView>(
      `/internal-audits/${encodeURIComponent(audit.documentId)}/team`,
      { lead: lead.documentId, auditors: auditors.map(({ documentId }) => documentId) }
    );
    if (!saved) return;
    notify('success', t('audits.saved', { number: audit.number }));
    onDone();
  };

  return (
    <FormDialog
      title={t('audits.teamTitle', { number: audit.number })}
      confirmLabel={t('audits.save')}
      submission={submission}
      onConfirm={send}
      onClose={onClose}
    >
      <PersonField
        name="lead"
        required
        label={t('audits.lead')}
        hint={t('audits.leadHint')}
        value={lead}
        error={missing ? t('error.required') : undefined}
        onChange={setLead}
      />
      <PeopleField
        name="auditors"
        label={t('audits.auditors')}
        value={auditors}
        onChange={setAuditors}
      />
    </FormDialog>
  );
};
