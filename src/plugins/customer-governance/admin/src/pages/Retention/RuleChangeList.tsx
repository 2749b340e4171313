import * as React from 'react';

import { Button } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { RuleChangeView } from '../../api/retention';
import { CHANGE_STATES, type ChangeState } from '../../api/vocabulary';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { DateTime } from '../../components/DateTime';
import { Notice } from '../../components/Notice';
import { RuleChangeDetails } from '../../components/RetentionRules/RuleChangeDetails';
import { StateFilter } from '../../components/StateFilter';
import { Steps } from '../../components/Steps';
import { usePages } from '../../hooks/usePages';
import { useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

const ChangeCard = ({ change, onChanged }: { change: RuleChangeView; onChanged: () => void }) => {
  const t = useTranslate();
  const submission = useSubmission();
  const withdraw = async (): Promise<void> => {
    const path = `/retention/rule-changes/${encodeURIComponent(change.documentId)}/withdraw`;
    if (await submission.post(path)) onChanged();
  };
  return (
    <Card
      title={change.code}
      badges={<StateBadge state={change.state} />}
      aside={<DateTime value={change.proposedAt} />}
      actions={
        change.mine &&
        change.state === 'pending' && (
          <Button variant="tertiary" loading={submission.busy} onClick={() => void withdraw()}>
            {t('rule.withdraw')}
          </Button>
        )
      }
    >
      <RuleChangeDetails change={change} />
      <Steps steps={change.steps} />
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
    </Card>
  );
};

/** Changes of retention rules, newest first. */
export const RuleChangeList = () => {
  const t = useTranslate();
  const [state, setState] = React.useState<ChangeState | ''>('');
  const pages = usePages<RuleChangeView>(apiPath('/retention/rule-changes', { state }));
  return (
    <>
      <StateFilter states={CHANGE_STATES} value={state} onChange={setState} />
      <CardList
        label={t('rule.changes')}
        pages={pages}
        empty={t('rule.changesEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(change) => <ChangeCard change={change} onChanged={pages.reload} />}
      </CardList>
    </>
  );
};
