import { Flex } from '@strapi/design-system';

import type { DestructionOrderView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { OrderInWords } from '../../components/PlainWords';
import { useTranslate } from '../../hooks/useTranslate';

/** What a destruction order asks of whoever decides it. */
export const OrderSubject = ({ order }: { order: DestructionOrderView }) => {
  const t = useTranslate();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <OrderInWords order={order} />
      <Facts
        facts={[
          { name: t('order.number'), value: order.number },
          { name: t('order.proposed'), value: <DateTime value={order.proposedAt} /> },
        ]}
      />
    </Flex>
  );
};
