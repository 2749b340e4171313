import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { DueItem } from '../../api/types';
import { LoadMore } from '../../components/LoadMore';
import { ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { DueTable } from './DueTable';
import { ProposeDialog } from './ProposeDialog';

/** Customers whose retention has run out; those without a hold or an order can be proposed for destruction. */
export const DueList = () => {
  const t = useTranslate();
  const mayPropose = usePermission('retention.propose');
  const pages = usePages<DueItem>(apiPath('/retention/due'));
  const [chosen, setChosen] = React.useState<ReadonlySet<string>>(new Set());
  const [proposing, setProposing] = React.useState(false);

  // What is no longer in the list must not be proposed by a tick that nobody sees.
  const customers = (pages.data ?? []).filter(({ documentId }) => chosen.has(documentId));

  const proposed = (): void => {
    setChosen(new Set());
    setProposing(false);
    pages.reload();
  };

  return (
    <ResourceView
      resource={pages}
      empty={{ when: (items) => items.length === 0, text: t('retention.dueEmpty') }}
    >
      {(items) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Flex justifyContent="space-between" gap={4} wrap="wrap">
            <Typography textColor="neutral600" role="status">
              {t('retention.dueCount', { total: pages.total ?? items.length })}
              {mayPropose && ` · ${t('retention.chosen', { count: customers.length })}`}
            </Typography>
            {mayPropose && (
              <Button disabled={customers.length === 0} onClick={() => setProposing(true)}>
                {t('retention.propose')}
              </Button>
            )}
          </Flex>
          <DueTable items={items} chosen={chosen} selectable={mayPropose} onChoose={setChosen} />
          <LoadMore pages={pages} />
          {proposing && (
            <ProposeDialog
              customers={customers}
              onDone={proposed}
              onClose={() => setProposing(false)}
            />
          )}
        </Flex>
      )}
    </ResourceView>
  );
};
