import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { actorOf } from '../organisation/actor';
import { FileRefused } from './reading/file-refused';
import type { BatchListener, Hold } from './execution';
import { AT_WORK, STATE_OF_PHASE, type Phase, type RunRow, type Runs } from './runs';

/** An instance that has not renewed its lease for so long is taken for dead. */
const LEASE_MS = 2 * 60_000;
/** After a failure a run is left alone for so long, or until somebody resumes it. */
const RETRY_MS = 10 * 60_000;
const TAKEN_UP_AT_ONCE = 20;

/** The name under which the log shows what an import does by itself. */
export const IMPORT_ACTOR = 'import';

/** Ends a run at a place where it can be taken up again. */
class Interrupted extends Error {}

/** What is done in each phase, and what follows at its end. */
export interface Work {
  go(run: RunRow, hold: Hold, onStep?: BatchListener): Promise<void>;
  end(run: RunRow, hold: Hold): Promise<void>;
  /** The file turned out to be unreadable. */
  fail(run: RunRow, failure: string, hold: Hold): Promise<void>;
}

/**
 * Carries imports out in the background, each by one instance at a time: that one holds a lease on the run, and where it dies
 * the lease runs out and another instance goes on behind the last row that was committed.
 */
export function createRunning(strapi: Core.Strapi, runs: Runs, works: Record<Phase, Work>) {
  const instance = randomUUID();
  const busy = new Map<string, Promise<void>>();
  // Made at the start of the application, so that what runs in it belongs to no request and no transaction of one.
  const detached = new AsyncResource('customer-governance.import');
  let stopping = false;

  const lease = (now = new Date()) => ({
    leaseBy: instance,
    leaseUntil: new Date(now.getTime() + LEASE_MS),
  });
  const idle = (now: Date) => ({
    $or: [{ leaseUntil: { $null: true } }, { leaseUntil: { $lt: now } }, { leaseBy: instance }],
  });

  const release = (documentId: string, to: Record<string, unknown> = {}) =>
    runs.update({ documentId, leaseBy: instance }, { leaseBy: null, leaseUntil: null, ...to });

  const drive = async (documentId: string, now: Date, onStep?: BatchListener): Promise<void> => {
    const taken = await runs.move(documentId, AT_WORK, { ...lease(), stalledAt: null }, idle(now));
    if (!taken) return;
    const run = await runs.require(documentId);
    const { phase } = run;
    if (!phase) return;
    /** @throws Interrupted where the run was paused, or another instance has it. */
    const hold: Hold = async (data) => {
      const still =
        !stopping &&
        (await runs.update(
          { documentId, state: STATE_OF_PHASE[phase], leaseBy: instance },
          { ...lease(), ...data }
        ));
      if (!still) throw new Interrupted();
    };
    const work = works[phase];
    try {
      await work.go(run, hold, onStep);
      await work.end(run, hold);
      await release(documentId);
    } catch (error) {
      if (error instanceof FileRefused) {
        await work.fail(run, error.fault, hold).catch(() => undefined);
        await release(documentId);
        return;
      }
      const state = (await runs.find(documentId))?.state;
      if (error instanceof Interrupted || state !== STATE_OF_PHASE[phase]) {
        await release(documentId);
        return;
      }
      // The name of the error, not its text: a message may quote a row.
      strapi.log.error(
        `An import was not carried out to its end: ${(error as Error).name}. It is taken up again in ten minutes, or when somebody resumes it.`
      );
      await release(documentId, {
        stalledAt: new Date(),
        leaseBy: null,
        leaseUntil: new Date(Date.now() + RETRY_MS),
      });
    }
  };

  const start = (documentId: string, now: Date, onStep?: BatchListener): Promise<void> => {
    const running = busy.get(documentId);
    // It may be about to stop for a pause that is over by now.
    if (running) return running.then(() => start(documentId, now, onStep));
    if (stopping) return Promise.resolve();
    const kept = detached
      .runInAsyncScope(() =>
        actorOf(strapi).asSystem(IMPORT_ACTOR, () => drive(documentId, now, onStep))
      )
      .finally(() => {
        if (busy.get(documentId) === kept) busy.delete(documentId);
      });
    busy.set(documentId, kept);
    return kept;
  };

  return {
    /** Goes on with a run, unless an instance is at it. It does not wait for the end. */
    start(documentId: string): void {
      start(documentId, new Date()).catch((error: Error) => {
        strapi.log.error(`An import was not begun: ${error.name}.`);
      });
    },

    /** The same, and waits. For programs and tests. */
    run: (documentId: string, onStep?: BatchListener): Promise<void> =>
      start(documentId, new Date(), onStep),

    /** Takes up the runs that no instance is at, and waits for them. */
    async takeUp(now: Date): Promise<void> {
      const waiting = await runs.where(
        {
          state: { $in: [...AT_WORK] },
          $or: [{ leaseUntil: { $null: true } }, { leaseUntil: { $lt: now } }],
        },
        TAKEN_UP_AT_ONCE
      );
      for (const { documentId } of waiting) await start(documentId, now);
    },

    /** Waits for what this instance is at. */
    async settled(): Promise<void> {
      while (busy.size > 0) await Promise.allSettled([...busy.values()]);
    },

    /** Ends what this instance is at, each at the end of its batch. Another instance goes on, or this one later. */
    async stop(): Promise<void> {
      stopping = true;
      await Promise.allSettled([...busy.values()]);
    },
  };
}

export type ImportRunning = ReturnType<typeof createRunning>;
