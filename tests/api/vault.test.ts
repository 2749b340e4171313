import fs from 'node:fs';
import path from 'node:path';
import { bootApp, type BootedApp } from '../support/app';
import { createHome } from '../support/home';
import { refusalOf } from '../support/refusal';

const LEAD = 'api::lead.lead';

type Upkeep = {
  rotate(progress: () => void): Promise<{ keyId: number; rewrapped: number }>;
  adopt(uid: string, progress: () => void): Promise<{ sealed: number; refused: unknown[] }>;
  check(): Promise<Array<{ documentId: string; attribute: string; reason: string }>>;
  sweepOrphans(now?: Date): Promise<number>;
};
type Vault = {
  unseal(
    uid: string,
    ids: string[],
    attributes: string[]
  ): Promise<Map<string, Record<string, string>>>;
  lookup(uid: string, attribute: string, value: string, transform?: string): Promise<string[]>;
  keyStore(): { countDataKeys(): Promise<number> };
  records: { existing(uid: string, ids: string[]): Promise<Set<string>> };
};

const nothing = () => undefined;

describe('the vault in the running application', () => {
  let app: BootedApp;
  const plugin = () => app.strapi.plugin('customer-governance');
  const vault = () => plugin().service('vault') as Vault;
  const upkeep = () => plugin().service('vault-upkeep') as Upkeep;
  const query = () => app.strapi.db.query(LEAD);

  beforeAll(async () => {
    // No transactions in the background: the orphan sweep leaves keys that are younger than the oldest one that runs.
    app = await bootApp({ policy: { audit: { sequence: { seconds: 3600, rows: 100_000 } } } });
  });
  afterAll(() => app.close());

  it('stores the mask, whichever way the record came in', async () => {
    const data = { topic: 'Fair', name: '欧阳小红', mobile: '１３８００１３８０００' };
    const byDocuments = await app.strapi.documents(LEAD).create({ data });
    const byQuery = await query().create({ data });
    await query().createMany({ data: [data, data] });
    const rows = await query().findMany({ where: { topic: 'Fair' } });
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatchObject({ name: '欧阳**', mobile: '138****8000' });
    const opened = await vault().unseal(
      LEAD,
      rows.map((r) => r.documentId),
      ['name', 'mobile']
    );
    expect(opened.size).toBe(4);
    expect(opened.get(byDocuments.documentId)).toEqual({ name: '欧阳小红', mobile: '13800138000' });
    expect(opened.get(byQuery.documentId)).toEqual({ name: '欧阳小红', mobile: '13800138000' });
  });

  it('seals a thousand records in one call', async () => {
    const data = Array.from({ length: 1000 }, (_, index) => ({
      topic: 'Many',
      name: '王小明',
      mobile: String(13_000_000_000 + index),
    }));
    await query().createMany({ data });
    expect(await vault().lookup(LEAD, 'mobile', '13000000999')).toHaveLength(1);
    expect(await query().count({ where: { topic: 'Many', mobile: '130****0999' } })).toBe(1);
  });

  it('leaves the object that it was given as it was', async () => {
    const data = { topic: 'Reuse', mobile: '13800138001' };
    await query().create({ data });
    expect(data.mobile).toBe('13800138001');
  });

  it('finds by exact value and by the last four digits, and nothing by another value', async () => {
    const lead = await query().create({ data: { topic: 'Look-up', mobile: '13912345678' } });
    expect(await vault().lookup(LEAD, 'mobile', '139 1234 5678')).toEqual([lead.documentId]);
    expect(await vault().lookup(LEAD, 'mobile', '5678', 'last4')).toContain(lead.documentId);
    expect(await vault().lookup(LEAD, 'mobile', '13912345679')).toEqual([]);
    await query().update({ where: { id: lead.id }, data: { mobile: '13912345679' } });
    expect(await vault().lookup(LEAD, 'mobile', '13912345678')).toEqual([]);
    expect(await vault().lookup(LEAD, 'mobile', '13912345679')).toEqual([lead.documentId]);
  });

  it('takes the stored mask for unchanged, and refuses any other mask', async () => {
    const lead = await query().create({ data: { topic: 'Mask', mobile: '13811112222' } });
    await query().update({
      where: { id: lead.id },
      data: { mobile: '138****2222', topic: 'Saved' },
    });
    const opened = await vault().unseal(LEAD, [lead.documentId], ['mobile']);
    expect(opened.get(lead.documentId)).toEqual({ mobile: '13811112222' });
    const write = query().update({ where: { id: lead.id }, data: { mobile: '138****3333' } });
    await expect(write).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('keeps both of two edits of one record at once', async () => {
    const lead = await query().create({
      data: { topic: 'Race', name: '张三', mobile: '13800000001' },
    });
    const edit = (data: object) => query().update({ where: { id: lead.id }, data });
    await Promise.all([edit({ name: '李四' }), edit({ mobile: '13800000002' })]);
    const opened = await vault().unseal(LEAD, [lead.documentId], ['name', 'mobile']);
    expect(opened.get(lead.documentId)).toEqual({ name: '李四', mobile: '13800000002' });
    expect(await query().findOne({ where: { id: lead.id } })).toMatchObject({
      name: '李**',
      mobile: '138****0002',
    });
  });

  it('keeps both of two edits of a record that had nothing sealed before', async () => {
    for (let round = 0; round < 5; round += 1) {
      const lead = await query().create({ data: { topic: 'Empty' } });
      const edit = (data: object) => query().update({ where: { id: lead.id }, data });
      await Promise.all([edit({ name: '李四' }), edit({ mobile: '13800000002' })]);
      const opened = await vault().unseal(LEAD, [lead.documentId], ['name', 'mobile']);
      expect(opened.get(lead.documentId)).toEqual({ name: '李四', mobile: '13800000002' });
    }
  });

  it('seals nothing of a record that is deleted while its edit waits', async () => {
    for (let round = 0; round < 5; round += 1) {
      const lead = await query().create({ data: { topic: 'Gone', name: '张三' } });
      await Promise.all([
        query().delete({ where: { id: lead.id } }),
        query().update({ where: { id: lead.id }, data: { mobile: '13800000003' } }),
      ]);
      expect([...(await vault().records.existing(LEAD, [lead.documentId]))]).toEqual([]);
    }
  });

  it('keeps a record and its sealed values together under one documentId', async () => {
    const lead = await query().create({ data: { topic: 'Stays', mobile: '13800000004' } });
    const move = query().update({ where: { id: lead.id }, data: { documentId: 'another' } });
    await expect(move).rejects.toThrow(/documentId/);
  });

  it('refuses bulk updates and deletions, and cloning', async () => {
    const where = { topic: 'Fair' };
    await expect(query().updateMany({ where, data: { topic: 'x' } })).rejects.toThrow(/refused/);
    await expect(query().deleteMany({ where })).rejects.toThrow(/refused/);
    const { documentId } = await query().findOne({ where });
    await expect(
      app.strapi.documents(LEAD).clone({ documentId, data: {} } as never)
    ).rejects.toThrow(/cannot be cloned/);
  });

  it('writes nothing at all when one part of a write fails', async () => {
    const keysBefore = await vault().keyStore().countDataKeys();
    const before = await app.strapi.db.connection('governance_sealed_records').count({ n: '*' });
    const failing = app.strapi.db.transaction(async () => {
      await query().create({ data: { topic: 'Rolled back', mobile: '13800000003' } });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await app.strapi.db.connection('governance_sealed_records').count({ n: '*' })).toEqual(
      before
    );
    expect(await query().count({ where: { topic: 'Rolled back' } })).toBe(0);
    // The key came first and is an orphan now; the sweep leaves it while it is young, and takes it later.
    expect(await vault().keyStore().countDataKeys()).toBe(keysBefore + 1);
    expect(await upkeep().sweepOrphans()).toBe(0);
    const later = new Date(Date.now() + 2 * 60 * 60 * 1000);
    expect(await upkeep().sweepOrphans(later)).toBe(1);
    expect(await vault().keyStore().countDataKeys()).toBe(keysBefore);
  });

  it('destroys key, sealed row and look-up rows with the record', async () => {
    const lead = await query().create({ data: { topic: 'Gone', mobile: '13700001111' } });
    const keys = await vault().keyStore().countDataKeys();
    await query().delete({ where: { id: lead.id } });
    expect(await vault().unseal(LEAD, [lead.documentId], ['mobile'])).toEqual(new Map());
    expect(await vault().lookup(LEAD, 'mobile', '13700001111')).toEqual([]);
    expect(await vault().keyStore().countDataKeys()).toBe(keys - 1);
  });

  it('opens every value after the keys were rotated', async () => {
    const rows = await query().findMany({ where: { mobile: { $notNull: true } } });
    const ids = rows.map((row) => row.documentId);
    const before = await vault().unseal(LEAD, ids, ['mobile']);
    const { keyId, rewrapped } = await upkeep().rotate(nothing);
    expect(keyId).toBe(2);
    expect(rewrapped).toBe(await vault().keyStore().countDataKeys());
    expect(await vault().unseal(LEAD, ids, ['mobile'])).toEqual(before);
  });

  it('sweeps no key of a record that a long transaction has still to commit', async () => {
    const hour = 60 * 60 * 1000;
    let commit = () => {};
    const held = new Promise<void>((resolve) => (commit = resolve));
    let written: (lead: { documentId: string }) => void = () => {};
    const begun = new Promise<{ documentId: string }>((resolve) => (written = resolve));
    const importing = app.strapi.db.transaction(async () => {
      written(await query().create({ data: { topic: 'Import', name: '张三' } }));
      await held;
    });
    const { documentId } = await begun;
    const sweep = upkeep().sweepOrphans(new Date(Date.now() + 2 * hour));
    // On SQLite the sweep waits for the one connection.
    await Promise.race([sweep, new Promise((resolve) => setTimeout(resolve, 500))]);
    commit();
    await Promise.all([importing, sweep]);
    const opened = await vault().unseal(LEAD, [documentId], ['name']);
    expect(opened.get(documentId)).toEqual({ name: '张三' });
  });

  it('finds plaintext that raw SQL put into a protected column, and adopts it', async () => {
    expect(await upkeep().check()).toEqual([]);
    const lead = await query().create({ data: { topic: 'Raw' } });
    const wrong = await query().create({ data: { topic: 'Raw' } });
    const table = () => app.strapi.db.connection('leads');
    await table().where({ id: lead.id }).update({ mobile: '13600001111', name: '赵六' });
    await table().where({ id: wrong.id }).update({ mobile: 'not a number' });
    expect(await upkeep().check()).toHaveLength(3);
    const { sealed, refused } = await upkeep().adopt(LEAD, nothing);
    expect(sealed).toBe(1);
    expect(refused).toHaveLength(1);
    expect(await query().findOne({ where: { id: lead.id } })).toMatchObject({
      name: '赵**',
      mobile: '136****1111',
    });
    // What is not of its kind is reported and kept, so that nothing is lost.
    expect(await query().findOne({ where: { id: wrong.id } })).toMatchObject({
      mobile: 'not a number',
    });
    expect(await upkeep().check()).toEqual([
      { type: LEAD, documentId: wrong.documentId, attribute: 'mobile', reason: 'plaintext' },
    ]);
    expect((await upkeep().adopt(LEAD, nothing)).sealed).toBe(0);
  });

  it('logs each write without any value', async () => {
    const lead = await query().create({
      data: { topic: 'Logged', name: '钱七', mobile: '13500001111' },
    });
    const entries = await app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ orderBy: { id: 'desc' }, limit: 1 });
    expect(entries[0]).toMatchObject({ action: 'record.create', recordIds: [lead.documentId] });
    expect(JSON.stringify(entries)).not.toMatch(/钱七|13500001111/);
  });
});

describe('the audit log', () => {
  let app: BootedApp;
  const AUDIT = 'plugin::customer-governance.audit-entry';

  beforeAll(async () => {
    app = await bootApp();
    await app.strapi.db.query(LEAD).create({ data: { topic: 'Something to log' } });
  });
  afterAll(() => app.close());

  it('refuses changes on every path of Strapi, and in the database itself', async () => {
    const [entry] = await app.strapi.db.query(AUDIT).findMany({ limit: 1 });
    const where = { id: entry.id };
    const query = app.strapi.db.query(AUDIT);
    await expect(query.update({ where, data: { action: 'x' } })).rejects.toThrow(/append-only/);
    await expect(query.delete({ where })).rejects.toThrow(/append-only/);
    await expect(query.deleteMany({ where })).rejects.toThrow(/append-only/);
    await expect(query.create({ data: { action: 'x' } })).rejects.toThrow(/application alone/);
    const table = () => app.strapi.db.connection('governance_audit_entries');
    expect(await refusalOf(table().where(where).update({ action: 'x' }))).toMatch(/append-only/);
    expect(await refusalOf(table().where(where).delete())).toMatch(/append-only/);
    expect(await query.findOne({ where })).toEqual(entry);
  });

  it('keeps the operation from happening when it cannot be written', async () => {
    const count = () => app.strapi.db.query(LEAD).count();
    const before = await count();
    const rename = (from: string, to: string) =>
      app.strapi.db.connection.schema.renameTable(from, to);
    await rename('governance_audit_entries', 'away');
    try {
      const write = app.strapi.db
        .query(LEAD)
        .create({ data: { topic: 'Unlogged', mobile: '13400001111' } });
      await expect(write).rejects.toThrow(/audit log cannot be written/);
    } finally {
      await rename('away', 'governance_audit_entries');
    }
    expect(await count()).toBe(before);
  });
});

describe('starting with the wrong keys', () => {
  it('refuses a wrong or missing root key and a missing key store, and keeps the data', async () => {
    const home = await createHome();
    try {
      const first = await bootApp({ home });
      const lead = await first.strapi.db
        .query(LEAD)
        .create({ data: { topic: 'Kept', mobile: '13300001111' } });
      await first.close();

      const wrong = Buffer.alloc(32, 9).toString('base64');
      await expect(bootApp({ home, env: { GOVERNANCE_ROOT_KEY: wrong } })).rejects.toThrow(
        /does not open/
      );
      await expect(bootApp({ home, env: { GOVERNANCE_ROOT_KEY: '' } })).rejects.toThrow(/not set/);
      const elsewhere: Record<string, string> =
        home.database === 'sqlite'
          ? { GOVERNANCE_KEYS_FILENAME: path.join(home.dir, 'other-keys.db') }
          : { GOVERNANCE_KEYS_SCHEMA: 'nowhere' };
      await expect(bootApp({ home, env: elsewhere })).rejects.toThrow(/missing/);
      expect(fs.existsSync(path.join(home.dir, 'other-keys.db'))).toBe(false);

      const again = await bootApp({ home });
      const vault = again.strapi.plugin('customer-governance').service('vault') as Vault;
      const opened = await vault.unseal(LEAD, [lead.documentId], ['mobile']);
      expect(opened.get(lead.documentId)).toEqual({ mobile: '13300001111' });
      await again.close();
    } finally {
      await home.remove();
    }
  });
});
