import * as React from 'react';

import { Modal } from '@strapi/design-system';

import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useTranslate } from '../../hooks/useTranslate';
import { RequestAccessForm } from './RequestAccessForm';

/** The request dialog, opened from a field or from the side panel of one record. */
export const RequestAccessDialog = (props: React.ComponentProps<typeof RequestAccessForm>) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  return (
    <Modal.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <Modal.Header closeLabel={t('common.close')}>
          <Modal.Title>{t('request.title')}</Modal.Title>
        </Modal.Header>
        <RequestAccessForm {...props} />
      </Modal.Content>
    </Modal.Root>
  );
};
