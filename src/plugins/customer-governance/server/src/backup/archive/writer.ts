import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { encryptFor } from './age';
import { archiveFile, writeWhole } from './destination';
import { manifestText, type BackedUpFile, type Manifest, type Sidecar } from './manifest';
import { piecesOf, sha256Of, type FileSource } from './pieces';
import { writeTar, type TarFile } from './tar';

export interface ArchiveOptions {
  directory: string;
  recipient: string;
  /** The manifest but for what is found out while the files are read. */
  head: Omit<Manifest, 'files' | 'own' | 'chain'>;
  files: AsyncIterable<FileSource> | Iterable<FileSource>;
  /** Older archives, oldest first: pieces that they hold are not written again. */
  chain: readonly Sidecar[];
  progress?: (bytes: number) => void;
}

/**
 * Writes an archive: a tar of the pieces that the chain has not yet, and of the manifest, compressed and encrypted. Every
 * file is read once, a piece at a time. It does not count before its manifest is added to the destination.
 */
export async function writeArchive(options: ArchiveOptions): Promise<Omit<Sidecar, 'note'>> {
  const { directory, recipient, head, chain, progress = () => undefined } = options;
  const holders = new Map(
    chain.flatMap(({ manifest: { archive, own } }) => own.map((piece) => [piece, archive] as const))
  );
  const newest = new Map(chain.at(-1)?.manifest.files.map((file) => [file.path, file]));
  const files: BackedUpFile[] = [];
  const own = new Set<string>();
  const hangsOn = new Set<string>();
  let manifest: Manifest | undefined;

  async function* contents(): AsyncGenerator<TarFile> {
    for await (const source of options.files) {
      const before = source.sha256 ? newest.get(source.path) : undefined;
      if (before?.sha256 === source.sha256 && before?.pieces.every((piece) => holders.has(piece))) {
        for (const piece of before.pieces) hangsOn.add(holders.get(piece) as string);
        files.push(before);
        continue;
      }
      const hash = createHash('sha256');
      const file: BackedUpFile = { path: source.path, size: 0, sha256: '', pieces: [] };
      try {
        for await (const piece of piecesOf(source.read())) {
          const name = sha256Of(piece);
          hash.update(piece);
          file.pieces.push(name);
          file.size += piece.length;
          const holder = holders.get(name);
          if (holder) hangsOn.add(holder);
          else if (!own.has(name)) {
            own.add(name);
            yield { name: `pieces/${name}`, body: piece };
          }
          progress(piece.length);
        }
      } catch (error) {
        // Destroyed or deleted since it was listed.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT' && file.size === 0) continue;
        throw error;
      }
      files.push({ ...file, sha256: hash.digest('hex') });
    }
    const needed = chain
      .map(({ manifest: { archive } }) => archive)
      .filter((one) => hangsOn.has(one));
    manifest = { ...head, chain: needed, files, own: [...own] };
    yield { name: 'manifest.json', body: Buffer.from(manifestText(manifest)) };
  }

  const hash = createHash('sha256');
  let bytes = 0;
  await writeWhole(archiveFile(directory, head.archive), (part) =>
    pipeline(
      writeTar(contents()),
      createGzip({ level: constants.Z_BEST_SPEED }),
      (source) => encryptFor([recipient], source as AsyncIterable<Buffer>),
      async function* (source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(part, { mode: 0o600 })
    )
  );
  return { manifest: manifest as unknown as Manifest, bytes, sha256: hash.digest('hex') };
}
