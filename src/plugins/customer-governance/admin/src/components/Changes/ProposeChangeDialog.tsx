import { Modal } from '@strapi/design-system';

import { changesPath } from '../../api/paths';
import type { ChangeHistory } from '../../api/types';
import { useResource } from '../../hooks/useResource';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useTranslate } from '../../hooks/useTranslate';
import { ResourceView } from '../ResourceView';
import { ProposeChangeForm } from './ProposeChangeForm';

interface ProposeChangeDialogProps {
  type: string;
  documentId: string;
  /** The attribute that is chosen from the start. */
  preset?: string;
  onClose: () => void;
}

/** Proposes another value of a controlled attribute, opened from a field or from the side panel of the record. */
export const ProposeChangeDialog = ({
  type,
  documentId,
  preset,
  onClose,
}: ProposeChangeDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const history = useResource<ChangeHistory>(changesPath(type, documentId));
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('change.propose')}</Modal.Title>
        </Modal.Header>
        <ResourceView resource={history}>
          {({ controlled }) => (
            <ProposeChangeForm
              type={type}
              documentId={documentId}
              choices={controlled.filter(({ value }) => value !== null && value !== '')}
              preset={preset}
              onClose={onClose}
            />
          )}
        </ResourceView>
      </Modal.Content>
    </Modal.Root>
  );
};
