import { KEY_BYTES, derive, open, seal, systemRandom, type RandomBytes } from './cipher';
import type { DataKeyRow, KeyStore } from './key-store';
import type { RootKeyProvider } from './root-key';

export type Keyring = ReturnType<typeof createKeyring>;

/** The key store cannot be used as it is; the message says what to do. Nothing was changed. */
export class KeyStoreRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyStoreRefused';
  }
}

const WRAPPED_LOOKUP = 'lookup-key';
export const STORE_ID = 'store-id';
const LOOKUP_USE = 'customer-governance/lookup';

/**
 * The key hierarchy: the root key wraps key-encryption keys (versioned, kept in memory), the newest of which wraps a
 * data key for each governed record. A further key under the root is the source of all blind-index keys.
 */
export function createKeyring({
  store,
  root,
  random = systemRandom,
  now = () => new Date(),
}: {
  store: KeyStore;
  root: RootKeyProvider;
  random?: RandomBytes;
  now?: () => Date;
}) {
  const keks = new Map<number, Buffer>();
  const lookupKeys = new Map<string, Buffer>();
  let currentKek = 0;
  let lookupRoot: Buffer | undefined;

  const addKek = async (id: number) => {
    const wrapped = await root.wrap(random(KEY_BYTES), kekUse(id));
    await store.addKeyEncryptionKeyOnce({
      id,
      epoch: null,
      wrapped,
      created_at: now().toISOString(),
    });
  };

  const loadKeks = async () => {
    const rows = await store.keyEncryptionKeys();
    const stored = new Set(rows.map((row) => row.id));
    for (const id of [...keks.keys()]) if (!stored.has(id)) keks.delete(id);
    for (const row of rows) {
      if (keks.has(row.id)) continue;
      keks.set(row.id, await unwrapWithRoot(root, row.wrapped, kekUse(row.id)));
    }
    currentKek = Math.max(0, ...keks.keys());
  };

  /** A key-encryption key by id; another instance may have rotated since this one started. */
  const kek = async (id: number): Promise<Buffer> => {
    if (!keks.has(id)) await loadKeks();
    const key = keks.get(id);
    if (!key) throw new KeyStoreRefused(`The key store holds no key-encryption key ${id}.`);
    return key;
  };

  const unwrap = async (row: DataKeyRow) => {
    return open(await kek(row.kek_id), row.wrapped, dataKeyUse(row.record_type, row.document_id));
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
      if (!(await store.meta(STORE_ID))) {
        if (expectedStoreId) {
          throw new KeyStoreRefused(
            'The key store is empty but the data is not. The data was left as it is. Restore the key store from its backup.'
          );
        }
        await addKek(1);
        const lookup = await root.wrap(random(KEY_BYTES), LOOKUP_USE);
        await store.setMetaOnce(WRAPPED_LOOKUP, lookup.toString('base64'));
        await store.setMetaOnce(STORE_ID, random(16).toString('hex'));
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
      await loadKeks();
      const wrapped = Buffer.from(String(await store.meta(WRAPPED_LOOKUP)), 'base64');
      lookupRoot = await unwrapWithRoot(root, wrapped, LOOKUP_USE);
      return storeId;
    },

    /** Makes and stores a data key for each record. Key first, then data: an orphaned key is swept, a missing one is not. */
    async createDataKeys(
      type: string,
      documentIds: readonly string[]
    ): Promise<Map<string, Buffer>> {
      const keys = new Map(documentIds.map((id) => [id, random(KEY_BYTES)]));
      const wrapUnder = async (kekId: number) => {
        const wrapping = await kek(kekId);
        return [...keys].map(([id, key]) => ({
          record_type: type,
          document_id: id,
          kek_id: kekId,
          wrapped: seal(wrapping, key, dataKeyUse(type, id), random),
          created_at: now().toISOString(),
        }));
      };
      const before = currentKek;
      try {
        await store.addDataKeys(await wrapUnder(before));
      } catch (error) {
        // Another instance may have rotated and retired the key that this one still held as the newest.
        await loadKeks();
        if (currentKek === before) throw error;
        await store.addDataKeys(await wrapUnder(currentKek));
      }
      return keys;
    },

    /** The data keys of records; those without one are not in the answer. */
    async dataKeys(type: string, documentIds: readonly string[]): Promise<Map<string, Buffer>> {
      const keys = new Map<string, Buffer>();
      for (const row of await store.dataKeys(type, documentIds)) {
        keys.set(row.document_id, await unwrap(row));
      }
      return keys;
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

    /** Adds a key-encryption key, which from now on wraps every new data key. @returns its id. */
    async addKeyEncryptionKey(): Promise<number> {
      await loadKeks();
      await addKek(currentKek + 1);
      await loadKeks();
      return currentKek;
    },

    /** Re-wraps up to `limit` data keys under the newest key-encryption key. @returns how many it found to do. */
    async rewrapBatch(limit: number): Promise<number> {
      // Another instance may have added a newer one meanwhile: two rotations must not undo each other.
      await loadKeks();
      const rows = await store.dataKeysNotUnder(currentKek, limit);
      const wrapping = await kek(currentKek);
      const rewrapped = [];
      for (const row of rows) {
        const use = dataKeyUse(row.record_type, row.document_id);
        const wrapped = seal(wrapping, await unwrap(row), use, random);
        rewrapped.push({ ...row, kek_id: currentKek, wrapped, from: row.kek_id });
      }
      await store.rewrap(rewrapped);
      return rows.length;
    },

    /** Removes the key-encryption keys that no data key is under any more. @returns their ids. */
    async retireUnused(): Promise<number[]> {
      await loadKeks();
      if ((await store.countDataKeys({ notUnder: currentKek })) > 0) return [];
      const old = [...keks.keys()].filter((id) => id !== currentKek);
      for (const id of old) {
        await store.removeKeyEncryptionKey(id);
        keks.delete(id);
      }
      return old;
    },

    currentKeyEncryptionKey: () => currentKek,
  };
}

const kekUse = (id: number) => `customer-governance/kek/${id}`;
const dataKeyUse = (type: string, documentId: string) => `${type}\n${documentId}`;

async function unwrapWithRoot(
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
