import { Flex, Typography } from '@strapi/design-system';

import type { DestructionOrderView } from '../../../api/types';
import { Meter } from '../../../components/Meter';
import { useFormat } from '../../../hooks/useFormat';
import { useTranslate } from '../../../hooks/useTranslate';

/** How far an order is: a bar, and how many customers of how many, how fast. */
export const OrderProgress = ({ order }: { order: DestructionOrderView }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const { total, done, held, perSecond } = order.progress;
  const over = done + held;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Meter
        label={t('order.progress', { number: order.number })}
        share={total === 0 ? 0 : Math.min(1, over / total)}
        tone={order.state === 'paused' ? 'warning' : 'primary'}
      />
      <Typography variant="pi" textColor="neutral600">
        {t('order.progressText', { done: number(done), total: number(total) })}
        {held > 0 && ` · ${t('order.progressHeld', { count: held })}`}
        {perSecond !== null &&
          perSecond > 0 &&
          ` · ${t('order.progressRate', { rate: number(perSecond) })}`}
      </Typography>
    </Flex>
  );
};
