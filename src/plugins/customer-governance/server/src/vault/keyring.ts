import { KEY_BYTES, derive, open, seal, systemRandom, type RandomBytes } from './cipher';
import { EpochCopyFailed, type Epochs } from './epochs';
import { createKeyEncryptionKeys, KeyStoreRefused, unwrapWithRoot } from './key-encryption-keys';
import type { DataKeyRow, KeyStore, Tombstone } from './key-store';
import { nextOf } from './next-key';
import { dataKeyUse } from './places';
import type { RootKeyProvider } from './root-key';

export { KeyStoreRefused };
export type Keyring = ReturnType<typeof createKeyring>;

/** The data key of a record, and what it is when it is stored. */
export interface WrappedKey {
  documentId: string;
  key: Buffer;
  wrapped: Buffer;
}

const WRAPPED_LOOKUP = 'lookup-key';
export const STORE_ID = 'store-id';
const LOOKUP_USE = 'customer-governance/lookup';
/** Between reading data keys and opening them, another instance may have wrapped them anew and removed the old key. */
const ATTEMPTS = 3;

/**
 * The key hierarchy: the root key and the secret of a key epoch wrap key-encryption keys (versioned, kept in memory), the
 * newest of which wraps a data key for each governed record, the keys of the log, and the source of all blind-index keys.
 */
