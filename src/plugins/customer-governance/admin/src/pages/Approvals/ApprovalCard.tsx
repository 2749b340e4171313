import * as React from 'react';

import { Badge, Button, Checkbox } from '@strapi/design-system';
import { ArrowLeft, Check, Cross } from '@strapi/icons';

import type { ApprovalItem } from '../../api/types';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { ChangeDetails } from '../../components/Changes/ChangeDetails';
import { DateTime } from '../../components/DateTime';
import { DisputeDetails } from '../../components/DisputeDetails';
import { Notice } from '../../components/Notice';
import { MergeSubject } from '../../components/Merges/MergeSubject';
import { PlanSubject } from '../../components/Plans/PlanSubject';
import { RequestDetails } from '../../components/RequestDetails';
import { RuleChangeDetails } from '../../components/RetentionRules/RuleChangeDetails';
import { RequestLink } from '../../components/RequestLink';
import { Steps } from '../../components/Steps';
import { useApprover, useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { DecideDialog, type Decision } from './DecideDialog';
import { OrderSubject } from './OrderSubject';
import { isOpen } from './selection';

interface ApprovalCardProps {
  item: ApprovalItem;
  /** Whether it is chosen to be decided with others; left out where there is nothing to choose. */
  chosen?: boolean;
  onChoose: () => void;
  onDecided: () => void;
}

const isLate = (item: ApprovalItem): boolean =>
  item.decidedAt === null &&
  ((item.dueAt !== null && Date.parse(item.dueAt) < Date.now()) ||
    (item.kind === 'change' && item.subject?.late === true));

const Aside = ({ item }: { item: ApprovalItem }) => {
  const t = useTranslate();
  if (item.decidedAt) {
    return (
      <>
        {t('approvals.decidedAt')} <DateTime value={item.decidedAt} />
      </>
    );
  }
  if (!item.dueAt) return null;
  return (
    <>
      {t('steps.due')} <DateTime value={item.dueAt} />
    </>
  );
};

const Subject = ({ item, onChanged }: { item: ApprovalItem; onChanged: () => void }) => {
  const t = useTranslate();
  if (item.subject === null) return <Notice tone="neutral">{t('approvals.subjectGone')}</Notice>;
  switch (item.kind) {
    case 'use':
      return <RequestDetails request={item.subject} marks={item.marks} />;
    case 'change':
      return <ChangeDetails change={item.subject} />;
    case 'destruction':
      return <OrderSubject order={item.subject} onChanged={onChanged} />;
    case 'retention-rule':
      return <RuleChangeDetails change={item.subject} />;
    case 'collection-plan':
      return <PlanSubject plan={item.subject} />;
    case 'attribution-dispute':
      return <DisputeDetails dispute={item.subject} />;
    case 'merge':
      return <MergeSubject merge={item.subject} />;
  }
};

/** One step that the user is to decide, or has decided, with all that is needed to judge it. */
export const ApprovalCard = ({ item, chosen, onChoose, onDecided }: ApprovalCardProps) => {
  const t = useTranslate();
  const approver = useApprover();
  const [decision, setDecision] = React.useState<Decision | null>(null);
  const requester = personLine(item.requester);
  const title = t(`approvals.from.${item.kind}`, { name: requester });

  return (
    <Card
      leading={
        chosen !== undefined && (
          <Checkbox
            aria-label={t('approvals.bulk.choose', { title })}
            checked={chosen}
            onCheckedChange={onChoose}
          />
        )
      }
      title={title}
      badges={
        <>
          <Badge>{t('approvals.as', { role: approver(item.role) })}</Badge>
          {item.onBehalfOf && (
            <Badge>{t('approvals.inPlaceOf', { name: item.onBehalfOf.name })}</Badge>
          )}
          {item.decision && <StateBadge state={item.decision} />}
          {isLate(item) && <StateBadge state="overdue" />}
        </>
      }
      aside={<Aside item={item} />}
      actions={
        <>
          {item.kind === 'use' && item.subject && <RequestLink request={item.subject} />}
          {isOpen(item) && (
            <>
              {(item.kind === 'use' || item.kind === 'collection-plan') && (
                <Button
                  variant="tertiary"
                  startIcon={<ArrowLeft />}
                  aria-label={t('approvals.returnOf', { name: requester })}
                  onClick={() => setDecision('return')}
                >
                  {t('approvals.return')}
                </Button>
              )}
              <Button
                variant="danger-light"
                startIcon={<Cross />}
                aria-label={t('approvals.rejectOf', { name: requester })}
                onClick={() => setDecision('reject')}
              >
                {t('approvals.reject')}
              </Button>
              <Button
                variant="success"
                startIcon={<Check />}
                aria-label={t('approvals.approveOf', { name: requester })}
                onClick={() => setDecision('approve')}
              >
                {t('approvals.approve')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Subject item={item} onChanged={onDecided} />
      {item.subject && <Steps steps={item.subject.steps} />}
      {decision && (
        <DecideDialog
          item={item}
          decision={decision}
          onDone={onDecided}
          onClose={() => setDecision(null)}
        />
      )}
    </Card>
  );
};
