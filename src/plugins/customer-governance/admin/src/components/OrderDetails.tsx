import type { DestructionOrderView } from '../api/types';
import { useFormat } from '../hooks/useFormat';
import { useTerm, useTranslate } from '../hooks/useTranslate';
import { personLine } from '../utils/names';
import { DateTime } from './DateTime';
import { Facts } from './Facts';

/** What a destruction order is about: how many records, why, how, by whom. */
export const OrderDetails = ({ order }: { order: DestructionOrderView }) => {
  const t = useTranslate();
  const term = useTerm();
  const { number } = useFormat();
  return (
    <Facts
      facts={[
        { name: t('order.number'), value: order.number },
        { name: t('order.count'), value: number(order.count) },
        { name: t('order.reason'), value: order.reason },
        { name: t('order.method'), value: term('method', order.method) },
        {
          name: t('order.proposed'),
          value: (
            <>
              {personLine(order.proposer)} · <DateTime value={order.proposedAt} />
            </>
          ),
        },
        ...(order.executor && order.executedAt
          ? [
              {
                name: t('order.executed'),
                value: (
                  <>
                    {personLine(order.executor)} · <DateTime value={order.executedAt} />
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  );
};
