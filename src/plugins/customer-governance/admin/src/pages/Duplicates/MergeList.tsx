import { Button } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';

import type { MergeView } from '../../api/merges';
import { apiPath } from '../../api/paths';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { DateTime } from '../../components/DateTime';
import { MergeSubject } from '../../components/Merges/MergeSubject';
import { Notice } from '../../components/Notice';
import { Steps } from '../../components/Steps';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

const MergeCard = ({ merge, onChanged }: { merge: MergeView; onChanged: () => void }) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const { documentId, state, mine, survivor, submittedAt, steps } = merge;
  const title = t('merge.into', { label: survivor?.label ?? '—' });

  const withdraw = async (): Promise<void> => {
    if (!(await submission.post(`/merges/${encodeURIComponent(documentId)}/withdraw`))) return;
    notify('success', t('merge.withdrawn'));
    onChanged();
  };

  return (
    <Card
      title={title}
      badges={<StateBadge state={state} />}
      aside={<DateTime value={submittedAt} />}
      actions={
        mine &&
        state === 'pending' && (
          <Button
            variant="tertiary"
            startIcon={<ArrowLeft />}
            loading={submission.busy}
            onClick={() => void withdraw()}
          >
            {t('common.withdraw')}
          </Button>
        )
      }
    >
      <MergeSubject merge={merge} />
      {steps.length > 0 && <Steps steps={steps} />}
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
    </Card>
  );
};

/** The requests of whoever is signed in to make one file of two. */
export const MergeList = () => {
  const t = useTranslate();
  const pages = usePages<MergeView>(apiPath('/merges'));
  return (
    <CardList
      label={t('duplicates.merges')}
      pages={pages}
      empty={t('merge.none')}
      idOf={({ documentId }) => documentId}
    >
      {(merge) => <MergeCard merge={merge} onChanged={pages.reload} />}
    </CardList>
  );
};
