import * as React from 'react';

import { apiPath } from '../../../api/paths';
import type { DestructionOrderView } from '../../../api/types';
import { ORDER_STATES, type OrderState } from '../../../api/vocabulary';
import { CardList } from '../../../components/CardList';
import { StateFilter } from '../../../components/StateFilter';
import { usePages } from '../../../hooks/usePages';
import { useTranslate } from '../../../hooks/useTranslate';
import { OrderCard } from './OrderCard';

/** Destruction orders on their way from the proposal to the certificate. */
export const OrderList = () => {
  const t = useTranslate();
  const [state, setState] = React.useState<OrderState | ''>('');
  const pages = usePages<DestructionOrderView>(apiPath('/destruction-orders', { state }));
  return (
    <>
      <StateFilter states={ORDER_STATES} value={state} onChange={setState} />
      <CardList
        label={t('retention.orders')}
        pages={pages}
        empty={t('retention.ordersEmpty')}
        idOf={({ documentId }) => documentId}
      >
        {(order) => <OrderCard order={order} onChanged={pages.reload} />}
      </CardList>
    </>
  );
};
