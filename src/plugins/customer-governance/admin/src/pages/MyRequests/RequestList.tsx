import * as React from 'react';

import { Button, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';

import { apiPath } from '../../api/paths';
import type { AccessRequestView } from '../../api/types';
import { REQUEST_STATES, type RequestState } from '../../api/vocabulary';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { DateTime } from '../../components/DateTime';
import { FormerRequestDialog } from '../../components/RequestAccess/FormerRequestDialog';
import { RequestDetails } from '../../components/RequestDetails';
import { RequestLink } from '../../components/RequestLink';
import { StateFilter } from '../../components/StateFilter';
import { Steps } from '../../components/Steps';
import { usePages } from '../../hooks/usePages';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { grantState } from '../../utils/grants';
import { WithdrawDialog } from './WithdrawDialog';

/** Not decided yet: may be changed and taken back. */
const OPEN = new Set<RequestState>(['draft', 'submitted', 'in-review', 'returned']);

interface RequestCardProps {
  request: AccessRequestView;
  onChange: () => void;
  onWithdraw: () => void;
}

const RequestCard = ({ request, onChange, onWithdraw }: RequestCardProps) => {
  const t = useTranslate();
  const local = useLocalText();
  return (
    <Card
      title={local(request.purpose?.name)}
      badges={<StateBadge state={request.state} />}
      actions={
        <>
          <RequestLink request={request} />
          {OPEN.has(request.state) && (
            <>
              <Button
                variant="danger-light"
                aria-label={t('requests.withdrawOf', { purpose: local(request.purpose?.name) })}
                onClick={onWithdraw}
              >
                {t('common.withdraw')}
              </Button>
              <Button
                variant="secondary"
                startIcon={<Pencil />}
                aria-label={t('requests.changeOf', { purpose: local(request.purpose?.name) })}
                onClick={onChange}
              >
                {t('requests.change')}
              </Button>
            </>
          )}
        </>
      }
    >
      <RequestDetails request={request} mine />
      {request.grant && (
        <Typography>
          <StateBadge state={grantState(request.grant)} /> {t('grant.until')}{' '}
          <DateTime value={request.grant.endsAt} />
        </Typography>
      )}
      <Steps steps={request.steps} />
    </Card>
  );
};

/** The user's requests with their way through the approvals. */
export const RequestList = () => {
  const t = useTranslate();
  const local = useLocalText();
  const [state, setState] = React.useState<RequestState | ''>('');
  const [chosen, setChosen] = React.useState<AccessRequestView | null>(null);
  const [changed, setChanged] = React.useState<AccessRequestView | null>(null);
  const pages = usePages<AccessRequestView>(apiPath('/access-requests', { state }));

  return (
    <>
      <StateFilter states={REQUEST_STATES} value={state} onChange={setState} />
      <CardList
        label={t('requests.requests')}
        pages={pages}
        empty={t('requests.requestsEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(request) => (
          <RequestCard
            request={request}
            onChange={() => setChanged(request)}
            onWithdraw={() => setChosen(request)}
          />
        )}
      </CardList>
      {chosen && (
        <WithdrawDialog
          path="/access-requests"
          documentId={chosen.documentId}
          subject={local(chosen.purpose?.name)}
          onWithdrawn={pages.reload}
          onClose={() => setChosen(null)}
        />
      )}
      {changed && (
        <FormerRequestDialog
          requestId={changed.documentId}
          use="change"
          onSent={pages.reload}
          onClose={() => setChanged(null)}
        />
      )}
    </>
  );
};
