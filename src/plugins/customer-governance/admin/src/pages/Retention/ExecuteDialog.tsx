import * as React from 'react';

import { Button, Field, Flex, Modal, TextInput } from '@strapi/design-system';

import type { DestructionOrderView } from '../../api/types';
import { Notice } from '../../components/Notice';
import { useFormat } from '../../hooks/useFormat';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useTranslate } from '../../hooks/useTranslate';

interface ExecuteDialogProps {
  order: DestructionOrderView;
  onDone: () => void;
  onClose: () => void;
}

/** The last step before nothing is left: the order's number has to be typed, so that no click does it by accident. */
export const ExecuteDialog = ({ order, onDone, onClose }: ExecuteDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const { number } = useFormat();
  const notify = useNotify();
  const { busy, error, post } = useSubmission();
  const [typed, setTyped] = React.useState('');
  const [wrong, setWrong] = React.useState(false);
  const matches = typed.trim() === order.number;

  const execute = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (!matches) {
      setWrong(true);
      return;
    }
    const path = `/destruction-orders/${encodeURIComponent(order.documentId)}/execute`;
    if (!(await post(path))) return;
    notify('success', t('order.executeDone', { number: order.number }));
    onClose();
    onDone();
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={(event) => void execute(event)} noValidate>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('order.executeTitle', { number: order.number })}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Notice tone="warning">
                {t('order.executeWarning', { count: order.count, shown: number(order.count) })}
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
              {t('order.execute')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
