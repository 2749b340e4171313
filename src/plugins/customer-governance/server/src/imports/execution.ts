import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { createMany } from '../customers/entry/create-many';
import { inTransaction, isPostgres } from '../database';
import { actorOf } from '../organisation/actor';
import { policyOf } from '../policy';
import { createCheckpoints } from '../sqlite-checkpoints/checkpoints';
import { parsingOnce } from '../vault/kinds';
import { vaultOf } from '../vault/vault';
import { warnOfAlike } from './alike';
import { documentIdsOf } from './document-id';
import { createRowClaims, findWithinFile, type EarlierRows, type RowClaim } from './duplicates';
import type { Examination, Recipe } from './examination';
import { formatOf, type ImportFiles } from './file';
import { counted, type Outcome } from './outcome';
import { openTable } from './reading/read-table';
import type { TableRow } from './reading/table';
import type { Rows, StoredRow } from './rows';
import { NO_COUNTS, type Counts, type RunRow } from './runs';
import { createSteadyHeap } from './steady-heap';
import { CUSTOMER } from './uids';

/** Rows of one transaction. While it lasts nobody else writes on SQLite, so it is kept short. */
export const BATCH = 500;

/** Of an import, rows of earlier batches are customers in the database. */
const NO_ROWS: ReadonlyMap<string, number> = new Map();

/** Where an execution stands; what a test throws there stops it as a crash would. */
export type BatchStep = 'examined' | 'keys-made' | 'written' | 'committed';
export type BatchListener = (step: BatchStep) => void | Promise<void>;

interface Parts {
  rows: Rows;
  files: ImportFiles;
  examination: Examination;
}

/** A batch of a run that was examined, and whose customers are being sealed. */
interface Prepared {
  outcomes: readonly Outcome[];
  /** By what the customers will be known. */
  own: readonly RowClaim[];
  ids: readonly string[];
  storeKeys(): Promise<void>;
}

/** Whether two batches have a customer in common. */
function meet(before: Prepared, next: Prepared): boolean {
  const known = new Set(before.own.map(({ digest }) => digest));
  return next.own.some(({ digest }) => known.has(digest));
}

