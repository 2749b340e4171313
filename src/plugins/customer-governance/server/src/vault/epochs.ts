import { KEY_BYTES, systemRandom, type RandomBytes } from './cipher';
import { isWiped, type EpochRow, type EpochStore } from './epochs-store';

export interface Epoch {
  id: number;
  secret: Buffer;
  createdAt: Date;
}

/** `failed`: it could not be read or written when it was last tried. */
export type CopyState = 'none' | 'in-step' | 'failed';

/** The secret of an epoch is in neither place. */
export class EpochMissing extends Error {
  constructor(
    readonly epoch: number,
    /** Whether later epochs are known: then this one has ended, and its secret was destroyed. */
    readonly ended: boolean
  ) {
    super(`The secret of key epoch ${epoch} is not there.`);
    this.name = 'EpochMissing';
  }
}

/** The copy cannot be read or written, so that an epoch can neither begin nor end. */
export class EpochCopyFailed extends Error {
  constructor(cause: unknown) {
    super(
      'The copy of the epoch store cannot be reached, so no key epoch begins or ends. ' +
        'See that GOVERNANCE_EPOCHS_COPY is there and can be written, or remove the setting.',
      { cause }
    );
    this.name = 'EpochCopyFailed';
  }
}

/**
 * The secrets of key epochs. Key-encryption keys are wrapped under the root key and under one of these; once it is
 * destroyed, no copy of the key store from its time opens again, whoever has it. Kept where no backup reaches; a copy is
 * kept in step and never holds more than the store itself.
 */
export function createEpochs({
  primary,
  copy,
  random = systemRandom,
  now = () => new Date(),
}: {
  primary: EpochStore;
  copy?: EpochStore;
  random?: RandomBytes;
  now?: () => Date;
}) {
  const known = new Map<number, Buffer>();
  let storeId = '';
  let copyState: CopyState = copy ? 'in-step' : 'none';

  const read = async (): Promise<EpochRow[]> => {
    const rows = (await primary.rows(storeId)).filter((row) => !isWiped(row));
    known.clear();
    for (const row of rows) known.set(row.id, row.secret);
    return rows;
  };

  const withCopy = async <T>(work: (copy: EpochStore) => Promise<T>): Promise<T | undefined> => {
    if (!copy) return undefined;
    try {
      const result = await work(copy);
      copyState = 'in-step';
      return result;
    } catch (error) {
      copyState = 'failed';
      throw new EpochCopyFailed(error);
    }
  };

  /** Has the copy hold what the store itself does, and no epoch that has ended. @throws EpochCopyFailed */
  const sync = async (): Promise<void> => {
    await withCopy(async (place) => {
      await place.create();
      // Read before the store: an epoch that another instance begins meanwhile is in the store first.
      const there = await place.rows(storeId);
      const own = new Map((await read()).map((row) => [row.id, row]));
      const newest = Math.max(0, ...own.keys());
      // Another secret under the same number is of a store that was lost before anything was wrapped under it.
      const foreign = there.filter(
        (row) => row.id <= newest && !own.get(row.id)?.secret.equals(row.secret)
      );
      await place.destroy(
        storeId,
        foreign.map(({ id }) => id)
      );
      for (const row of own.values()) await place.addOnce(row);
    });
  };

  return {
    sync,

    /**
     * Makes the store where it is missing, and takes from the copy what a lost store no longer has.
     * @param needed the epochs under which keys are wrapped.
     * @returns the epochs that came from the copy.
     */
    async start(id: string, needed: readonly number[]): Promise<number[]> {
      storeId = id;
      await primary.create();
      await read();
      const missing = needed.filter((epoch) => !known.has(epoch));
      const found: number[] = [];
      try {
        await withCopy(async (place) => {
          if (missing.length === 0 || !(await place.exists())) return;
          for (const row of await place.rows(storeId)) {
            if (!missing.includes(row.id) || isWiped(row)) continue;
            await primary.addOnce(row);
            found.push(row.id);
          }
        });
      } catch (error) {
        // Without what is missing the start is refused anyway, and says so; else the copy's state tells.
        if (!(error instanceof EpochCopyFailed)) throw error;
      }
      await read();
      return found;
    },

    /** @throws EpochMissing */
    async secret(id: number): Promise<Buffer> {
      // Another instance may have begun it since.
      if (!known.has(id)) await read();
      const secret = known.get(id);
      if (!secret) throw new EpochMissing(id, Math.max(0, ...known.keys()) > id);
      return secret;
    },

    /** The epoch under which keys are wrapped now; null as long as there is none. */
    async newest(): Promise<Epoch | null> {
      const row = (await read()).at(-1);
      return row ? { id: row.id, secret: row.secret, createdAt: new Date(row.created_at) } : null;
    },

    /** The epochs that have ended and are not destroyed yet, in either place. @throws EpochCopyFailed */
    async ended(current: number): Promise<number[]> {
      const rows = await primary.rows(storeId);
      const copied = (await withCopy((place) => place.rows(storeId))) ?? [];
      const old = [...rows, ...copied].map(({ id }) => id).filter((id) => id < current);
      return [...new Set(old)].sort((a, b) => a - b);
    },

    /**
     * Begins the epoch after `last`, unless another instance has. Nothing may be wrapped under it before it is in both
     * places, as it is when this returns.
     * @throws EpochCopyFailed, having begun nothing.
     */
    async begin(last: number): Promise<void> {
      await sync();
      await primary.addOnce({
        store_id: storeId,
        id: last + 1,
        secret: random(KEY_BYTES),
        created_at: now().toISOString(),
      });
      await sync();
    },

    /** Destroys the secrets of all epochs before `current`: in the copy first, then in the store. @returns theirs. */
    async destroyBefore(
      current: number,
      onCopyDone: () => void | Promise<void> = () => undefined
    ): Promise<number[]> {
      const before = (rows: EpochRow[]) => rows.map(({ id }) => id).filter((id) => id < current);
      await withCopy(async (place) => place.destroy(storeId, before(await place.rows(storeId))));
      await onCopyDone();
      const destroyed = await primary.destroy(storeId, before(await primary.rows(storeId)));
      await read();
      return destroyed;
    },

    copyState: (): CopyState => copyState,

    async close(): Promise<void> {
      known.clear();
      await primary.close();
      await copy?.close();
    },
  };
}

export type Epochs = ReturnType<typeof createEpochs>;
