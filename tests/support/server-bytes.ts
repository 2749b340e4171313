import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';

/** Every file below a directory, as it is on the disk. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const file = path.join(directory, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return [];
    return found.isDirectory() ? filesBelow(file) : [file];
  });
}

/**
 * Where a PostgreSQL server keeps its bytes.
 * @returns a function that lists its files: those of this database, and all that belong to no other one, the write-ahead log,
 * statistics and temporary files among them.
 */
export async function serverFiles(connection: Knex): Promise<() => string[]> {
  const { rows } = (await connection.raw(
    "SELECT current_setting('data_directory') AS directory, (SELECT oid FROM pg_database WHERE datname = current_database()) AS oid"
  )) as { rows: Array<{ directory: string; oid: number }> };
  const { directory, oid } = rows[0] as (typeof rows)[0];
  const others = /^base\/(\d+)\//;
  return () =>
    filesBelow(directory).filter((file) => {
      const [, database] = others.exec(path.relative(directory, file)) ?? [];
      return database === undefined || database === String(oid);
    });
}

const PREFIX = 4;

/** A search for many byte sequences at once. */
export function searchFor(needles: readonly Buffer[]) {
  const byPrefix = new Map<number, Buffer[]>();
  const pairs = new Uint8Array(1 << 16);
  for (const needle of needles) {
    const prefix = needle.readUInt32LE(0);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), needle]);
    pairs[prefix & 0xffff] = 1;
  }
  const inBytes = (bytes: Buffer): Set<Buffer> => {
    const found = new Set<Buffer>();
    for (let at = 0; at + PREFIX <= bytes.length; at += 1) {
      if (pairs[(bytes[at] as number) | ((bytes[at + 1] as number) << 8)] === 0) continue;
      for (const needle of byPrefix.get(bytes.readUInt32LE(at)) ?? [])
        if (bytes.subarray(at, at + needle.length).equals(needle)) found.add(needle);
    }
    return found;
  };
  return {
    /** How many of the sequences are in each file that has any. A file that is removed meanwhile has none. */
    inFiles(files: readonly string[]): Record<string, number> {
      const counts: Record<string, number> = {};
      for (const file of files) {
        let bytes: Buffer;
        try {
          bytes = readFileSync(file);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
          throw error;
        }
        const { size } = inBytes(bytes);
        if (size > 0) counts[file] = size;
      }
      return counts;
    },
  };
}
