import * as React from 'react';

import { Button } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { ChangeView } from '../../api/types';
import { CHANGE_STATES, type ChangeState } from '../../api/vocabulary';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { ChangeDetails } from '../../components/Changes/ChangeDetails';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { DateTime } from '../../components/DateTime';
import { StateFilter } from '../../components/StateFilter';
import { Steps } from '../../components/Steps';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';

const useTitle = (): ((change: ChangeView) => string) => {
  const label = useAttributeLabel();
  const { list } = useFormat();
  return ({ recordType, changes }) =>
    list(changes.map(({ attribute }) => label(recordType, attribute)));
};

interface ChangeCardProps {
  change: ChangeView;
  onWithdraw: () => void;
}

const ChangeCard = ({ change, onWithdraw }: ChangeCardProps) => {
  const t = useTranslate();
  const title = useTitle()(change);
  return (
    <Card
      title={title}
      badges={
        <>
          <StateBadge state={change.state} />
          {change.late && <StateBadge state="overdue" />}
        </>
      }
      aside={<DateTime value={change.submittedAt} />}
      actions={
        change.state === 'pending' && (
          <Button
            variant="danger-light"
            aria-label={t('change.withdrawOf', { attributes: title })}
            onClick={onWithdraw}
          >
            {t('common.withdraw')}
          </Button>
        )
      }
    >
      <ChangeDetails change={change} />
      <Steps steps={change.steps} />
    </Card>
  );
};

/** The changes that the user has proposed, with their way through the approvals. */
export const ChangeList = () => {
  const t = useTranslate();
  const title = useTitle();
  const notify = useNotify();
  const submission = useSubmission();
  const [state, setState] = React.useState<ChangeState | ''>('');
  const [chosen, setChosen] = React.useState<ChangeView | null>(null);
  const pages = usePages<ChangeView>(apiPath('/change-requests', { state }));

  const close = (): void => {
    submission.clear();
    setChosen(null);
  };

  const withdraw = async (change: ChangeView): Promise<void> => {
    const path = `/change-requests/${encodeURIComponent(change.documentId)}/withdraw`;
    if (!(await submission.post(path))) return;
    notify('success', t('requests.withdrawn'));
    close();
    pages.reload();
  };

  return (
    <>
      <StateFilter states={CHANGE_STATES} value={state} onChange={setState} />
      <CardList
        label={t('requests.changes')}
        pages={pages}
        empty={t('requests.changesEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(change) => <ChangeCard change={change} onWithdraw={() => setChosen(change)} />}
      </CardList>
      {chosen && (
        <ConfirmDialog
          title={t('requests.withdrawTitle')}
          confirmLabel={t('common.withdraw')}
          submission={submission}
          onConfirm={() => withdraw(chosen)}
          onClose={close}
        >
          {t('requests.withdrawText', { purpose: title(chosen) })}
        </ConfirmDialog>
      )}
    </>
  );
};
