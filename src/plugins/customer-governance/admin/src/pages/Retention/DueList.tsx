import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { DueItem } from '../../api/types';
import { CUSTOMER_STAGES, type CustomerStage } from '../../api/vocabulary';
import { LoadMore } from '../../components/LoadMore';
import { ResourceView } from '../../components/ResourceView';
import { StateFilter } from '../../components/StateFilter';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { DueTable } from './DueTable';
import { ProposeDialog } from './ProposeDialog';
import { ProposeUntilDialog } from './ProposeUntilDialog';

/** Customers whose retention has run out; those without a hold or an order can be proposed for destruction. */
export const DueList = () => {
  const t = useTranslate();
  const mayPropose = usePermission('retention.propose');
  const [stage, setStage] = React.useState<CustomerStage | ''>('');
  const pages = usePages<DueItem>(apiPath('/retention/due', { stage }));
  const [chosen, setChosen] = React.useState<ReadonlySet<string>>(new Set());
  const [proposing, setProposing] = React.useState<'chosen' | 'until' | null>(null);

  // What is no longer in the list must not be proposed by a tick that nobody sees.
  const customers = (pages.data ?? []).filter(({ documentId }) => chosen.has(documentId));

  const proposed = (): void => {
    setChosen(new Set());
    setProposing(null);
    pages.reload();
  };

  return (
    <>
      <StateFilter of="stage" states={CUSTOMER_STAGES} value={stage} onChange={setStage} />
      <ResourceView
        resource={pages}
        empty={{
          when: (items) => items.length === 0,
          text: t(stage ? 'retention.dueEmptyHere' : 'retention.dueEmpty'),
        }}
      >
        {(items) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Flex justifyContent="space-between" gap={4} wrap="wrap">
              <Typography textColor="neutral600" role="status">
                {t('retention.dueCount', { total: pages.total ?? items.length })}
                {mayPropose && ` · ${t('retention.chosen', { count: customers.length })}`}
              </Typography>
              {mayPropose && (
                <Flex gap={2} wrap="wrap">
                  <Button variant="tertiary" onClick={() => setProposing('until')}>
                    {t('retention.proposeUntil')}
                  </Button>
                  <Button disabled={customers.length === 0} onClick={() => setProposing('chosen')}>
                    {t('retention.propose')}
                  </Button>
                </Flex>
              )}
            </Flex>
            <DueTable items={items} chosen={chosen} selectable={mayPropose} onChoose={setChosen} />
            <LoadMore pages={pages} />
          </Flex>
        )}
      </ResourceView>
      {proposing === 'chosen' && (
        <ProposeDialog customers={customers} onDone={proposed} onClose={() => setProposing(null)} />
      )}
      {proposing === 'until' && (
        <ProposeUntilDialog onDone={proposed} onClose={() => setProposing(null)} />
      )}
    </>
  );
};
