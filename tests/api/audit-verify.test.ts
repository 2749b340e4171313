import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  entriesOf,
  entryBundle,
} from '../../src/plugins/customer-governance/server/src/transparency/verifier/layout';
import { canonicalJson } from '../../src/plugins/customer-governance/server/src/audit/encoding';
import type { Finding } from '../../src/plugins/customer-governance/server/src/transparency/verifier/findings';
import type { Verification } from '../../src/plugins/customer-governance/server/src/transparency/verifier/verify-log';
import { bootApp, type BootedApp } from '../support/app';
import { refusalOf } from '../support/refusal';

const ENTRIES = 'governance_audit_entries';
const LEAVES = 'governance_audit_leaves';
const TILES = 'governance_audit_tiles';
const CHECKPOINTS = 'governance_audit_checkpoints';
const STATE = 'governance_audit_state';

interface Log {
  sequence(): Promise<{ treeSize: number }>;
  verify(options?: object): Promise<Verification>;
  exportBundle(options: object): Promise<{ size: number; entries: number; checkpoints: number }>;
  state(): Promise<{ verified: { at: Date; treeSize: number; findings: number } | null }>;
  prune(before: Date): Promise<number>;
  changeKey(): Promise<unknown>;
}
type Row = Record<string, unknown> & { id: number };

