import { Box, Flex, Typography } from '@strapi/design-system';
import { ArrowLeft, CheckCircle, Clock, CrossCircle, MinusCircle } from '@strapi/icons';
import { styled } from 'styled-components';

import type { StepView } from '../api/types';
import type { StepState } from '../api/vocabulary';
import { useFormat } from '../hooks/useFormat';
import { useApprover, useTranslate } from '../hooks/useTranslate';
import { StateBadge } from './Badges';
import { DateTime } from './DateTime';

const MARKS = {
  waiting: { Icon: MinusCircle, fill: 'neutral500' },
  pending: { Icon: Clock, fill: 'primary600' },
  approved: { Icon: CheckCircle, fill: 'success600' },
  rejected: { Icon: CrossCircle, fill: 'danger600' },
  returned: { Icon: ArrowLeft, fill: 'warning600' },
  cancelled: { Icon: MinusCircle, fill: 'neutral500' },
  expired: { Icon: CrossCircle, fill: 'neutral500' },
} as const satisfies Record<StepState, object>;

const Step = styled(Flex)`
  &:not(:last-child) {
    border-left: 2px solid ${({ theme }) => theme.colors.neutral200};
  }
  &:last-child {
    border-left: 2px solid transparent;
  }
`;

const Mark = styled(Box)`
  margin-left: -0.9rem;
  background: ${({ theme }) => theme.colors.neutral0};
  border-radius: 50%;
  line-height: 0;
`;

const isOverdue = (step: StepView): boolean =>
  step.state === 'pending' && step.dueAt !== null && Date.parse(step.dueAt) < Date.now();

const StepDetail = ({ step }: { step: StepView }) => {
  const t = useTranslate();
  const { list } = useFormat();
  const withDeputies = ({ name, deputies = [] }: StepView['eligible'][number]): string =>
    deputies.length > 0 ? t('steps.away', { name, deputies: list(deputies) }) : name;
  if (step.decidedBy) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {step.onBehalfOf
          ? t('steps.inPlaceOf', { name: step.decidedBy.name, principal: step.onBehalfOf.name })
          : step.decidedBy.name}{' '}
        · <DateTime value={step.decidedAt} />
      </Typography>
    );
  }
  // Who may decide a later step is settled when its turn comes.
  if (step.state === 'waiting' && step.eligible.length === 0) return null;
  return (
    <Typography variant="pi" textColor="neutral600">
      {step.eligible.length > 0
        ? t('steps.eligible', { names: list(step.eligible.map(withDeputies)) })
        : t('steps.noneEligible')}
      {step.dueAt && (
        <>
          {' · '}
          {t('steps.due')} <DateTime value={step.dueAt} />
        </>
      )}
    </Typography>
  );
};

/** The way of a request through its approvals, in order, with who decided or who may. */
export const Steps = ({ steps }: { steps: StepView[] }) => {
  const t = useTranslate();
  const approver = useApprover();
  const round = Math.max(0, ...steps.map((step) => step.round));
  const ordered = steps
    .filter((step) => step.round === round)
    .sort((a, b) => a.position - b.position);
  if (ordered.length === 0) {
    return <Typography textColor="neutral600">{t('steps.none')}</Typography>;
  }
  return (
    <Box tag="ol" aria-label={t('steps.label')} paddingLeft={2}>
      {ordered.map((step) => {
        const { Icon, fill } = MARKS[step.state] ?? MARKS.waiting;
        return (
          <Step tag="li" key={step.id} gap={3} alignItems="flex-start" paddingBottom={3}>
            <Mark>
              <Icon aria-hidden fill={fill} width="16px" height="16px" />
            </Mark>
            <Flex direction="column" alignItems="flex-start" gap={1}>
              <Flex gap={2} wrap="wrap">
                <Typography fontWeight="semiBold">{approver(step.role)}</Typography>
                <StateBadge state={step.state} />
                {isOverdue(step) && <StateBadge state="overdue" />}
                {step.state === 'pending' && step.escalatedAt && <StateBadge state="escalated" />}
              </Flex>
              <StepDetail step={step} />
              {step.comment && <Typography variant="pi">“{step.comment}”</Typography>}
            </Flex>
          </Step>
        );
      })}
    </Box>
  );
};
