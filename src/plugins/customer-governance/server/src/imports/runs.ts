import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { isUniqueViolation } from '../customers/entry/unique';
import { inTransaction } from '../database';
import { governedOperation } from '../operation';
import type { StaffRef } from '../organisation/organisation';
import { sequenceNumber } from '../sequence-number';
import type { FileFormat } from './reading/encoding';
import { IMPORT_OPERATION, IMPORT_RUN } from './uids';

export type RunState =
  | 'storing'
  | 'uploaded'
  | 'checking'
  | 'checked'
  | 'running'
  | 'paused'
  | 'finished'
  | 'cancelled'
  | 'undoing'
  | 'undone'
  | 'failed';
export type Phase = 'check' | 'run' | 'undo';

/** How many rows came to what. */
export interface Counts {
  rows: number;
  /** Imported, or in a dry run: would be. */
  good: number;
  /** Of those, rows with a value that was brought into its form. */
  normalised: number;
  faulty: number;
  refused: number;
  duplicate: number;
}
export const NO_COUNTS: Counts = {
  rows: 0,
  good: 0,
  normalised: 0,
  faulty: 0,
  refused: 0,
  duplicate: 0,
};

export interface UndoCounts {
  removed: number;
  /** Filed, changed or worked with since, or held: they stay. */
  kept: number;
}

export interface RunRow {
  id: number;
  documentId: string;
  number: string;
  state: RunState;
  phase: Phase | null;
  failure: string | null;
  format: FileFormat['format'];
  encoding: FileFormat['encoding'];
  bytes: number | string;
  location: string | null;
  fileState: 'stored' | 'leaving' | 'gone';
  account: string;
  mapping: Array<string | null> | null;
  constants: Record<string, string> | null;
  seed: string;
  position: number;
  total: number | null;
  checkCounts: Counts | null;
  runCounts: Counts | null;
  undoCounts: UndoCounts | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  pausedAt: string | null;
  stalledAt: string | null;
  person?: { id: number; documentId: string; displayName: string } | null;
  plan?: { id: number; documentId: string; code: string; title: string } | null;
}

/** While an instance is at it. */
export const AT_WORK: readonly RunState[] = ['checking', 'running', 'undoing'];
export const STATE_OF_PHASE: Readonly<Record<Phase, RunState>> = {
  check: 'checking',
  run: 'running',
  undo: 'undoing',
};
/** From here on the file is of no more use. */
export const ENDED: readonly RunState[] = ['finished', 'cancelled', 'undone', 'failed'];

const POPULATE = {
  person: { select: ['id', 'documentId', 'displayName'] },
  plan: { select: ['id', 'documentId', 'code', 'title'] },
};
const numbers = sequenceNumber('IMP', 5);
const NUMBER_ATTEMPTS = 10;

/** The rows of imports, and their way from state to state. */
export function createRuns(strapi: Core.Strapi) {
  const query = () => strapi.db.query(IMPORT_RUN);
  const asProduct = <T>(work: () => Promise<T>) => governedOperation(IMPORT_OPERATION, work);

  const nextNumber = async (year: string): Promise<string> => {
    const [last] = await query().findMany({
      select: ['number'],
      where: { number: { $startsWith: numbers.ofYear(year) } },
      orderBy: { id: 'desc' },
      limit: 1,
    });
    return numbers.next(year, last?.number ?? null);
  };

  const update = async (where: Record<string, unknown>, data: Record<string, unknown>) => {
    const { count } = await asProduct(() => query().updateMany({ where, data }));
    return count === 1;
  };

  const find = (documentId: string): Promise<RunRow | null> =>
    query().findOne({ where: { documentId }, populate: POPULATE });

  return {
    update,
    find,

    /** Takes a run from one of `from` to another state; the database decides between racing moves. */
    move: (
      documentId: string,
      from: readonly RunState[],
      to: Record<string, unknown>,
      where: Record<string, unknown> = {}
    ): Promise<boolean> => update({ documentId, state: { $in: [...from] }, ...where }, to),

    /** @throws NotFoundError */
    async require(documentId: string): Promise<RunRow> {
      const run = await find(documentId);
      if (!run) throw new errors.NotFoundError('There is no such import.');
      return run;
    },

    /** A run of one person. @throws NotFoundError, also where it is somebody else's. */
    async own(documentId: string, person: StaffRef): Promise<RunRow> {
      const run = await find(documentId);
      if (!run || run.person?.id !== person.id) {
        throw new errors.NotFoundError('There is no such import, or not one of yours.');
      }
      return run;
    },

    /** Writes down that a file is about to be stored. */
    async create(data: {
      documentId: string;
      person: StaffRef;
      account: string;
      seed: string;
      now: Date;
    }): Promise<void> {
      const { documentId, person, account, seed, now } = data;
      for (let attempt = 1; ; attempt += 1) {
        try {
          await asProduct(() =>
            inTransaction(strapi, async () => {
              await query().create({
                data: {
                  documentId,
                  number: await nextNumber(now.toISOString().slice(0, 4)),
                  state: 'storing',
                  person: person.id,
                  account,
                  seed,
                  publishedAt: now,
                },
              });
            })
          );
          return;
        } catch (error) {
          if (!isUniqueViolation(error) || attempt >= NUMBER_ATTEMPTS) throw error;
        }
      }
    },

    /** A page of a person's runs, newest first. */
    page: (person: StaffRef, cursor: number | null, limit: number): Promise<RunRow[]> =>
      query().findMany({
        where: {
          person: { id: person.id },
          state: { $ne: 'storing' },
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        populate: POPULATE,
        orderBy: { id: 'desc' },
        limit,
      }),

    /** Runs by a condition, oldest first. */
    where: (where: Record<string, unknown>, limit: number): Promise<RunRow[]> =>
      query().findMany({ where, populate: POPULATE, orderBy: 'id', limit }),

    async remove(documentId: string): Promise<void> {
      await asProduct(() => query().delete({ where: { documentId }, select: ['id'] }));
    },
  };
}

export type Runs = ReturnType<typeof createRuns>;
