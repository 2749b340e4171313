import { once } from 'node:events';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { errors } from '@strapi/utils';
import { derive } from './cipher';
import type { Keyring } from './keyring';
import type { SealedRecords } from './sealed-records';
import { openStream, sealStream, StreamBroken } from './stream';

const FILE_USE = 'customer-governance/file';

const GONE =
  'The key of this file is not in the key store: it was destroyed, or the key store is older than the data. ' +
  'The file cannot be opened any more.';
const DAMAGED =
  'The stored file does not open: it was altered or cut off, or is another one. Tell the administrator, who may have a backup.';

/** What a file is bound to: it opens at its own type, record and attribute only. */
const place = (type: string, documentId: string, attribute: string) =>
  `${type}\n${documentId}\n${attribute}\nfile\n1`;

/** Content too large for a row: sealed under the key of the record that it hangs on, and kept by whoever asks for it. */
export function createSealedFiles(records: SealedRecords, keyring: () => Keyring) {
  const keyOf = async (type: string, documentId: string): Promise<Buffer> => {
    const key = (await keyring().dataKeys(type, [documentId])).get(documentId);
    if (!key) throw new errors.ApplicationError(GONE);
    return derive(key, FILE_USE);
  };

  return {
    /** Makes the key of a record that is yet to be created, so that its file can be sealed before. */
    async prepare(type: string, documentId: string): Promise<void> {
      await records.keyInAdvance(type, documentId);
    },

    /** The record was created, or is not going to be. The key itself stays as it is. */
    release(type: string, documentId: string): void {
      records.releaseKey(type, documentId);
    },

    /** Seals what flows through, under the record's key. */
    async seal(type: string, documentId: string, attribute: string): Promise<Transform> {
      return sealStream(await keyOf(type, documentId), place(type, documentId, attribute));
    },

    /**
     * Opens a sealed file. Its beginning is verified before anything is answered; should a later part not open, the stream
     * fails there.
     * @throws ApplicationError when the record's key is gone or the file does not open.
     */
    async open(
      type: string,
      documentId: string,
      attribute: string,
      source: () => Promise<Readable>
    ): Promise<Readable> {
      const key = await keyOf(type, documentId);
      const opening = openStream(key, place(type, documentId, attribute));
      pipeline(await source(), opening, () => undefined);
      try {
        await once(opening, 'readable');
      } catch (error) {
        throw error instanceof StreamBroken ? new errors.ApplicationError(DAMAGED) : error;
      }
      return opening;
    },
  };
}

export type SealedFiles = ReturnType<typeof createSealedFiles>;
