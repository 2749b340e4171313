import * as React from 'react';

/** The name of the input that somebody is in; the last one while nobody is in any. */
export const useFocused = (): string | null => {
  const [name, setName] = React.useState<string | null>(null);
  React.useEffect(() => {
    const look = ({ target }: FocusEvent): void => {
      const found = target instanceof Element ? target.getAttribute('name') : null;
      if (found) setName(found);
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, []);
  return name;
};
