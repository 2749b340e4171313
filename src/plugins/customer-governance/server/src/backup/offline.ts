import path from 'node:path';
import type { DatabaseSettings, Place } from '../database-place';
import { KEYS_SCHEMA, keyPlacesOf, type KeysSettings } from '../vault/key-places';
import { newIdentity } from './archive/age';
import { destination } from './archive/destination';
import type { Content, Manifest } from './archive/manifest';
import { BackupFailed } from './failure';
import { dataPlace } from './places';
import { restore, type ArchiveChoice, type FilesTarget, type Restored } from './restore';
import { workDirectory, type BackupConfiguration } from './settings';

/** The configuration of an application that does not run. */
export interface OfflineConfiguration {
  /** The application's folder. */
  root: string;
  database: DatabaseSettings;
  keys: KeysSettings;
  backup: BackupConfiguration;
  /** Where the files beside the database belong, by the name of their folder in the backup. */
  files: Record<string, FilesTarget>;
}

export interface RestoreCommand {
  /** File with the identity of the data's archives; without it only keys are restored. */
  identity?: string;
  keysIdentity?: string;
  /** Names of archives; the newest where they are left out. */
  from?: string;
  keysFrom?: string;
  /** Folders with archives, where they are not those of the configuration. */
  directory?: string;
  keysDirectory?: string;
  /** An empty folder (SQLite) or the address of an empty database (PostgreSQL). */
  into?: string;
  /** Puts the archives in the place of the configured databases. */
  replace?: boolean;
  progress?: (done: number, total: number) => void;
}

/** What an archive is, as its manifest says. */
export type ListedArchive = Pick<
  Manifest,
  'archive' | 'content' | 'kind' | 'createdAt' | 'chain'
> & { bytes: number; sha256: string };

/** What works without an application: before there is one again. */
export const offline = {
  newIdentity,

  /** The archives in the configured folders, oldest first. */
  async list(configuration: OfflineConfiguration): Promise<ListedArchive[]> {
    const listed: ListedArchive[] = [];
    for (const content of ['data', 'keys'] as const) {
      const folder = folderOf(configuration, content);
      for (const { manifest, bytes, sha256 } of await destination(folder).whole(content)) {
        const { archive, kind, createdAt, chain } = manifest;
        listed.push({ archive, content, kind, createdAt, chain, bytes, sha256 });
      }
    }
    return listed;
  },

  /** @see restore */
  async restore(configuration: OfflineConfiguration, command: RestoreCommand): Promise<Restored> {
    const { identity, keysIdentity, into, replace = false } = command;
    if (!identity && !keysIdentity) {
      throw new BackupFailed(
        'no-identity',
        'Name the file with the identity of the data (--identity), of the keys (--keys-identity), or both.'
      );
    }
    if (replace === (into !== undefined)) {
      throw new BackupFailed(
        'failed',
        'Say where to: --into an empty place, or --replace for the configured one.'
      );
    }
    const choice = (content: Content): ArchiveChoice | undefined => {
      const identityFile = content === 'data' ? identity : keysIdentity;
      const folder = content === 'data' ? command.directory : command.keysDirectory;
      if (!identityFile) return undefined;
      return {
        identityFile: path.resolve(identityFile),
        directory: folder ? path.resolve(folder) : folderOf(configuration, content),
        archive: content === 'data' ? command.from : command.keysFrom,
      };
    };
    const { backup, root, files } = configuration;
    return restore({
      data: choice('data'),
      keys: choice('keys'),
      places: into ? placesIn(configuration, into) : configuredPlaces(configuration),
      files: into && !isAddress(into) ? foldersIn(files, path.resolve(into)) : files,
      replace,
      work: path.join(workDirectory(backup, root), 'restore'),
      tools: backup.tools,
      progress: command.progress,
    });
  },
};

export type Offline = typeof offline;

const isAddress = (text: string) => /^postgres(ql)?:\/\//.test(text);

const configuredPlaces = ({ database, keys, root }: OfflineConfiguration) => ({
  data: dataPlace(database),
  keys: keyPlacesOf(database, keys, root).store,
});

function placesIn(configuration: OfflineConfiguration, into: string): Record<Content, Place> {
  if (!isAddress(into)) {
    const folder = path.resolve(into);
    return {
      data: { client: 'sqlite', filename: path.join(folder, 'data.db') },
      keys: { client: 'sqlite', filename: path.join(folder, 'keys.db') },
    };
  }
  const { database, keys } = configuration;
  const connection = { connectionString: into };
  return {
    data: {
      client: 'postgres',
      connection,
      schema: database.client === 'postgres' ? (database.connection.schema ?? 'public') : 'public',
    },
    keys: { client: 'postgres', connection, schema: keys.schema ?? KEYS_SCHEMA },
  };
}

const foldersIn = (files: Record<string, FilesTarget>, into: string): Record<string, FilesTarget> =>
  Object.fromEntries(Object.keys(files).map((name) => [name, path.join(into, name)]));

function folderOf({ backup, root }: OfflineConfiguration, content: Content): string {
  const given = content === 'data' ? backup.directory : backup.keysDirectory;
  if (given) return path.resolve(root, given);
  throw new BackupFailed(
    'not-configured',
    content === 'data'
      ? 'No folder with archives of the data is set: GOVERNANCE_BACKUP_DIRECTORY, or --directory.'
      : 'No folder with archives of the keys is set: GOVERNANCE_BACKUP_KEYS_DIRECTORY, or --keys-directory.'
  );
}
