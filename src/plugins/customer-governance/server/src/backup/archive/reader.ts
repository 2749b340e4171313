import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { decryptWith } from './age';
import { hashOf, type Destination } from './destination';
import { manifestText, PIECE_BYTES, type Sidecar } from './manifest';
import { sha256Of } from './pieces';
import { readTar } from './tar';

/**
 * Reads an archive from its first byte to its last, and hands out its pieces.
 * @throws Error that names the archive and what is wrong with it: identity, damage, a piece.
 */
export async function readArchive(
  directory: Destination,
  sidecar: Sidecar,
  identities: readonly string[],
  onPiece: (name: string, piece: Buffer) => Promise<void>
): Promise<void> {
  const { manifest } = sidecar;
  const name = manifest.archive;
  const missing = new Set(manifest.own);
  const hash = createHash('sha256');
  let described = false;
  try {
    await pipeline(
      createReadStream(directory.fileOf(name)),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const part of source) {
          hash.update(part);
          yield part;
        }
      },
      (source) => decryptWith(identities, source as AsyncIterable<Buffer>),
      createGunzip(),
      async (source: AsyncIterable<Buffer>) => {
        for await (const { name: entry, body } of readTar(source)) {
          if (entry === 'manifest.json') {
            described = body.equals(Buffer.from(manifestText(manifest)));
            continue;
          }
          const piece = entry.slice('pieces/'.length);
          if (sha256Of(body) !== piece) throw new Error(`the piece ${piece} is damaged`);
          missing.delete(piece);
          await onPiece(piece, body);
        }
      }
    );
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? `it is not in ${directory.directory}`
        : (error as Error).message;
    throw new Error(`${name}: ${reason}`, { cause: error });
  }
  const [first] = missing;
  if (first) {
    throw new Error(
      `${name}: ${missing.size} of its pieces are missing, the first of them ${first}.`
    );
  }
  if (!described) throw new Error(`${name}: the manifest beside it is not the one inside it.`);
  if (hash.digest('hex') !== sidecar.sha256) {
    throw new Error(`${name}: its SHA-256 is not that of its manifest.`);
  }
}

/** The archives of a chain, oldest first, and the one that was asked for at the end. @throws Error naming one that is missing */
export async function chainOf(directory: Destination, name: string): Promise<Sidecar[]> {
  const newest = await directory.sidecar(name);
  const chain = await Promise.all(newest.manifest.chain.map((one) => directory.sidecar(one)));
  return [...chain, newest];
}

/**
 * Puts the files of a backup together in a folder, a piece at a time, and checks each against its digest.
 * @param chain as `chainOf` gives it.
 * @throws Error that names the archive, the file and the piece.
 */
export async function extract(
  directory: Destination,
  chain: readonly Sidecar[],
  identities: readonly string[],
  target: string,
  progress: (done: number, total: number) => void = () => undefined
): Promise<void> {
  const { files, archive } = chain[chain.length - 1].manifest;
  const places = new Map<string, Array<{ file: number; at: number }>>();
  const total = chain.reduce((sum, { manifest }) => sum + manifest.own.length, 0);
  let done = 0;
  for (const [file, { path: at, pieces }] of files.entries()) {
    await mkdir(path.dirname(path.join(target, at)), { recursive: true, mode: 0o700 });
    await (await open(path.join(target, at), 'wx', 0o600)).close();
    pieces.forEach((piece, index) => {
      const known = places.get(piece) ?? [];
      known.push({ file, at: index * PIECE_BYTES });
      places.set(piece, known);
    });
  }
  for (const sidecar of chain) {
    await readArchive(directory, sidecar, identities, async (name, piece) => {
      for (const { file, at } of places.get(name) ?? []) {
        const handle = await open(path.join(target, files[file].path), 'r+');
        await handle.write(piece, 0, piece.length, at).finally(() => handle.close());
      }
      places.delete(name);
      progress(++done, total);
    });
  }
  const [lost] = places;
  if (lost) {
    const [piece, [{ file }]] = lost;
    throw new Error(
      `${archive}: no archive of its chain (${chain.map(({ manifest }) => manifest.archive).join(', ')}) holds the piece ${piece} of ${files[file].path}.`
    );
  }
  for (const { path: at, sha256 } of files) {
    if ((await hashOf(path.join(target, at))).sha256 !== sha256) {
      throw new Error(`${archive}: ${at} is not what was backed up: its SHA-256 is another one.`);
    }
  }
}
