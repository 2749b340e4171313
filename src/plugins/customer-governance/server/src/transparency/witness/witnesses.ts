import type { Core } from '@strapi/strapi';
import { tablesOf } from '../../database';
import { CHECKPOINTS, WITNESSES } from '../models';
import { checkpointOf, type CheckpointRow } from '../store';
import type { TombstoneFiles } from '../tombstone-files';
import { DIFFERS, WitnessError, type WitnessTarget } from './target';

/** How far a witness has been told, and what keeps it from hearing the rest. */
export interface WitnessState {
  target: WitnessTarget['name'];
  deliveredSize: number;
  deliveredAt: Date | null;
  /** How many files of tombstones it has; `null` when it keeps none. */
  tombstoneFiles: number | null;
  /** A code; `witness-differs` says that it holds another history. */
  failure: string | null;
}

/** Whoever delivers has the target to itself for so long, and renews that with every checkpoint. */
const LEASE_MS = 15_000;
const PAGE = 100;
/** In place of their number: the witness takes checkpoints alone. */
const NO_FILES = -1;
/** In one run; the rest of a long backlog is for the next ones. */
const MOST_IN_A_RUN = 1000;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 3_600_000;

/** The pause after so many failures in a row: twice as long each time, an hour at most. */
const pauseAfter = (attempts: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 30), LONGEST_PAUSE_MS);

/**
 * Delivers checkpoints to witnesses, each in its turn. It is apart from the sequencer, which neither waits for it nor
 * fails with it; on several instances one delivers at a time.
 */
