import * as React from 'react';

import { Button, Typography } from '@strapi/design-system';

import type { FindingView } from '../../api/types';
import { SeverityBadge, StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Notice } from '../../components/Notice';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { FindingDetails } from './FindingDetails';
import { FindingDialog } from './FindingDialog';
import { RecheckDialog } from './RecheckDialog';
import { RemediateDialog } from './RemediateDialog';
import { useAuditTitle } from './useAuditTitle';

interface FindingCardProps {
  finding: FindingView;
  /** Whether the audit is named too: outside its page. */
  withAudit?: boolean;
  onChanged: () => void;
}

type Dialog = 'remediate' | 'recheck' | 'assign';

/** One finding, with what the user may do about it now. */
export const FindingCard = ({ finding, withAudit, onChanged }: FindingCardProps) => {
  const t = useTranslate();
  const titleOf = useAuditTitle();
  const notify = useNotify();
  const { post, busy, error } = useSubmission();
  const [dialog, setDialog] = React.useState<Dialog | null>(null);
  const { number, may } = finding;

  const shut = (): void => setDialog(null);
  const done = (): void => {
    shut();
    onChanged();
  };
  const close = async (): Promise<void> => {
    const path = `/audit-findings/${encodeURIComponent(finding.documentId)}/close`;
    if (!(await post(path))) return;
    notify('success', t('finding.saved', { number }));
    onChanged();
  };

  return (
    <Card
      title={number}
      badges={
        <>
          <SeverityBadge severity={finding.severity} />
          <StateBadge state={finding.state} />
          {finding.overdue && <StateBadge state="overdue" />}
          {finding.dueSoon && <StateBadge state="due-soon" />}
        </>
      }
      aside={<DateTime value={finding.openedAt} />}
      actions={
        may.length > 0 && (
          <>
            {may.includes('assign') && (
              <Button
                variant="tertiary"
                aria-label={t('finding.assignOf', { number })}
                onClick={() => setDialog('assign')}
              >
                {t('finding.assign')}
              </Button>
            )}
            {may.includes('remediate') && (
              <Button
                aria-label={t('finding.remediateOf', { number })}
                onClick={() => setDialog('remediate')}
              >
                {t('finding.remediate')}
              </Button>
            )}
            {may.includes('recheck') && (
              <Button
                aria-label={t('finding.recheckOf', { number })}
                onClick={() => setDialog('recheck')}
              >
                {t('finding.recheck')}
              </Button>
            )}
            {may.includes('close') && (
              <Button
                variant="success"
                loading={busy}
                aria-label={t('finding.closeOf', { number })}
                onClick={() => void close()}
              >
                {t('finding.close')}
              </Button>
            )}
          </>
        )
      }
    >
      {withAudit && <Typography textColor="neutral600">{titleOf(finding.audit)}</Typography>}
      <FindingDetails finding={finding} />
      {error && <Notice tone="danger">{error}</Notice>}
      {dialog === 'remediate' && <RemediateDialog finding={finding} onDone={done} onClose={shut} />}
      {dialog === 'recheck' && <RecheckDialog finding={finding} onDone={done} onClose={shut} />}
      {dialog === 'assign' && <FindingDialog finding={finding} onDone={done} onClose={shut} />}
    </Card>
  );
};
