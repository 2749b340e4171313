import { canonicalEntry } from '../../src/plugins/customer-governance/server/src/audit/encoding';
import { verifyEntry } from '../../src/plugins/customer-governance/admin/src/pages/Audit/verifyEntry';
import { groupOf } from '../../src/plugins/customer-governance/server/src/explorer/groups';
import { leafHash } from '../../src/plugins/customer-governance/server/src/transparency/tree/hashes';
import { verifyInclusion } from '../../src/plugins/customer-governance/server/src/transparency/tree/proofs';
import { bootApp, type BootedApp } from '../support/app';
import { CONTACT, createCaller, createCompany, type Company } from '../support/company';

const PATH = '/customer-governance/audit-entries';
const TABLE = 'governance_audit_entries';
const START = Date.UTC(2026, 2, 2, 0, 0, 0);
const HOUR = 3_600_000;

interface Item {
  id: number;
  documentId: string;
  at: string;
  actor: { kind: string; id: string; name: string | null };
  onBehalfOf: { name: string | null } | null;
  action: string;
  outcome: string;
  recordIds: string[] | null;
  purpose: string | null;
  requestId: string | null;
  channel: string;
  address: string | null;
  correlationId: string | null;
  leafIndex: number | null;
  covered: boolean;
}
type Query = Record<string, string | number | boolean | undefined>;

