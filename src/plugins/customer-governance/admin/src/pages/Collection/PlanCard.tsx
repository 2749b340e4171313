import { Button, Link as TextLink } from '@strapi/design-system';
import { ArrowLeft, PaperPlane } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { PlanView } from '../../api/collection';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { DateTime } from '../../components/DateTime';
import { Notice } from '../../components/Notice';
import { Assessment } from '../../components/Plans/Assessment';
import { PlanDetails } from '../../components/Plans/PlanDetails';
import { Steps } from '../../components/Steps';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { recordHref } from '../../utils/recordHref';
import { PLUGIN_ID } from '../../pluginId';

interface PlanCardProps {
  plan: PlanView;
  onChanged: () => void;
}

const PLAN = `plugin::${PLUGIN_ID}.collection-plan`;

/** One plan: what it collects, where its approval stands, and what may be done with it now. */
export const PlanCard = ({ plan, onChanged }: PlanCardProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const maySubmit = usePermission('plans.submit');
  const submission = useSubmission();
  const { documentId, title, state } = plan;

  const move = async (action: 'submit' | 'withdraw'): Promise<void> => {
    if (!(await submission.post(`/collection-plans/${documentId}/${action}`))) return;
    notify('success', t(action === 'submit' ? 'plan.submitted' : 'plan.withdrawn'));
    onChanged();
  };

  return (
    <Card
      title={title}
      badges={<StateBadge state={state} />}
      aside={plan.proposedAt && <DateTime value={plan.proposedAt} />}
      actions={
        <>
          <TextLink tag={Link} to={recordHref(PLAN, documentId)}>
            {t('plan.open')}
          </TextLink>
          {maySubmit && state === 'in-review' && plan.mine && (
            <Button
              variant="tertiary"
              startIcon={<ArrowLeft />}
              loading={submission.busy}
              aria-label={t('plan.withdrawOf', { title })}
              onClick={() => void move('withdraw')}
            >
              {t('plan.withdraw')}
            </Button>
          )}
          {maySubmit && state === 'draft' && (
            <Button
              startIcon={<PaperPlane />}
              loading={submission.busy}
              aria-label={t('plan.submitOf', { title })}
              onClick={() => void move('submit')}
            >
              {t('plan.submit')}
            </Button>
          )}
        </>
      }
    >
      <PlanDetails plan={plan} />
      {plan.assessments.map((assessment) => (
        <Assessment key={assessment.documentId} assessment={assessment} onApproved={onChanged} />
      ))}
      {plan.steps.length > 0 && <Steps steps={plan.steps} />}
      {submission.error && (
        <Notice tone="danger" title={t('plan.incomplete')}>
          {submission.error}
        </Notice>
      )}
    </Card>
  );
};