/** Reads a file from where it stands and makes of each batch of rows what the phase makes of it. */
export function createExecution(strapi: Core.Strapi, { rows, files, examination }: Parts) {
  const claims = createRowClaims(strapi);
  const limits = () => policyOf(strapi).get().imports;
  const together = isPostgres(strapi);

  async function* batchesFrom(run: RunRow): AsyncGenerator<TableRow[]> {
    const content = await files.open(run);
    try {
      const table = await openTable(content, formatOf(run), limits());
      let batch: TableRow[] = [];
      for await (const list of table.rows) {
        for (const row of list) {
          if (row.number <= run.position) continue;
          batch.push(row);
          if (batch.length < BATCH) continue;
          yield batch;
          batch = [];
        }
      }
      if (batch.length > 0) yield batch;
    } finally {
      content.destroy();
    }
  }

  const stored = ({ row, state, recordId, notes }: Outcome): StoredRow => ({
    row,
    state,
    recordId: recordId ?? null,
    notes,
  });

  /** Customers, outcomes and the place in the file together, or none of them. */
  const commit = (
    run: RunRow,
    outcomes: readonly Outcome[],
    own: readonly RowClaim[],
    counts: Counts,
    hold: Hold,
    onStep: BatchListener
  ) =>
    inTransaction(strapi, async () => {
      const position = outcomes.at(-1)?.row ?? run.position;
      const field = run.phase === 'check' ? 'checkCounts' : 'runCounts';
      await hold({ position, [field]: counts });
      if (run.phase === 'check') {
        await claims.insert(run.id, own);
        const notable = outcomes.filter(({ notes }) => notes.length > 0);
        await rows.insert(run.id, 'check', notable.map(stored));
        return;
      }
      const now = new Date();
      const good = outcomes.filter(({ data }) => data !== null);
      if (good.length > 0) {
        await createMany(
          strapi,
          CUSTOMER,
          good.map(({ recordId, data }) => ({
            ...data,
            documentId: recordId,
            publishedAt: now,
            createdAt: now,
            updatedAt: now,
          }))
        );
      }
      const barred = outcomes.flatMap(({ notes }) =>
        notes.flatMap(({ kind, attribute }) =>
          kind === 'refused' && attribute !== null ? attribute : []
        )
      );
      if (barred.length > 0) {
        await auditOf(strapi).append({
          action: 'collection.refused',
          outcome: 'refused',
          recordType: CUSTOMER,
          attributes: [...new Set(barred)],
        });
      }
      await rows.insert(run.id, 'run', outcomes.map(stored));
      await onStep('written');
    });

  /**
   * Commits a batch; where the database refuses it, because others have written meanwhile, its halves, and in the end the
   * row by itself: one that cannot be written stops none of the others.
   */
  const commitSafely = async (
    run: RunRow,
    outcomes: readonly Outcome[],
    own: readonly RowClaim[],
    hold: Hold,
    onStep: BatchListener
  ): Promise<void> => {
    const before = (run.phase === 'check' ? run.checkCounts : run.runCounts) ?? NO_COUNTS;
    const counts = counted(before, outcomes);
    try {
      await commit(run, outcomes, own, counts, hold, onStep);
    } catch (error) {
      if (run.phase === 'check' || !isRefusal(error)) throw error;
      if (outcomes.length > 1) {
        const half = Math.ceil(outcomes.length / 2);
        await commitSafely(run, outcomes.slice(0, half), own, hold, onStep);
        await commitSafely(run, outcomes.slice(half), own, hold, onStep);
        return;
      }
      const [only] = outcomes;
      if (!only?.data) throw error;
      await commitSafely(run, [refusedByDatabase(only, error)], [], hold, onStep);
      return;
    }
    run.position = outcomes.at(-1)?.row ?? run.position;
    if (run.phase === 'check') run.checkCounts = counts;
    else run.runCounts = counts;
    await onStep('committed');
  };

  const examine = async (batch: readonly TableRow[], recipe: Recipe, earlier: EarlierRows) =>
    findWithinFile(strapi, await examination.examine(batch, recipe), earlier);

  /** The same in a dry run, which also warns of what is only alike: that is to be looked at before the import, not after it. */
  const examineDry = async (run: RunRow, batch: readonly TableRow[], recipe: Recipe) => {
    const earlier: EarlierRows = (digests) => claims.earlier(run.id, digests);
    const examined = await examine(batch, recipe, earlier);
    const compared = await warnOfAlike(strapi, examined.outcomes, earlier);
    return { outcomes: compared.outcomes, claims: [...examined.claims, ...compared.claims] };
  };

  /** Examines a batch of a run and has its customers sealed in a thread. Of what is written nothing is. */
  const prepare = async (
    run: RunRow,
    batch: readonly TableRow[],
    recipe: Recipe,
    onStep: BatchListener
  ): Promise<Prepared> => {
    const { outcomes, claims: own } = await examine(batch, recipe, async () => NO_ROWS);
    await onStep('examined');
    const idOf = documentIdsOf(run.seed);
    const coming: Array<{ documentId: string; data: Record<string, unknown> }> = [];
    for (const outcome of outcomes) {
      if (outcome.data === null) continue;
      outcome.recordId = idOf(outcome.row);
      coming.push({ documentId: outcome.recordId, data: outcome.data });
    }
    const storeKeys = await vaultOf(strapi).sealAhead(CUSTOMER, coming);
    return { outcomes, own, ids: coming.map(({ documentId }) => documentId), storeKeys };
  };

  const write = async (
    run: RunRow,
    { outcomes, own, ids, storeKeys }: Prepared,
    hold: Hold,
    onStep: BatchListener
  ): Promise<void> => {
    const { records } = vaultOf(strapi);
    try {
      await storeKeys();
      await onStep('keys-made');
      await commitSafely(run, outcomes, own, hold, onStep);
    } finally {
      for (const id of ids) records.releaseKey(CUSTOMER, id);
    }
  };

  /**
   * While the thread seals a batch, the next one is examined, and the one before is written. What was examined before its
   * predecessor was written, and has a customer of it again, is examined once more, so that it is told what it would have been.
   */
  const carryOut = async (
    run: RunRow,
    recipe: Recipe,
    hold: Hold,
    onStep: BatchListener
  ): Promise<void> => {
    let before: Prepared | null = null;
    for await (const batch of batchesFrom(run)) {
      const last: Prepared | null = before;
      const preparing = prepare(run, batch, recipe, onStep);
      // SQLite has one connection: what is looked up there would wait for the end of the transaction anyway.
      if (!together) await preparing;
      const writing = last ? write(run, last, hold, onStep) : Promise.resolve();
      // Whichever of the two fails, the other is not left to itself.
      await Promise.allSettled([writing, preparing]);
      await writing;
      const next = await preparing;
      before = last && meet(last, next) ? await prepare(run, batch, recipe, onStep) : next;
    }
    if (before) await write(run, before, hold, onStep);
  };

  const examineAll = async (run: RunRow, recipe: Recipe, hold: Hold, onStep: BatchListener) => {
    for await (const batch of batchesFrom(run)) {
      const { outcomes, claims: own } = await examineDry(run, batch, recipe);
      await onStep('examined');
      await commitSafely(run, outcomes, own, hold, onStep);
    }
  };

  return {
    /**
     * Goes on with a run from where it stands to the end of the file.
     * @param hold writes the run's new place while the instance still has it, and throws where it has not.
     */
    run: (run: RunRow, hold: Hold, onStep: BatchListener = () => undefined): Promise<void> =>
      actorOf(strapi).asAccount({ kind: 'admin', id: run.account }, async () => {
        const recipe = examination.recipeOf(run);
        const work = run.phase === 'check' ? examineAll : carryOut;
        const checkpoints = createCheckpoints(strapi);
        const heap = createSteadyHeap();
        const noting: BatchListener = async (step) => {
          if (step === 'committed') {
            heap.committed();
            await checkpoints.committed();
          }
          await onStep(step);
        };
        try {
          await parsingOnce(() => work(run, recipe, hold, noting));
        } finally {
          heap.end();
          await checkpoints.end();
        }
      }),

    /** Forgets what a dry run has found, before another one or when it is of no more use. */
    async forgetCheck(run: RunRow): Promise<void> {
      await claims.forget(run.id);
      await rows.forget(run.id, 'check');
    },
    forgetClaims: (run: RunRow) => claims.forget(run.id),
  };
}

/** Writes into the row of a run that this instance still has; else it throws. */
export type Hold = (data: Record<string, unknown>) => Promise<void>;

export type Execution = ReturnType<typeof createExecution>;

/** Refused by a rule or an index, and not because the database was away. */
function isRefusal(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return (
    name === 'ValidationError' ||
    name === 'PolicyError' ||
    code === '23505' ||
    String(code).startsWith('SQLITE_CONSTRAINT')
  );
}

function refusedByDatabase(outcome: Outcome, error: unknown): Outcome {
  const details = (error as { details?: { errors?: Array<{ path: string[]; message: string }> } })
    .details;
  const [problem] = details?.errors ?? [];
  const attribute = problem?.path[0] ?? null;
  const reason = problem
    ? problem.message.slice((attribute?.length ?? -2) + 2)
    : 'Another record of the same customer was written at the same time.';
  return {
    row: outcome.row,
    state: 'duplicate',
    notes: [{ attribute, kind: 'duplicate', reason }],
    data: null,
  };
}
