import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { actorOf } from '../organisation/actor';
import { vaultOf } from '../vault/vault';
import { ForeignTombstones, type TombstoneFiles } from './tombstone-files';
import { DIFFERS, WitnessError, type WitnessTarget } from './witness/target';

/** Whether the witnesses were asked what was destroyed. */
export interface RecallState {
  /** `false`: some witness could not be asked yet, and no value is opened. */
  checked: boolean;
  /** Why not, as a code. */
  failure: string | null;
  /** How many tombstones this start took from them, because the key store had lost them. */
  recalled: number;
}

/** Not more often than this is a witness asked again that could not be. */
const PAUSE_MS = 10_000;

/**
 * Asks the witnesses, at the start and before anything is served, for tombstones that the key store does not have: then it
 * is an old one that was restored. As long as a witness that is configured cannot be asked, no value is opened: what was
 * destroyed may have come back, and nobody here could tell.
 */
export function createRecall({
  strapi,
  files,
  targets,
  now = () => new Date(),
}: {
  strapi: Core.Strapi;
  files: TombstoneFiles;
  targets: readonly WitnessTarget[];
  now?: () => Date;
}) {
  const state: RecallState = { checked: false, failure: null, recalled: 0 };
  const listeners: Array<() => Promise<void>> = [];
  const stopping = new AbortController();
  let triedAt = 0;
  let running: Promise<boolean> | undefined;

  const recallFrom = async (target: WitnessTarget): Promise<number> => {
    const head = await files.head();
    const kept = head === 0 ? null : await target.tombstones(head, stopping.signal);
    if (kept !== null && !(await files.isOwn({ number: head, content: kept }))) {
      throw new WitnessError(DIFFERS);
    }
    let count = 0;
    for (let number = head + 1; ; number++) {
      const content = await target.tombstones(number, stopping.signal);
      if (content === null) return count;
      count += await files.take({ number, content });
    }
  };

  const ask = async (): Promise<boolean> => {
    const { recalled: before } = state;
    try {
      for (const target of targets) state.recalled += await recallFrom(target);
      state.checked = true;
      state.failure = null;
    } catch (error) {
      if (error instanceof ForeignTombstones) state.failure = DIFFERS;
      else if (error instanceof WitnessError) state.failure = error.code;
      else throw error;
    }
    const count = state.recalled - before;
    if (count > 0) {
      strapi.log.warn(
        `The key store is older than what the witnesses know: ${count} tombstones were taken from them, and the keys destroyed.`
      );
      await actorOf(strapi).asSystem('restore-guard', () =>
        auditOf(strapi).append({ action: 'destruction.recall', details: { count } })
      );
    }
    return state.checked;
  };

  const once = async (): Promise<boolean> => {
    triedAt = now().getTime();
    const vault = vaultOf(strapi);
    if (!vault.isShut()) vault.shut();
    const first = state.failure === null;
    if (!(await ask())) {
      if (first) {
        strapi.log.error(
          `ALERT: a witness could not be asked what was destroyed (${state.failure}). No protected value is opened until it can be; it is asked again and again. ` +
            'See that it can be reached, or remove its setting.'
        );
      }
      return false;
    }
    for (const listener of listeners) await listener();
    vault.reopen();
    return true;
  };

  return {
    state: (): Readonly<RecallState> => state,

    /** Has `listener` remove what came back, after tombstones were taken and before values are opened. */
    onRecalled(listener: () => Promise<void>): void {
      listeners.push(listener);
    },

    /** Asks, unless they were asked already. Calls at the same time share one. @returns whether all were asked. */
    async run(): Promise<boolean> {
      if (state.checked) return true;
      running ??= once().finally(() => (running = undefined));
      return running;
    },

    /** The same when the last attempt was a while ago. */
    async again(): Promise<boolean> {
      if (state.checked) return true;
      if (now().getTime() - triedAt < PAUSE_MS) return false;
      return this.run();
    },

    stop(): void {
      stopping.abort();
    },
  };
}

export type Recall = ReturnType<typeof createRecall>;
