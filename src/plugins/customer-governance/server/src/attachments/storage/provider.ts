import { Readable } from 'node:stream';
import { FileMissing, StorageRefused, type FileStorage, type StoredFile } from './storage';

/** A file as Strapi's upload providers know it. */
interface ProviderFile {
  name: string;
  hash: string;
  ext: string;
  mime: string;
  size: number;
  url: string;
  stream?: Readable;
}

/** What is used of a provider in the form of `@strapi/provider-upload-aws-s3`. */
export interface UploadProvider {
  uploadStream(file: ProviderFile): Promise<unknown>;
  delete(file: ProviderFile): Promise<unknown>;
  getSignedUrl?(file: ProviderFile): Promise<{ url: string }> | { url: string };
}

/** A module that makes one: the export of a provider package. */
export interface ProviderModule {
  init(options: unknown): UploadProvider;
}

const EXTENSION = '.sealed';
const MIME = 'application/octet-stream';

/** Files with a provider of Strapi's upload plugin, such as that for S3 and what speaks like it. */
export function providerStorage(provider: UploadProvider): FileStorage {
  const fileOf = ({ key, location }: StoredFile): ProviderFile => ({
    name: `${key}${EXTENSION}`,
    hash: key,
    ext: EXTENSION,
    mime: MIME,
    size: 0,
    url: location ?? '',
  });

  return {
    async put(key, content) {
      const file = { ...fileOf({ key, location: null }), stream: content };
      let failure: Error | undefined;
      content.once('error', (error) => (failure = error));
      await provider.uploadStream(file);
      // Some providers end an upload whose source broke off as if it were whole.
      if (failure) throw failure;
      return file.url;
    },

    async get(stored) {
      const file = fileOf(stored);
      const { url } = (await provider.getSignedUrl?.(file)) ?? file;
      const answer = await fetch(url);
      if (answer.status === 404) throw new FileMissing();
      if (!answer.ok || !answer.body) {
        throw new Error(`The storage of the attachments answered ${answer.status}.`);
      }
      return Readable.fromWeb(answer.body as never);
    },

    async remove(key) {
      try {
        await provider.delete(fileOf({ key, location: null }));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  const { name, statusCode } = (error ?? {}) as { name?: string; statusCode?: number };
  return statusCode === 404 || name === 'NoSuchKey' || name === 'NotFound';
}

/**
 * Loads the provider of this name: a package, or a path from the application's root.
 * @throws StorageRefused when there is none, it is not of Strapi's form, or it is the one that writes into the public folder.
 */
export function loadProvider(name: string, options: unknown, load: (name: string) => unknown) {
  if (/(^|provider-upload-)local$/.test(name)) {
    throw new StorageRefused(
      'The provider "local" of the upload plugin writes into the public folder. Leave GOVERNANCE_FILES_PROVIDER out to keep attachments on disk.'
    );
  }
  let module: ProviderModule;
  try {
    const loaded = load(name) as ProviderModule & { default?: ProviderModule };
    module = loaded.default ?? loaded;
  } catch {
    throw new StorageRefused(
      `The provider "${name}" for attachments cannot be loaded. Install it, or correct GOVERNANCE_FILES_PROVIDER.`
    );
  }
  const provider = typeof module.init === 'function' ? module.init(options) : null;
  if (typeof provider?.uploadStream !== 'function' || typeof provider.delete !== 'function') {
    throw new StorageRefused(
      `The provider "${name}" for attachments has not the form of Strapi's upload providers (init, uploadStream, delete).`
    );
  }
  return provider;
}