export function createWitnesses({
  strapi,
  targets,
  files,
  now = () => new Date(),
}: {
  strapi: Core.Strapi;
  files: Pick<TombstoneFiles, 'head' | 'file'>;
  targets: readonly WitnessTarget[];
  now?: () => Date;
}) {
  const stopping = new AbortController();
  const tables = () => tablesOf(strapi);
  // Moments are kept as text in ISO form, which sorts in the order of time on both databases.
  const inFuture = (milliseconds: number) => new Date(now().getTime() + milliseconds).toISOString();

  /** Takes the target for a while, if it is its time and nobody else has it. */
  const claim = async (target: string): Promise<boolean> => {
    const taken = await (
      await tables()
    )(WITNESSES)
      .where({ target })
      .andWhere('next_at', '<=', now().toISOString())
      .update({ next_at: inFuture(LEASE_MS) });
    return taken === 1;
  };

  const after = async (size: number, limit: number): Promise<CheckpointRow[]> => {
    const found = await (
      await tables()
    )(CHECKPOINTS)
      .where('tree_size', '>', size)
      .orderBy('tree_size')
      .limit(limit);
    return found.map(checkpointOf);
  };

  const stateOf = async (target: string) => {
    const row = await (await tables())(WITNESSES).where({ target }).first();
    return {
      size: Number(row.delivered_size),
      attempts: Number(row.attempts),
      files: Number(row.tombstone_files ?? 0),
    };
  };

  /** Files of tombstones, before the checkpoints that commit to them. */
  const deliverFiles = async (target: WitnessTarget): Promise<void> => {
    const { files: delivered } = await stateOf(target.name);
    if (delivered === NO_FILES) return;
    const head = await files.head();
    for (let number = delivered + 1; number <= head; number++) {
      if (stopping.signal.aborted) return;
      const kept = await target.deliverTombstones(await files.file(number), stopping.signal);
      await (
        await tables()
      )(WITNESSES)
        .where({ target: target.name })
        .update({ tombstone_files: kept ? number : NO_FILES, next_at: inFuture(LEASE_MS) });
      if (!kept) return;
    }
  };

  const deliverAll = async (target: WitnessTarget): Promise<number> => {
    await deliverFiles(target);
    let { size } = await stateOf(target.name);
    let delivered = 0;
    while (delivered < MOST_IN_A_RUN) {
      const page = await after(size, PAGE);
      if (page.length === 0) break;
      for (const checkpoint of page) {
        if (stopping.signal.aborted) return delivered;
        await target.deliver(checkpoint, stopping.signal);
        // Where another one has taken over meanwhile, it goes on and this one stops.
        const mine = await (
          await tables()
        )(WITNESSES)
          .where({ target: target.name, delivered_size: size })
          .update({
            delivered_size: checkpoint.treeSize,
            delivered_at: now().toISOString(),
            attempts: 0,
            failure: '',
            next_at: inFuture(LEASE_MS),
          });
        if (mine !== 1) return delivered;
        size = checkpoint.treeSize;
        delivered += 1;
      }
    }
    await (await tables())(WITNESSES).where({ target: target.name }).update({ next_at: '' });
    return delivered;
  };

  const failed = async (name: string, code: string) => {
    const attempts = (await stateOf(name)).attempts + 1;
    await (
      await tables()
    )(WITNESSES)
      .where({ target: name })
      .update({ attempts, failure: code, next_at: inFuture(pauseAfter(attempts)) });
    if (code === DIFFERS) {
      strapi.log.error(
        `ALERT: the witness (${name}) holds another history of the audit log than this database. One of the two was rewritten or restored: run "npm run governance -- audit:verify" and keep both as they are.`
      );
    } else {
      strapi.log.warn(
        `The witness (${name}) did not take a checkpoint: ${code}. It is tried again.`
      );
    }
  };

  const deliverTo = async (target: WitnessTarget): Promise<number> => {
    const { size, files: told } = await stateOf(target.name);
    const waiting =
      (await after(size, 1)).length > 0 || (told !== NO_FILES && told < (await files.head()));
    if (!waiting || !(await claim(target.name))) return 0;
    try {
      return await deliverAll(target);
    } catch (error) {
      if (!(error instanceof WitnessError)) throw error;
      if (stopping.signal.aborted) return 0;
      await failed(target.name, error.code);
      return 0;
    }
  };

  const run = async (): Promise<number> => {
    const counts = await Promise.all(targets.map(deliverTo));
    return counts.reduce((sum, count) => sum + count, 0);
  };

  let running: Promise<number> | undefined;
  return {
    /** The rows of the targets exist. One that kept no tombstones at the last start may have learned it. */
    async start(): Promise<void> {
      await (
        await tables()
      )(WITNESSES)
        .where({ tombstone_files: NO_FILES })
        .update({ tombstone_files: 0 });
      for (const { name } of targets) {
        await (
          await tables()
        )(WITNESSES)
          .insert({ target: name, delivered_size: 0, attempts: 0, next_at: '' })
          .onConflict('target')
          .ignore();
      }
    },

    /** Delivers what is due. Calls at the same time share one run. @returns how many checkpoints were delivered. */
    async deliver(): Promise<number> {
      running ??= run().finally(() => (running = undefined));
      return running;
    },

    /** The directory, if it has been told anything yet. */
    async keptIn(directory: string | undefined): Promise<string[]> {
      const told = directory && (await stateOf('directory')).size > 0;
      return told ? [directory] : [];
    },

    /** Ends a delivery that is under way; what was not taken is delivered after the next start. */
    stop(): void {
      stopping.abort();
    },

    async state(): Promise<WitnessState[]> {
      if (targets.length === 0) return [];
      const names = targets.map(({ name }) => name);
      const found = await (await tables())(WITNESSES).whereIn('target', names).orderBy('target');
      return found.map((row: Record<string, unknown>) => ({
        target: row.target as WitnessTarget['name'],
        deliveredSize: Number(row.delivered_size),
        deliveredAt: row.delivered_at ? new Date(row.delivered_at as string) : null,
        tombstoneFiles: row.tombstone_files === NO_FILES ? null : Number(row.tombstone_files ?? 0),
        failure: (row.failure as string) || null,
      }));
    },
  };
}

export type Witnesses = ReturnType<typeof createWitnesses>;
