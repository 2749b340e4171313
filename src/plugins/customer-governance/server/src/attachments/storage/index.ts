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

/** The directory of files that are kept on disk. */
export const folderOf = ({ directory = '.data/files' }: FilesConfig, root: string): string =>
  path.resolve(root, directory);

/** The storage with the provider that is configured, loaded from the application's folder. @throws StorageRefused */
export const storageWith = (
  { provider, providerOptions }: FilesConfig & { provider: string },
  root: string
): FileStorage =>
  providerStorage(
    loadProvider(provider, providerOptions ?? {}, createRequire(path.join(root, 'package.json')))
  );

/** The storage that the application is configured with. @throws StorageRefused when it cannot be used so. */
export function storageOf(strapi: Core.Strapi): FileStorage {
  const { provider, ...config } = filesConfig(strapi);
  const { root } = strapi.dirs.app;
  if (provider) return storageWith({ ...config, provider }, root);
  return diskStorage(prepareDirectory(folderOf(config, root), strapi.dirs.static.public));
}
