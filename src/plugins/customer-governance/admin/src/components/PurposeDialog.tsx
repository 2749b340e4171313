import * as React from 'react';

import { Typography } from '@strapi/design-system';

import type { Purpose } from '../api/types';
import { usePurposes } from '../hooks/usePurposes';
import type { Submission } from '../hooks/useSubmission';
import { useTranslate } from '../hooks/useTranslate';
import { purposeCovers } from '../utils/purposes';
import { FormDialog } from './FormDialog';
import { PurposeField } from './PurposeField';

interface PurposeDialogProps {
  title: string;
  intro: string;
  confirmLabel: string;
  /** Of what is given out: a purpose has to cover it. */
  type: string;
  attribute: string;
  /** The purposes of the grants at hand; undefined for a standing permission. */
  grantedPurposes: string[] | undefined;
  submission: Pick<Submission, 'busy' | 'error'>;
  /** Answers whether it was given out. */
  onConfirm: (purpose: string) => Promise<boolean>;
  onClose: () => void;
}

// Someone who works through a list does so for one purpose: it is offered again, but never assumed.
let lastPurpose = '';

/** Asks for the purpose before a value or a file is given out; it goes into the audit log. */
export const PurposeDialog = ({
  intro,
  type,
  attribute,
  grantedPurposes,
  onConfirm,
  ...dialog
}: PurposeDialogProps) => {
  const t = useTranslate();
  const purposes = usePurposes();
  const [chosen, setChosen] = React.useState(lastPurpose);
  const [missing, setMissing] = React.useState(false);

  const fits = (purpose: Purpose): boolean =>
    grantedPurposes
      ? grantedPurposes.includes(purpose.code)
      : purposeCovers(purpose, type, attribute);
  const choices = (purposes.data?.purposes ?? []).filter(fits);
  const purpose = choices.some(({ code }) => code === chosen) ? chosen : '';

  const confirm = async (): Promise<void> => {
    if (purpose === '') {
      setMissing(true);
      return;
    }
    if (!(await onConfirm(purpose))) return;
    lastPurpose = purpose;
    dialog.onClose();
  };

  return (
    <FormDialog {...dialog} onConfirm={confirm}>
      <Typography tag="p">{intro}</Typography>
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
    </FormDialog>
  );
};
