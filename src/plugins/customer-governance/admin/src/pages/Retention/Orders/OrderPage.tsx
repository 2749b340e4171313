import { Box, Flex, Link as TextLink } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Link, useParams } from 'react-router-dom';

import { apiPath } from '../../../api/paths';
import type { DestructionOrderView } from '../../../api/types';
import { StateBadge } from '../../../components/Badges';
import { OrderDetails } from '../../../components/OrderDetails';
import { PageFrame } from '../../../components/PageFrame';
import { ResourceView } from '../../../components/ResourceView';
import { Steps } from '../../../components/Steps';
import { usePermission } from '../../../hooks/usePermission';
import { useResource, type Resource } from '../../../hooks/useResource';
import { useTranslate } from '../../../hooks/useTranslate';
import { ordersPath } from '../paths';
import { OrderActions } from './OrderActions';
import { OrderItems } from './OrderItems';
import { OrderNotices } from './OrderNotices';
import { OrderProgress } from './OrderProgress';
import { orderApi } from './paths';
import { OrderTasks } from './OrderTasks';
import { useLiveOrder } from './useLiveOrder';

const Sheet = ({
  order: read,
  resource,
}: {
  order: DestructionOrderView;
  resource: Resource<DestructionOrderView>;
}) => {
  const order = useLiveOrder(read, resource.reload);
  const editable = usePermission('retention.review') && order.state === 'in-review';
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Flex
        direction="column"
        alignItems="stretch"
        gap={4}
        padding={6}
        background="neutral0"
        shadow="tableShadow"
        hasRadius
      >
        <Box>
          <StateBadge state={order.state} />
        </Box>
        <OrderNotices order={order} />
        {['executing', 'paused', 'confirming'].includes(order.state) && (
          <OrderProgress order={order} />
        )}
        <OrderDetails order={order} />
        {order.steps.length > 0 && <Steps steps={order.steps} />}
        <Flex gap={2} justifyContent="flex-end" wrap="wrap">
          <OrderActions order={order} onItsPage onChanged={resource.reload} />
        </Flex>
      </Flex>
      <OrderTasks order={order} editable={editable} onChanged={resource.reload} />
      <OrderItems order={order} editable={editable} onChanged={resource.reload} />
    </Flex>
  );
};

/** One destruction order with its customers: where it is reviewed before leadership sees it, and followed afterwards. */
export const OrderPage = () => {
  const t = useTranslate();
  const { documentId = '' } = useParams<{ documentId: string }>();
  const order = useResource<DestructionOrderView>(apiPath(orderApi(documentId)));
  return (
    <PageFrame
      title={t('order.title', { number: order.data?.number ?? '' })}
      subtitle={t('order.subtitle')}
      navigationAction={
        <TextLink tag={Link} to={ordersPath} startIcon={<ArrowLeft />}>
          {t('retention.orders')}
        </TextLink>
      }
    >
      <ResourceView resource={order}>
        {(data) => <Sheet order={data} resource={order} />}
      </ResourceView>
    </PageFrame>
  );
};
