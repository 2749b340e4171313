import { Button, Flex, Modal, Typography } from '@strapi/design-system';

import { useReturnFocus } from '../hooks/useReturnFocus';
import { useTranslate } from '../hooks/useTranslate';
import { Notice } from './Notice';

/** One of several that nothing was done to. */
export interface Refused {
  id: string | number;
  title: string;
  reason: string | null | undefined;
}

interface OutcomesDialogProps {
  title: string;
  /** How much was done, and how much refused, in a sentence. */
  summary: string;
  /** Whether something was done. */
  done: boolean;
  refused: readonly Refused[];
  onClose: () => void;
}

/** After several were dealt with at once: of each that was refused, why. */
export const OutcomesDialog = ({ title, summary, done, refused, onClose }: OutcomesDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Notice tone={done ? 'warning' : 'danger'} title={summary}>
            <Flex tag="ul" direction="column" alignItems="stretch" gap={2} paddingTop={2}>
              {refused.map((each) => (
                <li key={each.id}>
                  <Typography fontWeight="semiBold">{each.title}</Typography>
                  <br />
                  <Typography>{each.reason}</Typography>
                </li>
              ))}
            </Flex>
          </Notice>
        </Modal.Body>
        <Modal.Footer>
          <span />
          <Button onClick={onClose}>{t('common.close')}</Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
};
