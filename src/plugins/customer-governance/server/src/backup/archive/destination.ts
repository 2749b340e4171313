import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseSidecar, type Content, type Sidecar } from './manifest';

const ARCHIVE = '.tar.gz.age';
const SIDECAR = '.json';
/** What is being written; a file of this ending is of no use to anybody. */
const PART = '.part';
const OWN =
  /^((?:data|keys)-\d{8}T\d{6}Z-(?:full|incremental)-[0-9a-f]{4})(\.tar\.gz\.age|\.json)(\.part)?$/;

/** Whether a name is one of `archiveName`. */
export const isArchiveName = (name: string): boolean => OWN.test(`${name}${SIDECAR}`);

/** `data-20260131T021000Z-full-3fa9`: in the order of time but for those of one second, and no name comes twice. */
export function archiveName(content: Content, kind: 'full' | 'incremental', at: Date, run: string) {
  const moment = at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
  const end = createHash('sha256').update(run).digest('hex').slice(0, 4);
  return `${content}-${moment}-${kind}-${end}`;
}

export const archiveFile = (directory: string, name: string) =>
  path.join(directory, `${name}${ARCHIVE}`);
const sidecarFile = (directory: string, name: string) => path.join(directory, `${name}${SIDECAR}`);

/** Waits until a file, or what a folder lists, is on the disk. */
async function settle(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Folders of some systems cannot be synchronised.
    if (!['EISDIR', 'EINVAL', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  } finally {
    await handle.close();
  }
}

/** Writes a file under another name, and gives it its own when it is whole: a kill leaves the old one or none. */
export async function writeWhole(
  file: string,
  write: (part: string) => Promise<unknown>
): Promise<void> {
  const part = `${file}${PART}`;
  await write(part);
  await settle(part);
  await rename(part, file);
  await settle(path.dirname(file));
}

/** SHA-256 and size of a file as it stands on the disk. */
export async function hashOf(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of createReadStream(file)) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** A folder that archives are in. */
export function destination(directory: string) {
  const sidecarOf = async (name: string): Promise<Sidecar> => {
    const sidecar = parseSidecar(await readFile(sidecarFile(directory, name), 'utf8'));
    if (sidecar.manifest.archive !== name) throw new Error('The manifest is of another archive.');
    return sidecar;
  };

  /** Names by what is there of them. */
  const listing = async () => {
    const names = new Map<string, Set<string>>();
    for (const file of await readdir(directory)) {
      const [, name, ending, part] = OWN.exec(file) ?? [];
      if (!name) continue;
      const endings = names.get(name) ?? new Set();
      names.set(name, endings.add(part ? PART : ending));
    }
    return names;
  };

  return {
    directory,
    fileOf: (name: string) => archiveFile(directory, name),

    /** @throws Error when it is not there or no manifest. */
    async sidecar(name: string): Promise<Sidecar> {
      try {
        return await sidecarOf(name);
      } catch (error) {
        const reason =
          (error as NodeJS.ErrnoException).code === 'ENOENT'
            ? 'it is not there'
            : (error as Error).message;
        throw new Error(`${name}: the manifest ${sidecarFile(directory, name)}: ${reason}`, {
          cause: error,
        });
      }
    },

    /** Names of the archives that are whole by their look: with a manifest, and of the size that it says. Oldest first. */
    async whole(content: Content): Promise<Sidecar[]> {
      const found: Sidecar[] = [];
      for (const [name, endings] of [...(await listing())].sort()) {
        if (!name.startsWith(content) || !endings.has(SIDECAR) || !endings.has(ARCHIVE)) continue;
        const sidecar = await sidecarOf(name).catch(() => null);
        const { size } = await stat(archiveFile(directory, name));
        if (sidecar?.bytes === size) found.push(sidecar);
      }
      // Names tell seconds, in which two may be made.
      return found.sort((a, b) => a.manifest.createdAt.localeCompare(b.manifest.createdAt));
    },

    /** Puts the manifest beside its archive: from now on the archive counts. */
    async add(sidecar: Sidecar): Promise<void> {
      const file = sidecarFile(directory, sidecar.manifest.archive);
      await writeWhole(file, async (part) => {
        const handle = await open(part, 'w', 0o600);
        await handle.writeFile(JSON.stringify(sidecar)).finally(() => handle.close());
      });
    },

    /** Takes an archive over from another folder, and reads back what was written. @throws Error when it differs. */
    async take(from: string, sidecar: Sidecar): Promise<void> {
      const name = sidecar.manifest.archive;
      await writeWhole(archiveFile(directory, name), async (part) => {
        await copyFile(archiveFile(from, name), part);
        await this.assertAsWritten(sidecar, part);
      });
      await this.add(sidecar);
    },

    /** Reads an archive back. @throws Error when its digest is not that of the manifest. */
    async assertAsWritten(sidecar: Sidecar, file?: string): Promise<void> {
      const name = sidecar.manifest.archive;
      const { sha256, bytes } = await hashOf(file ?? archiveFile(directory, name));
      if (sha256 !== sidecar.sha256) {
        throw new Error(
          `${name} in ${directory} is not as it was written: ${bytes} of ${sidecar.bytes} bytes, SHA-256 ${sha256}.`
        );
      }
    },

    /** Removes an archive: first what makes it count. */
    async remove(name: string): Promise<void> {
      await rm(sidecarFile(directory, name), { force: true });
      await rm(archiveFile(directory, name), { force: true });
    },

    /** Removes what runs that were killed have left: parts, and archives without a manifest. */
    async removeLeftovers(): Promise<void> {
      for (const [name, endings] of await listing()) {
        for (const ending of [ARCHIVE, SIDECAR]) {
          await rm(path.join(directory, `${name}${ending}${PART}`), { force: true });
        }
        if (!endings.has(SIDECAR)) await rm(archiveFile(directory, name), { force: true });
      }
    },
  };
}

export type Destination = ReturnType<typeof destination>;
