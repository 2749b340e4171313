import type { DestructionOrderView } from '../../../api/types';
import { StateBadge } from '../../../components/Badges';
import { Card } from '../../../components/Card';
import { DateTime } from '../../../components/DateTime';
import { OrderDetails } from '../../../components/OrderDetails';
import { Steps } from '../../../components/Steps';
import { OrderActions } from './OrderActions';
import { OrderNotices } from './OrderNotices';
import { OrderProgress } from './OrderProgress';
import { TaskList } from './TaskList';
import { useLiveOrder } from './useLiveOrder';

interface OrderCardProps {
  order: DestructionOrderView;
  onChanged: () => void;
}

const UNDER_WAY = ['executing', 'paused', 'confirming'];

/** One order, with what the user may do about it now. */
export const OrderCard = ({ order: listed, onChanged }: OrderCardProps) => {
  const order = useLiveOrder(listed, onChanged);
  return (
    <Card
      title={order.number}
      badges={<StateBadge state={order.state} />}
      aside={<DateTime value={order.proposedAt} />}
      actions={<OrderActions order={order} onChanged={onChanged} />}
    >
      <OrderNotices order={order} />
      {UNDER_WAY.includes(order.state) && <OrderProgress order={order} />}
      <OrderDetails order={order} />
      {order.tasks.length > 0 && <TaskList tasks={order.tasks} onChanged={onChanged} />}
      {order.steps.length > 0 && <Steps steps={order.steps} />}
    </Card>
  );
};
