import { Button } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { DisputeView } from '../../api/register';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { CardList } from '../../components/CardList';
import { DateTime } from '../../components/DateTime';
import { DisputeDetails } from '../../components/DisputeDetails';
import { Notice } from '../../components/Notice';
import { Steps } from '../../components/Steps';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

const DisputeCard = ({ dispute, onChanged }: { dispute: DisputeView; onChanged: () => void }) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const withdraw = async (): Promise<void> => {
    if (!(await submission.post(`/register/disputes/${dispute.documentId}/withdraw`))) return;
    notify('success', t('register.disputeWithdrawn'));
    onChanged();
  };
  return (
    <Card
      title={t('register.disputeOver', { owner: dispute.owner?.name ?? '—' })}
      badges={<StateBadge state={dispute.state} />}
      aside={<DateTime value={dispute.submittedAt} />}
      actions={
        dispute.state === 'pending' && (
          <Button variant="tertiary" loading={submission.busy} onClick={() => void withdraw()}>
            {t('common.withdraw')}
          </Button>
        )
      }
    >
      <DisputeDetails dispute={dispute} />
      {dispute.steps.length > 0 && <Steps steps={dispute.steps} />}
      {submission.error && <Notice tone="danger">{submission.error}</Notice>}
    </Card>
  );
};

/** What the user claims, and what was decided. */
export const DisputeList = () => {
  const t = useTranslate();
  const pages = usePages<DisputeView>(apiPath('/register/disputes'));
  return (
    <CardList
      label={t('register.disputes')}
      pages={pages}
      empty={t('register.disputesEmpty')}
      idOf={({ documentId }) => documentId}
    >
      {(dispute) => <DisputeCard dispute={dispute} onChanged={pages.reload} />}
    </CardList>
  );
};
