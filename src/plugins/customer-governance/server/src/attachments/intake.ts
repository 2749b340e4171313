import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { errors } from '@strapi/utils';
import type { AttachmentPolicy, FileType } from '../policy';
import { invalid } from '../refusal';
import { extensionOf, fileTypeOf, HEAD_BYTES } from './file-type';
import { Refused } from './refused';

/** What is known of a file once it has flowed by. */
export interface Measured {
  type: FileType;
  bytes: number;
  /** SHA-256 of the content, in hexadecimal. */
  digest: string;
}

/**
 * Measures content while it flows by, and lets none of it pass before its beginning has told an allowed type.
 * Fails with Refused when the type is not allowed or the content is too large.
 */
export function measuring({ maxBytes, types }: AttachmentPolicy): {
  through: Transform;
  measured(): Measured;
} {
  const hash = createHash('sha256');
  let head: Buffer[] | null = [];
  let bytes = 0;
  let type: FileType | null = null;

  const decide = (): Buffer => {
    const begun = Buffer.concat(head ?? []);
    head = null;
    if (begun.length === 0) throw new Refused('empty', invalid('file', 'is empty'));
    type = fileTypeOf(begun.subarray(0, HEAD_BYTES));
    if (!type || !types.includes(type)) throw new Refused('type', notAllowed(type, types));
    return begun;
  };
  const attempt = (callback: (error?: Error | null, data?: Buffer) => void, work: () => Buffer) => {
    try {
      const passed = work();
      callback(null, passed.length > 0 ? passed : undefined);
    } catch (error) {
      callback(error as Error);
    }
  };

  const through = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      attempt(callback, () => {
        bytes += chunk.length;
        if (bytes > maxBytes) throw new Refused('size', tooLarge(maxBytes));
        hash.update(chunk);
        if (!head) return chunk;
        head.push(chunk);
        return bytes < HEAD_BYTES ? Buffer.alloc(0) : decide();
      });
    },
    flush(callback) {
      attempt(callback, () => (head ? decide() : Buffer.alloc(0)));
    },
  });
  return {
    through,
    measured: () => ({ type: type as FileType, bytes, digest: hash.digest('hex') }),
  };
}

/** Counts and digests what is written. */
export function digesting(): { through: Transform; digest(): string } {
  const hash = createHash('sha256');
  const through = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      hash.update(chunk);
      callback(null, chunk);
    },
  });
  return { through, digest: () => hash.digest('hex') };
}

export const tooLarge = (maxBytes: number) =>
  new errors.PayloadTooLargeError(
    `The file is too large: the policy allows ${megabytes(maxBytes)} MB. Send a smaller one.`
  );

function notAllowed(type: FileType | null, types: readonly FileType[]) {
  const allowed = types.map(extensionOf).join(', ');
  return invalid(
    'file',
    type
      ? `is of a type that the policy does not take in (${extensionOf(type)}). Allowed: ${allowed}`
      : `is of no type that is known by its content. Allowed: ${allowed}`
  );
}

const megabytes = (bytes: number) => Math.round((bytes / (1024 * 1024)) * 10) / 10;
