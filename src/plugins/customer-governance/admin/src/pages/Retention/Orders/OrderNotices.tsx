import type { DestructionOrderView } from '../../../api/types';
import { DateTime } from '../../../components/DateTime';
import { Notice } from '../../../components/Notice';
import { useFormat } from '../../../hooks/useFormat';
import { useNow } from '../../../hooks/useNow';
import { useTranslate } from '../../../hooks/useTranslate';

const MINUTE_MS = 60_000;

/** How long the second person has left. */
const Supervision = ({
  confirmation,
}: {
  confirmation: NonNullable<DestructionOrderView['confirmation']>;
}) => {
  const t = useTranslate();
  const { time } = useFormat();
  const now = useNow(15_000);
  const minutes = Math.ceil((Date.parse(confirmation.until) - now) / MINUTE_MS);
  return (
    <Notice tone="warning">
      {minutes > 0
        ? t('order.waitsForSupervisor', {
            name: confirmation.name,
            minutes,
            until: time(confirmation.until),
          })
        : t('order.confirmationLapsed', { name: confirmation.name })}
    </Notice>
  );
};

/** What holds an order up, or what it waits for. */
export const OrderNotices = ({ order }: { order: DestructionOrderView }) => {
  const t = useTranslate();
  const now = useNow();
  const open = order.tasks.filter(({ state }) => state === 'open').length;
  const scheduled =
    order.scheduledAt !== null &&
    ['in-review', 'proposed', 'approved'].includes(order.state) &&
    Date.parse(order.scheduledAt) > now;
  return (
    <>
      {scheduled && (
        <Notice tone="neutral">
          {t('order.scheduledFor')} <DateTime value={order.scheduledAt} />
        </Notice>
      )}
      {order.confirmation && <Supervision confirmation={order.confirmation} />}
      {order.stalledAt && (
        <Notice tone="danger">
          {t('order.stalled')} <DateTime value={order.stalledAt} />
        </Notice>
      )}
      {order.state === 'confirming' && (
        <Notice tone="warning">{t('order.waitsForTasks', { count: open })}</Notice>
      )}
    </>
  );
};
