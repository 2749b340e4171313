import {
  entryText,
  keyOf,
  memoryLog,
  MemoryLog,
} from '../../../../../../../tests/support/memory-log';
import { tilePath } from '../tree/tiles';
import type { Finding } from './findings';
import { verifyLog } from './verify-log';

const SIZES = [3, 20, 57, 250, 256, 300, 520, 611];

const found = async (log: MemoryLog) => (await verifyLog(log)).findings;
/** What was found, without the sentences. */
const short = (findings: Finding[]) =>
  findings.map(({ code, leafIndex, entryId }) => ({ code, leafIndex, entryId }));
const flip = (buffer: Buffer, bit: number) => {
  buffer[bit >> 3] ^= 1 << (bit & 7);
};
/** The same log again, with other entries from a leaf on, and signed again at the same sizes. */
async function forged(log: MemoryLog, change: (id: string, i: number) => string, key = 'log') {
  const other = new MemoryLog(log.origin, keyOf(key));
  for (const { size } of log.kept) {
    const rows = log.rows.slice(other.size, size).map(({ id }, i) => ({
      id,
      bytes: change(id, other.size + i),
    }));
    await other.append(rows);
  }
  return other;
}

describe('a log that nobody touched', () => {
  it.each([[[0]], [[1]], [[255]], [[256]], [[257]], [SIZES], [[1000, 2000]]])(
    'of %p leaves is as it was signed',
    async (sizes) => {
      const log = await memoryLog(...sizes);
      const result = await verifyLog(log);
      expect(result).toMatchObject({ ok: true, total: 0, findings: [], size: log.size });
      expect(result.entries).toBe(log.size);
      expect(result.checkpoints).toBe(sizes.length);
      expect(result.witnessed).toBe(sizes.length);
      expect(result.newest).toMatchObject({ size: log.size, origin: 'example.com/log' });
    }
  );

  it('is verified with bounded calls: each tile and each page of entries once', async () => {
    const log = await memoryLog(...SIZES);
    const calls: string[] = [];
    const tile = log.tile.bind(log);
    const entries = log.entries.bind(log);
    log.tile = (level, index) => {
      calls.push(tilePath(level, index));
      return tile(level, index);
    };
    log.entries = (from, limit) => {
      calls.push(`entries ${from} ${limit}`);
      return entries(from, limit);
    };
    await verifyLog(log);
    expect(calls.filter((call) => call.startsWith('entries'))).toEqual([
      'entries 0 256',
      'entries 256 256',
      'entries 512 99',
    ]);
    expect(calls.filter((call) => call === 'tile/0/000')).toHaveLength(1);
  });
});

