import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { PLAN } from '../collection/uids';
import { inTransaction } from '../database';
import { PLUGIN } from '../domain';
import { actorOf } from '../organisation/actor';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { invalid } from '../refusal';
import { vaultOf } from '../vault/vault';
import { createColumns } from './columns';
import { createExamination } from './examination';
import { createExecution, type BatchListener, type Hold } from './execution';
import { createImportFiles, formatOf } from './file';
import { openTable } from './reading/read-table';
import { FileRefused } from './reading/file-refused';
import type { TableRow } from './reading/table';
import { createReport, type ReportLanguage } from './report';
import { createRows } from './rows';
import { createRunning } from './running';
import { ENDED, NO_COUNTS, STATE_OF_PHASE, createRuns, type RunRow, type RunState } from './runs';
import { createUndo } from './undo';
import { createUpkeep } from './upkeep';
import { IMPORT_RUN } from './uids';

const SAMPLES = 5;

export interface Mapping {
  /** documentId of the collection plan under which the file was collected. */
  plan: string;
  /** By column, the attribute that it fills; `null` for a column that is left out. */
  mapping: Array<string | null>;
  /** What all rows have alike and no column says. */
  constants: Record<string, string>;
}

/** Files of customers: taken in, held against everything that a single entry is, and written as one works through them. */
export function importsService({ strapi }: { strapi: Core.Strapi }) {
  const runs = createRuns(strapi);
  const rows = createRows(strapi);
  const files = createImportFiles(strapi);
  const columns = createColumns(strapi);
  let examination: ReturnType<typeof createExamination> | undefined;
  // The zone is the policy's, which is loaded by the time that the first row is read.
  const examined = () => (examination ??= createExamination(strapi, columns));
  const execution = createExecution(strapi, {
    rows,
    files,
    examination: {
      recipeOf: (run) => examined().recipeOf(run),
      examine: (batch, recipe) => examined().examine(batch, recipe),
    },
  });
  const undo = createUndo(strapi, rows);
  const report = createReport(strapi, { rows, files, columns });
  const upkeep = createUpkeep(strapi, { runs, rows, files });

  type Action = Parameters<ReturnType<typeof auditOf>['append']>[0];
  const log = (action: string, run: RunRow, details: Record<string, string | number> = {}) =>
    auditOf(strapi).append({
      action,
      requestId: run.documentId,
      details: { import: run.number, ...details },
    } as Action);

  const ended = (state: RunState) => ({ state, phase: null, endedAt: new Date() });

  /** By the account of whoever started it, so that the log has its name. */
  const asPerson = <T>(run: RunRow, work: () => Promise<T>): Promise<T> =>
    actorOf(strapi).asAccount({ kind: 'admin', id: run.account }, work);

  const finish = (run: RunRow, hold: Hold, state: RunState, action: string, counts: object) =>
    asPerson(run, () =>
      inTransaction(strapi, async () => {
        await hold(
          state === 'checked'
            ? { state, phase: null, position: 0, total: run.checkCounts?.rows ?? 0 }
            : ended(state)
        );
        await log(action, run, { ...counts });
      })
    );
  const fail = (run: RunRow, failure: string, hold: Hold) =>
    asPerson(run, () =>
      inTransaction(strapi, async () => {
        await hold({ ...ended('failed'), failure });
        await log('import.fail', run, { reason: failure });
      })
    );

  /** Nobody's customers are written: whoever began the import may have left since. */
  const pauseForLeavers = async ({ documentId, account }: RunRow): Promise<void> => {
    const person = await organisationOf(strapi).staffOf({ kind: 'admin', id: account });
    if (!person?.active) {
      await runs.move(documentId, ['running'], { state: 'paused', pausedAt: new Date() });
    }
  };

  const running = createRunning(strapi, runs, {
    check: {
      go: (run, hold, onStep) => execution.run(run, hold, onStep),
      async end(run, hold) {
        await execution.forgetClaims(run);
        const counts = run.checkCounts ?? NO_COUNTS;
        await finish({ ...run, checkCounts: counts }, hold, 'checked', 'import.check', counts);
      },
      fail,
    },
    run: {
      async go(run, hold, onStep) {
        await pauseForLeavers(run);
        await hold({});
        await execution.run(run, hold, onStep);
      },
      end: (run, hold) =>
        finish(run, hold, 'finished', 'import.finish', run.runCounts ?? NO_COUNTS),
      fail,
    },
    undo: {
      go: (run, hold) => undo.run(run, hold),
      end: (run, hold) =>
        finish(run, hold, 'undone', 'import.undone', run.undoCounts ?? { removed: 0, kept: 0 }),
      fail,
    },
  });

  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FileRefused) throw invalid('file', error.message);
      throw error;
    }
  };

  const openFile = async (run: RunRow) => {
    if (run.fileState !== 'stored') {
      throw new errors.ApplicationError('The file of this import is destroyed. Upload it again.');
    }
    const content = await files.open(run);
    return {
      content,
      table: await openTable(content, formatOf(run), policyOf(strapi).get().imports),
    };
  };

  const movedOr = (moved: boolean, message: string): void => {
    if (!moved) throw new errors.ApplicationError(message);
  };

  const begin = async (
    run: RunRow,
    phase: 'check' | 'run' | 'undo',
    from: RunState[],
    action: string,
    to: Record<string, unknown>,
    message: string
  ): Promise<void> => {
    await inTransaction(strapi, async () => {
      movedOr(
        await runs.move(run.documentId, from, {
          state: STATE_OF_PHASE[phase],
          phase,
          position: 0,
          stalledAt: null,
          leaseBy: null,
          leaseUntil: null,
          ...to,
        }),
        message
      );
      if (phase === 'check') await execution.forgetCheck(run);
      await log(action, run);
    });
    running.start(run.documentId);
  };

  return {
    runs,
    rows,
    columns,
    running,
    upkeep,

    /** Destroys what is no longer needed and lets go of what was never used. */
    keepKeys(): void {
      vaultOf(strapi).keepKeys(async (uid, documentIds) => {
        if (uid !== IMPORT_RUN) return new Set();
        const found = (await strapi.db.query(IMPORT_RUN).findMany({
          select: ['documentId'],
          where: { documentId: { $in: [...documentIds] }, fileState: 'stored' },
        })) as Array<{ documentId: string }>;
        return new Set(found.map(({ documentId }) => documentId));
      });
    },

    /**
     * Takes a file in. @returns the documentId of its run.
     * @throws ValidationError when it is no table that could be read; nothing of it is left.
     */
    async upload(content: Readable, person: StaffRef, now: Date = new Date()): Promise<string> {
      const { maxBytes } = policyOf(strapi).get().imports;
      const documentId = (
        strapi.db.metadata.get(IMPORT_RUN).attributes.documentId as { default: () => string }
      ).default();
      const { id: account } = actorOf(strapi).require();
      const seed = randomBytes(32).toString('hex');
      await runs.create({ documentId, person, account, seed, now });
      try {
        const stored = await files.store(documentId, content, maxBytes);
        await inTransaction(strapi, async () => {
          const run = await runs.require(documentId);
          await runs.move(documentId, ['storing'], {
            state: 'uploaded',
            ...stored.format,
            bytes: stored.bytes,
            location: stored.location,
          });
          await log('import.upload', run, {
            format: stored.format.format,
            bytes: stored.bytes,
          });
        });
        // Its headings can be read, or it is no table: better said now than in the next step.
        const run = await runs.require(documentId);
        (await openFile(run)).content.destroy();
        return documentId;
      } catch (error) {
        await upkeep.discard(documentId);
        if (!(error instanceof FileRefused)) throw error;
        await auditOf(strapi).refused({
          action: 'import.upload',
          details: { reason: error.fault },
        });
        throw error.fault === 'size'
          ? new errors.PayloadTooLargeError(error.message)
          : invalid('file', error.message);
      }
    },

    /** What stands in the columns: headings, what they seem to be, and how many of the first rows look. */
    async describe(run: RunRow, person: StaffRef, plan: number | null) {
      return read(async () => {
        const { content, table } = await openFile(run);
        try {
          const first: TableRow[] = [];
          for await (const list of table.rows) {
            first.push(...list.slice(0, SAMPLES - first.length));
            if (first.length >= SAMPLES) break;
          }
          const guesses = await columns.guess(table.headings, person.id, plan);
          const kinds = columns.kinds();
          return table.headings.map((heading, index) => ({
            heading: shownHeading(heading),
            guess: guesses[index] ?? null,
            samples: first.map((row) =>
              sampleOf(row.cells[index] ?? '', guesses[index] ?? null, kinds)
            ),
          }));
        } finally {
          content.destroy();
        }
      });
    },

    /** Chooses what the columns fill. The dry run comes after it, and anew after each change. */
    async map(
      run: RunRow,
      { plan, mapping, constants }: Mapping,
      person: StaffRef,
      ability: unknown
    ) {
      columns.assertMapping(mapping, constants, ability);
      const row: { id: number } | null = await strapi.db
        .query(PLAN)
        .findOne({ select: ['id'], where: { documentId: plan, state: 'active' } });
      if (!row) throw invalid('plan', 'must be an active collection plan. Choose it from the list');
      const { content, table } = await read(() => openFile(run));
      content.destroy();
      if (mapping.length !== table.headings.length) {
        throw invalid('mapping', 'must say of every column what it fills, or null');
      }
      await inTransaction(strapi, async () => {
        movedOr(
          await runs.move(run.documentId, ['uploaded', 'checked'], {
            state: 'uploaded',
            mapping: JSON.stringify(mapping),
            constants: JSON.stringify(constants),
            plan: row.id,
            checkCounts: null,
            total: null,
          }),
          'The columns can be chosen until the import begins. Reload the page.'
        );
        await columns.remember(table.headings, mapping, person.id, row.id);
        await log('import.map', run);
      });
    },

    /** Holds every row against all rules, in the background; nothing is written of the customers. */
    async check(run: RunRow): Promise<void> {
      if (!run.mapping) throw invalid('mapping', 'choose first what the columns fill');
      await begin(
        run,
        'check',
        ['uploaded', 'checked'],
        'import.begin-check',
        { checkCounts: null, total: null },
        'This import is not waiting for its dry run. Reload the page.'
      );
    },

    /** Imports the good rows, in the background. @param ability of whoever starts it. */
    async start(run: RunRow, ability: unknown): Promise<void> {
      columns.assertMapping(run.mapping ?? [], run.constants ?? {}, ability);
      await begin(
        run,
        'run',
        ['checked'],
        'import.start',
        { startedAt: new Date(), runCounts: null },
        'Only an import whose dry run has ended can be started. Reload the page.'
      );
    },

    /** Stops at the end of the batch that it is at. */
    async pause(run: RunRow): Promise<void> {
      await inTransaction(strapi, async () => {
        movedOr(
          await runs.move(run.documentId, ['checking', 'running', 'undoing'], {
            state: 'paused',
            pausedAt: new Date(),
          }),
          'This import is not running at this moment. Reload the page.'
        );
        await log('import.pause', run);
      });
    },

    /** Goes on where it was paused, or where it failed and waits for its next attempt. */
    async resume(run: RunRow): Promise<void> {
      const state = run.phase ? STATE_OF_PHASE[run.phase] : null;
      await inTransaction(strapi, async () => {
        movedOr(
          state !== null &&
            ((await runs.move(run.documentId, ['paused'], { state, pausedAt: null })) ||
              (await runs.move(
                run.documentId,
                [state],
                { stalledAt: null, leaseUntil: null },
                { stalledAt: { $notNull: true } }
              ))),
          'This import is not paused. Reload the page.'
        );
        await log('import.resume', run);
      });
      running.start(run.documentId);
    },

    /** Ends an import; what it has written stays, and can still be taken back. The file goes at once. */
    async cancel(run: RunRow): Promise<void> {
      await inTransaction(strapi, async () => {
        movedOr(
          await runs.move(
            run.documentId,
            ['uploaded', 'checking', 'checked', 'running', 'paused'],
            ended('cancelled'),
            { $or: [{ phase: { $null: true } }, { phase: { $ne: 'undo' } }] }
          ),
          'This import has ended already. Reload the page.'
        );
        await log('import.cancel', run, { ...(run.runCounts ?? NO_COUNTS) });
      });
      await upkeep.destroyFile(run.documentId);
    },

    /** Takes back the customers that are as the import left them. */
    async undo(run: RunRow): Promise<void> {
      if ((run.runCounts?.good ?? 0) === 0) {
        throw new errors.ApplicationError('This import has written no customers.');
      }
      if (run.seed === '') {
        throw new errors.ApplicationError(
          'It is no longer known which customers this import has written, so it cannot be undone.'
        );
      }
      await begin(
        run,
        'undo',
        ['finished', 'cancelled', 'failed'],
        'import.undo',
        { undoCounts: null, endedAt: null },
        'Only an import that has ended can be undone. Reload the page.'
      );
    },

    /** The report as a file; that it was taken stands in the log before the first byte leaves. */
    async report(run: RunRow, phase: 'check' | 'run', language: ReportLanguage): Promise<Readable> {
      await log('import.report', run, { phase });
      return report.stream(run, phase, language);
    },

    /** Whether the file is of no more use. */
    isEnded: ({ state }: RunRow): boolean => ENDED.includes(state),

    /** Goes on with a run and waits for its end. For programs and tests. */
    carryOut: (documentId: string, onStep?: BatchListener) => running.run(documentId, onStep),
  };
}

export type ImportsService = ReturnType<typeof importsService>;

export const importsOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('imports') as ImportsService;

/** A file without headings begins with somebody's data. */
const shownHeading = (heading: string): string =>
  /\d{5}|@/.test(heading) ? '******' : heading.slice(0, 60);

function sampleOf(
  text: string,
  attribute: string | null,
  kinds: ReturnType<ReturnType<typeof createColumns>['kinds']>
): string {
  const value = text.trim();
  if (value === '') return '';
  const kind = attribute === null ? undefined : kinds[attribute];
  // What nobody has named yet may be anything.
  if (attribute === null) return '******';
  if (!kind) return value.slice(0, 40);
  const parsed = kind.parse(value);
  return parsed.ok ? kind.mask(parsed.value) : '******';
}
