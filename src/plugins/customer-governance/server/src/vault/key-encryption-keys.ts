import { KEY_BYTES, derive, open, seal, type RandomBytes } from './cipher';
import { EpochMissing, type Epochs } from './epochs';
import type { KeyEncryptionKeyRow, KeyStore } from './key-store';
import type { RootKeyProvider } from './root-key';

/** The key store cannot be used as it is; the message says what to do. Nothing was changed. */
export class KeyStoreRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyStoreRefused';
  }
}

const EPOCH_USE = 'customer-governance/epoch';
const kekUse = (id: number) => `customer-governance/kek/${id}`;

/** Between reading the rows and opening them, another instance may end an epoch: then they are read again. */
const ATTEMPTS = 3;

/** The key-encryption keys: wrapped under the root key and under an epoch secret, versioned, kept in memory. */
export function createKeyEncryptionKeys({
  store,
  root,
  epochs,
  random,
  now,
}: {
  store: KeyStore;
  root: RootKeyProvider;
  epochs: Epochs;
  random: RandomBytes;
  now: () => Date;
}) {
  const keys = new Map<number, Buffer>();
  let rows: KeyEncryptionKeyRow[] = [];

  const unwrap = async (row: KeyEncryptionKeyRow): Promise<Buffer> => {
    const use = kekUse(row.id);
    if (row.epoch === null) return unwrapWithRoot(root, row.wrapped, use);
    const secret = await epochs.secret(row.epoch);
    let inner: Buffer;
    try {
      inner = open(derive(secret, EPOCH_USE), row.wrapped, use);
    } catch {
      throw new KeyStoreRefused(
        `The key store does not open under the secret of key epoch ${row.epoch} that the epoch store holds. Nothing was changed. ` +
          'Point GOVERNANCE_EPOCHS_FILENAME or GOVERNANCE_EPOCHS_URL at the epoch store of this installation.'
      );
    }
    return unwrapWithRoot(root, inner, use);
  };

  const load = async (attempt = 1): Promise<void> => {
    const found = await store.keyEncryptionKeys();
    const stored = new Set(found.map(({ id }) => id));
    try {
      for (const row of found) if (!keys.has(row.id)) keys.set(row.id, await unwrap(row));
    } catch (error) {
      if (!(error instanceof EpochMissing)) throw error;
      if (attempt < ATTEMPTS) return load(attempt + 1);
      throw new KeyStoreRefused(missing(error));
    }
    for (const id of [...keys.keys()]) if (!stored.has(id)) keys.delete(id);
    rows = found;
  };

  const current = () => Math.max(0, ...keys.keys());

  /**
   * The newest epoch, as the epoch store has it now.
   * @throws KeyStoreRefused when keys are under a later one: a store that lost it while the application runs must not make
   * what is wrapped next weaker than what there is.
   */
  const newestEpoch = async () => {
    const epoch = await epochs.newest();
    const used = (await store.keyEncryptionKeys()).map((row) => row.epoch ?? 0);
    const latest = Math.max(0, ...used);
    if ((epoch?.id ?? 0) < latest)
      throw new KeyStoreRefused(missing(new EpochMissing(latest, false)));
    return epoch;
  };

  return {
    load,
    current,
    newestEpoch,
    ids: (): number[] => [...keys.keys()],

    /** @throws KeyStoreRefused when there is none of this id. */
    async get(id: number): Promise<Buffer> {
      // Another instance may have added it since this one last looked.
      if (!keys.has(id)) await load();
      const key = keys.get(id);
      if (!key) throw new KeyStoreRefused(`The key store holds no key-encryption key ${id}.`);
      return key;
    },

    /** The epochs under which the stored keys are; `null` stands for a key from before the epochs. */
    async epochs(): Promise<Array<number | null>> {
      return [...new Set((await store.keyEncryptionKeys()).map(({ epoch }) => epoch))];
    },

    epochOf: (id: number): number | null => rows.find((row) => row.id === id)?.epoch ?? null,

    /** Adds the next key under the newest epoch, unless another instance has added one. @returns the newest key's id. */
    async add(): Promise<number> {
      await load();
      const id = current() + 1;
      // Read after the keys: whoever has added a key of a later epoch had begun that epoch before.
      const epoch = await newestEpoch();
      if (epoch) await epochs.sync();
      const use = kekUse(id);
      const inner = await root.wrap(random(KEY_BYTES), use);
      await store.addKeyEncryptionKeyOnce({
        id,
        epoch: epoch?.id ?? null,
        wrapped: epoch ? seal(derive(epoch.secret, EPOCH_USE), inner, use, random) : inner,
        created_at: now().toISOString(),
      });
      await load();
      return current();
    },

    /** Removes those that nothing is under any more, but for the newest. @returns their ids. */
    async removeUnused(): Promise<number[]> {
      await load();
      const removed: number[] = [];
      for (const id of [...keys.keys()].filter((each) => each !== current())) {
        if (!(await store.removeUnusedKeyEncryptionKey(id))) continue;
        keys.delete(id);
        removed.push(id);
      }
      return removed;
    },
  };
}

export type KeyEncryptionKeys = ReturnType<typeof createKeyEncryptionKeys>;

export async function unwrapWithRoot(
  root: RootKeyProvider,
  wrapped: Buffer,
  use: string
): Promise<Buffer> {
  try {
    return await root.unwrap(wrapped, use);
  } catch {
    throw new KeyStoreRefused(
      'The key store does not open under GOVERNANCE_ROOT_KEY. Nothing was changed. ' +
        'Start with the root key that this installation was set up with.'
    );
  }
}

const missing = ({ epoch, ended }: EpochMissing): string =>
  ended
    ? `The key store is a copy from key epoch ${epoch}, which has ended: the secret that opened it was destroyed, and nothing opens it any more. ` +
      'Nothing was changed. Put back the key store that was in use last.'
    : `The epoch store does not hold the secret of key epoch ${epoch}, so the key store does not open. Nothing was changed. ` +
      'Put the epoch store back, or give its copy as GOVERNANCE_EPOCHS_COPY and start again (see GOVERNANCE_EPOCHS_FILENAME and GOVERNANCE_EPOCHS_URL).';
