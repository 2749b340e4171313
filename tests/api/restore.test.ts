import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { bootApp, type BootedApp, type BootOptions } from '../support/app';
import { ATTACHMENT, pdf, storedFiles } from '../support/attachments';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { HOLD } from '../support/retention';
import { createStores, PARTS, type Part, type Stores } from '../support/stores';

const KEPT = '欧阳晓晨';
const GONE = '司马文远';
const REPEAT = 'destruction.repeat';

interface Vault {
  unseal(
    uid: string,
    ids: string[],
    attributes: string[]
  ): Promise<Map<string, Record<string, string>>>;
  destroyKeys(records: Map<string, string[]>, order: string, now: Date): Promise<void>;
  isShut(): boolean;
}
interface Attachments {
  upload(asked: { customer: string; kind: string }, content: Readable): Promise<string>;
  remove(documentId: string, reason: string): Promise<void>;
}
interface Log {
  sequence(): Promise<{ treeSize: number }>;
  deliver(): Promise<number>;
  recall(): Promise<boolean>;
  recalled(): { checked: boolean; failure: string | null; recalled: number };
  verify(): Promise<{ total: number }>;
  state(): Promise<{ checkpoint: { note: string } }>;
}

/** Which part comes from which day: `old` is the backup, `today` what there was at last, `ended` the same an epoch later. */
type Day = 'old' | 'today' | 'ended';

