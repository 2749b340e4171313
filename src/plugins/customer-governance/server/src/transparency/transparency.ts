import { AsyncResource } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { auditOf, AUDIT_TABLE } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { policyOf } from '../policy';
import { vaultOf } from '../vault/vault';
import { LEAVES } from './models';
import { pruneLog } from './pruning';
import { createSequencer, type Sequencer } from './sequencer';
import { createSigner, type LogKey, type Signer } from './signer';
import { createStore, leafOfEntry, type CheckpointRow, type TreeState } from './store';
import type { BundleResult } from './bundle';
import { exportLog, type ExportOptions } from './export';
import { consistencyProof, inclusionProof } from './tree/proofs';
import { cached, rootOf } from './tree/tiles';
import { createRecall, type Recall, type RecallState } from './recall';
import { createTombstoneFiles } from './tombstone-files';
import { parseCheckpoint } from './tree/checkpoint';
import { openNote, signNote } from './tree/note';
import { verifyDatabase, type VerifyLogOptions } from './verification';
import { witnessSource } from './verifier/directory';
import type { Verification } from './verifier/verify-log';
import { directoryWitness } from './witness/directory';
import { httpWitness } from './witness/endpoint';
import { readWitnessSettings, type WitnessSettings } from './witness/settings';
import { createWitnesses, type Witnesses, type WitnessState } from './witness/witnesses';

const SECOND_MS = 1000;

/** The state of the log at a glance. */
export interface LogState {
  treeSize: number;
  /** Committed entries that no checkpoint covers yet. */
  pending: number;
  oldestPendingAt: Date | null;
  checkpoint: CheckpointRow | null;
  key: LogKey;
  prunedBelow: number;
  halted: string | null;
  verified: TreeState['verified'];
  /** Those that are configured. */
  witnesses: WitnessState[];
}

