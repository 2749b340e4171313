import * as React from 'react';

import { Button, LinkButton } from '@strapi/design-system';
import { File, Trash } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { DestructionOrderView } from '../../api/types';
import type { OrderState } from '../../api/vocabulary';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { DateTime } from '../../components/DateTime';
import { OrderDetails } from '../../components/OrderDetails';
import { Steps } from '../../components/Steps';
import { usePermission } from '../../hooks/usePermission';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';
import { certificatePath } from './paths';
import { ExecuteDialog } from './ExecuteDialog';

interface OrderCardProps {
  order: DestructionOrderView;
  onChanged: () => void;
}

const CANCELLABLE: readonly OrderState[] = ['proposed', 'approved'];

/** One order, with what the user may do about it now. */
export const OrderCard = ({ order, onChanged }: OrderCardProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const mayPropose = usePermission('retention.propose');
  const [dialog, setDialog] = React.useState<'execute' | 'cancel' | null>(null);
  const cancellable = mayPropose && CANCELLABLE.includes(order.state);

  const close = (): void => {
    submission.clear();
    setDialog(null);
  };

  const cancel = async (): Promise<void> => {
    const path = `/destruction-orders/${encodeURIComponent(order.documentId)}/cancel`;
    if (!(await submission.post(path))) return;
    notify('success', t('order.cancelled', { number: order.number }));
    close();
    onChanged();
  };

  return (
    <Card
      title={order.number}
      badges={<StateBadge state={order.state} />}
      aside={<DateTime value={order.proposedAt} />}
      actions={
        <>
          {cancellable && (
            <Button
              variant="tertiary"
              aria-label={t('order.cancelOf', { number: order.number })}
              onClick={() => setDialog('cancel')}
            >
              {t('order.cancel')}
            </Button>
          )}
          {order.mayExecute && (
            <Button
              variant="danger"
              startIcon={<Trash />}
              aria-label={t('order.executeOf', { number: order.number })}
              onClick={() => setDialog('execute')}
            >
              {t('order.execute')}
            </Button>
          )}
          {order.certificate && (
            <LinkButton
              tag={Link}
              variant="secondary"
              startIcon={<File />}
              to={certificatePath(order.certificate.documentId)}
            >
              {t('certificate.open', { number: order.certificate.number })}
            </LinkButton>
          )}
        </>
      }
    >
      <OrderDetails order={order} />
      <Steps steps={order.steps} />
      {dialog === 'execute' && (
        <ExecuteDialog order={order} onDone={onChanged} onClose={() => setDialog(null)} />
      )}
      {dialog === 'cancel' && (
        <ConfirmDialog
          title={t('order.cancelTitle')}
          confirmLabel={t('order.cancel')}
          submission={submission}
          onConfirm={cancel}
          onClose={close}
        >
          {t('order.cancelText', { number: order.number })}
        </ConfirmDialog>
      )}
    </Card>
  );
};