describe('what a restore can bring back', () => {
  let stores: Stores;
  let dir: string;
  let witness: string;
  let copy: string;
  let kept: string;
  let gone: string;
  /** Files of the customer who stays: one that stays, too, and one that was removed by hand; and one of who was destroyed. */
  let files: { kept: string; removed: string; destroyed: string };
  let password: { email: string; company: Company };
  let app: BootedApp | undefined;

  const env = (...use: Array<'witness' | 'copy'>) => ({
    ...(use.includes('witness') ? { GOVERNANCE_WITNESS_DIRECTORY: witness } : {}),
    ...(use.includes('copy') ? { GOVERNANCE_EPOCHS_COPY: copy } : {}),
  });
  const service = <T>(name: string) =>
    (app as BootedApp).strapi.plugin('customer-governance').service(name) as T;
  const boot = async (options: BootOptions = {}) => {
    app = await bootApp({
      home: stores.home,
      logLevel: 'error',
      // Tests say themselves when the log is sequenced.
      policy: { audit: { sequence: { seconds: 3600 } } },
      ...options,
    });
    return app;
  };
  const stop = async () => {
    await app?.close();
    app = undefined;
  };
  /** Files come with the data: what an archive brings back is put beside what there is. */
  const restore = async (days: Record<Part, Day>) => {
    for (const part of PARTS) await stores.put(part, days[part]);
    cpSync(filesOf(days.data), filesOf(), { recursive: true });
  };
  const filesOf = (day?: Day) =>
    path.join(day ? dir : stores.home.dir, day ? `files-${day}` : 'files');
  const take = async (day: Day) => {
    await stores.take(day);
    cpSync(filesOf(), filesOf(day), { recursive: true });
  };
  const asSystem = <T>(work: () => Promise<T>): Promise<T> =>
    service<{ asSystem(name: string, work: () => Promise<T>): Promise<T> }>('actor').asSystem(
      'test',
      work
    );
  const storedIds = () =>
    storedFiles(stores.home)
      .map((file) => path.basename(file))
      .sort();
  const names = async () =>
    new Map(
      [...(await service<Vault>('vault').unseal(CUSTOMER, [kept, gone], ['name']))].map(
        ([id, { name }]) => [id, name]
      )
    );
  const listed = async (): Promise<string[]> => {
    const rows: Array<{ documentId: string }> = await (app as BootedApp).strapi.db
      .query(CUSTOMER)
      .findMany({ where: { documentId: { $in: [kept, gone] } } });
    return rows.map(({ documentId }) => documentId);
  };
  const entries = (action: string) =>
    (app as BootedApp).strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where: { action }, orderBy: { id: 'desc' } });
  const witnessed = (): string[] =>
    (readdirSync(witness, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.json'))
      .map((name) => path.join(witness, name))
      .sort();
  /** What was destroyed or removed is nowhere, the rest is as before, and it was said. */
  const expectDestroyedAgain = async () => {
    expect(await names()).toEqual(new Map([[kept, KEPT]]));
    expect(await listed()).toEqual([kept]);
    const said = (await entries(REPEAT)).map(
      ({ recordType, recordIds }: { recordType: string; recordIds: string[] }) => ({
        [recordType]: recordIds,
      })
    );
    expect(said).toEqual(
      expect.arrayContaining([
        { [CUSTOMER]: [gone] },
        { [ATTACHMENT]: [files.destroyed] },
        { [ATTACHMENT]: [files.removed] },
      ])
    );
    await expectFilesGone();
  };
  const expectFilesGone = async () => {
    expect(storedIds()).toEqual([files.kept]);
    const rows: Array<{ documentId: string; state: string; content: string | null }> = await (
      app as BootedApp
    ).strapi.db
      .query(ATTACHMENT)
      .findMany({ orderBy: 'id' });
    expect(rows.map(({ documentId, state }) => [documentId, state])).toEqual([
      [files.kept, 'stored'],
      [files.removed, 'removed'],
    ]);
    expect(rows[1]?.content).toBeNull();
    const opened = await service<Vault>('vault').unseal(ATTACHMENT, Object.values(files), [
      'content',
    ]);
    expect([...opened.keys()]).toEqual([files.kept]);
  };

  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'governance-restore-'));
    witness = mkdtempSync(path.join(dir, 'witness-'));
    copy = path.join(dir, 'copy', 'epochs.db');
    stores = await createStores();

    await boot({ env: env('witness', 'copy') });
    const company = await createCompany(app as BootedApp);
    password = { email: company.leader.email, company };
    const customer = async (name: string) =>
      (
        await (app as BootedApp).strapi.db
          .query(CUSTOMER)
          .create({ data: { kind: 'person', name, publishedAt: new Date() } })
      ).documentId as string;
    kept = await customer(KEPT);
    gone = await customer(GONE);
    const file = (of: string) =>
      asSystem(() =>
        service<Attachments>('attachments').upload(
          { customer: of, kind: 'contract' },
          Readable.from([pdf('a contract')])
        )
      );
    // Released again before anything is removed: the backup has it as it was that day.
    const held = await (app as BootedApp).strapi.db
      .query(CUSTOMER)
      .findOne({ where: { documentId: kept } });
    const hold = await (app as BootedApp).strapi.db
      .query(HOLD)
      .create({ data: { customer: held.id, reason: 'Court case', publishedAt: new Date() } });
    files = { kept: await file(kept), removed: await file(kept), destroyed: await file(gone) };
    await service<Log>('transparency').sequence();
    await stop();
    await take('old');

    await boot({ env: env('witness', 'copy') });
    expect(await names()).toEqual(
      new Map([
        [kept, KEPT],
        [gone, GONE],
      ])
    );
    await service<Vault>('vault').destroyKeys(
      new Map([[CUSTOMER, [gone]]]),
      'D-2026-1',
      new Date()
    );
    await service<{ repeatDestruction(): Promise<number> }>('retention').repeatDestruction();
    await (app as BootedApp).strapi.db
      .query(HOLD)
      .update({ where: { id: hold.id }, data: { state: 'released' } });
    await asSystem(() => service<Attachments>('attachments').remove(files.removed, 'By mistake'));
    await expectFilesGone();
    await service<Log>('transparency').sequence();
    await service<Log>('transparency').deliver();
    await stop();
    await take('today');

    await boot({ env: env('witness', 'copy') });
    await service<{ end(): Promise<unknown> }>('key-epochs').end();
    await stop();
    await take('ended');
  });
  afterEach(stop);
  afterAll(async () => {
    await stop();
    await stores?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  it('nothing: the data of a backup, with the key store of today', async () => {
    await restore({ data: 'old', keys: 'today', epochs: 'today' });
    await boot();
    await expectDestroyedAgain();
  });

  it('nothing: data and keys of a backup, with a witness that was told', async () => {
    await restore({ data: 'old', keys: 'old', epochs: 'today' });
    await boot({ env: env('witness') });
    await expectDestroyedAgain();
    expect(service<Log>('transparency').recalled()).toMatchObject({ checked: true, recalled: 3 });
    expect((await entries('destruction.recall'))[0].details).toEqual({ count: 3 });
    await stop();
    // And it goes on from there: the next start has nothing to take, and the witness takes what comes.
    await boot({ env: env('witness') });
    expect(service<Log>('transparency').recalled()).toMatchObject({ checked: true, recalled: 0 });
  });

  it('nothing: an old key store alone, with a witness that was told', async () => {
    await restore({ data: 'today', keys: 'old', epochs: 'today' });
    await boot({ env: env('witness') });
    expect(await names()).toEqual(new Map([[kept, KEPT]]));
    expect(await listed()).toEqual([kept]);
    const keys = await service<{
      keyStore(): { dataKeys(type: string, ids: string[]): Promise<unknown[]> };
    }>('vault')
      .keyStore()
      .dataKeys(CUSTOMER, [gone]);
    expect(keys).toEqual([]);
  });

  it('everything of that day: data and keys of a backup within the epoch, without a witness', async () => {
    await restore({ data: 'old', keys: 'old', epochs: 'today' });
    await boot();
    expect(await names()).toEqual(
      new Map([
        [kept, KEPT],
        [gone, GONE],
      ])
    );
  });

  it.each<[string, Record<Part, Day>]>([
    ['data and keys of a backup', { data: 'old', keys: 'old', epochs: 'ended' }],
    ['the key store of a backup alone', { data: 'ended', keys: 'today', epochs: 'ended' }],
  ])('nothing, once the epoch has ended: %s', async (_, days) => {
    await restore(days);
    for (const use of [[], ['witness'], ['copy']] as const) {
      await expect(boot({ env: env(...use) })).rejects.toThrow(/key epoch 1, which has ended/);
    }
    // Nothing was changed by that: with the key store of today it starts.
    await stores.put('keys', 'ended');
    await boot();
    expect(await names()).toEqual(new Map([[kept, KEPT]]));
  });

  it('nothing, when the data of a backup is restored an epoch later', async () => {
    await restore({ data: 'old', keys: 'ended', epochs: 'ended' });
    await boot();
    await expectDestroyedAgain();
  });

  it('nothing is lost with the epoch store, when there is a copy', async () => {
    await restore({ data: 'ended', keys: 'ended', epochs: 'ended' });
    await stores.lose('epochs');
    await boot({ env: env('copy') });
    expect(await names()).toEqual(new Map([[kept, KEPT]]));
    expect((await entries('vault.epoch-recover'))[0].details).toMatchObject({ epoch: 2 });
    await stop();
    await boot();
    expect(await names()).toEqual(new Map([[kept, KEPT]]));
  });

  it('a lost epoch store without a copy opens nothing, and says so', async () => {
    await restore({ data: 'ended', keys: 'ended', epochs: 'ended' });
    await stores.lose('epochs');
    await expect(boot()).rejects.toThrow(/does not hold the secret of key epoch 2/);
    await stores.put('epochs', 'ended');
    await boot();
    expect(await names()).toEqual(new Map([[kept, KEPT]]));
  });

  it('a lost root key opens nothing, epoch store or not', async () => {
    await restore({ data: 'ended', keys: 'ended', epochs: 'ended' });
    const other = Buffer.alloc(32, 7).toString('base64');
    await expect(boot({ env: { GOVERNANCE_ROOT_KEY: other } })).rejects.toThrow(
      /does not open under GOVERNANCE_ROOT_KEY/
    );
    await boot();
    expect(await names()).toEqual(new Map([[kept, KEPT]]));
  });

  it('everything, for whoever put all three aside together; a witness that was told still holds', async () => {
    await restore({ data: 'old', keys: 'old', epochs: 'old' });
    await boot();
    expect(await names()).toEqual(
      new Map([
        [kept, KEPT],
        [gone, GONE],
      ])
    );
    await stop();
    await restore({ data: 'old', keys: 'old', epochs: 'old' });
    await boot({ env: env('witness') });
    await expectDestroyedAgain();
  });

  it('nothing, as long as a witness cannot be asked: no value is opened, and then it is destroyed again', async () => {
    await restore({ data: 'old', keys: 'old', epochs: 'today' });
    const away = `${witness}-away`;
    const gate = path.join(witness, 'tombstones');
    cpSync(witness, away, { recursive: true });
    rmSync(gate, { recursive: true });
    writeFileSync(gate, 'a file, where a folder was');
    try {
      await boot({ env: env('witness') });
      expect(service<Log>('transparency').recalled()).toMatchObject({
        checked: false,
        failure: 'directory-ENOTDIR',
      });
      expect(service<Vault>('vault').isShut()).toBe(true);
      const { signIn } = await import('../support/company');
      const leader = await signIn(app as BootedApp, password.email);
      const answer = await leader.post('/customer-governance/reveal', {
        type: CUSTOMER,
        documentIds: [kept],
        attributes: ['name'],
        purpose: 'customer-service',
      });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('No protected value is opened at the moment');
    } finally {
      rmSync(gate);
      cpSync(path.join(away, 'tombstones'), gate, { recursive: true });
    }
    expect(await service<Log>('transparency').recall()).toBe(true);
    expect(service<Vault>('vault').isShut()).toBe(false);
    await expectDestroyedAgain();
  });

  it('nothing is destroyed because a witness says so that does not know this installation', async () => {
    await restore({ data: 'old', keys: 'old', epochs: 'today' });
    const [file] = witnessed();
    const own = readFileSync(String(file), 'utf8');
    const { body, mac } = JSON.parse(own) as { body: string; mac: string };
    const forged = JSON.stringify({ body: body.replace(gone, kept), mac });
    writeFileSync(String(file), forged);
    try {
      await boot({ env: env('witness') });
      expect(service<Log>('transparency').recalled()).toMatchObject({
        checked: false,
        failure: 'witness-differs',
      });
      expect((await names()).get(kept)).toBe(KEPT);
    } finally {
      writeFileSync(String(file), own);
    }
  });

  it('the signed log commits to what the witness keeps of destructions, and verifies with it', async () => {
    await restore({ data: 'today', keys: 'today', epochs: 'today' });
    await boot({ env: env('witness') });
    const files = witnessed();
    expect(files).toHaveLength(1);
    const content = readFileSync(String(files[0]), 'utf8');
    const digest = createHash('sha256').update(content).digest('base64');
    const { checkpoint } = await service<Log>('transparency').state();
    expect(checkpoint.note.split('\n')).toContain(`tombstones 1 ${digest}`);
    expect(content).toContain(gone);
    expect(content).not.toContain(GONE);
    await service<Log>('transparency').sequence();
    await service<Log>('transparency').deliver();
    expect((await service<Log>('transparency').verify()).total).toBe(0);
  });
});
