import type { DestructionOrderView, Person } from '../api/types';
import { useFormat } from '../hooks/useFormat';
import { useAttributeLabel, useTerm, useTranslate } from '../hooks/useTranslate';
import { PLUGIN_ID } from '../pluginId';
import { personLine } from '../utils/names';
import { DateTime } from './DateTime';
import { Facts } from './Facts';

/** What a destruction order is about: how many records, why, how, by whom. */
export const OrderDetails = ({ order }: { order: DestructionOrderView }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const { list, number } = useFormat();
  const at = (person: Person | null, moment: string | null) => (
    <>
      {personLine(person)} · <DateTime value={moment} />
    </>
  );
  return (
    <Facts
      facts={[
        { name: t('order.number'), value: order.number },
        { name: t('order.count'), value: number(order.count) },
        { name: t('order.reason'), value: order.reason },
        { name: t('order.method'), value: term('method', order.method) },
        ...(order.attributes
          ? [
              {
                name: t('order.attributes'),
                value: list(
                  order.attributes.map((path) => label(`plugin::${PLUGIN_ID}.customer`, path))
                ),
              },
            ]
          : []),
        {
          name: t('order.proposed'),
          value: at(order.proposer, order.proposedAt),
        },
        ...(order.submitter
          ? [{ name: t('order.submitted'), value: at(order.submitter, order.submittedAt) }]
          : []),
        ...(order.executor
          ? [{ name: t('order.executor'), value: personLine(order.executor) }]
          : []),
        ...(order.supervisor
          ? [{ name: t('order.supervisor'), value: personLine(order.supervisor) }]
          : []),
        ...(order.executedAt
          ? [{ name: t('order.executed'), value: <DateTime value={order.executedAt} /> }]
          : []),
        ...(order.progress.takenOut > 0
          ? [{ name: t('certificate.takenOut'), value: number(order.progress.takenOut) }]
          : []),
      ]}
    />
  );
};
