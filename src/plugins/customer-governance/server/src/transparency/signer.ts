import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import type { KeyStore, LogKeyRow } from '../vault/key-store';
import { logKeyUse, type Keyring } from '../vault/keyring';
import {
  noteSigner,
  parseVerifierKey,
  verifierKey,
  type NoteSigner,
  type NoteVerifier,
} from './tree/note';

/** Makes an Ed25519 key; tests give their own. */
export type NewKey = () => KeyObject;
const randomKey: NewKey = () => generateKeyPairSync('ed25519').privateKey;

export interface LogKey {
  /** Its number in the key store, from 1. */
  id: number;
  /** Also the origin of the checkpoints that it signs. */
  name: string;
  /** As signed notes want it: `name+id+key`. */
  verifierKey: string;
}

/**
 * The key that signs the log. It is kept in the key store in a table of its own, wrapped by a key-encryption key for this one
 * use; whoever holds the data, or a data key, cannot sign.
 */
export function createSigner({
  store,
  ring,
  newKey = randomKey,
  now = () => new Date(),
}: {
  store: KeyStore;
  ring: Pick<Keyring, 'wrapOwn' | 'unwrapOwn'>;
  newKey?: NewKey;
  now?: () => Date;
}) {
  const opened = new Map<number, NoteSigner>();
  let rows: LogKeyRow[] = [];

  const read = async () => {
    rows = await store.logKeys();
  };

  const add = async (id: number, name: string) => {
    const key = newKey();
    const secret = key.export({ format: 'der', type: 'pkcs8' });
    await ring.wrapOwn(secret, logKeyUse(id), (kekId, wrapped) =>
      store.addLogKeyOnce({
        id,
        name,
        public_key: String(createPublicKey(key).export({ format: 'jwk' }).x),
        kek_id: kekId,
        wrapped,
        created_at: now().toISOString(),
      })
    );
    await read();
  };

  const viewOf = (row: LogKeyRow): LogKey => ({
    id: row.id,
    name: row.name,
    verifierKey: verifierKey(row.name, Buffer.from(row.public_key, 'base64url')),
  });

  const signerOf = async (row: LogKeyRow): Promise<NoteSigner> => {
    let signer = opened.get(row.id);
    if (!signer) {
      const secret = await ring.unwrapOwn(row.kek_id, row.wrapped, logKeyUse(row.id));
      signer = noteSigner(
        row.name,
        createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' })
      );
      opened.set(row.id, signer);
    }
    return signer;
  };

  return {
    /** Makes the first key where there is none. @param name of the log, for its checkpoints. */
    async start(name: string): Promise<void> {
      await read();
      if (rows.length === 0) await add(1, name);
    },

    /** The key that signs now. Another instance may have changed it since. */
    async current(): Promise<LogKey> {
      await read();
      return viewOf(rows[rows.length - 1]);
    },

    /** Every key that ever signed, oldest first. */
    async keys(): Promise<LogKey[]> {
      await read();
      return rows.map(viewOf);
    },

    async verifiers(): Promise<NoteVerifier[]> {
      return (await this.keys()).map((key) => parseVerifierKey(key.verifierKey));
    },

    /**
     * Who signs the next checkpoint: the newest key; and, in the first one after a change of key, the key before it too, so
     * that whoever trusts the old key learns of the new one from it.
     * @param lastKey that signed the last checkpoint.
     */
    async signers(lastKey: number | null): Promise<NoteSigner[]> {
      const newest = rows[rows.length - 1];
      const before = rows.find(({ id }) => id === lastKey && id !== newest.id);
      return Promise.all([newest, ...(before ? [before] : [])].map(signerOf));
    },

    /** A new key, which signs from now on. @param name another origin, when the log begins anew; else the same. */
    async change(name?: string): Promise<{ before: LogKey; after: LogKey }> {
      const before = await this.current();
      await add(before.id + 1, name ?? before.name);
      return { before, after: await this.current() };
    },
  };
}

export type Signer = ReturnType<typeof createSigner>;
