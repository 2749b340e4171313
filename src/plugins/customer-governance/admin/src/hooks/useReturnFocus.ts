import * as React from 'react';

/**
 * Gives the focus back to what a dialog was opened from, so that a keyboard user goes on where they
 * were. The design system does so only for dialogs with a trigger of their own.
 */
export const useReturnFocus = (): ((event: Event) => void) => {
  const [opener] = React.useState(() => document.activeElement);
  return React.useCallback(
    (event) => {
      event.preventDefault();
      if (opener instanceof HTMLElement) opener.focus();
    },
    [opener]
  );
};
