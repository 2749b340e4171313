import * as React from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { Minus, Plus } from '@strapi/icons';

import { apiPath } from '../../../api/paths';
import type { DestructionOrderView, OrderItem } from '../../../api/types';
import { LoadMore } from '../../../components/LoadMore';
import { ReasonDialog } from '../../../components/ReasonDialog';
import { ResourceView } from '../../../components/ResourceView';
import { usePages } from '../../../hooks/usePages';
import { useNotify, useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { AddCustomersDialog } from './AddCustomersDialog';
import { ItemsTable } from './ItemsTable';
import { orderApi } from './paths';

interface OrderItemsProps {
  order: DestructionOrderView;
  /** Whether customers may be taken out and added. */
  editable: boolean;
  onChanged: () => void;
}

/** The customers of an order; while it is reviewed, some can be taken out and others added. */
export const OrderItems = ({ order, editable, onChanged }: OrderItemsProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const pages = usePages<OrderItem>(apiPath(orderApi(order.documentId, 'items')));
  const [ticked, setTicked] = React.useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = React.useState<'take-out' | 'add' | null>(null);
  // What is no longer in the list must not be taken out by a tick that nobody sees.
  const chosen = (pages.data ?? [])
    .filter(({ documentId, state }) => ticked.has(documentId) && state === 'listed')
    .map(({ documentId }) => documentId);

  const changed = (): void => {
    setTicked(new Set());
    setDialog(null);
    pages.reload();
    onChanged();
  };

  const takeOut = async (reason: string): Promise<void> => {
    const body = { customers: chosen, reason };
    if (!(await submission.post(orderApi(order.documentId, 'take-out'), body))) return;
    notify('success', t('order.takenOut', { count: chosen.length }));
    changed();
  };

  return (
    <Flex tag="section" direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Typography tag="h2" variant="delta">
          {t('order.items')}
        </Typography>
        {editable && (
          <Flex gap={2}>
            <Button
              variant="tertiary"
              startIcon={<Minus />}
              disabled={chosen.length === 0}
              onClick={() => setDialog('take-out')}
            >
              {t('order.takeOut', { count: chosen.length })}
            </Button>
            <Button variant="tertiary" startIcon={<Plus />} onClick={() => setDialog('add')}>
              {t('order.add')}
            </Button>
          </Flex>
        )}
      </Flex>
      <ResourceView
        resource={pages}
        empty={{ when: (items) => items.length === 0, text: t('order.itemsEmpty') }}
      >
        {(items) => (
          <>
            <ItemsTable items={items} chosen={ticked} selectable={editable} onChoose={setTicked} />
            <LoadMore pages={pages} />
          </>
        )}
      </ResourceView>
      {dialog === 'add' && (
        <AddCustomersDialog order={order} onDone={changed} onClose={() => setDialog(null)} />
      )}
      {dialog === 'take-out' && (
        <ReasonDialog
          title={t('order.takeOut', { count: chosen.length })}
          label={t('order.takeOutReason')}
          required
          maxLength={500}
          confirmLabel={t('order.takeOutConfirm')}
          submission={submission}
          onConfirm={takeOut}
          onClose={() => setDialog(null)}
        />
      )}
    </Flex>
  );
};