describe('every single mutation of a small log is detected and named', () => {
  it('an entry that was altered, whichever', async () => {
    const log = await memoryLog(...SIZES);
    for (let i = 0; i < 611; i++) {
      const { bytes } = log.rows[i];
      log.rows[i].bytes = entryText(`e${i}`, { outcome: 'refused' });
      expect(short(await found(log))).toEqual([
        { code: 'altered', leafIndex: i, entryId: `e${i}` },
      ]);
      log.rows[i].bytes = bytes;
    }
  });

  it('every bit of an entry', async () => {
    const log = await memoryLog(3, 20);
    const bytes = Buffer.from(log.rows[7].bytes!);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      flip(changed, bit);
      // As bytes: a flipped bit need not leave valid UTF-8.
      log.rows[7].bytes = changed as never;
      expect(short(await found(log))).toEqual([{ code: 'altered', leafIndex: 7, entryId: 'e7' }]);
    }
  });

  it('two entries that were altered, side by side', async () => {
    const log = await memoryLog(...SIZES);
    for (const i of [255, 256]) log.rows[i].bytes = entryText(`e${i}`, { purpose: 'other' });
    expect(short(await found(log))).toEqual([
      { code: 'altered', leafIndex: 255, entryId: 'e255' },
      { code: 'altered', leafIndex: 256, entryId: 'e256' },
    ]);
  });

  it('an entry that was removed, whichever; at the end it was cut off', async () => {
    const log = await memoryLog(...SIZES);
    for (let i = 0; i < 611; i++) {
      const { bytes } = log.rows[i];
      log.rows[i].bytes = null;
      const code = i === 610 ? 'cut-off' : 'removed';
      expect(short(await found(log))).toEqual([{ code, leafIndex: i, entryId: `e${i}` }]);
      log.rows[i].bytes = bytes;
    }
  });

  it('an entry that was removed so that all others close up, whichever', async () => {
    for (let i = 0; i < 611; i += 5) {
      const log = await memoryLog(...SIZES);
      log.rows.splice(i, 1);
      const code = i === 610 ? 'cut-off' : 'removed';
      expect(short(await found(log))).toMatchObject([{ code, leafIndex: i }]);
    }
  });

  it('an entry that was inserted among the others, wherever', async () => {
    for (let i = 0; i <= 600; i += 5) {
      const log = await memoryLog(...SIZES);
      log.rows.splice(i, 0, { id: 'new', bytes: entryText('new') });
      log.entries = async (from, limit) => {
        // As in an export: the last page holds whatever there is more.
        const to = from + limit === log.size ? log.rows.length : from + limit;
        return { bytes: log.rows.slice(from, to).map(({ bytes }) => bytes) };
      };
      expect(short(await found(log))).toEqual([{ code: 'inserted', leafIndex: i, entryId: 'new' }]);
    }
  });

  it('two entries that were exchanged, near or far', async () => {
    for (const [a, b] of [
      [0, 1],
      [5, 9],
      [254, 255],
      [255, 256],
      [0, 610],
      [30, 300],
      [511, 512],
    ]) {
      const log = await memoryLog(...SIZES);
      [log.rows[a], log.rows[b]] = [log.rows[b], log.rows[a]];
      const findings = short(await found(log));
      expect(findings.length).toBeGreaterThan(0);
      for (const { code, leafIndex, entryId } of findings) {
        expect(code).toBe('reordered');
        expect([a, b]).toContain(leafIndex);
        expect(entryId).toBe(`e${leafIndex}`);
      }
    }
  });

  it('an entry that was moved elsewhere', async () => {
    for (const [from, to] of [
      [3, 200],
      [200, 3],
      [10, 560],
      [560, 10],
    ]) {
      const log = await memoryLog(...SIZES);
      log.rows.splice(to, 0, ...log.rows.splice(from, 1));
      expect(short(await found(log))).toEqual([
        { code: 'reordered', leafIndex: from, entryId: `e${from}` },
      ]);
    }
  });

  it('the last entries cut off, one or many', async () => {
    for (const count of [1, 2, 99, 100, 355, 611]) {
      const log = await memoryLog(...SIZES);
      for (const row of log.rows.slice(611 - count)) row.bytes = null;
      const findings = short(await found(log));
      expect(findings).toHaveLength(count);
      expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['cut-off']));
      expect(findings[0].leafIndex).toBe(611 - count);
    }
  });

  it('the log cut off with its tiles and checkpoints, by whoever stands outside', async () => {
    for (const keeper of ['witness', 'anchor'] as const) {
      const [log, shorter] = [await memoryLog(...SIZES), await memoryLog(...SIZES.slice(0, -1))];
      if (keeper === 'witness') shorter.witnesses = [log.witness];
      else shorter.anchor = log.anchor;
      const findings = await found(shorter);
      expect(findings).toMatchObject([{ code: 'cut-off', leafIndex: 520, lastLeafIndex: 610 }]);
      expect(findings[0].message).toContain(
        keeper === 'witness' ? 'the witness outside' : 'the key store'
      );
    }
  });

  it('every hash of the leaves, and the entries are told to be right', async () => {
    const log = await memoryLog(...SIZES);
    for (let i = 0; i < 611; i++) {
      const tile = log.tiles.get(tilePath(0, Math.floor(i / 256)))!;
      const bit = (i % 256) * 256 + ((i * 7) % 256);
      flip(tile, bit);
      expect(short(await found(log))).toEqual([{ code: 'tile', leafIndex: i, entryId: null }]);
      flip(tile, bit);
    }
  });

  it('hashes above the leaves that are altered, missing or too many', async () => {
    const damages: Array<[(log: MemoryLog) => void, number]> = [
      [(log) => flip(log.tiles.get('tile/1/000')!, 3), 0],
      [(log) => flip(log.tiles.get('tile/1/000')!, 256 + 3), 256],
      [(log) => log.tiles.delete('tile/1/000'), 0],
      [(log) => log.tiles.set('tile/1/000', Buffer.alloc(96, 7)), 0],
      [(log) => log.tiles.set('tile/2/000', Buffer.alloc(32, 7)), 0],
      [(log) => log.tiles.delete('tile/0/001'), 256],
      [(log) => log.tiles.set('tile/0/002', log.tiles.get('tile/0/002')!.subarray(32)), 512],
    ];
    for (const [damage, leafIndex] of damages) {
      const log = await memoryLog(...SIZES);
      damage(log);
      const findings = await found(log);
      expect(findings[0]).toMatchObject({ code: 'tile', leafIndex });
      expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['tile']));
    }
  });

  it('a checkpoint that was altered, whichever and wherever, and one that a foreign key signed', async () => {
    for (let i = 0; i < SIZES.length; i++) {
      const log = await memoryLog(...SIZES);
      const { note } = log.kept[i];
      for (const changed of [
        note.replace(/^example/, 'Example'),
        note.replace(`\n${SIZES[i]}\n`, `\n${SIZES[i] + 1}\n`),
        note.replace(/\n(\w)/, (_, c) => `\n${c === '1' ? '2' : '1'}`),
        note.slice(0, -10) + 'AAAAAAA==\n',
        note.slice(0, 40),
        '',
      ]) {
        log.kept = log.kept.map((kept, k) => (k === i ? { ...kept, note: changed } : kept));
        const findings = await found(log);
        expect(findings[0]).toMatchObject({ code: 'checkpoint' });
        expect(findings[0].message).toContain(`of ${SIZES[i]} leaves`);
        // Without the newest checkpoint nothing covers the end of the log.
        expect(findings.slice(1).map(({ code }) => code)).toEqual(i === 7 ? ['unsigned'] : []);
      }
    }
    const log = await memoryLog(...SIZES);
    const foreign = await forged(log, (id) => entryText(id), 'somebody else');
    log.kept = foreign.kept;
    expect((await found(log)).filter(({ code }) => code === 'checkpoint')).toHaveLength(8);
  });
});

