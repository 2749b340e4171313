import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { tablesOf } from '../database';
import { governedOperation } from '../operation';
import { resolveType } from '../policy';
import { BackupFailed, textOf, type Failure } from './failure';

export const RUN = resolveType('backup-run');
export const RUNS_TABLE = 'governance_backup_runs';
const SLOT = 'active';
const ID_DIGITS = 24;
/** A run that has not been heard of for so long was killed. */
const SILENT_MS = 5 * 60 * 1000;
const BEAT_MS = 2000;

export const RUN_KINDS = ['full', 'incremental', 'keys', 'drill'] as const;
export type RunKind = (typeof RUN_KINDS)[number];
export const RUN_STATES = ['running', 'succeeded', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];
export type RunStep =
  'snapshot' | 'writing' | 'reading-back' | 'copying' | 'restoring' | 'verifying';

/** What a drill found. Counts only. */
export interface DrillRecord {
  dataArchive: string;
  keysArchive: string;
  /** Tables whose rows were counted, and rows in all of them. */
  tables: number;
  rows: number;
  /** Records that were opened with the restored keys. */
  opened: number;
  /** Entries of the audit log that were verified, and what was found wrong. */
  entries: number;
  findings: number;
}

export interface RunRow {
  id: number;
  documentId: string;
  kind: RunKind;
  state: RunState;
  startedAt: string;
  heartbeatAt: string;
  finishedAt: string | null;
  requestedById: number | null;
  step: RunStep | null;
  done: string | number | null;
  dataArchive: string | null;
  dataDigest: string | null;
  dataBytes: string | number | null;
  keysArchive: string | null;
  keysDigest: string | null;
  keysBytes: string | number | null;
  secondCopy: 'none' | 'verified' | null;
  reason: Failure | null;
  message: string | null;
  drill: DrillRecord | null;
}

export type RunResult = Partial<
  Pick<
    RunRow,
    | 'kind'
    | 'dataArchive'
    | 'dataDigest'
    | 'dataBytes'
    | 'keysArchive'
    | 'keysDigest'
    | 'keysBytes'
    | 'secondCopy'
    | 'drill'
  >
>;

/** Tells how a run gets on. */
export interface Progress {
  step(step: RunStep): Promise<void>;
  /** So many bytes more. */
  add(bytes: number): void;
  /** What is done already, and stays so if the rest fails. */
  note(result: RunResult): void;
}

/** The records of backups and drills. Of all instances together one run goes on at a time. */
export function createRuns(strapi: Core.Strapi) {
  const query = () => strapi.db.query(RUN);
  const inAct = <T>(work: () => Promise<T>) => governedOperation('backup', work);

  /** Gives up runs whose process is gone. */
  const settle = (now: Date) =>
    inAct(() =>
      query().updateMany({
        where: {
          slot: SLOT,
          heartbeatAt: { $lt: new Date(now.getTime() - SILENT_MS) },
        },
        data: {
          slot: null,
          state: 'failed',
          reason: 'interrupted',
          finishedAt: now,
          step: null,
        },
      })
    );

  return {
    settle,

    /** Begins a run. @throws BackupFailed when one is going on */
    async begin(kind: RunKind, requestedById: number | null, now = new Date()): Promise<RunRow> {
      await settle(now);
      const documentId = randomUUID().replaceAll('-', '').slice(0, ID_DIGITS);
      const taken = await (
        await tablesOf(strapi)
      )(RUNS_TABLE)
        .insert({
          document_id: documentId,
          created_at: now,
          updated_at: now,
          published_at: now,
          kind,
          state: 'running',
          slot: SLOT,
          started_at: now,
          heartbeat_at: now,
          requested_by_id: requestedById,
        })
        .onConflict('slot')
        .ignore()
        .returning('id');
      if (taken.length === 0) {
        throw new BackupFailed('busy', 'A backup or drill is going on already. Wait for its end.');
      }
      return (await this.find(documentId)) as RunRow;
    },

    /** Keeps a run alive, and says how far it is, while `work` goes on; then writes down how it ended. */
    async carry(run: RunRow, work: (progress: Progress) => Promise<void>): Promise<RunRow> {
      let done = 0;
      const result: RunResult = {};
      let told = Promise.resolve();
      const tell = (data: Record<string, unknown>) => {
        told = told
          .then(() =>
            inAct(() =>
              query().updateMany({
                where: { id: run.id, slot: SLOT },
                data: { heartbeatAt: new Date(), done, ...data },
              })
            )
          )
          .then(
            () => undefined,
            () => undefined
          );
        return told;
      };
      const timer = setInterval(() => void tell({}), BEAT_MS);
      const end = async (data: Record<string, unknown>) => {
        clearInterval(timer);
        await told;
        await inAct(() =>
          query().updateMany({
            where: { id: run.id },
            data: { slot: null, step: null, finishedAt: new Date(), done, ...result, ...data },
          })
        );
        return (await this.find(run.documentId)) as RunRow;
      };
      try {
        await work({
          step: (step) => tell({ step }),
          add: (bytes) => {
            done += bytes;
          },
          note: (noted) => Object.assign(result, noted),
        });
        return await end({ state: 'succeeded' });
      } catch (error) {
        return await end({
          state: 'failed',
          reason: error instanceof BackupFailed ? error.code : 'failed',
          message: textOf(error).slice(0, 1000),
        });
      }
    },

    find: (documentId: string): Promise<RunRow | null> =>
      query().findOne({ where: { documentId } }),

    /** Newest first. @param cursor the id of the last one of the page before */
    page: (
      filter: { kind?: RunKind; state?: RunState },
      cursor: number | null,
      limit: number
    ): Promise<RunRow[]> =>
      query().findMany({
        where: { ...filter, ...(cursor === null ? {} : { id: { $lt: cursor } }) },
        orderBy: { id: 'desc' },
        limit,
      }),

    /** The newest run of some kinds in a state. */
    async last(kinds: readonly RunKind[], state: RunState): Promise<RunRow | null> {
      const [row] = await query().findMany({
        where: { kind: { $in: [...kinds] }, state },
        orderBy: { id: 'desc' },
        limit: 1,
      });
      return (row as RunRow | undefined) ?? null;
    },
  };
}

export type Runs = ReturnType<typeof createRuns>;