/** The same numbers each time: which entries there are must not depend on the day. */
function dice(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const ACTIONS = ['record.view', 'record.reveal', 'record.update', 'grant.create', 'access.refused'];
const ACTORS = [
  ['admin', '1'],
  ['admin', '2'],
  ['user', '1'],
  ['system', 'retention'],
];
const PURPOSES = [null, null, 'contract-performance', 'marketing'];
const CHANNELS = ['panel', 'content-manager', 'api'];

describe('the explorer of the audit log', () => {
  let app: BootedApp;
  let company: Company;
  let auditor: Awaited<ReturnType<typeof createCaller>>;
  let log: { sequence(): Promise<{ treeSize: number }> };

  const search = (query: Query) =>
    new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)] as [string, string]]
      )
    ).toString();
  const get = async (query: Query, path = '') => {
    const answer = await auditor.get(`${PATH}${path}?${search(query)}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as unknown as { items: Item[]; nextCursor: string | null };
  };
  const all = async (query: Query, between?: () => Promise<void>): Promise<Item[]> => {
    const items: Item[] = [];
    let cursor: string | undefined;
    do {
      const page = await get({ limit: 37, ...query, cursor });
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
      await between?.();
    } while (cursor);
    return items;
  };
  const database = () => app.strapi.db.connection;
  const moment = (at: number) => (app.database === 'postgres' ? new Date(at) : at);

  /** Writes entries past `append`, which takes the time of the clock. */
  const write = async (count: number, seed: number, over: object = {}) => {
    const roll = dice(seed);
    const rows = Array.from({ length: count }, (_, index) => {
      const [actor_kind, actor_id] = ACTORS[roll(ACTORS.length)];
      const records = Array.from({ length: roll(4) }, () => `record${roll(12)}`);
      // Not in the order of the ids, and many in one instant.
      const at = START + Math.floor(index / 3) * 60_000 + (roll(11) - 5) * 60_000;
      return {
        document_id: `e${seed}n${index}`,
        at: moment(at),
        actor_kind,
        actor_id,
        action: ACTIONS[roll(ACTIONS.length)],
        outcome: roll(10) === 0 ? 'refused' : 'done',
        record_type: 'plugin::customer-governance.customer',
        record_ids: JSON.stringify([...new Set(records)]),
        attributes: '[]',
        purpose: PURPOSES[roll(PURPOSES.length)],
        channel: CHANNELS[roll(CHANNELS.length)],
        correlation_id: 'test',
        details: '{}',
        ...over,
      };
    });
    for (let from = 0; from < rows.length; from += 200) {
      await database()(TABLE).insert(rows.slice(from, from + 200));
    }
  };

  beforeAll(async () => {
    app = await bootApp({ policy: { audit: { sequence: { seconds: 3600 } } } });
    company = await createCompany(app);
    auditor = await createCaller(app, 'explorer', [
      { action: 'plugin::customer-governance.audit.read' },
      { action: 'plugin::customer-governance.audit.verify' },
      { action: 'plugin::customer-governance.audit.export' },
    ]);
    log = app.strapi.plugin('customer-governance').service('transparency');
    await write(900, 1);
    await log.sequence();
    // These wait for their place in the tree.
    await write(60, 2);
  });
  afterAll(() => app.close());

  const newestFirst = (a: Item, b: Item) => Date.parse(b.at) - Date.parse(a.at) || b.id - a.id;

  describe('filters', () => {
    let everything: Item[];
    beforeAll(async () => {
      everything = await all({});
    });

    it('shows every entry once, newest first', async () => {
      const [{ n }] = await database()(TABLE).count({ n: '*' });
      expect(everything).toHaveLength(Number(n));
      expect(new Set(everything.map(({ id }) => id)).size).toBe(everything.length);
      expect([...everything].sort(newestFirst)).toEqual(everything);
      expect((await all({ order: 'oldest' })).map(({ id }) => id)).toEqual(
        everything.map(({ id }) => id).reverse()
      );
    });

    const edge = new Date(START + 2 * HOUR).toISOString();
    const end = new Date(START + 3 * HOUR).toISOString();
    const single: Array<[Query, (item: Item) => boolean]> = [
      [{ actor: 'admin:1' }, ({ actor }) => actor.kind === 'admin' && actor.id === '1'],
      [{ actor: 'user:1' }, ({ actor }) => actor.kind === 'user' && actor.id === '1'],
      [{ actor: 'system:retention' }, ({ actor }) => actor.id === 'retention'],
      [{ recordId: 'record1' }, ({ recordIds }) => recordIds?.includes('record1') ?? false],
      [{ action: 'record.reveal' }, ({ action }) => action === 'record.reveal'],
      [{ group: 'reading' }, ({ action }) => groupOf(action) === 'reading'],
      [{ purpose: 'marketing' }, ({ purpose }) => purpose === 'marketing'],
      [{ outcome: 'refused' }, ({ outcome }) => outcome === 'refused'],
      [{ outcome: 'done' }, ({ outcome }) => outcome === 'done'],
      [{ channel: 'api' }, ({ channel }) => channel === 'api'],
      [{ from: edge, to: end }, ({ at }) => at >= edge && at <= end],
      [{ from: edge, to: edge }, ({ at }) => at === edge],
    ];

    it.each(single)('%j', async (query, matches) => {
      const expected = everything.filter(matches).map(({ id }) => id);
      expect(expected.length).toBeGreaterThan(0);
      expect((await all(query)).map(({ id }) => id)).toEqual(expected);
      expect((await all({ ...query, order: 'oldest' })).map(({ id }) => id)).toEqual(
        expected.reverse()
      );
    });

    it('any two together', async () => {
      for (const [a, first] of single) {
        for (const [b, second] of single) {
          const names = new Set([...Object.keys(a), ...Object.keys(b)]);
          if (names.size < Object.keys(a).length + Object.keys(b).length) continue;
          const expected = everything.filter((item) => first(item) && second(item));
          const found = await all({ ...a, ...b, limit: 100 });
          expect([a, b, found.map(({ id }) => id)]).toEqual([a, b, expected.map(({ id }) => id)]);
        }
      }
    });

    it('all at once', async () => {
      const query = {
        actor: 'admin:2',
        recordId: 'record3',
        group: 'reading',
        outcome: 'done',
        channel: 'panel',
        from: new Date(START).toISOString(),
      };
      const expected = everything.filter(
        (item) =>
          item.actor.kind === 'admin' &&
          item.actor.id === '2' &&
          item.recordIds?.includes('record3') &&
          groupOf(item.action) === 'reading' &&
          item.outcome === 'done' &&
          item.channel === 'panel' &&
          item.at >= query.from
      );
      expect(expected.length).toBeGreaterThan(0);
      expect(await all(query)).toEqual(expected);
    });

    it('an action outside the chosen group finds nothing', async () => {
      expect(await all({ group: 'reading', action: 'record.update' })).toEqual([]);
    });

    it('a record whose id is a part of another is not that other', async () => {
      expect(await all({ recordId: 'record' })).toEqual([]);
      expect(await all({ recordId: 'record_' })).toEqual([]);
    });

    it('says what is in the tree and what waits', () => {
      const waiting = everything.filter(({ documentId }) => documentId.startsWith('e2n'));
      expect(waiting.every(({ leafIndex, covered }) => leafIndex === null && !covered)).toBe(true);
      const placed = everything.filter(({ documentId }) => documentId.startsWith('e1n'));
      expect(placed.every(({ leafIndex, covered }) => leafIndex !== null && covered)).toBe(true);
    });
  });

  it('shows no entry twice and misses none that was there, while others are written', async () => {
    const before = await all({ recordId: 'record5' });
    let round = 10;
    const seen = await all({ recordId: 'record5' }, async () => {
      await write(5, round++, { record_ids: '["record5"]', at: moment(Date.now()) });
      if (round % 2 === 0) await log.sequence();
    });
    expect(seen.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const oldest = await all({ recordId: 'record5', order: 'oldest' });
    expect(new Set(oldest.map(({ id }) => id)).size).toBe(oldest.length);
    expect(oldest.length).toBeGreaterThan(before.length);
  });

  it('finds people by name, with all their accounts', async () => {
    const { items } = (await get({ q: 'RE' }, '/actors')) as unknown as {
      items: Array<{ value: string; name: string; department: string | null }>;
    };
    const rep = items.find(({ name }) => name === 'rep');
    expect(rep).toMatchObject({ department: 'Sales East' });
    const { customer } = company;
    const { documentId } = await customer(company.rep);
    await company.rep.post('/customer-governance/reveal', {
      type: 'plugin::customer-governance.customer',
      documentIds: [documentId],
      attributes: ['name'],
      purpose: 'contract-performance',
    });
    const mine = await all({ actor: rep?.value });
    expect(mine.length).toBeGreaterThan(0);
    expect(new Set(mine.map(({ actor }) => actor.name))).toEqual(new Set(['rep']));
    // An account without a staff profile.
    const loose = (await get({ q: 'explorer test' }, '/actors')) as unknown as typeof items;
    expect((loose as unknown as { items: unknown }).items).toEqual([
      { value: `admin:${auditor.userId}`, name: 'explorer Test', department: null, kind: 'admin' },
    ]);
    expect(await all({ actor: 'staff:nobody' })).toEqual([]);
    const named = async (value: string) =>
      (await get({ value }, '/actors')) as unknown as { items: Array<{ name: string | null }> };
    expect((await named(String(rep?.value))).items[0].name).toBe('rep');
    expect((await named(`admin:${company.rep.userId}`)).items[0].name).toBe('rep');
    expect((await named('admin:999')).items[0].name).toBeNull();
  });

  it('tells the whole history of a customer', async () => {
    const customer = await company.customer(company.rep);
    const contact = await app.strapi.db.query(CONTACT).create({
      data: { name: '李小红', customer: customer.id, publishedAt: new Date() },
    });
    const consent = await company.consent(customer.id, 'marketing');
    const answer = await company.rep.post('/customer-governance/access-requests', {
      type: 'plugin::customer-governance.customer',
      records: [customer.documentId],
      purpose: 'customer-service',
      attributes: ['email'],
      termDays: 5,
      reason: 'test',
    });
    expect(answer.status).toBe(201);
    const requestId = String((answer.body as { documentId?: string }).documentId);
    await company.rep.post(`/customer-governance/access-requests/${requestId}/withdraw`);
    await write(1, 50, {
      record_ids: JSON.stringify([consent.documentId]),
      action: 'record.update',
    });
    for (const sequenced of [false, true]) {
      if (sequenced) await log.sequence();
      const own = await all({ recordId: customer.documentId });
      const history = await all({ recordId: customer.documentId, related: true });
      const ids = new Set(history.map(({ id }) => id));
      expect(own.every(({ id }) => ids.has(id))).toBe(true);
      const named = history.flatMap(({ recordIds }) => recordIds ?? []);
      expect(named).toContain(contact.documentId);
      expect(named).toContain(consent.documentId);
      expect([...history].sort(newestFirst)).toEqual(history);
      // The decision names the request alone; which records that has, the index knows once it is in the tree.
      if (sequenced) expect(history.map(({ action }) => action)).toContain('request.withdraw');
    }
  });

  it("tells a person's day by the hours of the policy's time zone", async () => {
    // 2026-03-05 00:30 to 23:30 in Shanghai.
    const midnight = Date.UTC(2026, 2, 4, 16, 0, 0);
    const at = (hours: number) => ({
      at: moment(midnight + hours * HOUR),
      actor_kind: 'admin',
      actor_id: '77',
      outcome: 'done',
      action: 'record.view',
    });
    await write(1, 60, at(-0.001));
    await write(2, 61, at(0));
    await write(3, 62, { ...at(9.5), outcome: 'refused' });
    await write(4, 63, at(23.999));
    await write(1, 64, at(24));
    const day = (await get({ actor: 'admin:77', day: '2026-03-05' }, '/day')) as unknown as {
      from: string;
      to: string;
      timezone: string;
      hours: unknown;
    };
    expect(day.timezone).toBe('Asia/Shanghai');
    expect(day.from).toBe(new Date(midnight).toISOString());
    expect(day.hours).toEqual([
      { hour: 0, groups: { reading: 2 }, refused: 0 },
      { hour: 9, groups: { reading: 3 }, refused: 3 },
      { hour: 23, groups: { reading: 4 }, refused: 0 },
    ]);
    const entries = await all({ actor: 'admin:77', from: day.from, to: day.to });
    expect(entries).toHaveLength(9);
  });

  it('counts what is in the tree for the charts', async () => {
    await log.sequence();
    const figures = (await get(
      { from: '2026-03-01', to: '2026-03-04' },
      '/figures'
    )) as unknown as {
      days: Array<{ day: string; groups: Record<string, number> }>;
      heat: number[][];
      actors: Array<{ actor: { id: string }; entries: number }>;
      refusedActors: Array<{ entries: number }>;
      refusals: Array<{ action: string; entries: number }>;
    };
    const from = new Date(Date.UTC(2026, 1, 28, 16)).toISOString();
    const to = new Date(Date.UTC(2026, 2, 4, 16) - 1).toISOString();
    const entries = await all({ from, to, limit: 100 });
    expect(figures.days.map(({ day }) => day)).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
    ]);
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum(figures.days.flatMap(({ groups }) => Object.values(groups)))).toBe(entries.length);
    expect(sum(figures.heat.flat())).toBe(entries.length);
    // Monday the 2nd, nine in the morning in Shanghai.
    const nine = entries.filter(
      ({ at }) => Date.parse(at) >= START + HOUR && Date.parse(at) < START + 2 * HOUR
    );
    expect(figures.heat[0][9]).toBe(nine.length);
    const refused = entries.filter(({ outcome }) => outcome === 'refused');
    expect(sum(figures.refusals.map((row) => row.entries))).toBe(refused.length);
    expect(sum(figures.refusedActors.map((row) => row.entries))).toBe(refused.length);
    expect(sum(figures.actors.map((row) => row.entries))).toBe(entries.length);
  });

  describe('exports', () => {
    const download = async (query: Query) => {
      const answer = await auditor.get(`${PATH}/export?${search(query)}`);
      expect(answer.status).toBe(200);
      return answer.text;
    };

    it('has the same entries as the pages, in canonical form, and is logged itself', async () => {
      const query = { actor: 'admin:1', group: 'reading' };
      const pages = await all({ ...query, order: 'oldest' });
      const lines = (await download({ ...query, format: 'ndjson' })).trimEnd().split('\n');
      const rows = await database()(TABLE).whereIn(
        'id',
        pages.map(({ id }) => id)
      );
      const canonical = new Map(rows.map((row) => [row.id, canonicalEntry(row)]));
      expect(lines).toEqual(pages.map(({ id }) => canonical.get(id)));
      const [logged] = await all({ action: 'log.export' });
      expect(logged).toMatchObject({
        actor: { kind: 'admin', id: String(auditor.userId) },
        details: { format: 'ndjson', count: pages.length, filters: 'actor/group' },
      });
    });

    it('goes on over many pages of its own', async () => {
      await write(2300, 70, { purpose: 'bulk', at: moment(START) });
      const text = await download({ purpose: 'bulk', format: 'ndjson' });
      const ids = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id as string);
      expect(new Set(ids).size).toBe(2300);
      expect(ids).toHaveLength(2300);
    });

    it('writes CSV that Excel reads, and that runs no formulas', async () => {
      await write(1, 80, {
        purpose: 'formula',
        correlation_id: '=HYPERLINK("http://x.example")',
        attributes: '["name","mobile"]',
      });
      const text = await download({ purpose: 'formula', format: 'csv' });
      expect(text.startsWith('\uFEFFleafIndex,id,at,')).toBe(true);
      expect(text).toContain(`"'=HYPERLINK(""http://x.example"")"`);
      expect(text).toContain(',name mobile,');
      expect(text.trimEnd().split('\r\n')).toHaveLength(2);
    });

    it('of nothing is a file without entries', async () => {
      expect(await download({ purpose: 'no-such', format: 'ndjson' })).toBe('');
      const csv = await download({ purpose: 'no-such', format: 'csv' });
      expect(csv.trimEnd().split('\r\n')).toHaveLength(1);
    });

    it('names the record of which it was the history', async () => {
      await download({ recordId: 'record7', related: true, format: 'csv' });
      const [logged] = await all({ recordId: 'record7', action: 'log.export' });
      expect(logged.recordIds).toEqual(['record7']);
      // Of a record that the log does not know, no name gets into it.
      await download({ recordId: 'unheard-of', format: 'csv' });
      expect(await all({ recordId: 'unheard-of' })).toEqual([]);
    });
  });

  it('hands out what proves that an entry is in the tree', async () => {
    const { treeSize } = await log.sequence();
    const [entry] = await all({ purpose: 'marketing' });
    const proof = (await get({}, `/${entry.documentId}/proof`)) as unknown as {
      canonical: string;
      leafIndex: number;
      proof: string[];
      checkpoint: { treeSize: number; rootHash: string };
    };
    expect(proof.checkpoint.treeSize).toBe(treeSize);
    const bytes = (text: string) => Buffer.from(text, 'base64');
    const verified = (canonical: string) =>
      verifyInclusion(
        leafHash(canonical),
        proof.leafIndex,
        treeSize,
        proof.proof.map(bytes),
        bytes(proof.checkpoint.rootHash)
      );
    expect(verified(proof.canonical)).toBe(true);
    expect(verified(proof.canonical.replace('marketing', 'marketinG'))).toBe(false);
    // What the panel reckons in the browser comes to the same.
    const shown = entry as never;
    const verdict = (over: object, of = shown) => verifyEntry(of, { ...proof, ...over } as never);
    expect(await verdict({})).toBe('verified');
    const altered = proof.canonical.replace('"v":1', '"v":2');
    expect(await verdict({ canonical: altered })).toBe('not-in-tree');
    expect(await verdict({ leafIndex: proof.leafIndex + 1 })).toBe('not-in-tree');
    expect(await verdict({ proof: proof.proof.slice(1) })).toBe('not-in-tree');
    expect(await verdict({}, { ...entry, action: 'record.delete' } as never)).toBe('other-content');
    expect(await verdict({ proof: null })).toBe('waiting');
    for (const other of (await all({ limit: 100 })).filter((_, index) => index % 150 === 0)) {
      const answer = await get({}, `/${other.documentId}/proof`);
      expect(await verifyEntry(other as never, answer as never)).toBe('verified');
    }
    await write(1, 90);
    const waiting = (await get({}, '/e90n0/proof')) as unknown as { proof: null; leafIndex: null };
    expect(waiting).toMatchObject({ proof: null, leafIndex: null });
    expect((await auditor.get(`${PATH}/nothing/proof`)).status).toBe(404);
  });

  it('tells the state of the verification at a glance', async () => {
    const state = (await get({}, '/state')) as unknown as Record<string, unknown>;
    expect(state).toMatchObject({ pending: 1, halted: null, prunedBelow: 0 });
    expect(state.checkpoint).toMatchObject({ treeSize: state.treeSize });
    expect(state.keyId).toMatch(/^[0-9a-f]{8}$/);
    await log.sequence();
    expect(await get({}, '/state')).toMatchObject({ pending: 0, oldestPendingAt: null });
  });

  it('is for those who hold its permissions', async () => {
    const reads = await createCaller(app, 'reads', [
      { action: 'plugin::customer-governance.audit.read' },
    ]);
    for (const path of ['/export?format=csv', '/state', '/e1n1/proof']) {
      expect((await reads.get(PATH + path)).status).toBe(403);
    }
    const other = await createCaller(app, 'other', []);
    for (const path of ['', '/actors?q=a', '/figures?from=2026-03-01&to=2026-03-02', '/day']) {
      expect((await other.get(PATH + path)).status).toBe(403);
      expect((await app.request.get(PATH + path)).status).toBe(401);
    }
  });

  it('refuses what it does not know, and says what', async () => {
    const refused = async (path: string) => {
      const { status, text } = await auditor.get(PATH + path);
      return [status, text.includes('ISOWEIRD')];
    };
    for (const path of [
      '?cursor=5',
      '?actor=7',
      '?actor=robot:7',
      '?group=ISOWEIRD',
      '?from=ISOWEIRD',
      '?related=true',
      '?colour=red',
      '/figures?from=2026-02-30&to=2026-03-01',
      '/figures?from=2026-03-02&to=2026-03-01',
      '/figures?from=2020-01-01&to=2026-03-01',
      '/day?actor=admin:1&day=ISOWEIRD',
      '/actors?q=',
      '/export?format=xlsx',
      `/${encodeURIComponent("a'b")}/proof`,
    ]) {
      expect([path, ...(await refused(path))]).toEqual([path, 400, false]);
    }
  });
});
