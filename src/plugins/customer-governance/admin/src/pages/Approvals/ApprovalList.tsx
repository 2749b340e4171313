import * as React from 'react';

import { useSearchParams } from 'react-router-dom';

import type { ApprovalItem } from '../../api/types';
import { CardList } from '../../components/CardList';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { toggled } from '../../utils/choice';
import { ApprovalCard } from './ApprovalCard';
import { BulkBar } from './BulkBar';
import { BulkDecideDialog, type BulkDecision } from './BulkDecideDialog';
import { filtersFrom, inboxPath, isFiltered, withFilters } from './filters';
import { InboxFilters } from './InboxFilters';
import { isOpen, type StepId } from './selection';

const NONE: ReadonlySet<StepId> = new Set();

/** The steps that wait for the user or that the user decided, with the filter that stands in the address. */
export const ApprovalList = ({ state }: { state: 'pending' | 'decided' }) => {
  const t = useTranslate();
  const [search, setSearch] = useSearchParams();
  const filters = filtersFrom(search);
  const pages = usePages<ApprovalItem>(inboxPath(state, filters));
  const [chosen, setChosen] = React.useState(NONE);
  const [decision, setDecision] = React.useState<BulkDecision | null>(null);

  const open = (pages.data ?? []).filter(isOpen);
  // A single one has its own buttons.
  const several = open.length > 1;

  const decided = (): void => {
    setDecision(null);
    setChosen(NONE);
    pages.reload();
  };

  return (
    <>
      <InboxFilters
        filters={filters}
        onApply={(next) => setSearch(withFilters(search, next), { replace: true })}
      />
      {several && (
        <BulkBar items={open} chosen={chosen} onChoose={setChosen} onDecide={setDecision} />
      )}
      <CardList
        label={t(`approvals.${state}`)}
        pages={pages}
        empty={isFiltered(filters) ? t('approvals.filteredEmpty') : t(`approvals.${state}Empty`)}
        idOf={({ stepId }) => stepId}
      >
        {(item) => (
          <ApprovalCard
            item={item}
            chosen={several && isOpen(item) ? chosen.has(item.stepId) : undefined}
            onChoose={() => setChosen(toggled(chosen, item.stepId))}
            onDecided={decided}
          />
        )}
      </CardList>
      {decision && (
        <BulkDecideDialog
          // What is no longer in the list must not be decided by a tick that nobody sees.
          items={open.filter(({ stepId }) => chosen.has(stepId))}
          decision={decision}
          onDone={decided}
          onClose={() => setDecision(null)}
        />
      )}
    </>
  );
};
