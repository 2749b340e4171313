import { pipeline, Transform, type Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { FileMissing, storageOf, type FileStorage } from '../attachments/storage';
import { vaultOf } from '../vault/vault';
import { createFormatDetector, type FileFormat } from './reading/encoding';
import { FileRefused } from './reading/file-refused';
import type { RunRow } from './runs';
import { IMPORT_RUN } from './uids';

/** What the file of a run is bound to, as if it were an attribute of it. */
const ATTRIBUTE = 'file';

const GONE =
  'The file of this import cannot be opened any more: it or its key is gone, or it was altered. Upload it again.';

export interface StoredFile {
  format: FileFormat;
  bytes: number;
  location: string | null;
}

/** Files that are to be imported: sealed under a key of their own on their way in, and gone when that key is. */
export function createImportFiles(strapi: Core.Strapi) {
  let opened: FileStorage | undefined;
  const storage = (): FileStorage => (opened ??= storageOf(strapi));
  const files = () => vaultOf(strapi).files;

  return {
    /**
     * Seals and stores what flows in; nothing of it is kept in clear.
     * @throws FileRefused when it is no table that could be read.
     */
    async store(documentId: string, content: Readable, maxBytes: number): Promise<StoredFile> {
      const detector = createFormatDetector();
      let bytes = 0;
      const looking = new Transform({
        transform(chunk: Buffer, _encoding, callback) {
          try {
            bytes += chunk.length;
            if (bytes > maxBytes) throw tooLarge(maxBytes);
            detector.look(chunk);
            callback(null, chunk);
          } catch (error) {
            callback(error as Error);
          }
        },
      });
      await files().prepare(IMPORT_RUN, documentId);
      try {
        const sealing = await files().seal(IMPORT_RUN, documentId, ATTRIBUTE);
        let failure: unknown;
        pipeline([content, looking, sealing], (error) => (failure = error));
        try {
          const location = await storage().put(documentId, sealing);
          return { format: detector.end(), bytes, location };
        } catch (error) {
          // A storage may say only that what it was given broke off.
          throw failure instanceof FileRefused ? failure : error;
        }
      } finally {
        files().release(IMPORT_RUN, documentId);
      }
    },

    /** The file's content, verified piece by piece. @throws FileRefused when file or key are not there any more. */
    async open({
      documentId,
      location,
    }: Pick<RunRow, 'documentId' | 'location'>): Promise<Readable> {
      try {
        return await vaultOf(strapi).unsealFile(IMPORT_RUN, documentId, ATTRIBUTE, () =>
          storage().get({ key: documentId, location })
        );
      } catch (error) {
        const isGone = error instanceof FileMissing || error instanceof errors.ApplicationError;
        throw isGone ? new FileRefused('gone', GONE) : error;
      }
    },

    /** Destroys key and file; done again it does nothing. */
    async destroy(documentId: string): Promise<void> {
      await vaultOf(strapi).removeKeys(IMPORT_RUN, [documentId]);
      await storage().remove(documentId);
    },
  };
}

export type ImportFiles = ReturnType<typeof createImportFiles>;

export const formatOf = ({ format, encoding }: RunRow): FileFormat =>
  format === 'csv' && encoding !== null ? { format, encoding } : { format: 'xlsx', encoding: null };

export const tooLarge = (maxBytes: number) =>
  new FileRefused(
    'size',
    `The file is too large: the policy allows ${Math.floor(maxBytes / (1024 * 1024))} MB. Divide it, or save a workbook as CSV.`
  );
