import * as React from 'react';

import { apiPath } from '../../api/paths';
import type { GrantView } from '../../api/types';
import { GRANT_STATES, type GrantState } from '../../api/vocabulary';
import { CardList } from '../../components/CardList';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { FormerRequestDialog } from '../../components/RequestAccess/FormerRequestDialog';
import { ReasonDialog } from '../../components/ReasonDialog';
import { StateFilter } from '../../components/StateFilter';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { GrantCard } from './GrantCard';

type Action = 'suspend' | 'resume' | 'revoke';

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
  const [chosen, setChosen] = React.useState<{ grant: GrantView; action: Action } | null>(null);
  const [renewed, setRenewed] = React.useState<GrantView | null>(null);
  const pages = usePages<GrantView>(
    apiPath('/access-grants', { state, mine: mine ? 'true' : null })
  );

  const close = (): void => {
    submission.clear();
    setChosen(null);
  };

  const change = async (grant: GrantView, action: Action, reason?: string): Promise<void> => {
    const path = `/access-grants/${encodeURIComponent(grant.documentId)}/${action}`;
    if (!(await submission.post(path, reason === undefined ? {} : { reason }))) return;
    notify('success', t(`grant.${action}Done`));
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
            onSuspend={() => setChosen({ grant, action: 'suspend' })}
            onResume={() => setChosen({ grant, action: 'resume' })}
            onRevoke={() => setChosen({ grant, action: 'revoke' })}
            onRenew={() => setRenewed(grant)}
          />
        )}
      </CardList>
      {chosen?.action === 'resume' && (
        <ConfirmDialog
          title={t('grant.resumeTitle', { name: personLine(chosen.grant.holder) })}
          confirmLabel={t('grant.resume')}
          submission={submission}
          onConfirm={() => change(chosen.grant, 'resume')}
          onClose={close}
        >
          {t('grant.resumeText')}
        </ConfirmDialog>
      )}
      {chosen && chosen.action !== 'resume' && (
        <ReasonDialog
          title={t(`grant.${chosen.action}Title`, { name: personLine(chosen.grant.holder) })}
          label={t('request.reason')}
          required
          maxLength={500}
          confirmLabel={t(`grant.${chosen.action}`)}
          tone="danger"
          submission={submission}
          onConfirm={(reason) => change(chosen.grant, chosen.action, reason)}
          onClose={close}
        />
      )}
      {renewed?.request && (
        <FormerRequestDialog
          requestId={renewed.request}
          use="renew"
          onClose={() => setRenewed(null)}
        />
      )}
    </>
  );
};
