import * as React from 'react';

import { Button, Flex, Modal, Typography } from '@strapi/design-system';

import type { Purpose } from '../../api/types';
import { usePurposes } from '../../hooks/usePurposes';
import { useReturnFocus } from '../../hooks/useReturnFocus';
import { useTranslate } from '../../hooks/useTranslate';
import { purposeCovers } from '../../utils/purposes';
import { Notice } from '../Notice';
import { PurposeField } from '../PurposeField';
import type { Reveal } from './useReveal';

interface RevealDialogProps {
  label: string;
  type: string;
  attribute: string;
  /** The purposes of the grants at hand; undefined for a standing permission. */
  grantedPurposes: string[] | undefined;
  reveal: Reveal;
  onClose: () => void;
}

// Someone who works through a list does so for one purpose: it is offered again, but never assumed.
let lastPurpose = '';

/** Asks for the purpose before a value is shown; it goes into the audit log. */
export const RevealDialog = ({
  label,
  type,
  attribute,
  grantedPurposes,
  reveal,
  onClose,
}: RevealDialogProps) => {
  const t = useTranslate();
  const returnFocus = useReturnFocus();
  const purposes = usePurposes();
  const [chosen, setChosen] = React.useState(lastPurpose);
  const [missing, setMissing] = React.useState(false);

  const fits = (purpose: Purpose): boolean =>
    grantedPurposes
      ? grantedPurposes.includes(purpose.code)
      : purposeCovers(purpose, type, attribute);
  const choices = (purposes.data?.purposes ?? []).filter(fits);
  const purpose = choices.some(({ code }) => code === chosen) ? chosen : '';

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    // The dialog hangs in the Content Manager's form, whose own submit must not run with ours.
    event.stopPropagation();
    if (purpose === '') {
      setMissing(true);
      return;
    }
    if (!(await reveal.reveal(purpose))) return;
    lastPurpose = purpose;
    onClose();
  };

  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content onCloseAutoFocus={returnFocus}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Modal.Header closeLabel={t('common.close')}>
            <Modal.Title>{t('protected.revealTitle', { label })}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography tag="p">{t('protected.revealIntro')}</Typography>
              <PurposeField
                purposes={purposes}
                only={fits}
                value={purpose}
                error={missing ? t('error.required') : undefined}
                onChange={(code) => {
                  setChosen(code);
                  setMissing(false);
                }}
              />
              {reveal.error && <Notice tone="danger">{reveal.error}</Notice>}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={reveal.busy}>
              {t('protected.reveal')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
