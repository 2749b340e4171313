import { Button } from '@strapi/design-system';
import { Check, Cross } from '@strapi/icons';

import type { ApprovalItem } from '../../api/types';
import { ChooseBar } from '../../components/ChooseBar';
import { useTranslate } from '../../hooks/useTranslate';
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
  return (
    <ChooseBar
      label={t('approvals.bulk.label')}
      allLabel={t('approvals.bulk.all')}
      chosenLabel={(count) => t('approvals.bulk.chosen', { count })}
      ids={items.map(({ stepId }) => stepId)}
      chosen={chosen}
      onChoose={onChoose}
    >
      <Button variant="danger-light" startIcon={<Cross />} onClick={() => onDecide('reject')}>
        {t('approvals.bulk.reject')}
      </Button>
      <Button variant="success" startIcon={<Check />} onClick={() => onDecide('approve')}>
        {t('approvals.bulk.approve')}
      </Button>
    </ChooseBar>
  );
};