describe('what was recomputed', () => {
  const changed = (id: string, i: number) =>
    entryText(id, i === 280 ? { actor: { id: 'nobody', kind: 'staff' } } : {});

  it('an entry with all hashes above it, by the checkpoints: the leaves are named between which it is', async () => {
    const log = await memoryLog(...SIZES);
    const other = await forged(log, changed);
    other.kept = log.kept;
    other.witnesses = [];
    other.anchor = null;
    expect(await found(other)).toMatchObject([
      { code: 'rewritten', leafIndex: 256, lastLeafIndex: 299, entryId: 'e256' },
    ]);
  });

  it('an entry with all hashes and every checkpoint signed again, by the witness', async () => {
    const log = await memoryLog(...SIZES);
    const other = await forged(log, changed);
    other.anchor = null;
    expect(await found(other)).toEqual([]);
    other.witnesses = [log.witness];
    const findings = await found(other);
    expect(findings).toMatchObject([{ code: 'forked', leafIndex: 256, lastLeafIndex: 299 }]);
    expect(findings[0].message).toContain('the witness outside');
  });

  it('and by the head that the key store keeps', async () => {
    const log = await memoryLog(...SIZES);
    const other = await forged(log, changed);
    other.anchor = log.anchor;
    expect(await found(other)).toMatchObject([{ code: 'forked', lastLeafIndex: 610 }]);
  });

  it('with another key, by the keys', async () => {
    const log = await memoryLog(...SIZES);
    const other = await forged(log, changed, 'somebody else');
    other.keys = log.keys;
    other.witnesses = [];
    expect((await found(other)).map(({ code }) => code)).toContain('checkpoint');
  });

  it('two forks that were shown to two witnesses: the one that the log does not follow is named', async () => {
    const log = await memoryLog(...SIZES);
    const fork = await forged(log, (id, i) => entryText(id, i >= 550 ? { purpose: 'fork' } : {}));
    fork.witness.name = 'second';
    log.witnesses = [log.witness, fork.witness];
    const findings = await found(log);
    expect(findings).toMatchObject([{ code: 'forked', leafIndex: 520, lastLeafIndex: 610 }]);
    expect(findings[0].message).toContain('the witness second');
  });

  it('a fork that is in the log itself', async () => {
    const log = await memoryLog(...SIZES);
    const fork = await forged(log, changed);
    log.kept = log.kept.map((kept, i) => (i === 5 ? fork.kept[5] : kept));
    expect(await found(log)).toMatchObject([
      { code: 'forked', leafIndex: 256, lastLeafIndex: 299 },
    ]);
  });

  it('leaves that were added behind the newest checkpoint', async () => {
    const log = await memoryLog(...SIZES);
    log.kept.pop();
    expect(await found(log)).toMatchObject([
      { code: 'unsigned', leafIndex: 520, lastLeafIndex: 610, entryId: 'e520' },
    ]);
  });
});