export function createKeyring({
  store,
  root,
  epochs,
  random = systemRandom,
  now = () => new Date(),
}: {
  store: KeyStore;
  root: RootKeyProvider;
  epochs: Epochs;
  random?: RandomBytes;
  now?: () => Date;
}) {
  const keks = createKeyEncryptionKeys({ store, root, epochs, random, now });
  const lookupKeys = new Map<string, Buffer>();
  let lookupRoot: Buffer | undefined;

  const unwrap = async (row: DataKeyRow) => {
    const use = dataKeyUse(row.record_type, row.document_id);
    return open(await keks.get(row.kek_id), row.wrapped, use);
  };

  /** Stores something under the newest key-encryption key. */
  const underNewest = async (write: (kekId: number, key: Buffer) => Promise<void>) => {
    const newest = keks.current();
    try {
      await write(newest, await keks.get(newest));
    } catch (error) {
      // Another instance may have rotated and removed the key that this one still held as the newest.
      await keks.load();
      if (keks.current() === newest) throw error;
      await write(keks.current(), await keks.get(keks.current()));
    }
  };

  const unwrapOwn = async (kekId: number | null, wrapped: Buffer, use: string): Promise<Buffer> =>
    kekId === null ? unwrapWithRoot(root, wrapped, use) : open(await keks.get(kekId), wrapped, use);

  /** `ID:BASE64`; without an id it is from before the epochs, and under the root key alone. */
  const openLookup = async (): Promise<Buffer> => {
    const [, id, text] = /^(?:(\d+):)?(.*)$/s.exec(String(await store.meta(WRAPPED_LOOKUP))) ?? [];
    const wrapped = Buffer.from(text ?? '', 'base64');
    return unwrapOwn(id ? Number(id) : null, wrapped, LOOKUP_USE);
  };
  const lookupUnder = (id: number, kek: Buffer, key: Buffer): string =>
    `${id}:${seal(kek, key, LOOKUP_USE, random).toString('base64')}`;

  const rewrapOwnOnce = async () => {
    await keks.load();
    const id = keks.current();
    const kek = await keks.get(id);
    const stored = String(await store.meta(WRAPPED_LOOKUP));
    if (!stored.startsWith(`${id}:`)) {
      await store.replaceMeta(WRAPPED_LOOKUP, stored, lookupUnder(id, kek, await openLookup()));
    }
    for (const row of await store.logKeys()) {
      if (row.kek_id === id) continue;
      const key = await unwrapOwn(row.kek_id, row.wrapped, logKeyUse(row.id));
      await store.rewrapLogKey(row, id, seal(kek, key, logKeyUse(row.id), random));
    }
  };

  /** An installation that has none yet; run again after it was killed, it ends at the same place. */
  const make = async () => {
    await store.setMetaOnce(STORE_ID, random(16).toString('hex'));
    await epochs.start(String(await store.meta(STORE_ID)), []);
    await epochs.begin(0);
    if ((await store.keyEncryptionKeys()).length === 0) await keks.add();
    else await keks.load();
    await underNewest((id, kek) =>
      store.setMetaOnce(WRAPPED_LOOKUP, lookupUnder(id, kek, random(KEY_BYTES)))
    );
  };

  return {
    /**
     * Opens the key store, or makes a new one for an installation that has none.
     * @param expectedStoreId what the data says its key store is; a store that is missing or another one is refused.
     * @returns the store's id, to be kept with the data.
     * @throws KeyStoreRefused when the store is missing, that of other data, or does not open under the root key.
     */
    async start(expectedStoreId: string | undefined): Promise<string> {
      if (!(await store.exists())) {
        if (expectedStoreId) {
          throw new KeyStoreRefused(
            'The key store of this data is missing, so nothing sealed can be read. The data was left as it is. ' +
              'Restore the key store from its backup (see GOVERNANCE_KEYS_FILENAME or GOVERNANCE_KEYS_URL) and start again.'
          );
        }
      }
      await store.create();
      if (!(await store.meta(WRAPPED_LOOKUP))) {
        if (expectedStoreId) {
          throw new KeyStoreRefused(
            'The key store is empty but the data is not. The data was left as it is. Restore the key store from its backup.'
          );
        }
        await make().catch((error: Error) => {
          throw error instanceof EpochCopyFailed ? new KeyStoreRefused(error.message) : error;
        });
      }
      const storeId = String(await store.meta(STORE_ID));
      // A store that was made and not bound yet has no keys; one that has keys belongs to data that is not this.
      if (!expectedStoreId && (await store.countDataKeys()) > 0) {
        throw new KeyStoreRefused(
          'The key store holds the keys of other data: this database is new or was emptied. Nothing was changed. ' +
            'Point DATABASE_FILENAME or DATABASE_URL at the data of this key store, or the key store settings at a new place.'
        );
      }
      if (expectedStoreId && expectedStoreId !== storeId) {
        throw new KeyStoreRefused(
          'The key store belongs to other data. Nothing was changed. ' +
            'Point GOVERNANCE_KEYS_FILENAME or GOVERNANCE_KEYS_URL at the key store of this data.'
        );
      }
      const needed = (await keks.epochs()).filter((epoch) => epoch !== null);
      this.recovered = await epochs.start(storeId, needed);
      await keks.load();
      lookupRoot = await openLookup();
      // Not a reason to stop: the copy's state tells, and no epoch ends before it is mended.
      await epochs.sync().catch(() => undefined);
      return storeId;
    },

    /** Makes and stores a data key for each record. Key first, then data: an orphaned key is swept, a missing one is not. */
    async createDataKeys(
      type: string,
      documentIds: readonly string[]
    ): Promise<Map<string, Buffer>> {
      const keys = new Map(documentIds.map((id) => [id, random(KEY_BYTES)]));
      await underNewest((kekId, kek) =>
        store.addDataKeys(
          [...keys].map(([id, key]) => ({
            record_type: type,
            document_id: id,
            kek_id: kekId,
            wrapped: seal(kek, key, dataKeyUse(type, id), random),
            created_at: now().toISOString(),
          }))
        )
      );
      return keys;
    },

    /** The key-encryption key under which new data keys are to be wrapped, for whoever wraps them elsewhere. */
    async newest(): Promise<{ id: number; key: Buffer }> {
      const id = keks.current();
      return { id, key: await keks.get(id) };
    },

    /** Stores data keys that were wrapped elsewhere; where what wrapped them has been replaced since, they are wrapped anew. */
    async addWrappedKeys(type: string, wrappedUnder: number, keys: readonly WrappedKey[]) {
      const at = now().toISOString();
      await underNewest((kekId, kek) =>
        store.addDataKeys(
          keys.map(({ documentId, key, wrapped }) => ({
            record_type: type,
            document_id: documentId,
            kek_id: kekId,
            wrapped:
              kekId === wrappedUnder
                ? wrapped
                : seal(kek, key, dataKeyUse(type, documentId), random),
            created_at: at,
          }))
        )
      );
    },

    /** The data keys of records; those without one are not in the answer. */
    async dataKeys(type: string, documentIds: readonly string[]): Promise<Map<string, Buffer>> {
      for (let attempt = 1; ; attempt++) {
        try {
          const keys = new Map<string, Buffer>();
          for (const row of await store.dataKeys(type, documentIds)) {
            keys.set(row.document_id, await unwrap(row));
          }
          return keys;
        } catch (error) {
          if (!(error instanceof KeyStoreRefused) || attempt === ATTEMPTS) throw error;
        }
      }
    },

    /** Makes keys that are to take the place of those of the records, where there are none yet. */
    async prepareNextKeys(type: string, documentIds: readonly string[]): Promise<void> {
      const next = nextOf(type);
      const keys = documentIds.map((id) => [id, random(KEY_BYTES)] as const);
      await underNewest((kekId, kek) =>
        store.addDataKeysOnce(
          keys.map(([id, key]) => ({
            record_type: next,
            document_id: id,
            kek_id: kekId,
            wrapped: seal(kek, key, dataKeyUse(next, id), random),
            created_at: now().toISOString(),
          }))
        )
      );
    },

    /** The keys that are about to take the place of those of the records, and those that the records have. */
    async bothKeys(
      type: string,
      documentIds: readonly string[]
    ): Promise<[next: Map<string, Buffer>, current: Map<string, Buffer>]> {
      for (let attempt = 1; ; attempt++) {
        try {
          const found: [Map<string, Buffer>, Map<string, Buffer>] = [new Map(), new Map()];
          for (const row of await store.dataKeysAndNext(type, documentIds)) {
            found[row.record_type === type ? 1 : 0].set(row.document_id, await unwrap(row));
          }
          return found;
        } catch (error) {
          if (!(error instanceof KeyStoreRefused) || attempt === ATTEMPTS) throw error;
        }
      }
    },

    /** Lets the prepared keys take the place of those of the records. */
    async promoteNextKeys(type: string, tombstones: Tombstone[]): Promise<void> {
      const ids = tombstones.map((row) => row.document_id);
      const [next] = await this.bothKeys(type, ids);
      await underNewest((kekId, kek) =>
        store.replaceDataKeys(
          type,
          [...next].map(([id, key]) => ({
            record_type: type,
            document_id: id,
            kek_id: kekId,
            wrapped: seal(kek, key, dataKeyUse(type, id), random),
            created_at: now().toISOString(),
          })),
          tombstones
        )
      );
    },

    /** The key of one blind index; each type, attribute and transform has its own. */
    lookupKey(type: string, attribute: string, transform: string): Buffer {
      if (!lookupRoot) throw new KeyStoreRefused('The key store is not open yet.');
      const use = `${type}\n${attribute}\n${transform}`;
      let key = lookupKeys.get(use);
      if (!key) {
        key = derive(lookupRoot, use);
        lookupKeys.set(use, key);
      }
      return key;
    },

    /** Wraps a key of the application itself, such as the log's, and has it stored with the id of what wraps it. */
    wrapOwn: (key: Buffer, use: string, write: (kekId: number, wrapped: Buffer) => Promise<void>) =>
      underNewest((id, kek) => write(id, seal(kek, key, use, random))),

    /** Opens what `wrapOwn` has wrapped, or what the root key wrapped before there were epochs. */
    unwrapOwn,

    /** Wraps the look-up root and the log's keys under the newest key-encryption key, where they are not yet. */
    async rewrapOwn(attempt = 1): Promise<void> {
      try {
        await rewrapOwnOnce();
      } catch (error) {
        // Another instance has done the same and removed the old key meanwhile.
        if (!(error instanceof KeyStoreRefused) || attempt === ATTEMPTS) throw error;
        await this.rewrapOwn(attempt + 1);
      }
    },

    /** A key for one use of the application itself: the same for as long as the installation lasts, however keys change. */
    ownKey(use: string): Buffer {
      if (!lookupRoot) throw new KeyStoreRefused('The key store is not open yet.');
      return derive(lookupRoot, use);
    },

    /** Adds a key-encryption key, which from now on wraps every new key. @returns its id. */
    addKeyEncryptionKey: () => keks.add(),

    /** Re-wraps up to `limit` data keys under the newest key-encryption key. @returns how many it found to do. */
    async rewrapBatch(limit: number): Promise<number> {
      // Another instance may have added a newer one meanwhile: two rotations must not undo each other.
      await keks.load();
      const id = keks.current();
      const kek = await keks.get(id);
      return store.rewrap(
        keks.ids().filter((each) => each !== id),
        limit,
        async (rows) => {
          const anew: DataKeyRow[] = [];
          for (const row of rows) {
            const use = dataKeyUse(row.record_type, row.document_id);
            const wrapped = seal(kek, await unwrap(row), use, random);
            anew.push({ ...row, kek_id: id, wrapped });
          }
          return anew;
        }
      );
    },

    /** Removes the key-encryption keys that nothing is under any more. @returns their ids. */
    async retireUnused(): Promise<number[]> {
      await this.rewrapOwn();
      return keks.removeUnused();
    },

    /** Looks at the key store anew: another instance may have rotated. */
    reload: () => keks.load(),
    keyEncryptionKeys: () => keks.ids(),
    currentKeyEncryptionKey: () => keks.current(),
    /** The epoch of the newest key-encryption key; `null` before the first. */
    currentEpoch: () => keks.epochOf(keks.current()),
    /** The newest epoch. @throws KeyStoreRefused when the epoch store has lost one under which keys are. */
    assertEpochs: () => keks.newestEpoch(),
    /** The epochs under which any key is. */
    epochsInUse: () => keks.epochs(),
    /** The epochs whose secrets the start took from the copy, because the epoch store had lost them. */
    recovered: [] as number[],
  };
}

/** What the wrapped key of the log is bound to. */
export const logKeyUse = (id: number) => `customer-governance/log-key\n${id}`;
