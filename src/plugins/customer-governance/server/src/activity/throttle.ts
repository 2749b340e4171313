/** How often something happened that was not written by itself, and how to write it. */
interface Window {
  since: number;
  missed: number;
  write: (attempts: number) => Promise<void>;
}

const WINDOW_MS = 60_000;
/** So many keys are told apart at a time; whatever comes beyond shares one. */
const MAX_KEYS = 1000;
const OTHERS = 'others';

/**
 * Lets whoever knocks without end not fill the log: of one key the first is written at once, and of those that follow
 * within a minute the number, once.
 */
export function createThrottle(now: () => number = Date.now) {
  const windows = new Map<string, Window>();

  const close = async (key: string, window: Window): Promise<void> => {
    windows.delete(key);
    if (window.missed > 0) await window.write(window.missed);
  };

  /** Writes what the windows that are over have counted; all of them when the application stops. */
  const flush = async (all = false): Promise<void> => {
    for (const [key, window] of [...windows]) {
      if (all || now() - window.since >= WINDOW_MS) await close(key, window);
    }
  };

  return {
    flush,
    /** @param write writes one entry for so many attempts. */
    async note(key: string, write: (attempts: number) => Promise<void>): Promise<void> {
      const known = windows.get(key);
      const own = known || windows.size < MAX_KEYS ? key : OTHERS;
      const window = windows.get(own);
      if (window && now() - window.since < WINDOW_MS) {
        window.missed += 1;
        return;
      }
      if (window) await close(own, window);
      windows.set(own, { since: now(), missed: 0, write });
      await write(1);
    },
  };
}

export type Throttle = ReturnType<typeof createThrottle>;
