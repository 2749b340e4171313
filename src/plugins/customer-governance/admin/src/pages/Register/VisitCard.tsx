import * as React from 'react';

import { Badge, Button, Typography } from '@strapi/design-system';
import { Check } from '@strapi/icons';

import type { VisitView } from '../../api/register';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { ReasonDialog } from '../../components/ReasonDialog';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { ChooseOwnerDialog } from './ChooseOwnerDialog';
import { CustomerLine } from './CustomerLine';

interface VisitCardProps {
  visit: VisitView;
  onChanged: (visit: VisitView) => void;
}

type Asking = 'choose' | 'pool' | 'dispute' | null;

/** One visit or call: what it was about, whose customer came of it, and what may be decided now. */
export const VisitCard = ({ visit, onChanged }: VisitCardProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const notify = useNotify();
  const assigns = usePermission('register.assign');
  const submission = useSubmission();
  const [asking, setAsking] = React.useState<Asking>(null);
  const title = t('register.visitOf', {
    kind: t(`visitKind.${visit.kind}`),
    name: personLine(visit.staff),
  });

  const settle = async (body: object): Promise<void> => {
    const after = await submission.post<VisitView>(`/register/visits/${visit.id}/settle`, body);
    if (!after) return;
    setAsking(null);
    notify('success', t('register.settled'));
    onChanged(after);
  };

  const dispute = async (reason: string): Promise<void> => {
    const raised = await submission.post('/register/disputes', {
      visit: Number(visit.id),
      reason,
    });
    if (!raised) return;
    setAsking(null);
    notify('success', t('register.disputeRaised'));
  };

  const disputable = visit.mine && visit.known && visit.settlement === 'none';
  return (
    <Card
      title={title}
      badges={
        <>
          {visit.known && <Badge variant="secondary">{t('register.known')}</Badge>}
          {visit.settlement !== 'none' && (
            <Badge variant={visit.settlement === 'open' ? 'warning' : 'success'}>
              {t(`settlement.${visit.settlement}`)}
            </Badge>
          )}
        </>
      }
      aside={<DateTime value={visit.at} />}
      actions={
        (visit.maySettle || disputable) && (
          <>
            {visit.maySettle && assigns && (
              <>
                <Button variant="tertiary" onClick={() => setAsking('pool')}>
                  {t('register.toPool')}
                </Button>
                <Button variant="secondary" onClick={() => setAsking('choose')}>
                  {t('register.choose')}
                </Button>
              </>
            )}
            {visit.maySettle && visit.proposal && (
              <Button
                startIcon={<Check />}
                loading={submission.busy}
                onClick={() => void settle({ decision: 'accept' })}
              >
                {t('register.accept', { name: visit.proposal.owner?.name ?? '—' })}
              </Button>
            )}
            {disputable && (
              <Button variant="tertiary" onClick={() => setAsking('dispute')}>
                {t('register.claim')}
              </Button>
            )}
          </>
        )
      }
    >
      {visit.proposal && <Typography>{local(visit.proposal.reason)}</Typography>}
      <Facts
        facts={[
          { name: t('register.customer'), value: <CustomerLine customer={visit.customer} /> },
          { name: t('register.interest'), value: visit.interest },
          { name: t('register.outcome'), value: visit.outcome },
          { name: t('register.nextStep'), value: visit.nextStep },
        ]}
      />
      {asking === null && submission.error && <Notice tone="danger">{submission.error}</Notice>}
      {asking === 'choose' && (
        <ChooseOwnerDialog
          submission={submission}
          onConfirm={(to, why) => settle({ decision: 'choose', to, why })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'pool' && (
        <ReasonDialog
          title={t('register.toPool')}
          label={t('register.why')}
          required
          maxLength={500}
          confirmLabel={t('register.toPool')}
          submission={submission}
          onConfirm={(why) => settle({ decision: 'pool', why })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'dispute' && (
        <ReasonDialog
          title={t('register.claim')}
          intro={t('register.claimHint')}
          label={t('register.why')}
          required
          confirmLabel={t('register.claim')}
          submission={submission}
          onConfirm={dispute}
          onClose={() => setAsking(null)}
        />
      )}
    </Card>
  );
};
