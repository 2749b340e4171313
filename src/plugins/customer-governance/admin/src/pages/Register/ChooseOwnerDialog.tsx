import * as React from 'react';

import { TextField } from '../../components/fields';
import { FormDialog } from '../../components/FormDialog';
import { PersonField, type Choosable } from '../../components/PeopleFields';
import type { Submission } from '../../hooks/useSubmission';
import { useTranslate } from '../../hooks/useTranslate';

interface ChooseOwnerDialogProps {
  submission: Submission;
  onConfirm: (to: string, why: string) => Promise<void>;
  onClose: () => void;
}

/** Another owner than the one that is proposed, and why. */
export const ChooseOwnerDialog = ({ submission, onConfirm, onClose }: ChooseOwnerDialogProps) => {
  const t = useTranslate();
  const [to, setTo] = React.useState<Choosable | null>(null);
  const [why, setWhy] = React.useState('');
  return (
    <FormDialog
      title={t('register.choose')}
      confirmLabel={t('register.choose')}
      disabled={to === null || why.trim() === ''}
      submission={submission}
      onConfirm={() => onConfirm(to?.documentId ?? '', why.trim())}
      onClose={onClose}
    >
      <PersonField
        name="owner"
        label={t('register.owner')}
        required
        from="/register/people"
        value={to}
        onChange={setTo}
      />
      <TextField
        name="why"
        label={t('register.why')}
        required
        maxLength={500}
        value={why}
        onChange={setWhy}
      />
    </FormDialog>
  );
};
