import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { entryText, keyOf, memoryLog, MemoryLog } from '../../../../../../tests/support/memory-log';
import { writeBundle } from './bundle';
import { directorySource, type DirectoryOptions } from './verifier/directory';
import { entriesOf, entryBundle } from './verifier/layout';
import { verifyLog } from './verifier/verify-log';

const SIZES = [3, 250, 256, 300, 611];
const home = mkdtempSync(path.join(os.tmpdir(), 'bundle-test-'));
const script = path.join(home, 'script.mjs');
let count = 0;
const fresh = () => path.join(home, String(++count));

beforeAll(() => writeFileSync(script, '// verifies'));
afterAll(() => rmSync(home, { recursive: true }));

async function exported(log: MemoryLog, leaves?: { first: number; last: number }) {
  const directory = fresh();
  await writeBundle(log, { directory, script, leaves });
  return directory;
}
const verify = async (directory: string, options?: DirectoryOptions) =>
  verifyLog(await directorySource(directory, options));
const short = async (directory: string, options?: DirectoryOptions) =>
  (await verify(directory, options)).findings.map(({ code, leafIndex, entryId }) => ({
    code,
    leafIndex,
    entryId,
  }));

describe('an exported log', () => {
  it.each([[[1]], [[256]], [[257]], [SIZES], [[600, 1100]]])(
    'of %p leaves is as it was signed',
    async (sizes) => {
      const log = await memoryLog(...sizes);
      expect(await verify(await exported(log))).toMatchObject({
        ok: true,
        size: log.size,
        entries: log.size,
        checkpoints: sizes.length,
        newest: { note: log.kept.at(-1)!.note },
      });
    }
  );

  it('has the layout of C2SP tlog-tiles and says what it is in both languages', async () => {
    const directory = await exported(await memoryLog(...SIZES));
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      .sort();
    expect(files).toEqual([
      'README.md',
      'checkpoint',
      ...['250', '256', '3', '300', '611'].map((size) => `checkpoints/${size}`),
      'keys',
      'tile/0/000',
      'tile/0/001',
      'tile/0/002.p/99',
      'tile/1/000.p/2',
      'tile/entries/000',
      'tile/entries/001',
      'tile/entries/002.p/99',
      'verify.mjs',
    ]);
    const readme = readFileSync(path.join(directory, 'README.md'), 'utf8');
    expect(readme).toContain('node verify.mjs');
    expect(readme).toContain('审计日志');
  });

  it('may hold a part of the entries, and says so', async () => {
    const directory = await exported(await memoryLog(...SIZES), { first: 300, last: 310 });
    expect(await verify(directory)).toMatchObject({
      ok: true,
      size: 611,
      entries: 256,
      included: { from: 256, to: 512 },
    });
    expect(existsSync(path.join(directory, 'tile/entries/000'))).toBe(false);
  });

  it('of a pruned log says what was pruned', async () => {
    const log = await memoryLog(...SIZES);
    await log.append([
      {
        id: 'p',
        bytes: entryText('p', { action: 'log.prune', details: { below: 256, count: 256 } }),
      },
    ]);
    log.prunedBelow = 256;
    const directory = await exported(log);
    expect(await verify(directory)).toMatchObject({ ok: true, prunedBelow: 256, entries: 356 });
    rmSync(path.join(directory, 'pruned'));
    const { findings, total } = await verify(directory);
    expect(total).toBe(256);
    expect(findings[0]).toMatchObject({ code: 'removed', leafIndex: 0 });
  });

  it('is not written over what is there, nor of a log without a checkpoint', async () => {
    await expect(writeBundle(await memoryLog(3), { directory: home, script })).rejects.toThrow(
      'is not empty'
    );
    await expect(exported(new MemoryLog())).rejects.toThrow('Nothing of the log is signed yet');
  });

  it('reaches up to the newest checkpoint while the log goes on', async () => {
    const log = await memoryLog(...SIZES);
    const checkpoints = log.checkpoints.bind(log);
    log.checkpoints = async (after, limit) => {
      const page = await checkpoints(after, limit);
      if (after === -1) await log.append([{ id: 'late', bytes: entryText('late') }]);
      return page;
    };
    const frozen = Object.assign(Object.create(log) as MemoryLog, { size: 611 });
    expect(await verify(await exported(frozen))).toMatchObject({ ok: true, size: 611 });
  });
});

