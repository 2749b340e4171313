import fs from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileMissing, StorageRefused, type FileStorage } from './storage';

const SAFE_KEY = /^[a-z0-9]{8,60}$/i;

/** Where a file lies in the directory. @throws Error for what is no key. */
export function pathOf(key: string): string {
  if (!SAFE_KEY.test(key)) throw new Error('This is no key of a file.');
  return path.join(key.slice(-2).toLowerCase(), key);
}

/** Files in a directory of the server, in folders by the end of their key, so that no folder grows without bound. */
export function diskStorage(directory: string): FileStorage {
  const fileOf = (key: string): string => path.join(directory, pathOf(key));

  return {
    async put(key, content) {
      const file = fileOf(key);
      const part = `${file}.part`;
      await fs.promises.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      try {
        await pipeline(content, fs.createWriteStream(part, { mode: 0o600, flush: true }));
        await fs.promises.rename(part, file);
        await syncFolder(path.dirname(file));
      } catch (error) {
        await fs.promises.rm(part, { force: true });
        throw error;
      }
      return null;
    },

    async get({ key }): Promise<Readable> {
      try {
        const handle = await fs.promises.open(fileOf(key), 'r');
        return handle.createReadStream();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new FileMissing();
        throw error;
      }
    },

    async remove(key) {
      const file = fileOf(key);
      for (const name of [file, `${file}.part`]) await fs.promises.rm(name, { force: true });
    },
  };
}

/** A rename is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.promises.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The directory for files, made where it is missing.
 * @throws StorageRefused when it lies where the web server would hand out what is in it.
 */
export function prepareDirectory(directory: string, publicDirectory: string): string {
  const real = realPath(directory);
  const open = realPath(publicDirectory);
  if (real === open || real.startsWith(open + path.sep)) {
    throw new StorageRefused(
      'The directory for attachments lies in the public folder, whose files everybody may fetch. ' +
        'Set GOVERNANCE_FILES_DIRECTORY to a place outside of it.'
    );
  }
  fs.mkdirSync(real, { recursive: true, mode: 0o700 });
  return real;
}

/** With every link on the way resolved, also where its last parts do not exist yet. */
function realPath(directory: string): string {
  const missing: string[] = [];
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    if (fs.existsSync(at)) return path.join(fs.realpathSync(at), ...missing);
    missing.unshift(path.basename(at));
  }
}
