import * as React from 'react';

import { Button, Flex, LinkButton } from '@strapi/design-system';
import { File, Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { InternalAuditAct, InternalAuditDetail } from '../../api/types';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { FindingDialog } from './FindingDialog';
import { reportPath } from './paths';
import { PlanDialog } from './PlanDialog';
import { TeamDialog } from './TeamDialog';

interface AuditActionsProps {
  audit: InternalAuditDetail;
  onChanged: () => void;
}

/** In the order in which they come up. */
const ACTS = ['revise', 'team', 'cancel', 'open', 'start', 'report', 'close'] as const;
const LOOK = {
  revise: 'tertiary',
  team: 'tertiary',
  cancel: 'tertiary',
  open: 'secondary',
  start: 'default',
  report: 'default',
  close: 'success',
} as const satisfies Record<InternalAuditAct, string>;

/** What the user may do with an audit now, each by a dialog. */
export const AuditActions = ({ audit, onChanged }: AuditActionsProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [dialog, setDialog] = React.useState<InternalAuditAct | null>(null);
  const { number } = audit;

  const shut = (): void => {
    submission.clear();
    setDialog(null);
  };
  const done = (): void => {
    shut();
    onChanged();
  };
  const act = async (which: InternalAuditAct, body?: object): Promise<void> => {
    const path = `/internal-audits/${encodeURIComponent(audit.documentId)}/${which}`;
    if (!(await submission.post(path, body))) return;
    notify('success', t('audits.saved', { number }));
    done();
  };

  return (
    <Flex gap={2} wrap="wrap">
      {ACTS.filter((each) => audit.may.includes(each)).map((each) => (
        <Button
          key={each}
          variant={LOOK[each]}
          startIcon={each === 'open' ? <Plus /> : undefined}
          onClick={() => setDialog(each)}
        >
          {t(`audits.act.${each}`)}
        </Button>
      ))}
      <LinkButton
        tag={Link}
        variant="secondary"
        startIcon={<File />}
        to={reportPath(audit.documentId)}
      >
        {t('auditReport.open')}
      </LinkButton>
      {dialog === 'revise' && <PlanDialog audit={audit} onDone={done} onClose={shut} />}
      {dialog === 'team' && <TeamDialog audit={audit} onDone={done} onClose={shut} />}
      {dialog === 'open' && <FindingDialog audit={audit} onDone={done} onClose={shut} />}
      {(dialog === 'start' || dialog === 'close') && (
        <ConfirmDialog
          title={t(`audits.act.${dialog}`)}
          confirmLabel={t(`audits.act.${dialog}`)}
          submission={submission}
          onConfirm={() => act(dialog)}
          onClose={shut}
        >
          {t(`audits.confirm.${dialog}`, { number })}
        </ConfirmDialog>
      )}
      {dialog === 'report' && (
        <ReasonDialog
          title={t('audits.act.report')}
          intro={t('audits.reportIntro')}
          label={t('audits.conclusion')}
          required
          maxLength={10_000}
          confirmLabel={t('audits.act.report')}
          submission={submission}
          onConfirm={(conclusion) => act('report', { conclusion })}
          onClose={shut}
        />
      )}
      {dialog === 'cancel' && (
        <ReasonDialog
          title={t('audits.act.cancel')}
          label={t('audits.cancelReason')}
          required
          maxLength={2000}
          tone="danger"
          confirmLabel={t('audits.act.cancel')}
          submission={submission}
          onConfirm={(reason) => act('cancel', { reason })}
          onClose={shut}
        />
      )}
    </Flex>
  );
};