describe('an exported log that was damaged', () => {
  let whole: string;
  let log: MemoryLog;
  beforeAll(async () => {
    log = await memoryLog(...SIZES);
    whole = await exported(log);
  });
  const damaged = (damage: (at: (name: string) => string) => void) => {
    const directory = fresh();
    cpSync(whole, directory, { recursive: true });
    damage((name) => path.join(directory, name));
    return directory;
  };
  const entriesIn = (file: string, change: (entries: Buffer[]) => Buffer[]) =>
    writeFileSync(file, entryBundle(change(entriesOf(readFileSync(file)))));

  it('names an entry that was altered', async () => {
    const directory = damaged((at) =>
      entriesIn(at('tile/entries/001'), (entries) =>
        entries.map((entry, i) => (i === 40 ? Buffer.from(entryText('e296', { v: 2 })) : entry))
      )
    );
    expect(await short(directory)).toEqual([{ code: 'altered', leafIndex: 296, entryId: 'e296' }]);
  });

  it('names the leaf of an entry that was removed, in its file or so that all close up', async () => {
    const inFile = damaged((at) =>
      entriesIn(at('tile/entries/000'), (entries) => entries.filter((_, i) => i !== 40))
    );
    expect(await short(inFile)).toEqual([{ code: 'removed', leafIndex: 40, entryId: null }]);
    const closedUp = damaged((at) => {
      const names = ['tile/entries/000', 'tile/entries/001', 'tile/entries/002.p/99'].map(at);
      const all = names.flatMap((name) => entriesOf(readFileSync(name)));
      all.splice(40, 1);
      names.forEach((name, i) =>
        writeFileSync(name, entryBundle(all.slice(256 * i, 256 * (i + 1))))
      );
    });
    expect(await short(closedUp)).toEqual([{ code: 'removed', leafIndex: 40, entryId: null }]);
  });

  it('names an entry that was inserted', async () => {
    const directory = damaged((at) =>
      entriesIn(at('tile/entries/000'), (entries) => [
        ...entries.slice(0, 7),
        Buffer.from(entryText('new')),
        ...entries.slice(7),
      ])
    );
    expect(await short(directory)).toEqual([{ code: 'inserted', leafIndex: 7, entryId: 'new' }]);
  });

  it('names entries that were exchanged', async () => {
    const directory = damaged((at) =>
      entriesIn(at('tile/entries/000'), ([a, b, ...rest]) => [b, a, ...rest])
    );
    const [finding, ...others] = await short(directory);
    expect(finding.code).toBe('reordered');
    expect(['e0', 'e1']).toContain(finding.entryId);
    expect(others).toEqual([]);
  });

  it('names the entries that were cut off, in a file or with it', async () => {
    const some = damaged((at) =>
      entriesIn(at('tile/entries/002.p/99'), (entries) => entries.slice(0, -2))
    );
    expect(await short(some)).toMatchObject([
      { code: 'cut-off', leafIndex: 609 },
      { code: 'cut-off', leafIndex: 610 },
    ]);
    const file = damaged((at) => rmSync(at('tile/entries/002.p'), { recursive: true }));
    expect((await verify(file)).total).toBe(99);
  });

  it('finds that it ends too early, by its own checkpoint', async () => {
    const directory = damaged((at) => {
      rmSync(at('tile/entries/002.p'), { recursive: true });
      rmSync(at('tile/0/002.p'), { recursive: true });
    });
    expect(await short(directory)).toEqual([{ code: 'cut-off', leafIndex: 512, entryId: null }]);
  });

  it('finds that it ends too early when all of it was cut back, by a witness alone', async () => {
    const shorter = await exported(await memoryLog(...SIZES.slice(0, -1)));
    expect((await verify(shorter)).ok).toBe(true);
    expect(await short(shorter, { witnesses: [whole] })).toMatchObject([
      { code: 'cut-off', leafIndex: 300 },
    ]);
  });

  it('finds a log that was written anew, by an older export or by the key', async () => {
    const other = new MemoryLog(log.origin);
    const foreign = new MemoryLog(log.origin, keyOf('somebody else'));
    for (const rewritten of [other, foreign]) {
      for (const size of SIZES) {
        await rewritten.append(
          log.rows.slice(rewritten.size, size).map(({ id }) => ({
            id,
            bytes: entryText(id, id === 'e280' ? { purpose: 'other' } : {}),
          }))
        );
      }
    }
    const anew = await exported(other);
    expect((await verify(anew)).ok).toBe(true);
    expect(await short(anew, { witnesses: [whole] })).toMatchObject([
      { code: 'forked', leafIndex: 256 },
    ]);
    const withOtherKey = await exported(foreign);
    const keys = [readFileSync(path.join(whole, 'keys'), 'utf8')];
    expect((await verify(withOtherKey)).ok).toBe(true);
    expect((await verify(withOtherKey, { keys })).findings[0].code).toBe('checkpoint');
  });

  it.each([
    ['a hash of a leaf', 'tile/0/001', 'tile'],
    ['a hash above', 'tile/1/000.p/2', 'tile'],
    ['an older checkpoint', 'checkpoints/300', 'checkpoint'],
    ['the newest checkpoint', 'checkpoint', 'checkpoint'],
  ])('names %s', async (_what, name, code) => {
    const directory = damaged((at) => {
      const content = readFileSync(at(name));
      content[40] ^= 1;
      writeFileSync(at(name), content);
    });
    const [finding] = await short(directory);
    expect(finding.code).toBe(code);
  });

  it('finds a tile that is missing, or that was renamed to another width', async () => {
    const missing = damaged((at) => rmSync(at('tile/0/001')));
    expect(await short(missing)).toEqual([{ code: 'tile', leafIndex: 256, entryId: null }]);
    const renamed = damaged((at) => renameSync(at('tile/0/002.p/99'), at('tile/0/002.p/120')));
    expect((await verify(renamed)).ok).toBe(false);
  });

  it('takes what is broken for what is not in the tree', async () => {
    const directory = damaged((at) =>
      writeFileSync(
        at('tile/entries/002.p/99'),
        readFileSync(at('tile/entries/002.p/99')).subarray(0, -3)
      )
    );
    expect(await short(directory)).toEqual([{ code: 'altered', leafIndex: 610, entryId: null }]);
  });

  it('cannot be read without checkpoint, keys or proper numbers', async () => {
    await expect(directorySource(fresh())).rejects.toThrow('holds no checkpoint');
    await expect(directorySource(damaged((at) => rmSync(at('keys'))))).rejects.toThrow(
      'holds no keys'
    );
    await expect(
      directorySource(damaged((at) => writeFileSync(at('pruned'), 'many')))
    ).rejects.toThrow('does not hold numbers');
    await expect(directorySource(whole, { witnesses: [fresh()] })).rejects.toThrow(
      'holds no checkpoint'
    );
  });
});
