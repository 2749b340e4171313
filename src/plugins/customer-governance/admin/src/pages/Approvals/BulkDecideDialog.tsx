import * as React from 'react';

import { Flex, Typography } from '@strapi/design-system';

import type { ApprovalItem, DecisionResult } from '../../api/types';
import { Meter } from '../../components/Meter';
import { OutcomesDialog } from '../../components/OutcomesDialog';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { nextOf, type StepId } from './selection';

/** What is returned for change is returned for a reason of its own, one by one. */
export type BulkDecision = 'approve' | 'reject';

interface BulkDecideDialogProps {
  items: ApprovalItem[];
  decision: BulkDecision;
  /** Something was decided, or everything. */
  onDone: () => void;
  onClose: () => void;
}

interface OutcomesProps extends Pick<BulkDecideDialogProps, 'items' | 'decision' | 'onClose'> {
  results: DecisionResult[];
}

/** How many were decided, and of each of the others why not. */
const Outcomes = ({ items, decision, results, onClose }: OutcomesProps) => {
  const t = useTranslate();
  const refused = results.filter(({ outcome }) => outcome === 'refused');
  const done = results.length - refused.length;
  const titleOf = (stepId: StepId): string => {
    const item = items.find((each) => each.stepId === stepId);
    return item ? t(`approvals.from.${item.kind}`, { name: personLine(item.requester) }) : '';
  };
  return (
    <OutcomesDialog
      title={t('approvals.bulk.outcome')}
      summary={t(`approvals.bulk.${decision}Outcome`, { done, refused: refused.length })}
      done={done > 0}
      refused={refused.map(({ stepId, message }) => ({
        id: stepId,
        title: titleOf(stepId),
        reason: message,
      }))}
      onClose={onClose}
    />
  );
};

/** Decides several steps with one comment, part by part, and tells what was refused. */
export const BulkDecideDialog = ({ items, decision, onDone, onClose }: BulkDecideDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [results, setResults] = React.useState<DecisionResult[]>([]);
  const [finished, setFinished] = React.useState(false);

  const decide = async (comment: string): Promise<void> => {
    let known = results;
    for (let next = nextOf(items, known); next.length > 0; next = nextOf(items, known)) {
      const stepIds = next.map(({ stepId }) => stepId);
      const body = { stepIds, decision, comment };
      const answer = await submission.post<{ results: DecisionResult[] }>(
        '/approvals/decide',
        body
      );
      // What is decided stays decided; the rest can be tried again with the comment that is still there.
      if (!answer) return;
      known = [...known, ...answer.results];
      setResults(known);
    }
    if (known.some(({ outcome }) => outcome === 'refused')) {
      setFinished(true);
      return;
    }
    notify('success', t(`approvals.bulk.${decision}Done`, { count: known.length }));
    onDone();
  };

  const close = (): void => {
    if (results.length > 0) onDone();
    else onClose();
  };

  if (finished) {
    return <Outcomes items={items} decision={decision} results={results} onClose={close} />;
  }
  return (
    <ReasonDialog
      title={t(`approvals.bulk.${decision}Title`, { count: items.length })}
      intro={
        <Flex direction="column" alignItems="stretch" gap={3}>
          <Typography>{t('approvals.bulk.intro')}</Typography>
          {results.length > 0 && (
            <>
              <Meter
                label={t('approvals.bulk.progressLabel')}
                share={results.length / items.length}
              />
              <Typography role="status" variant="pi">
                {t('approvals.bulk.progress', { done: results.length, count: items.length })}
              </Typography>
            </>
          )}
        </Flex>
      }
      label={t('approvals.comment')}
      required={decision === 'reject'}
      confirmLabel={t(`approvals.${decision}`)}
      tone={decision === 'reject' ? 'danger' : 'success'}
      submission={submission}
      onConfirm={decide}
      onClose={close}
    />
  );
};
