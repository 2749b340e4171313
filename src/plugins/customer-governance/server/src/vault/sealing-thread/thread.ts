import { Worker } from 'node:worker_threads';
import { sealRecords, type SealedJob, type SealingJob } from './seal-records';

interface Waiting {
  job: SealingJob;
  done(sealed: SealedJob): void;
}

/**
 * Seals beside whatever else the application does, in a thread of the same process that is begun when it is first needed.
 * Where there can be none, or it ends, the work is done here: it takes longer, and nothing is lost.
 * @param file what the thread runs.
 */
export function createSealingThread(file: () => string, tell: (problem: string) => void) {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null | undefined;
  let count = 0;

  const giveUp = (problem: string) => {
    if (thread === null) return;
    thread = null;
    tell(problem);
    for (const { job, done } of waiting.values()) done(sealRecords(job));
    waiting.clear();
  };

  const begin = (): Worker | null => {
    try {
      const worker = new Worker(file());
      worker.on('message', ({ number, sealed }: { number: number; sealed: SealedJob }) => {
        waiting.get(number)?.done(sealed);
        waiting.delete(number);
        if (waiting.size === 0) worker.unref();
      });
      // Of an error the name alone: its message could quote what was to be sealed.
      worker.on('error', ({ name }) => giveUp(name));
      worker.on('exit', () => worker === thread && giveUp('it ended'));
      return worker;
    } catch (error) {
      tell((error as Error).name);
      return null;
    }
  };

  return {
    seal(job: SealingJob): Promise<SealedJob> {
      if (thread === undefined) thread = begin();
      if (!thread) return Promise.resolve(sealRecords(job));
      const number = (count += 1);
      const sealed = new Promise<SealedJob>((done) => waiting.set(number, { job, done }));
      thread.ref();
      thread.postMessage({ number, job });
      return sealed;
    },

    /** Ends the thread; another one is begun when it is needed again. */
    async stop(): Promise<void> {
      const ending = thread;
      thread = undefined;
      for (const { job, done } of waiting.values()) done(sealRecords(job));
      waiting.clear();
      await ending?.terminate();
    },
  };
}

export type SealingThread = Pick<ReturnType<typeof createSealingThread>, 'seal'>;

/** For those who seal little: no thread at all. */
export const WITHOUT_THREAD: SealingThread = { seal: (job) => Promise.resolve(sealRecords(job)) };