describe('the log in the database', () => {
  let app: BootedApp;
  let log: Log;
  let size: number;

  const table = (name: string) => app.strapi.db.connection(name);
  const append = (count: number) =>
    app.strapi
      .plugin('customer-governance')
      .service('audit')
      .append(
        Array.from({ length: count }, (_, i) => ({
          action: 'record.reveal',
          recordType: 'plugin::customer-governance.customer',
          recordIds: [`record-${i}`, 'another'],
          attributes: ['name', 'mobile'],
          purpose: i % 2 ? 'sales' : null,
          basis: 'standing',
        }))
      );
  const leafOf = async (leaf: number): Promise<{ leaf: Row; entry: Row }> => {
    const [found] = (await table(LEAVES).where({ id: leaf })) as Row[];
    const [entry] = (await table(ENTRIES).where({ id: found.entry_id })) as Row[];
    return { leaf: found, entry };
  };
  const short = (findings: Finding[]) =>
    findings.map(({ code, leafIndex, entryId }) => ({ code, leafIndex, entryId }));
  const found = async (options?: object) => short((await log.verify(options)).findings);

  /** As a superuser of the database would: without the triggers. */
  const dropTriggers = async () => {
    const connection = app.strapi.db.connection;
    if (app.database === 'sqlite') {
      const triggers = await connection('sqlite_master').where({ type: 'trigger' }).select('name');
      for (const { name } of triggers) await connection.raw(`DROP TRIGGER ??`, [name]);
      return;
    }
    for (const name of [ENTRIES, LEAVES, CHECKPOINTS]) {
      await connection.raw('ALTER TABLE ?? DISABLE TRIGGER USER', [name]);
    }
  };

  /** Changes a row, looks, and puts it back. */
  const tampered = async (
    name: string,
    where: object,
    columns: object,
    look: () => Promise<void>
  ) => {
    const [before] = (await table(name).where(where)) as Row[];
    await table(name).where({ id: before.id }).update(columns);
    const id = (columns as Partial<Row>).id ?? before.id;
    try {
      await look();
    } finally {
      // JSON columns come as text or as values; text is what both databases take.
      const back = Object.fromEntries(
        Object.keys(columns).map((column) => {
          const value = before[column];
          const json = typeof value === 'object' && value !== null && !(value instanceof Date);
          return [column, json ? JSON.stringify(value) : value];
        })
      );
      await table(name).where({ id }).update(back);
    }
  };

  beforeAll(async () => {
    app = await bootApp({ policy: { audit: { sequence: { seconds: 3600 } } } });
    log = app.strapi.plugin('customer-governance').service('transparency');
    for (const count of [40, 300, 1, 900]) {
      await append(count);
      ({ treeSize: size } = await log.sequence());
    }
  });
  afterAll(() => app.close());

  it('reads the same moments in another time zone', async () => {
    const [entry] = (await table(ENTRIES).orderBy('id').limit(1)) as Row[];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['scripts/run-ts.mjs', 'tests/support/read-moment.ts'],
      {
        cwd: path.resolve(__dirname, '../..'),
        env: {
          ...process.env,
          ...app.home.env,
          TZ: 'Asia/Shanghai',
          ENTRY: String(entry.document_id),
        },
      }
    );
    expect(stdout.trim()).toBe(new Date(entry.at as string).toISOString());
  });

  it('is as it was signed', async () => {
    const result = await log.verify();
    expect(result).toMatchObject({ ok: true, total: 0, size, entries: size, losses: [] });
    expect(result.checkpoints).toBeGreaterThanOrEqual(4);
    expect(result.newest?.size).toBe(size);
    expect((await log.state()).verified).toEqual({
      at: expect.any(Date),
      treeSize: size,
      findings: 0,
    });
  });

  it('is as it was signed while it grows, and while entries wait for their place', async () => {
    await append(1);
    expect((await log.verify()).ok).toBe(true);
    const both = await Promise.all([log.verify(), log.sequence()]);
    expect(both[0].ok).toBe(true);
    size = both[1].treeSize;
    expect(await log.verify()).toMatchObject({ ok: true, size });
  });

  it('reads every kind of value and moment as it was when it was signed', async () => {
    const moments = [
      '2026-01-01T00:00:00.000Z',
      '2024-02-29T23:59:59.999Z',
      '2025-12-31T23:59:59.570Z',
      '1970-01-01T00:00:00.001Z',
      '2100-03-01T12:34:56.289Z',
      '2026-06-15T08:00:07.070Z',
    ];
    const texts = [
      'plain',
      'with "quotes"',
      'back\\slash',
      '客户 🙂',
      'a\tb',
      '',
      "it's",
      '\u007f\u2028',
    ];
    const rows = moments.flatMap((moment, i) =>
      texts.map((purpose, k) => {
        const date = new Date(moment);
        const at = app.database === 'sqlite' ? date.getTime() : date;
        return {
          document_id: `value-${i}-${k}`,
          at,
          created_at: at,
          updated_at: at,
          published_at: at,
          actor_kind: 'system',
          actor_id: 'x',
          action: 'record.reveal',
          outcome: 'done',
          purpose,
          record_ids: canonicalJson(texts.slice(0, k)),
          details: canonicalJson({ long: k, b: true, a: purpose }),
          sealed: k % 2 ? canonicalJson({ [purpose]: 'AQ==' }) : null,
        };
      })
    );
    // Together and each on a page of its own: a page with anything unusual is read in another way.
    await table(ENTRIES).insert(rows);
    await append(1100);
    await table(ENTRIES).insert(
      rows
        .filter((_, i) => i % texts.length === 0)
        .map((row) => ({ ...row, document_id: `${row.document_id}-2` }))
    );
    ({ treeSize: size } = await log.sequence());
    expect(await log.verify()).toMatchObject({ ok: true, size, entries: size });
  });

  it('keeps its rows against whoever is no superuser', async () => {
    const write = table(ENTRIES).where({ id: 1 }).update({ actor_id: 'nobody' });
    expect(await refusalOf(write)).toContain('append-only');
  });

  describe('once the triggers are gone', () => {
    beforeAll(dropTriggers);
    afterEach(async () => {
      expect((await log.verify()).findings).toEqual([]);
    });

    it('names the row that a superuser altered, whichever column', async () => {
      const leaf = 700;
      const { entry } = await leafOf(leaf);
      const at = app.database === 'sqlite' ? Number(entry.at) + 1 : new Date(+entry.at! + 1);
      for (const [column, value] of Object.entries({
        at,
        actor_kind: 'person',
        actor_id: 'nobody',
        on_behalf_of: 'somebody',
        action: 'record.view',
        outcome: 'refused',
        record_type: null,
        record_ids: '["another"]',
        attributes: '["name"]',
        purpose: 'service',
        request_id: 'r',
        basis: 'grant',
        channel: 'x',
        address: '203.0.113.9',
        correlation_id: 'other',
        details: '{"count":1}',
        sealed: '{"a":"b"}',
      })) {
        await tampered(ENTRIES, { id: entry.id }, { [column]: value }, async () => {
          const findings = (await found()).filter(({ leafIndex }) => leafIndex !== null);
          expect([column, findings[0]]).toEqual([
            column,
            { code: 'altered', leafIndex: leaf, entryId: entry.document_id },
          ]);
        });
      }
      for (const [column, value] of [
        ['created_at', at],
        ['updated_at', at],
        ['published_at', at],
        ['locale', 'de'],
      ] as const) {
        await tampered(ENTRIES, { id: entry.id }, { [column]: value }, async () => {
          const [finding, ...more] = (await log.verify()).findings;
          expect(finding).toMatchObject({ code: 'altered', leafIndex: leaf });
          expect(finding.entryId).toBe(entry.document_id);
          expect(finding.message).toContain('a column beside');
          expect(more).toEqual([]);
        });
      }
    });

    it('names an entry whose id was altered', async () => {
      const { entry } = await leafOf(12);
      await tampered(ENTRIES, { id: entry.id }, { document_id: 'x'.repeat(24) }, async () => {
        expect(await found()).toEqual([
          { code: 'altered', leafIndex: 12, entryId: 'x'.repeat(24) },
        ]);
      });
    });

    it('takes values that hold what parts columns and rows for what they are', async () => {
      const { entry } = await leafOf(12);
      for (const value of ['a\u001fb', 'a\u001eb', '"', '\\', 'a","b', '\u001e', '']) {
        await tampered(ENTRIES, { id: entry.id }, { purpose: value }, async () => {
          expect(await found()).toEqual([
            { code: 'altered', leafIndex: 12, entryId: entry.document_id },
          ]);
        });
      }
    });

    const without = async (leaves: number[], look: () => Promise<void>) => {
      const removed: Row[] = [];
      for (const leaf of leaves) {
        const { entry } = await leafOf(leaf);
        await table(ENTRIES).where({ id: entry.id }).delete();
        removed.push(entry);
      }
      try {
        await look();
      } finally {
        for (const entry of removed) {
          const row = Object.fromEntries(
            Object.entries(entry).map(([column, value]) => {
              const json = typeof value === 'object' && value !== null && !(value instanceof Date);
              return [column, json ? JSON.stringify(value) : value];
            })
          );
          await table(ENTRIES).insert(row);
        }
      }
    };

    it('names the row that was removed, and those that were cut off at the end', async () => {
      const { entry } = await leafOf(255);
      await without([255], async () => {
        expect(await found()).toEqual([
          { code: 'removed', leafIndex: 255, entryId: `#${entry.id}` },
        ]);
      });
      await without([size - 2, size - 1], async () => {
        expect(await found()).toMatchObject([
          { code: 'cut-off', leafIndex: size - 2 },
          { code: 'cut-off', leafIndex: size - 1 },
        ]);
      });
    });

    it('names a row that was written behind the sequencer', async () => {
      const [{ id, ...row }] = (await table(ENTRIES).orderBy('id').limit(1)) as Row[];
      const copy = Object.fromEntries(
        Object.entries(row).map(([column, value]) => {
          const json = typeof value === 'object' && value !== null && !(value instanceof Date);
          return [column, json ? JSON.stringify(value) : value];
        })
      );
      await log.sequence();
      await table(ENTRIES).insert({ ...copy, id: -5, document_id: 'inserted' });
      try {
        expect(await found()).toEqual([{ code: 'inserted', leafIndex: null, entryId: 'inserted' }]);
      } finally {
        await table(ENTRIES).where({ id: -5 }).delete();
      }
      expect(id).not.toBe(-5);
    });

    it('names entries whose places were exchanged', async () => {
      const [a, b] = [await leafOf(3), await leafOf(900)];
      const exchange = async (first: unknown, second: unknown) => {
        await table(LEAVES).where({ id: 3 }).update({ entry_id: -1 });
        await table(LEAVES).where({ id: 900 }).update({ entry_id: second });
        await table(LEAVES).where({ id: 3 }).update({ entry_id: first });
      };
      await exchange(b.entry.id, a.entry.id);
      expect(await found()).toEqual([
        { code: 'reordered', leafIndex: 3, entryId: a.entry.document_id },
        { code: 'reordered', leafIndex: 900, entryId: b.entry.document_id },
      ]);
      await exchange(a.entry.id, b.entry.id);
    });

    it('names an entry that lost its place', async () => {
      const { leaf, entry } = await leafOf(20);
      await table(LEAVES).where({ id: 20 }).delete();
      expect(await found()).toEqual([
        { code: 'reordered', leafIndex: 20, entryId: entry.document_id },
      ]);
      await table(LEAVES).insert(leaf);
    });

    it('names the hash of a leaf that is wrong, and one above', async () => {
      for (const [level, leafIndex] of [
        [0, 3],
        [1, 0],
      ]) {
        const [row] = (await table(TILES).where({ level, tile_index: 0 })) as Row[];
        const hashes = Buffer.from(String(row.hashes), 'base64');
        hashes[level === 0 ? 3 * 32 : 0] ^= 1;
        const changed = { hashes: hashes.toString('base64') };
        await tampered(TILES, { id: row.id }, changed, async () => {
          expect(await found()).toEqual([{ code: 'tile', leafIndex, entryId: null }]);
        });
      }
    });

    it('names a checkpoint that was altered, and leaves that none covers', async () => {
      const rows = (await table(CHECKPOINTS).orderBy('tree_size')) as Row[];
      const note = String(rows[1].note).replace(/\n— (.*)AA?/, '\n— $1BB');
      await tampered(
        CHECKPOINTS,
        { id: rows[1].id },
        { note: note === rows[1].note ? 'x' : note },
        async () => {
          expect(await found()).toEqual([{ code: 'checkpoint', leafIndex: null, entryId: null }]);
        }
      );
      const last = rows[rows.length - 1];
      await table(CHECKPOINTS).where({ id: last.id }).delete();
      const before = Number(rows[rows.length - 2].tree_size);
      expect(await found()).toMatchObject([{ code: 'unsigned', leafIndex: before }]);
      await table(CHECKPOINTS).insert(last);
    });

    it('finds that the log was cut back with all its hashes and checkpoints, by the key store', async () => {
      const rows = (await table(CHECKPOINTS).orderBy('tree_size')) as Row[];
      const [before, last] = rows.slice(-2);
      await table(CHECKPOINTS).where({ id: last.id }).delete();
      await tampered(STATE, { id: 1 }, { tree_size: before.tree_size }, async () => {
        const findings = (await log.verify()).findings;
        expect(findings.find(({ code }) => code === 'cut-off')).toMatchObject({
          leafIndex: Number(before.tree_size),
          lastLeafIndex: Number(last.tree_size) - 1,
        });
        expect(findings.map(({ message }) => message).join()).toContain('the key store');
      });
      await table(CHECKPOINTS).insert(last);
    });

    it('finds entries that are missing as if they were pruned', async () => {
      await tampered(STATE, { id: 1 }, { pruned_below: 256 }, async () => {
        expect(await found()).toMatchObject([{ code: 'pruning', leafIndex: 0 }]);
      });
    });
  });

  describe('exported', () => {
    const run = promisify(execFile);
    let whole: string;
    let copies = 0;

    /** Runs the script that lies in an export, with nothing around it. */
    const verify = (directory: string, ...words: string[]) => runNode(directory, [], ...words);
    const runNode = async (directory: string, flags: string[], ...words: string[]) => {
      const call = [...flags, path.join(directory, 'verify.mjs'), ...words];
      const options = { cwd: app.dir, env: {} };
      try {
        const { stdout } = await run(process.execPath, call, options);
        return { code: 0, text: stdout };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, text: stdout + stderr };
      }
    };
    const damaged = (damage: (at: (name: string) => string) => void) => {
      const directory = path.join(app.dir, `copy-${++copies}`);
      cpSync(whole, directory, { recursive: true });
      damage((name) => path.join(directory, name));
      return directory;
    };
    const entriesIn = (file: string, change: (entries: Buffer[]) => Buffer[]) =>
      writeFileSync(file, entryBundle(change(entriesOf(readFileSync(file)))));
    const idOf = (entry: Buffer): string => JSON.parse(entry.toString()).id;

    beforeAll(async () => {
      await log.changeKey();
      await append(1);
      ({ treeSize: size } = await log.sequence());
      whole = path.join(app.dir, 'export');
      expect(await log.exportBundle({ directory: whole })).toMatchObject({ size, entries: size });
    });

    it('is verified by the script in it, without anything else', async () => {
      const { code, text } = await verify(whole);
      expect(text).toContain('Everything is as it was signed.');
      expect(text).toContain(`${size} leaves, ${size} entries`);
      expect(code).toBe(0);
      const json = await verify(whole, whole, '--json');
      expect(JSON.parse(json.text)).toMatchObject({ ok: true, size, findings: [] });
    });

    it('is verified by a Node.js without the one-shot hash too', async () => {
      const older = path.join(app.dir, 'older-node.cjs');
      writeFileSync(older, "require('node:crypto').hash = undefined;");
      expect(await runNode(whole, ['--require', older])).toMatchObject({
        code: 0,
        text: expect.stringContaining('Everything is as it was signed.'),
      });
    });

    it('holds canonical JSON, the same on both databases, and nothing of the database', async () => {
      const [first] = entriesOf(readFileSync(path.join(whole, 'tile/entries/000')));
      const entry = JSON.parse(first.toString());
      const sorted = (value: unknown): unknown =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([name, member]) => [name, sorted(member)])
            )
          : value;
      expect(first.toString()).toBe(JSON.stringify(sorted(entry)));
      expect(entry).toMatchObject({ v: 1, id: expect.stringMatching(/^[0-9a-f]{24}$/) });
    });

    it('names what was altered, removed, inserted, exchanged and cut off', async () => {
      const entries = entriesOf(readFileSync(path.join(whole, 'tile/entries/001')));
      const [id, other] = [idOf(entries[10]), idOf(entries[11])];
      const text = entries[10].toString();
      for (const [name, change, words] of [
        [
          'altered',
          (all: Buffer[]) =>
            all.map((e, i) => (i === 10 ? Buffer.from(text.replace('done', 'gone')) : e)),
          [`ALTERED: Entry ${id} (leaf 266)`],
        ],
        [
          'removed',
          (all: Buffer[]) => all.filter((_, i) => i !== 10),
          ['REMOVED: The entry of leaf 266'],
        ],
        [
          'inserted',
          (all: Buffer[]) => [
            ...all.slice(0, 10),
            Buffer.from(text.replace(id, 'f'.repeat(24))),
            ...all.slice(10),
          ],
          [`INSERTED: Entry ${'f'.repeat(24)}`],
        ],
        [
          'exchanged',
          (all: Buffer[]) => all.map((e, i) => (i === 10 ? all[11] : i === 11 ? all[10] : e)),
          ['REORDERED: Entry ', '(leaf 26', 'stands in the place of leaf 26'],
        ],
      ] as const) {
        const directory = damaged((at) => entriesIn(at('tile/entries/001'), change));
        const result = await verify(directory);
        expect([name, result.code]).toEqual([name, 1]);
        for (const word of words) expect(result.text).toContain(word);
      }
      expect(other).not.toBe(id);
      const last = Math.floor(size / 256);
      const file = `tile/entries/${String(last).padStart(3, '0')}.p/${size % 256}`;
      const short = damaged((at) => entriesIn(at(file), (all) => all.slice(0, -1)));
      expect(await verify(short)).toMatchObject({
        code: 1,
        text: expect.stringContaining(`CUT-OFF: The entry of leaf ${size - 1}`),
      });
    });

    it('is told from one that was cut back or written anew, by an older export', async () => {
      const older = path.join(app.dir, 'older');
      await log.exportBundle({ directory: older });
      await append(1);
      await log.sequence();
      const newer = path.join(app.dir, 'newer');
      await log.exportBundle({ directory: newer });
      expect((await verify(newer, newer, '--witness', older)).code).toBe(0);
      const { code, text } = await verify(older, older, '--witness', newer);
      expect(code).toBe(1);
      expect(text).toContain('CUT-OFF: The log was cut off at its end');
    });

    it('trusts a key that one brings rather than the keys in it', async () => {
      const [key, second] = readFileSync(path.join(whole, 'keys'), 'utf8').trim().split('\n');
      expect((await verify(whole, '--key', key, '--key', second)).code).toBe(0);
      const foreign = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
      expect(await verify(whole, '--key', foreign)).toMatchObject({
        code: 1,
        text: expect.stringContaining('None of the known keys has signed'),
      });
    });

    it('says what it cannot read, and how it is called', async () => {
      const nothing = damaged((at) => {
        rmSync(at('checkpoint'));
        rmSync(at('checkpoints'), { recursive: true });
      });
      expect(await verify(nothing)).toMatchObject({
        code: 2,
        text: expect.stringContaining('holds no checkpoint'),
      });
      expect((await verify(whole, '--nonsense')).code).toBe(2);
      expect((await verify(whole, '--key', 'x')).code).toBe(2);
      expect(await verify(whole, '--help')).toMatchObject({
        code: 0,
        text: expect.stringContaining('node verify.mjs'),
      });
    });

    it('may hold the entries of a time alone', async () => {
      const directory = path.join(app.dir, 'part');
      await log.exportBundle({ directory, from: new Date(0), to: new Date() });
      expect((await verify(directory)).text).toContain('Everything is as it was signed.');
      await expect(
        log.exportBundle({ directory: `${directory}-2`, to: new Date(0) })
      ).rejects.toThrow('No entry');
      expect(existsSync(path.join(directory, 'range'))).toBe(true);
    });
  });
});