describe('what the log says of itself', () => {
  const own = (action: string, details: Record<string, number>) => [
    { id: action, bytes: entryText(action, { action, details }) },
  ];
  const prune = (log: MemoryLog, below: number) => {
    log.prunedBelow = below;
    for (const row of log.rows.slice(0, below)) row.bytes = null;
  };

  it('pruned entries are not missing, and every hash is still verified', async () => {
    const log = await memoryLog(...SIZES);
    await log.append(own('log.prune', { count: 512, below: 512 }));
    prune(log, 512);
    expect(await verifyLog(log)).toMatchObject({ ok: true, entries: 100, prunedBelow: 512 });
    flip(log.tiles.get('tile/0/000')!, 5);
    expect((await found(log)).length).toBeGreaterThan(0);
  });

  it('entries that are missing as if they were pruned are told', async () => {
    const log = await memoryLog(...SIZES);
    await log.append(own('log.prune', { count: 256, below: 256 }));
    prune(log, 512);
    expect(await found(log)).toMatchObject([
      { code: 'pruning', leafIndex: 256, lastLeafIndex: 511 },
    ]);
  });

  it('what a declared restore has lost is no finding, and is told apart', async () => {
    const [lost, log] = [await memoryLog(...SIZES), await memoryLog(...SIZES.slice(0, -1))];
    const again = new MemoryLog('example.com/log/2', keyOf('second'));
    Object.assign(again, {
      rows: log.rows,
      tiles: log.tiles,
      size: log.size,
      kept: log.kept,
      keys: [...log.keys, ...again.keys],
    });
    await again.append([
      ...own('log.resume', { below: 520, lost: 91 }),
      ...Array.from({ length: 200 }, (_, i) => ({ id: `n${i}`, bytes: entryText(`n${i}`) })),
    ]);
    again.witness.kept = [...lost.witness.kept, ...again.witness.kept];
    const result = await verifyLog(again);
    expect(result).toMatchObject({
      ok: true,
      losses: [{ from: 520, to: 611, leafIndex: 520 }],
    });
  });
});

describe('many findings', () => {
  it('are counted, and told up to a limit', async () => {
    const log = await memoryLog(2000);
    for (const row of log.rows) row.bytes = entryText(row.id, { outcome: 'refused' });
    const result = await verifyLog(log, { limit: 10 });
    expect(result.findings).toHaveLength(10);
    expect(result.total).toBe(2000);
    expect(result.ok).toBe(false);
  });
});
