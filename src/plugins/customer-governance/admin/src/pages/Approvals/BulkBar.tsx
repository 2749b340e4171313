import { Button, Checkbox, Flex, Typography } from '@strapi/design-system';
import { Check, Cross } from '@strapi/icons';

import type { ApprovalItem } from '../../api/types';
import { useTranslate } from '../../hooks/useTranslate';
import { allChosen } from '../../utils/choice';
import type { BulkDecision } from './BulkDecideDialog';
import type { StepId } from './selection';

interface BulkBarProps {
  items: readonly ApprovalItem[];
  chosen: ReadonlySet<StepId>;
  onChoose: (chosen: Set<StepId>) => void;
  onDecide: (decision: BulkDecision) => void;
}

/** Above the list: chooses everything that is shown, and decides what is chosen. */
export const BulkBar = ({ items, chosen, onChoose, onDecide }: BulkBarProps) => {
  const t = useTranslate();
  const all = allChosen(
    items.map(({ stepId }) => stepId),
    chosen
  );
  const count = items.filter(({ stepId }) => chosen.has(stepId)).length;
  return (
    <Flex
      role="group"
      aria-label={t('approvals.bulk.label')}
      justifyContent="space-between"
      gap={2}
      wrap="wrap"
      minHeight="3.2rem"
      paddingBottom={4}
    >
      <Flex gap={4}>
        <Checkbox
          checked={all}
          onCheckedChange={() =>
            onChoose(all === true ? new Set() : new Set(items.map(({ stepId }) => stepId)))
          }
        >
          {t('approvals.bulk.all')}
        </Checkbox>
        <Typography textColor="neutral600" role="status">
          {t('approvals.bulk.chosen', { count })}
        </Typography>
      </Flex>
      {count > 0 && (
        <Flex gap={2}>
          <Button variant="danger-light" startIcon={<Cross />} onClick={() => onDecide('reject')}>
            {t('approvals.bulk.reject')}
          </Button>
          <Button variant="success" startIcon={<Check />} onClick={() => onDecide('approve')}>
            {t('approvals.bulk.approve')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
};
