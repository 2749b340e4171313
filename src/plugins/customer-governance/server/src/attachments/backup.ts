import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { filesIn, type FileProvider } from '../backup/create';
import type { FilesTarget } from '../backup/restore';
import { ATTACHMENT, type AttachmentRow } from './attachment';
import { FileMissing, folderOf, storageWith, type FilesConfig, type FileStorage } from './storage';
import { pathOf } from './storage/disk';
import type { StoredFile } from './storage/storage';

const NAME = 'attachments';
const TABLE = 'governance_attachments';
const PAGE = 200;

/** What of the attachments goes into backups of the data: their files as they lie in the storage, sealed. */
export function backedUpFiles(
  strapi: Core.Strapi,
  config: FilesConfig,
  storage: () => FileStorage
): FileProvider {
  if (!config.provider) return filesIn(NAME, folderOf(config, strapi.dirs.app.root));
  return {
    name: NAME,
    // Providers of Strapi's form list nothing: the rows say what there is.
    async *files() {
      for (let after = 0; ;) {
        const rows: AttachmentRow[] = await strapi.db.query(ATTACHMENT).findMany({
          select: ['id', 'documentId', 'location', 'digest'],
          where: { state: 'stored', id: { $gt: after } },
          orderBy: 'id',
          limit: PAGE,
        });
        for (const { documentId: key, location, digest } of rows) {
          const file = { key, location };
          yield { path: pathOf(key), sha256: digest, read: () => read(strapi, storage(), file) };
        }
        const last = rows.at(-1);
        if (!last) return;
        after = last.id;
      }
    },
  };
}

async function* read(
  strapi: Core.Strapi,
  storage: FileStorage,
  file: StoredFile
): AsyncGenerator<Uint8Array> {
  try {
    yield* await storage.get(file);
  } catch (error) {
    const where = { documentId: file.key, state: 'stored' };
    if (error instanceof FileMissing && (await strapi.db.query(ATTACHMENT).count({ where })) > 0) {
      strapi.log.error(
        `The storage has lost the file of the attachment ${file.key}: this backup is without it. Restore it from an older one.`
      );
    }
    throw error;
  }
}

/** Where files of attachments go in a restore, by the configuration of an application that does not run. */
export function restoreTarget(config: FilesConfig, root: string): FilesTarget {
  const { provider } = config;
  if (!provider) return folderOf(config, root);
  const storage = storageWith({ ...config, provider }, root);
  return async (file, from, tables) => {
    const key = path.basename(file);
    const row: Pick<AttachmentRow, 'location'> | undefined = await tables(TABLE)
      .where({ document_id: key })
      .first('location');
    // Came after the copy of the database: with this data it is nobody's.
    if (!row || (row.location && (await isThere(storage, { key, location: row.location })))) return;
    const location = await storage.put(key, createReadStream(from));
    if (location !== row.location) {
      await tables(TABLE).where({ document_id: key }).update({ location });
    }
  };
}

async function isThere(storage: FileStorage, file: StoredFile): Promise<boolean> {
  try {
    (await storage.get(file)).destroy();
    return true;
  } catch (error) {
    if (error instanceof FileMissing) return false;
    throw error;
  }
}
