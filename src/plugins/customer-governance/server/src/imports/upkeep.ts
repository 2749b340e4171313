import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { inTransaction } from '../database';
import { policyOf } from '../policy';
import type { ImportFiles } from './file';
import type { Rows } from './rows';
import { ENDED, type RunRow, type Runs } from './runs';

/** An upload that takes longer than this has broken off. */
const STORING_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const PAGE = 100;

/** The end of files, and of what was never used. */
export function createUpkeep(
  strapi: Core.Strapi,
  { runs, rows, files }: { runs: Runs; rows: Rows; files: ImportFiles }
) {
  /** Said first, so that nobody waits for the file and the key is kept no longer; then key and file go. */
  const destroyFile = async (documentId: string): Promise<void> => {
    await runs.update({ documentId, fileState: 'stored' }, { fileState: 'leaving' });
    await files.destroy(documentId);
    await inTransaction(strapi, async () => {
      const run = await runs.require(documentId);
      const gone = await runs.update(
        { documentId, fileState: 'leaving' },
        { fileState: 'gone', location: null }
      );
      if (!gone) return;
      await auditOf(strapi).append({
        action: 'import.destroy-file',
        requestId: documentId,
        details: { import: run.number },
      });
    });
  };

  const dueAt = (now: Date): Array<Record<string, unknown>> => {
    const { keepFileDays, keepIdleDays } = policyOf(strapi).get().imports;
    const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
    return [
      { fileState: 'leaving' },
      {
        fileState: 'stored',
        state: { $in: [...ENDED] },
        endedAt: { $lte: before(keepFileDays) },
      },
      {
        fileState: 'stored',
        state: { $in: ['uploaded', 'checked', 'paused'] },
        updatedAt: { $lte: before(keepIdleDays) },
      },
    ];
  };

  const endIdle = async (run: RunRow, now: Date): Promise<void> => {
    await runs.move(run.documentId, ['uploaded', 'checked', 'paused'], {
      state: 'cancelled',
      phase: null,
      endedAt: now,
    });
  };

  return {
    destroyFile,

    /** Removes a run whose file was refused: nothing of it is left. */
    async discard(documentId: string): Promise<void> {
      try {
        await runs.update({ documentId }, { fileState: 'leaving' });
        await files.destroy(documentId);
        await runs.remove(documentId);
      } catch (error) {
        strapi.log.warn(`A file that was refused is left for the sweep: ${(error as Error).name}.`);
      }
    },

    /** Destroys the files whose time is over, and lets go of what a crash or nobody has finished. */
    async sweep(now: Date): Promise<void> {
      const broken = await runs.where(
        {
          state: 'storing',
          createdAt: { $lt: new Date(now.getTime() - STORING_MS).toISOString() },
        },
        PAGE
      );
      for (const { documentId } of broken) await this.discard(documentId);
      const due = await runs.where({ $or: dueAt(now) }, PAGE);
      for (const run of due) {
        await endIdle(run, now);
        await destroyFile(run.documentId);
      }
      const { keepReportDays } = policyOf(strapi).get().imports;
      const old = await runs.where(
        {
          state: { $in: [...ENDED] },
          fileState: 'gone',
          seed: { $ne: '' },
          endedAt: { $lte: new Date(now.getTime() - keepReportDays * DAY_MS).toISOString() },
        },
        PAGE
      );
      for (const run of old) {
        await rows.forget(run.id);
        // Without its seed nobody reckons ids of customers from it, and it is not looked at again.
        await runs.update({ documentId: run.documentId }, { seed: '' });
      }
    },
  };
}

export type Upkeep = ReturnType<typeof createUpkeep>;