/** The log's tree: the order of the entries, signed checkpoints, and proofs for outsiders. */
export function transparencyService({ strapi }: { strapi: Core.Strapi }) {
  const store = createStore(strapi);
  let signer: Signer | undefined;
  let sequencer: Sequencer | undefined;
  let witnesses: Witnesses | undefined;
  let recall: Recall | undefined;
  let timer: NodeJS.Timeout | undefined;
  let written = 0;
  let kick: () => void = () => undefined;
  let stopped = Promise.resolve();
  let told = Promise.resolve();

  const started = <T>(part: T | undefined): T => {
    if (!part) throw new Error('The audit log is not started yet.');
    return part;
  };

  const runQuietly = () =>
    started(sequencer)
      .run()
      .then(
        () => undefined,
        (error: Error) => {
          // The name of the error, not its text: a message may quote a row.
          strapi.log.error(`The audit log was not sequenced: ${error.name}. It is tried again.`);
        }
      );

  /** Apart from the sequencer: a witness that is slow or gone holds nothing up. */
  const tellWitnesses = () =>
    started(witnesses)
      .deliver()
      .then(
        () => undefined,
        (error: Error) => {
          strapi.log.error(`The witnesses of the audit log were not told: ${error.name}.`);
        }
      );

  /** Nothing is told before it was asked what is known already. */
  const askAndTell = async () => {
    const asked = await started(recall)
      .again()
      .catch((error: Error) => {
        strapi.log.error(`The witnesses were not asked for tombstones: ${error.name}.`);
        return false;
      });
    if (asked) await tellWitnesses();
  };

  return {
    store,
    signer: (): Signer => started(signer),

    /** Makes the log's key and state where they are missing. */
    async start(): Promise<void> {
      const vault = vaultOf(strapi);
      await store.create();
      signer = createSigner({ store: vault.keyStore(), ring: vault.keyring() });
      await signer.start(await originOf(strapi));
      const storeId = await vault.storeId();
      const keyStore = vault.keyStore();
      const key = vault.keyring().ownKey('customer-governance/tombstones');
      const files = createTombstoneFiles({ keyStore, storeId, key });
      sequencer = createSequencer({
        strapi,
        store,
        signer,
        keyStore,
        files: {
          extensions: files.extensions,
          // Before the witnesses were asked nobody knows which file is the next.
          close: async () => (started(recall).state().checked ? files.close() : undefined),
        },
      });
      const { directory, url, token } = witnessSettings(strapi);
      const rootAt = (size: number) => rootOf(cached(store.tiles()), size).catch(() => null);
      const targets = [
        ...(directory ? [directoryWitness(directory, storeId, rootAt)] : []),
        ...(url ? [httpWitness(url, token, storeId)] : []),
      ];
      witnesses = createWitnesses({ strapi, targets, files });
      await witnesses.start();
      recall = createRecall({ strapi, files, targets });
      await recall.run();
    },

    /** Whether the witnesses were asked what was destroyed, and what came of it. */
    recalled: (): Readonly<RecallState> => started(recall).state(),

    /** Has `listener` remove what a restore brought back, when a witness could be asked only after the start. */
    onRecalled(listener: () => Promise<void>): void {
      started(recall).onRecalled(listener);
    },

    /** Asks the witnesses that could not be asked yet. @returns whether all were. */
    recall: (): Promise<boolean> => started(recall).run(),

    /** Delivers to the witnesses what is due now. @returns how many checkpoints were delivered. */
    deliver: (): Promise<number> => started(witnesses).deliver(),

    /** Sequences at the policy's intervals from now on, and at once when many entries were written. */
    keepUp(): void {
      const { seconds, rows } = policyOf(strapi).get().audit.sequence;
      // Bound to this place: called from within somebody's transaction it would otherwise join it.
      const run = AsyncResource.bind(() => {
        written = 0;
        stopped = stopped.then(runQuietly);
        told = stopped.then(askAndTell);
      });
      kick = run;
      timer = setInterval(run, seconds * SECOND_MS);
      timer.unref();
      auditOf(strapi).onAppend((entries) => {
        written += entries;
        if (written >= rows) setImmediate(kick);
      });
    },

    /** Ends the intervals, and waits for a pass that is running. */
    async stop(): Promise<void> {
      clearInterval(timer);
      kick = () => undefined;
      witnesses?.stop();
      recall?.stop();
      await stopped;
      await told;
    },

    /** Sequences what is committed by now. @returns how many entries found their place, and the size of the tree. */
    async sequence(): Promise<{ sequenced: number; treeSize: number }> {
      const sequenced = await started(sequencer).run();
      return { sequenced, treeSize: (await store.state()).treeSize };
    },

    async state(): Promise<LogState> {
      const { treeSize, watermark, prunedBelow, halted, verified } = await store.state();
      const tables = await tablesOf(strapi);
      const waiting = (await tables(`${AUDIT_TABLE} as entry`)
        .where('entry.id', '>', watermark)
        .whereNotExists(leafOfEntry(tables))
        .count({ count: '*' })
        .min({ oldest: 'entry.at' })
        .first()) as { count: number | string; oldest: number | string | Date | null };
      return {
        treeSize,
        pending: Number(waiting.count),
        oldestPendingAt: waiting.oldest ? new Date(waiting.oldest) : null,
        checkpoint: await store.newestCheckpoint(),
        key: await started(signer).current(),
        prunedBelow,
        halted,
        verified,
        witnesses: await started(witnesses).state(),
      };
    },

    /** The leaf of an entry. @returns null as long as it has none. */
    async leafOf(entryId: string): Promise<number | null> {
      const row = await (
        await tablesOf(strapi)
      )(`${LEAVES} as leaf`)
        .join(`${AUDIT_TABLE} as entry`, 'entry.id', 'leaf.entry_id')
        .where('entry.document_id', entryId)
        .first('leaf.id');
      return row ? Number(row.id) : null;
    },

    /** That a leaf is in the tree of `size`: the hashes beside its path, lowest first (RFC 6962, 2.1.1). */
    inclusion: (leaf: number, size: number): Promise<Buffer[]> =>
      inclusionProof(store.tiles(), leaf, size),

    /** That the tree of `size` begins with the tree of `before` (RFC 6962, 2.1.2). */
    consistency: (before: number, size: number): Promise<Buffer[]> =>
      consistencyProof(store.tiles(), before, size),

    /** From when on the policy keeps entries. */
    keptSince(now = new Date()): Date {
      const since = new Date(now);
      since.setUTCMonth(since.getUTCMonth() - policyOf(strapi).get().audit.keepMonths);
      return since;
    },

    /** Removes entries older than `before` in whole tiles. @see pruneLog */
    prune: (before: Date, progress?: (removed: number) => void): Promise<number> =>
      pruneLog(strapi, store, before, progress),

    /**
     * Verifies the whole log in the database, also against the checkpoints in directories of witnesses: those that are
     * named, or else the one that is configured. The outcome is kept for the panel. @see verifyLog
     */
    async verify({
      directories,
      ...options
    }: VerifyLogOptions & { directories?: readonly string[] } = {}): Promise<Verification> {
      const { directory } = witnessSettings(strapi);
      const named = directories ?? (await started(witnesses).keptIn(directory));
      const kept = await Promise.all(named.map(witnessSource));
      const result = await verifyDatabase(strapi, store, started(signer), {
        ...options,
        witnesses: [...kept, ...(options.witnesses ?? [])],
      });
      await store.noteVerification(result.size, result.total, new Date());
      return result;
    },

    /** Writes the log into a directory that can be verified offline. @see writeBundle */
    exportBundle: (options: ExportOptions): Promise<BundleResult> =>
      exportLog(strapi, store, started(signer), options),

    /** Has a new key sign from now on. The next checkpoint is signed by the key before it too. */
    async changeKey(): Promise<{ before: LogKey; after: LogKey }> {
      const change = await started(signer).change();
      await auditOf(strapi).append({ action: 'log.key-change', details: keysOf(change) });
      return change;
    },

    /**
     * Signs a text with the log's key, as a signed note. The text says in its first line what it is, so that it cannot
     * pass for a checkpoint.
     */
    async signText(text: string): Promise<{ note: string; key: LogKey }> {
      const key = await started(signer).current();
      return { note: signNote(text, await started(signer).signers(key.id)), key };
    },

    /**
     * Goes on after a restore of the data: declares that the log is shorter than what was signed, in the log itself, and
     * begins to sign under a new origin, so that no two checkpoints of one origin contradict each other.
     * @throws Error when nothing was lost.
     */
    async resume(): Promise<{ lostFrom: number; lostTo: number }> {
      const keyStore = vaultOf(strapi).keyStore();
      const anchor = await keyStore.logAnchor();
      const { treeSize } = await store.state();
      if (!anchor || anchor.treeSize <= treeSize) {
        throw new Error(
          'Nothing is missing at the end of the log: it is at least as long as what was signed.'
        );
      }
      const root = (await rootOf(cached(store.tiles()), treeSize)).toString('base64');
      await assertSigned(treeSize, root);
      const name = (await started(signer).current()).name;
      const change = await started(signer).change(nextOrigin(name));
      await inTransaction(strapi, async () => {
        await store.lock();
        await store.change({ halted: '', key_id: change.after.id });
        await auditOf(strapi).append({
          action: 'log.resume',
          details: { ...keysOf(change), below: treeSize, lost: anchor.treeSize - treeSize },
        });
      });
      await keyStore.resetLogAnchor({ treeSize, rootHash: root });
      return { lostFrom: treeSize, lostTo: anchor.treeSize };
    },
  };

  /** What is left must be what was signed at its size: a resumption does not bless another tree. */
  async function assertSigned(treeSize: number, root: string): Promise<void> {
    if (treeSize === 0) return;
    const checkpoint = await store.newestCheckpoint();
    const note = checkpoint && openNote(checkpoint.note, await started(signer).verifiers());
    const signed = note && parseCheckpoint(note.text);
    if (signed?.size !== treeSize || signed.root.toString('base64') !== root) {
      throw new Error(
        'What is left of the log is not what was signed: restore the data from a backup that audit:verify finds whole.'
      );
    }
  }
}

