import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { diskStorage, prepareDirectory } from './disk';
import { loadProvider, providerStorage, type UploadProvider } from './provider';
import { FileMissing, type FileStorage } from './storage';

const KEY = 'a1b2c3d4e5f6g7h8i9j0k1l2';
const breaking = () =>
  Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('broke off');
    })()
  );

const directories: string[] = [];
const temporary = () => {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'storage-'));
  directories.push(made);
  return made;
};
afterAll(() => {
  for (const made of directories) fs.rmSync(made, { recursive: true, force: true });
});

/** A provider of Strapi's signature that keeps files in memory and hands them out at signed addresses. */
function memoryProvider() {
  const files = new Map<string, Buffer>();
  const nameOf = ({ hash, ext }: { hash: string; ext: string }) => `${hash}${ext}`;
  const server = http.createServer((request, response) => {
    const [name = '', query = ''] = (request.url ?? '').slice(1).split('?');
    const content = query === 'signed' ? files.get(name) : undefined;
    response.statusCode = content ? 200 : 404;
    response.end(content);
  });
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: UploadProvider = {
    async uploadStream(file) {
      const content = await buffer(file.stream as Readable);
      files.set(nameOf(file), content);
      file.url = `${base()}/${nameOf(file)}`;
    },
    async delete(file) {
      if (!files.delete(nameOf(file))) {
        throw Object.assign(new Error('NoSuchKey'), { name: 'NoSuchKey' });
      }
    },
    getSignedUrl: (file) => ({ url: `${file.url}?signed` }),
  };
  return { provider, files, server };
}

describe.each(['disk', 'provider'])('files in the storage %s', (kind) => {
  let storage: FileStorage;
  let count: () => number;
  let server: http.Server | undefined;

  beforeAll(async () => {
    if (kind === 'disk') {
      const directory = temporary();
      storage = diskStorage(directory);
      count = () =>
        fs
          .readdirSync(directory, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile()).length;
      return;
    }
    const memory = memoryProvider();
    server = memory.server;
    await new Promise<void>((resolve) => memory.server.listen(0, '127.0.0.1', resolve));
    storage = providerStorage(memory.provider);
    count = () => memory.files.size;
  });
  afterAll(() => server?.close());

  it('come back as they were stored', async () => {
    const content = Buffer.alloc(300_000, 7);
    const location = await storage.put(KEY, Readable.from([content]));
    expect((await buffer(await storage.get({ key: KEY, location }))).equals(content)).toBe(true);
  });

  it('are gone once they are removed, and may be removed again', async () => {
    const location = await storage.put(KEY, Readable.from([Buffer.from('x')]));
    await storage.remove(KEY);
    await expect(storage.get({ key: KEY, location })).rejects.toThrow(FileMissing);
    await expect(storage.remove(KEY)).resolves.toBeUndefined();
    expect(count()).toBe(0);
  });

  it('are stored whole or not at all', async () => {
    await expect(storage.put(KEY, breaking())).rejects.toThrow('broke off');
    expect(count()).toBe(0);
  });
});

describe('the directory for files', () => {
  it('is made, for nobody else to read', () => {
    const directory = path.join(temporary(), 'a/b');
    prepareDirectory(directory, temporary());
    expect(fs.statSync(directory).mode & 0o077).toBe(0);
  });

  it('must not lie in the public folder, by no detour', () => {
    const open = temporary();
    const link = path.join(temporary(), 'link');
    fs.symlinkSync(open, link);
    for (const directory of [
      open,
      path.join(open, 'files'),
      path.join(open, '../', path.basename(open), 'x'),
      path.join(link, 'files'),
    ]) {
      expect(() => prepareDirectory(directory, open)).toThrow(/public folder/);
    }
    expect(() => prepareDirectory(`${open}-beside`, open)).not.toThrow();
    fs.rmSync(`${open}-beside`, { recursive: true });
  });

  it('is not left by a key that is a path', async () => {
    const storage = diskStorage(temporary());
    await expect(storage.get({ key: '../../etc/passwd', location: null })).rejects.toThrow(
      'no key'
    );
  });
});

describe('a provider', () => {
  const good = { init: () => memoryProvider().provider };

  it('is loaded as Strapi has it, or as an ES module', () => {
    expect(loadProvider('x', {}, () => good)).toHaveProperty('uploadStream');
    expect(loadProvider('x', {}, () => ({ default: good }))).toHaveProperty('uploadStream');
  });

  it('that writes into the public folder is refused', () => {
    for (const name of ['local', '@strapi/provider-upload-local']) {
      expect(() => loadProvider(name, {}, () => good)).toThrow(/public folder/);
    }
  });

  it('that is missing or is none stops the start', () => {
    const missing = () => {
      throw new Error('Cannot find module');
    };
    expect(() => loadProvider('x', {}, missing)).toThrow(/cannot be loaded/);
    expect(() => loadProvider('x', {}, () => ({}))).toThrow(/has not the form/);
    expect(() => loadProvider('x', {}, () => ({ init: () => ({}) }))).toThrow(/has not the form/);
  });
});
