import * as React from 'react';

/** The present moment, anew every minute: for what counts down while one looks at it. */
export const useNow = (everyMs = 60_000): number => {
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
};
