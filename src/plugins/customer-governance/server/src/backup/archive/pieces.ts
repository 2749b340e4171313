import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { PIECE_BYTES } from './manifest';

/** A file that goes into a backup. */
export interface FileSource {
  /** Its path in the backup. */
  path: string;
  /** SHA-256 in hexadecimal, of a file that never changes: one that the chain holds already is not read again. */
  sha256?: string;
  /** Its content from the start, in parts of any size. */
  read(): AsyncIterable<Uint8Array>;
}

export const sha256Of = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Parts of any size as pieces. */
export async function* piecesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const part of source) {
    held.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    length += part.byteLength;
    if (length < PIECE_BYTES) continue;
    let whole = Buffer.concat(held, length);
    while (whole.length >= PIECE_BYTES) {
      yield whole.subarray(0, PIECE_BYTES);
      whole = whole.subarray(PIECE_BYTES);
    }
    held = [whole];
    length = whole.length;
  }
  if (length > 0) yield Buffer.concat(held, length);
}

/** Every file below a folder, in a steady order; none where the folder is not there. */
export async function* filesBelow(folder: string, below = ''): AsyncGenerator<string> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    }
  );
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.posix.join(below, entry.name);
    if (entry.isDirectory()) yield* filesBelow(folder, at);
    else if (entry.isFile()) yield at;
  }
}
