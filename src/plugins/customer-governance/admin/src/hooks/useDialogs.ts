import * as React from 'react';

import { useNotify, useSubmission } from './useSubmission';

/**
 * Which dialog of a card is open, and the way out of it: closed by the user, or because it is done, which is told and makes
 * the card's list load anew.
 */
export const useDialogs = <Open>(onChanged: () => void) => {
  const notify = useNotify();
  const submission = useSubmission();
  const [open, setOpen] = React.useState<Open | null>(null);
  const close = (): void => {
    submission.clear();
    setOpen(null);
  };
  const done = (message: string): void => {
    notify('success', message);
    close();
    onChanged();
  };
  return { open, setOpen, close, done, submission };
};
