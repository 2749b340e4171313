import * as React from 'react';

import { Button, Field, Flex, Modal, TextInput } from '@strapi/design-system';

import type { DestructionOrderView } from '../../../api/types';
import { Notice } from '../../../components/Notice';
import { useFormat } from '../../../hooks/useFormat';
import { useReturnFocus } from '../../../hooks/useReturnFocus';
import { useNotify, useSubmission } from '../../../hooks/useSubmission';
import { useTranslate } from '../../../hooks/useTranslate';
import { orderApi } from './paths';

interface ConfirmOrderDialogProps {
  order: DestructionOrderView;
  /** Whose confirmation it is: of who carries the order out, or of who watches over it. */
  part: 'confirm' | 'supervise';
  onDone: () => void;
  onClose: () => void;
}

/**
 * One of the two confirmations before nothing is left: the order's number has to be typed, so that no click does it by
 * accident.
 */
export const ConfirmOrderDialog = ({ order, part, onDone, onClose }: ConfirmOrderDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const { number } = useFormat();
  const notify = useNotify();
  const { busy, error, post } = useSubmission();
  const [typed, setTyped] = React.useState('');
  const [wrong, setWrong] = React.useState(false);
  const matches = typed.trim() === order.number;

  const confirm = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (!matches) {
      setWrong(true);
      return;
    }
    if (!(await post(orderApi(order.documentId, part)))) return;
    notify('success', t(`order.${part}Done`, { number: order.number }));
    onClose();
    onDone();
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={(event) => void confirm(event)} noValidate>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t(`order.${part}Of`, { number: order.number })}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Notice tone="warning">
                {t('order.executeWarning', { count: order.count, shown: number(order.count) })}
              </Notice>
              <Notice tone="neutral">
                {part === 'confirm'
                  ? t('order.confirmText')
                  : t('order.superviseText', { name: order.confirmation?.name ?? '—' })}
              </Notice>
              <Field.Root
                name="confirmation"
                required
                hint={t('order.executeHint', { number: order.number })}
                error={wrong ? t('order.executeMismatch', { number: order.number }) : undefined}
              >
                <Field.Label>{t('order.executeLabel')}</Field.Label>
                <TextInput
                  autoComplete="off"
                  value={typed}
                  onChange={(event) => {
                    setTyped(event.target.value);
                    setWrong(false);
                  }}
                />
                <Field.Hint />
                <Field.Error />
              </Field.Root>
              {error && <Notice tone="danger">{error}</Notice>}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" variant="danger" loading={busy} disabled={!matches}>
              {t(`order.${part}`)}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
