import { KEY_BYTES, open, seal, type RandomBytes } from './cipher';

/**
 * Holds the root key and never gives it away: it only wraps and unwraps the key-encryption keys.
 * A key-management service fits behind the same two calls.
 */
export interface RootKeyProvider {
  name: string;
  wrap(key: Buffer, use: string): Promise<Buffer>;
  unwrap(wrapped: Buffer, use: string): Promise<Buffer>;
}

/** The root key from the environment: 32 bytes in base64. @throws when missing or of another length. */
export function environmentRootKey(value: unknown, random?: RandomBytes): RootKeyProvider {
  if (typeof value !== 'string' || value === '') {
    throw new Error(
      'GOVERNANCE_ROOT_KEY is not set. It opens the key store; without it no customer information can be read. ' +
        'Restore it from where it is kept safe, or, for a new installation, set 32 random bytes in base64.'
    );
  }
  const root = Buffer.from(value, 'base64');
  if (root.length !== KEY_BYTES) {
    throw new Error(
      `GOVERNANCE_ROOT_KEY has ${root.length} bytes after base64; it must have ${KEY_BYTES}. ` +
        'Restore the key that this installation was set up with.'
    );
  }
  return {
    name: 'environment',
    wrap: async (key, use) => seal(root, key, use, random),
    unwrap: async (wrapped, use) => open(root, wrapped, use),
  };
}
