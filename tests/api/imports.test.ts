import { rmSync } from 'node:fs';
import iconv from 'iconv-lite';
import { bootApp, type BootedApp } from '../support/app';
import { storedFiles } from '../support/attachments';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { CONSTANTS, importer, importPlan, IMPORTS, importsOf, type Run } from '../support/imports';
import { workbookOf } from '../support/workbook';

const HEAD = '姓名,手机号,行业';
const MAPPING = ['name', 'mobile', 'industry'];
const AUDIT = 'plugin::customer-governance.audit-entry';

const mobileOf = (at: number) => `138${String(10_000_000 + at)}`;
const lines = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_x, at) => `王小${at % 2 ? '明' : '红'},${mobileOf(from + at)},农业`
  );
const csv = (rows: string[]) => [HEAD, ...rows].join('\r\n');

describe('imports', () => {
  let app: BootedApp;
  let company: Company;
  let calls: Awaited<ReturnType<typeof importer>>;
  let plan: string;

  const customers = (mobiles: string[]) =>
    Promise.all(
      mobiles.map(async (mobile) => {
        const vault = app.strapi.plugin('customer-governance').service('vault') as unknown as {
          lookup(uid: string, attribute: string, value: string): Promise<string[]>;
        };
        return (await vault.lookup(CUSTOMER, 'mobile', mobile)).length;
      })
    );
  const count = () => app.strapi.db.query(CUSTOMER).count();
  const entries = (action: string) =>
    app.strapi.db.query(AUDIT).findMany({ where: { action }, orderBy: 'id' });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    plan = await importPlan(app);
    calls = await importer(app, company);
  });
  afterAll(() => app?.close());

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
    ['UTF-16', (text: string) => iconv.encode(`\uFEFF${text}`, 'utf-16le', { addBOM: false })],
  ])('come from CSV in %s', async (name, encode) => {
    const from = 100 * name.length;
    const run = await calls.checked(encode(csv(lines(3, from))), plan, MAPPING);
    expect(run).toMatchObject({ state: 'checked', total: 3, checkCounts: { good: 3, rows: 3 } });
    const before = await count();
    const done = await calls.through(run, 'start');
    expect(done).toMatchObject({ state: 'finished', runCounts: { good: 3, faulty: 0 } });
    expect(await count()).toBe(before + 3);
    expect(await customers([mobileOf(from), mobileOf(from + 2)])).toEqual([1, 1]);
  });

  it('come from a workbook in which Excel has made numbers of mobile numbers', async () => {
    const book = await workbookOf([
      ['姓名', '手机', '行业'],
      ['欧阳小明', 13_900_139_000, '农业'],
      ['李小红', '13900139001', '农业'],
    ]);
    const run = await calls.checked(book, plan, MAPPING);
    expect(run).toMatchObject({ format: 'xlsx', checkCounts: { good: 2 } });
    await calls.through(run, 'start');
    expect(await customers(['13900139000', '13900139001'])).toEqual([1, 1]);
  });

  it('are written like an entry by hand: masked, sealed, owned, with a due date and in the log', async () => {
    const run = await calls.checked(csv(['赵小红,13700137000,农业']), plan, MAPPING);
    await calls.through(run, 'start');
    const [row] = await app.strapi.db.query(CUSTOMER).findMany({
      where: { name: '赵**' },
      populate: { owner: true, department: true, plan: true },
      orderBy: { id: 'desc' },
      limit: 1,
    });
    expect(row).toMatchObject({
      mobile: '137****7000',
      kind: 'person',
      stage: 'active',
      source: 'sales',
      method: 'direct',
      owner: { id: company.rep.staffId },
      department: { id: company.east.id },
      plan: { documentId: plan },
    });
    expect(row.publishedAt).not.toBeNull();
    const [entry] = (await entries('record.create')).slice(-1);
    expect(entry).toMatchObject({
      recordIds: [row.documentId],
      actorKind: 'admin',
      actorId: String(company.rep.userId),
    });
  });

  it('leave in every table what the same entry by hand leaves', async () => {
    const text = '同名同姓,13300133000,农业,2026-01-05 10:00,甲\n';
    const head = `${HEAD},首次接触时间,需求\n`;
    const run = await calls.checked(head + text, plan, [...MAPPING, 'firstContactAt', 'needs']);
    await calls.through(run, 'start');
    const { connection } = app.strapi.db;
    const newest = () => connection('governance_customers').orderBy('id', 'desc').first();
    const left = async (row: Record<string, unknown>) => {
      const of = { document_id: row.document_id };
      const lookups = await connection('governance_lookups').where(of);
      const sealed = await connection('governance_sealed_records').where(of);
      return {
        lookups: lookups.map(({ attribute, transform, digest }) => [attribute, transform, digest]),
        sealed: sealed.map(({ payload }) => Object.keys(JSON.parse(payload))),
        identities: (await connection('governance_identities').where(of)).map(
          ({ key_code: code, digest }) => [code, digest]
        ),
      };
    };
    const imported = await newest();
    const ofImported = await left(imported);
    await calls.through(run, 'undo');

    const { id: planId } = await app.strapi.db
      .query('plugin::customer-governance.collection-plan')
      .findOne({ where: { documentId: plan } });
    const answer = await company.rep.post(`/content-manager/collection-types/${CUSTOMER}`, {
      name: '同名同姓',
      mobile: '13300133000',
      industry: '农业',
      firstContactAt: '2026-01-05T02:00:00.000Z',
      needs: '甲',
      source: 'sales',
      method: 'direct',
      kind: 'person',
      plan: planId,
    });
    expect(answer.status).toBe(201);
    const entered = await newest();
    expect(await left(entered)).toEqual(ofImported);
    const own = ['id', 'document_id', 'created_at', 'updated_at', 'published_at'];
    // The later of the two may come a minute later after the first contact.
    const others = [...own, 'created_by_id', 'updated_by_id', 'entry_delay_minutes'];
    const compared = (row: object) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !others.includes(name)));
    expect(compared(imported)).toEqual(compared(entered));
  });

  it('tell each bad row and import the rest', async () => {
    const run = await calls.checked(
      csv([
        '王小明,13600136000,农业',
        '王小明,136,农业',
        ',13600136002,农业',
        '"王小明,13600136003,农业',
        '王小明,+86 136-0013-6004,农业',
        '王小明,1.36E+10,农业',
        '王小明,13600136006,农业,多余',
        '王小红,13600136007,卖花',
      ]),
      plan,
      MAPPING
    );
    expect(run.checkCounts).toMatchObject({ rows: 8, good: 3, faulty: 5, normalised: 1 });
    const before = await count();
    expect(
      (await calls.told(run, 'check')).map(({ row, state, notes }) => [
        row,
        state,
        notes.map(({ attribute, kind }) => `${attribute ?? 'row'}:${kind}`).join(),
      ])
    ).toEqual([
      [3, 'faulty', 'mobile:error'],
      [4, 'faulty', 'name:error'],
      [5, 'faulty', 'row:error'],
      [6, 'good', 'mobile:normalised'],
      [7, 'faulty', 'mobile:error'],
      [8, 'faulty', 'row:error'],
      // It goes in, and is to be looked at.
      [9, 'good', 'industry:warning'],
    ]);
    expect(await count()).toBe(before);
    const done = await calls.through(run, 'start');
    expect(done.runCounts).toEqual(run.checkCounts);
    expect(await count()).toBe(before + 3);
  });

  it('refuse what the plan does not collect, naming it', async () => {
    const run = await calls.checked(
      '姓名,手机,行业,护照\n王小明,13500135000,农业,E12345678\n王小红,13500135001,农业,\n',
      plan,
      [...MAPPING, 'passport']
    );
    expect(run.checkCounts).toMatchObject({ good: 1, refused: 1 });
    const [told] = await calls.told(run, 'check');
    expect(told).toMatchObject({ row: 2, notes: [{ attribute: 'passport', kind: 'refused' }] });
  });

  it('guess what the columns are, show masks, and remember what a person chose', async () => {
    const run = await calls.stored('姓名,联系电话,所属行业,甲乙\n王小明,13400134000,农业,x\n');
    const columns = async () =>
      (
        (await company.rep.get(calls.at(run, `/columns?plan=${plan}`))).body as unknown as {
          columns: Array<{ heading: string; guess: string | null; samples: string[] }>;
        }
      ).columns;
    expect(await columns()).toEqual([
      { heading: '姓名', guess: 'name', samples: ['王**'] },
      { heading: '联系电话', guess: 'mobile', samples: ['134****4000'] },
      { heading: '所属行业', guess: 'industry', samples: ['农业'] },
      { heading: '甲乙', guess: null, samples: ['******'] },
    ]);
    await calls.map(run, plan, ['name', 'mobile', null, 'needs']);
    expect((await columns()).map(({ guess }) => guess)).toEqual(['name', 'mobile', null, 'needs']);
  });

  it('give a report with masks that no spreadsheet runs', async () => {
    const run = await calls.checked(csv(['=1+1,136,农业']), plan, MAPPING);
    const report = await calls.files.download(calls.at(run, '/report'), { phase: 'check' });
    expect(report.status).toBe(200);
    const text = report.bytes.toString();
    expect(text).toContain('行号,结果,项目');
    expect(text).toContain('2,有错误,手机,******,错误,');
    expect(text).not.toContain('=1+1');
    expect((await entries('import.report')).at(-1)).toMatchObject({
      details: { import: run.number, phase: 'check' },
    });
  });

  it('are the uploader’s alone', async () => {
    const run = await calls.stored(csv(lines(1, 900)));
    expect((await company.other.get(calls.at(run))).status).toBe(404);
    expect((await company.other.post(calls.at(run, '/cancel'), {})).status).toBe(404);
    expect((await company.auditor.get(IMPORTS)).status).toBe(403);
  });

  it('fill nothing that the role may not set', async () => {
    const role = await app.strapi.db.query('admin::permission').findMany({
      where: { action: 'plugin::content-manager.explorer.create', subject: CUSTOMER },
    });
    const kept = role.map((row: { id: number; properties: object }) => row);
    for (const { id, properties } of kept as Array<{
      id: number;
      properties: { fields: string[] };
    }>) {
      await app.strapi.db.query('admin::permission').update({
        where: { id },
        data: { properties: { fields: properties.fields.filter((name) => name !== 'industry') } },
      });
    }
    const run = await calls.stored(csv(lines(1, 950)));
    const answer = await company.rep.put(calls.at(run, '/mapping'), {
      plan,
      mapping: MAPPING,
      constants: CONSTANTS,
    });
    for (const { id, properties } of kept as Array<{ id: number; properties: object }>) {
      await app.strapi.db
        .query('admin::permission')
        .update({ where: { id }, data: { properties } });
    }
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('your role may not set industry');
  });

  it.each([
    ['bytes of no encoding', Buffer.from([0x61, 0xff, 0xff, 0x0a]), 400],
    ['nothing', Buffer.alloc(0), 400],
    ['a workbook of the old form', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 400],
    [
      'ten thousand columns',
      Buffer.from(Array.from({ length: 10_000 }, (_x, at) => `c${at}`).join()),
      400,
    ],
  ])('refuse a file of %s, of which nothing is left', async (_name, bytes, status) => {
    const files = storedFiles(app).length;
    const answer = await calls.upload(bytes);
    expect(answer.status).toBe(status);
    expect(storedFiles(app)).toHaveLength(files);
  });

  it('pause at the end of a batch, go on behind it, and end as if they had not', async () => {
    const run = await calls.checked(csv(lines(1200, 2000)), plan, MAPPING);
    await calls.act(run, 'start');
    await importsOf(app).running.settled();
    const before = await count();
    const other = await calls.checked(csv(lines(1200, 4000)), plan, MAPPING);
    await app.strapi.db
      .connection('governance_import_runs')
      .where({ document_id: other.documentId })
      .update({ state: 'running', phase: 'run' });
    let batches = 0;
    await importsOf(app).carryOut(other.documentId, async (step) => {
      if (step === 'committed' && ++batches === 1) await calls.act(other, 'pause');
    });
    expect(await calls.read(other)).toMatchObject({ state: 'paused', runCounts: { rows: 500 } });
    expect(await count()).toBe(before + 500);
    const done = await calls.through(other, 'resume');
    expect(done).toMatchObject({ state: 'finished', runCounts: { rows: 1200, good: 1200 } });
    expect(await count()).toBe(before + 1200);
  });

  it.each([
    ['examined', 20_000],
    ['keys-made', 21_000],
    ['written', 22_000],
    ['committed', 23_000],
  ])('end with the same customers when they are killed at %s', async (at, from) => {
    const run = await calls.checked(csv(lines(700, from)), plan, MAPPING);
    const before = await count();
    await app.strapi.db
      .connection('governance_import_runs')
      .where({ document_id: run.documentId })
      .update({ state: 'running', phase: 'run' });
    let steps = 0;
    await importsOf(app).carryOut(run.documentId, (step) => {
      if (step === at && ++steps === 1) throw new Error('killed');
    });
    await app.strapi.db
      .connection('governance_import_runs')
      .where({ document_id: run.documentId })
      .update({ lease_until: null });
    await importsOf(app).running.takeUp(new Date());
    expect(await calls.read(run)).toMatchObject({ state: 'finished', runCounts: { good: 700 } });
    expect(await count()).toBe(before + 700);
    expect(await customers([mobileOf(from), mobileOf(from + 699)])).toEqual([1, 1]);
  });

  it('are taken back as long as nobody has built on them', async () => {
    const before = await count();
    const run = await calls.checked(csv(lines(4, 30_000)), plan, MAPPING);
    await calls.through(run, 'start');
    const rows = await app.strapi.db
      .query(CUSTOMER)
      .findMany({ orderBy: { id: 'desc' }, limit: 4, select: ['id', 'documentId'] });
    await app.strapi.db
      .query(CUSTOMER)
      .update({ where: { id: rows[0].id }, data: { filingNumber: 'C-1' } });
    const done = await calls.through(run, 'undo');
    expect(done).toMatchObject({ state: 'undone', undoCounts: { removed: 3, kept: 1 } });
    expect(await count()).toBe(before + 1);
    expect(await customers(lines(4, 30_000).map((line) => line.split(',')[1] as string))).toEqual(
      expect.arrayContaining([0, 0, 0, 1])
    );
    const keys = await app.strapi.db.connection('governance_sealed_records').whereIn(
      'document_id',
      rows.map(({ documentId }: { documentId: string }) => documentId)
    );
    expect(keys).toHaveLength(1);
    // The row that stays says under which number its customer is filed.
    const report = await calls.files.download(calls.at(run, '/report'), { phase: 'run' });
    expect(report.bytes.toString()).toMatch(/\r\n5,保留,,,,,C-1\r\n$/);
  });

  it('destroy their file when its time is over, and at once when they are cancelled', async () => {
    const files = storedFiles(app).length;
    const run = await calls.checked(csv(lines(1, 40_000)), plan, MAPPING);
    expect(storedFiles(app)).toHaveLength(files + 1);
    await calls.through(run, 'start');
    await importsOf(app).upkeep.sweep(new Date(Date.now() + 30 * 24 * 60 * 60 * 1000));
    expect(await calls.read(run)).toMatchObject({ fileState: 'gone' });
    const cancelled = await calls.stored(csv(lines(1, 40_001)));
    const now = storedFiles(app).length;
    await calls.act(cancelled, 'cancel');
    expect(storedFiles(app)).toHaveLength(now - 1);
    expect(await calls.read(cancelled)).toMatchObject({ state: 'cancelled', fileState: 'gone' });
  });

  it('end when their file is gone, and say so', async () => {
    const run = await calls.checked(csv(lines(1, 41_000)), plan, MAPPING);
    for (const file of storedFiles(app)) if (file.includes(run.documentId)) rmSync(file);
    expect(await calls.through(run, 'start')).toMatchObject({ state: 'failed', failure: 'gone' });
    expect((await company.rep.get(calls.at(run, '/columns'))).status).toBe(400);
  });

  it('leave no value of the file in the log, nor in what is kept of rows', async () => {
    const secret = '欧阳绝密';
    const run: Run = await calls.checked(csv([`${secret},136,农业`]), plan, MAPPING);
    await calls.through(run, 'start');
    const rows = await app.strapi.db.connection('governance_import_rows');
    const log = await app.strapi.db.connection('governance_audit_entries');
    expect(JSON.stringify([rows, log])).not.toContain(secret);
  });
});
