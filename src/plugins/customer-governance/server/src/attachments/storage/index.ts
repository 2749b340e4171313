import { createRequire } from 'node:module';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { diskStorage, prepareDirectory } from './disk';
import { loadProvider, providerStorage } from './provider';
import type { FileStorage } from './storage';

export { FileMissing, type FileStorage } from './storage';

export interface FilesConfig {
  directory?: string;
  provider?: string;
  providerOptions?: unknown;
  scanner?: string;
}

export const filesConfig = (strapi: Core.Strapi): FilesConfig =>
  strapi.config.get('plugin::customer-governance.files', {}) as FilesConfig;

/** The directory that files are kept in; `null` where a provider keeps them elsewhere. */
export const filesFolder = (strapi: Core.Strapi): string | null => {
  const { directory = '.data/files', provider } = filesConfig(strapi);
  return provider ? null : path.resolve(strapi.dirs.app.root, directory);
};

/** The storage that the application is configured with. @throws StorageRefused when it cannot be used so. */
export function storageOf(strapi: Core.Strapi): FileStorage {
  const { directory = '.data/files', provider, providerOptions } = filesConfig(strapi);
  const { root } = strapi.dirs.app;
  if (provider) {
    const load = createRequire(path.join(root, 'package.json'));
    return providerStorage(loadProvider(provider, providerOptions ?? {}, load));
  }
  return diskStorage(prepareDirectory(path.resolve(root, directory), strapi.dirs.static.public));
}
