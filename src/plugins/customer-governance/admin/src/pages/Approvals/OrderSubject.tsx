import { Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { DestructionOrderView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { OrderInWords } from '../../components/PlainWords';
import { usePermission } from '../../hooks/usePermission';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { personLine } from '../../utils/names';
import { TaskList } from '../Retention/Orders/TaskList';
import { orderPath } from '../Retention/paths';

interface OrderSubjectProps {
  order: DestructionOrderView;
  onChanged: () => void;
}

/** What a destruction order asks of whoever decides it: all that goes with it, and when it begins. */
export const OrderSubject = ({ order, onChanged }: OrderSubjectProps) => {
  const t = useTranslate();
  const { number } = useFormat();
  const mayRead = usePermission('retention.read');
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <OrderInWords order={order} />
      <Facts
        facts={[
          {
            name: t('order.number'),
            value: mayRead ? (
              <TextLink tag={Link} to={orderPath(order.documentId)}>
                {order.number}
              </TextLink>
            ) : (
              order.number
            ),
          },
          {
            name: t('order.proposed'),
            value: (
              <>
                {personLine(order.proposer)} · <DateTime value={order.proposedAt} />
              </>
            ),
          },
          ...(order.submitter
            ? [
                {
                  name: t('order.submitted'),
                  value: (
                    <>
                      {personLine(order.submitter)} · <DateTime value={order.submittedAt} />
                    </>
                  ),
                },
              ]
            : []),
          {
            name: t('order.scheduleLabel'),
            value: order.scheduledAt ? (
              <DateTime value={order.scheduledAt} />
            ) : (
              t('order.unscheduled')
            ),
          },
          ...(order.progress.takenOut > 0
            ? [{ name: t('certificate.takenOut'), value: number(order.progress.takenOut) }]
            : []),
        ]}
      />
      <Typography tag="h3" variant="pi" fontWeight="bold">
        {t('task.list')}
      </Typography>
      {order.tasks.length > 0 ? (
        <TaskList tasks={order.tasks} onChanged={onChanged} />
      ) : (
        <Typography textColor="neutral600">{t('task.none')}</Typography>
      )}
    </Flex>
  );
};
