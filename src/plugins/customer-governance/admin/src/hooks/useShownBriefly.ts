import * as React from 'react';

/** How long a clear value stays on the screen. */
export const SHOWN_FOR_SECONDS = 60;

/**
 * Something clear on the screen, for a short time and in this component's memory only: never in a form, from where it
 * would be saved back. It goes when the page or the tab is left.
 */
export const useShownBriefly = <Shown>(): {
  shown: (Shown & { hiddenAt: Date }) | null;
  show: (what: Shown) => void;
  hide: () => void;
} => {
  const [shown, setShown] = React.useState<(Shown & { hiddenAt: Date }) | null>(null);
  const hide = React.useCallback(() => setShown(null), []);
  const show = React.useCallback(
    (what: Shown) =>
      setShown({ ...what, hiddenAt: new Date(Date.now() + SHOWN_FOR_SECONDS * 1000) }),
    []
  );

  React.useEffect(() => {
    if (!shown) return;
    const timer = window.setTimeout(hide, shown.hiddenAt.getTime() - Date.now());
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') hide();
    };
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', hide);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', hide);
    };
  }, [hide, shown]);

  return { shown, show, hide };
};
