import type { Readable } from 'node:stream';

/** What a storage needs to find a file again. */
export interface StoredFile {
  /** Letters and digits: the documentId of the attachment. */
  key: string;
  /** What `put` answered. */
  location: string | null;
}

/** Where sealed files lie. It sees ciphertext under names that say nothing. */
export interface FileStorage {
  /** Stores what the stream gives, whole or not at all. @returns where, if the key alone does not tell. */
  put(key: string, content: Readable): Promise<string | null>;
  /** @throws FileMissing when there is no such file. */
  get(file: StoredFile): Promise<Readable>;
  /** Removes a file; one that is not there is removed already. */
  remove(key: string): Promise<void>;
}

/** There is no such file in the storage. */
export class FileMissing extends Error {
  /** As the file system says it. */
  readonly code = 'ENOENT';

  constructor() {
    super('The storage has no such file.');
    this.name = 'FileMissing';
  }
}

/** The storage cannot be used as it is configured; the message says what to do. */
export class StorageRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StorageRefused';
  }
}
