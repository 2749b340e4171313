import * as React from 'react';

import { Badge, Button, Flex } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { PoolView } from '../../api/register';
import { DataTable, type Column } from '../../components/DataTable';
import { LoadMore } from '../../components/LoadMore';
import { Notice } from '../../components/Notice';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { CustomerLine } from './CustomerLine';

interface Given {
  items: Array<{ customer: string; owner: { name: string } | null }>;
}

/** As many as the server hands out at a time. */
const AT_ONCE = 100;

/** Customers without an owner, to be handed out in turn. */
export const PoolTab = () => {
  const t = useTranslate();
  const { date } = useFormat();
  const notify = useNotify();
  const submission = useSubmission();
  const pages = usePages<PoolView>(apiPath('/register/pool'));
  const [chosen, setChosen] = React.useState<Set<string>>(new Set());
  const nameOf = ({ customer, documentId }: PoolView): string =>
    customer?.label ?? customer?.filingNumber ?? documentId;

  const handOut = async (): Promise<void> => {
    const customers = [...chosen].slice(0, AT_ONCE);
    const given = await submission.post<Given>('/register/pool/hand-out', { customers });
    if (!given) return;
    const count = given.items.filter(({ owner }) => owner !== null).length;
    notify('success', t('register.handedOut', { count }));
    setChosen(new Set());
    pages.reload();
  };

  const columns: Column<PoolView>[] = [
    {
      title: t('register.customer'),
      cell: ({ customer }) => <CustomerLine customer={customer} />,
    },
    { title: t('register.department'), cell: ({ department }) => department ?? '—' },
    { title: t('register.onFileSince'), cell: ({ createdAt }) => date(createdAt) },
    {
      title: t('common.state'),
      cell: ({ lapsed }) => lapsed && <Badge variant="warning">{t('register.lapsed')}</Badge>,
    },
  ];
  return (
    <ResourceView
      resource={pages}
      empty={{ when: (items) => items.length === 0, text: t('register.poolEmpty') }}
    >
      {(items) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Flex justifyContent="flex-end">
            <Button
              disabled={chosen.size === 0}
              loading={submission.busy}
              onClick={() => void handOut()}
            >
              {t('register.handOut', { count: chosen.size })}
            </Button>
          </Flex>
          {submission.error && <Notice tone="danger">{submission.error}</Notice>}
          <DataTable
            label={t('register.pool')}
            columns={columns}
            rows={items}
            idOf={({ documentId }) => documentId}
            choosing={{ chosen, isChoosable: () => true, labelOf: nameOf, onChoose: setChosen }}
          />
          <LoadMore pages={pages} />
        </Flex>
      )}
    </ResourceView>
  );
};
