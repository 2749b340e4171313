import * as React from 'react';

import { apiPath } from '../../api/paths';
import type { GrantView } from '../../api/types';
import { GRANT_STATES, type GrantState } from '../../api/vocabulary';
import { CardList } from '../../components/CardList';
import { ReasonDialog } from '../../components/ReasonDialog';
import { StateFilter } from '../../components/StateFilter';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { GrantCard } from './GrantCard';
import { RenewDialog } from './RenewDialog';

interface GrantListProps {
  /** Only the user's own; else everybody's, for those who may revoke them. */
  mine?: boolean;
}

/** Grants with their end, and their revocation for those who may. */
export const GrantList = ({ mine = false }: GrantListProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [state, setState] = React.useState<GrantState | ''>('');
  const [chosen, setChosen] = React.useState<GrantView | null>(null);
  const [renewed, setRenewed] = React.useState<GrantView | null>(null);
  const pages = usePages<GrantView>(
    apiPath('/access-grants', { state, mine: mine ? 'true' : null })
  );

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
        label={mine ? t('requests.grants') : t('requests.allGrants')}
        pages={pages}
        empty={t('requests.grantsEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(grant) => (
          <GrantCard
            grant={grant}
            mine={mine}
            onRevoke={() => setChosen(grant)}
            onRenew={() => setRenewed(grant)}
          />
        )}
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
      {renewed?.request && (
        <RenewDialog requestId={renewed.request} onClose={() => setRenewed(null)} />
      )}
    </>
  );
};