export type TransparencyService = ReturnType<typeof transparencyService>;

export const transparencyOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('transparency') as TransparencyService;

/** @throws Error when they are wrong. */
export function witnessSettings(strapi: Core.Strapi): WitnessSettings {
  const { witness } = strapi.config.get('plugin::customer-governance.log', {}) as {
    witness?: WitnessSettings;
  };
  return readWitnessSettings(witness, strapi.dirs.app.root);
}

/** What a checkpoint calls this log: as configured, or by the key store, which is made once for an installation. */
async function originOf(strapi: Core.Strapi): Promise<string> {
  const { origin } = strapi.config.get('plugin::customer-governance.log', {}) as {
    origin?: string;
  };
  if (origin) return origin;
  return `customer-governance/${(await vaultOf(strapi).storeId()).slice(0, 16)}`;
}

/** `origin` → `origin/2` → `origin/3` */
function nextOrigin(name: string): string {
  const [, base = name, number = '1'] = /^(.*)\/(\d+)$/.exec(name) ?? [];
  return `${base}/${Number(number) + 1}`;
}

const keysOf = ({ before, after }: { before: LogKey; after: LogKey }) => ({
  from: idOf(before),
  to: idOf(after),
});
/** The id that stands in signed notes. */
const idOf = ({ verifierKey }: LogKey): string => verifierKey.split('+')[1] ?? '';
