import * as React from 'react';

import { Button } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { ChangeView } from '../../api/types';
import { CHANGE_STATES, type ChangeState } from '../../api/vocabulary';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { ChangeDetails } from '../../components/Changes/ChangeDetails';
import { DateTime } from '../../components/DateTime';
import { StateFilter } from '../../components/StateFilter';
import { Steps } from '../../components/Steps';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { WithdrawDialog } from './WithdrawDialog';

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
  const [state, setState] = React.useState<ChangeState | ''>('');
  const [chosen, setChosen] = React.useState<ChangeView | null>(null);
  const pages = usePages<ChangeView>(apiPath('/change-requests', { state }));

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
        <WithdrawDialog
          path="/change-requests"
          documentId={chosen.documentId}
          subject={title(chosen)}
          onWithdrawn={pages.reload}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
};
