import * as React from 'react';

import { Button } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { GrantView } from '../../api/types';
import { GRANT_STATES, type GrantState } from '../../api/vocabulary';
import { AttributeList, StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { ReasonDialog } from '../../components/ReasonDialog';
import { StateFilter } from '../../components/StateFilter';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { grantState } from '../../utils/grants';
import { personLine } from '../../utils/names';

interface GrantCardProps {
  grant: GrantView;
  onRevoke: () => void;
}

const GrantCard = ({ grant, onRevoke }: GrantCardProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const { number } = useFormat();
  const mayRevoke = usePermission('access.revoke');
  const state = grantState(grant);
  return (
    <Card
      title={personLine(grant.holder)}
      badges={<StateBadge state={state} />}
      aside={
        <>
          {t('grant.until')} <DateTime value={grant.endsAt} />
        </>
      }
      actions={
        mayRevoke &&
        state === 'active' && (
          <Button
            variant="danger-light"
            aria-label={t('grant.revokeOf', { name: personLine(grant.holder) })}
            onClick={onRevoke}
          >
            {t('grant.revoke')}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          { name: t('request.purpose'), value: local(grant.purpose?.name) },
          {
            name: t('request.attributes'),
            value: <AttributeList type={grant.recordType} attributes={grant.attributes} />,
          },
          {
            name: t('request.records', { count: grant.recordCount }),
            value: number(grant.recordCount),
          },
          { name: t('grant.from'), value: <DateTime value={grant.startsAt} /> },
        ]}
      />
    </Card>
  );
};

/** Grants with their end, and their revocation for those who may. */
export const GrantList = () => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [state, setState] = React.useState<GrantState | ''>('');
  const [chosen, setChosen] = React.useState<GrantView | null>(null);
  const pages = usePages<GrantView>(apiPath('/access-grants', { state }));

  const close = (): void => {
    submission.clear();
    setChosen(null);
  };

  const revoke = async (grant: GrantView, reason: string): Promise<void> => {
    const path = `/access-grants/${encodeURIComponent(grant.documentId)}/revoke`;
    if (!(await submission.post(path, { reason }))) return;
    notify('success', t('grant.revoked'));
    close();
    pages.reload();
  };

  return (
    <>
      <StateFilter states={GRANT_STATES} value={state} onChange={setState} />
      <CardList
        label={t('requests.grants')}
        pages={pages}
        empty={t('requests.grantsEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(grant) => <GrantCard grant={grant} onRevoke={() => setChosen(grant)} />}
      </CardList>
      {chosen && (
        <ReasonDialog
          title={t('grant.revokeTitle', { name: personLine(chosen.holder) })}
          label={t('request.reason')}
          required
          maxLength={500}
          confirmLabel={t('grant.revoke')}
          tone="danger"
          submission={submission}
          onConfirm={(reason) => revoke(chosen, reason)}
          onClose={close}
        />
      )}
    </>
  );
};
