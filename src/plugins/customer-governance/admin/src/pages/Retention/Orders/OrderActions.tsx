import * as React from 'react';

import { Button, LinkButton } from '@strapi/design-system';
import { Clock, Eye, File, Pencil, Play, Trash } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { DestructionOrderView } from '../../../api/types';
import type { OrderState } from '../../../api/vocabulary';
import { ConfirmDialog } from '../../../components/ConfirmDialog';
import { usePermission } from '../../../hooks/usePermission';
import { useNotify, useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { certificatePath, orderPath } from '../paths';
import { ConfirmOrderDialog } from './ConfirmOrderDialog';
import { orderApi } from './paths';
import { ScheduleDialog } from './ScheduleDialog';

interface OrderActionsProps {
  order: DestructionOrderView;
  /** On the page of the order itself there is no way to it. */
  onItsPage?: boolean;
  onChanged: () => void;
}

type OpenDialog = 'cancel' | 'submit' | 'confirm' | 'supervise' | 'schedule';

const CANCELLABLE: readonly OrderState[] = ['in-review', 'proposed', 'approved'];
const SCHEDULABLE: readonly OrderState[] = ['in-review', 'approved'];

/** What the user may do about an order now. */
export const OrderActions = ({ order, onItsPage, onChanged }: OrderActionsProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const mayPropose = usePermission('retention.propose');
  const mayReview = usePermission('retention.review');
  const mayExecute = usePermission('retention.execute');
  const [dialog, setDialog] = React.useState<OpenDialog | null>(null);
  const { number, state } = order;

  const close = (): void => {
    submission.clear();
    setDialog(null);
  };

  const act = async (what: 'cancel' | 'submit' | 'pause' | 'resume'): Promise<void> => {
    if (!(await submission.post(orderApi(order.documentId, what)))) return;
    notify('success', t(`order.${what}Done`, { number }));
    close();
    onChanged();
  };

  return (
    <>
      {mayPropose && CANCELLABLE.includes(state) && (
        <Button
          variant="tertiary"
          aria-label={t('order.cancelOf', { number })}
          onClick={() => setDialog('cancel')}
        >
          {t('order.cancel')}
        </Button>
      )}
      {mayReview && SCHEDULABLE.includes(state) && (
        <Button
          variant="tertiary"
          startIcon={<Clock />}
          aria-label={t('order.scheduleOf', { number })}
          onClick={() => setDialog('schedule')}
        >
          {t('order.schedule')}
        </Button>
      )}
      {!onItsPage && (
        <LinkButton
          tag={Link}
          variant="tertiary"
          startIcon={state === 'in-review' && mayReview ? <Pencil /> : <Eye />}
          to={orderPath(order.documentId)}
        >
          {state === 'in-review' && mayReview
            ? t('order.reviewOf', { number })
            : t('order.open', { number })}
        </LinkButton>
      )}
      {mayReview && state === 'in-review' && (
        <Button aria-label={t('order.submitOf', { number })} onClick={() => setDialog('submit')}>
          {t('order.submit')}
        </Button>
      )}
      {order.mayConfirm && (
        <Button
          variant="danger"
          startIcon={<Trash />}
          aria-label={t('order.confirmOf', { number })}
          onClick={() => setDialog('confirm')}
        >
          {t('order.confirm')}
        </Button>
      )}
      {order.maySupervise && (
        <Button
          variant="danger"
          startIcon={<Eye />}
          aria-label={t('order.superviseOf', { number })}
          onClick={() => setDialog('supervise')}
        >
          {t('order.supervise')}
        </Button>
      )}
      {mayExecute && state === 'executing' && !order.stalledAt && (
        <Button
          variant="secondary"
          loading={submission.busy}
          aria-label={t('order.pauseOf', { number })}
          onClick={() => void act('pause')}
        >
          {t('order.pause')}
        </Button>
      )}
      {order.mayResume && (
        <Button
          variant="secondary"
          startIcon={<Play />}
          loading={submission.busy}
          aria-label={t('order.resumeOf', { number })}
          onClick={() => void act('resume')}
        >
          {t('order.resume')}
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
      {(dialog === 'confirm' || dialog === 'supervise') && (
        <ConfirmOrderDialog order={order} part={dialog} onDone={onChanged} onClose={close} />
      )}
      {dialog === 'schedule' && <ScheduleDialog order={order} onDone={onChanged} onClose={close} />}
      {(dialog === 'cancel' || dialog === 'submit') && (
        <ConfirmDialog
          title={t(`order.${dialog}Of`, { number })}
          confirmLabel={t(`order.${dialog}`)}
          submission={submission}
          onConfirm={() => act(dialog)}
          onClose={close}
        >
          {t(`order.${dialog}Text`, { number, count: order.count })}
        </ConfirmDialog>
      )}
    </>
  );
};
