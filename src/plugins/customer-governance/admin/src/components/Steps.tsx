import { Typography } from '@strapi/design-system';
import { ArrowLeft, Check, Clock, Cross, Minus } from '@strapi/icons';

import type { StepView } from '../api/types';
import type { StepState } from '../api/vocabulary';
import { useFormat } from '../hooks/useFormat';
import { useApprover, useTranslate } from '../hooks/useTranslate';
import { StateBadge } from './Badges';
import { DateTime } from './DateTime';
import { Timeline, type TimelineEntry } from './Timeline';

const MARKS = {
  waiting: { Icon: Minus, tone: 'neutral' },
  pending: { Icon: Clock, tone: 'primary' },
  approved: { Icon: Check, tone: 'success' },
  rejected: { Icon: Cross, tone: 'danger' },
  returned: { Icon: ArrowLeft, tone: 'warning' },
  expired: { Icon: Cross, tone: 'neutral' },
  cancelled: { Icon: Minus, tone: 'neutral' },
} as const satisfies Record<StepState, Pick<TimelineEntry, 'Icon' | 'tone'>>;

const isOverdue = (step: StepView): boolean =>
  step.state === 'pending' && step.dueAt !== null && Date.parse(step.dueAt) < Date.now();

/** Who decided, and in whose place; or who may. */
const Who = ({ step }: { step: StepView }) => {
  const t = useTranslate();
  const { list } = useFormat();
  const withDeputies = ({ name, deputies = [] }: StepView['eligible'][number]): string =>
    deputies.length > 0 ? t('steps.away', { name, deputies: list(deputies) }) : name;
  if (step.decidedBy) {
    return step.onBehalfOf
      ? t('steps.inPlaceOf', { name: step.decidedBy.name, principal: step.onBehalfOf.name })
      : step.decidedBy.name;
  }
  // Who may decide a later step is settled when its turn comes.
  if (step.state !== 'pending' && step.eligible.length === 0) return null;
  return step.eligible.length > 0
    ? t('steps.eligible', { names: list(step.eligible.map(withDeputies)) })
    : t('steps.noneEligible');
};

const Escalation = ({ at }: { at: string }) => {
  const t = useTranslate();
  const { dateTime } = useFormat();
  return (
    <Typography variant="pi" textColor="neutral600">
      {t('steps.escalatedAt', { at: dateTime(at) })}
    </Typography>
  );
};

/** A step as an entry of a timeline: who and when, in whose place, what was said. */
export const useStepEntry = (): ((step: StepView) => TimelineEntry) => {
  const t = useTranslate();
  const approver = useApprover();
  return (step) => {
    const { Icon, tone } = MARKS[step.state] ?? MARKS.waiting;
    const late = isOverdue(step);
    return {
      id: step.id,
      Icon,
      tone: late ? 'danger' : tone,
      title: approver(step.role),
      badges: (
        <>
          <StateBadge state={step.state} />
          {late && <StateBadge state="overdue" />}
          {step.state === 'pending' && step.escalatedAt && <StateBadge state="escalated" />}
        </>
      ),
      at: step.decidedAt ? (
        <DateTime value={step.decidedAt} />
      ) : (
        step.state === 'pending' &&
        step.dueAt && (
          <>
            {t('steps.due')} <DateTime value={step.dueAt} />
          </>
        )
      ),
      ahead: step.state === 'waiting' || step.state === 'pending',
      children: (
        <>
          <Typography variant="pi" textColor="neutral600">
            <Who step={step} />
          </Typography>
          {step.escalatedAt && <Escalation at={step.escalatedAt} />}
          {step.comment && <Typography>{t('steps.comment', { comment: step.comment })}</Typography>}
        </>
      ),
    };
  };
};

/** The way of a request through its approvals, in order, with who decided or who may. */
export const Steps = ({ steps }: { steps: StepView[] }) => {
  const t = useTranslate();
  const entryOf = useStepEntry();
  const round = Math.max(0, ...steps.map((step) => step.round));
  const ordered = steps
    .filter((step) => step.round === round)
    .sort((a, b) => a.position - b.position);
  if (ordered.length === 0) {
    return <Typography textColor="neutral600">{t('steps.none')}</Typography>;
  }
  return <Timeline label={t('steps.label')} entries={ordered.map(entryOf)} />;
};
