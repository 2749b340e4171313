import supertest from 'supertest';
import { bootApp, type BootedApp } from '../support/app';
import { createApiToken, type ApiCaller } from '../support/api';
import {
  CONTACT,
  createCompany,
  CUSTOMER,
  signIn,
  type Answer,
  type Company,
} from '../support/company';
import { importer, importPlan } from '../support/imports';
import { startInstance } from '../support/second';

const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const CONTACTS = `/content-manager/collection-types/${CONTACT}`;
const GOVERNANCE = 'plugin::customer-governance.';
const POLICY = {
  duplicates: {
    keys: ['company-name', 'credit-code', 'contact'],
    near: ['company-core', 'company-pinyin'],
    lookupsPerHour: 0,
  },
  changes: { controlled: [] },
  retention: { deletion: 'by-permission' },
};
const AT_ONCE = 20;

type Row = Record<string, unknown> & { id: number; documentId: string };
interface Told {
  key: string;
  attribute: string;
  filingNumber: string | null;
  department: string | null;
}
interface Problem {
  path: string[];
  message: string;
  duplicate?: Told;
}
interface Duplicates {
  findMany(candidates: object[]): Promise<Array<Array<Told & { documentId: string }>>>;
  claimMany(records: object[]): Promise<Array<Array<Told & { documentId: string }>>>;
  check(uid: string, data: object, stored?: object): Promise<{ duplicates: Told[]; near: Told[] }>;
  acceptingDuplicates<T>(work: () => Promise<T>): Promise<T>;
  adoption: { run(): Promise<number>; sync(): Promise<void>; isDone(): Promise<boolean> };
}

const problemsOf = ({ body }: Answer): Problem[] =>
  (body.error as { details?: { errors?: Problem[] } })?.details?.errors ?? [];
const rowOf = ({ body }: Answer): Row => body.data as unknown as Row;

describe('duplicates', () => {
  let app: BootedApp;
  let company: Company;
  let plan: Row;
  let token: ApiCaller;
  let last = 13_600_000_000;

  const mobile = () => String((last += 1));
  const duplicates = () =>
    app.strapi.plugin('customer-governance').service('duplicates') as Duplicates;
  const customers = () => app.strapi.db.query(CUSTOMER);
  const identities = () => app.strapi.db.connection('governance_identities');
  const lookups = (): Promise<Row[]> =>
    app.strapi.db
      .query(`${GOVERNANCE}audit-entry`)
      .findMany({ where: { action: 'duplicate.lookup' }, orderBy: { id: 'desc' } });
  const person = (data: object = {}) => ({
    kind: 'person',
    name: '王小明',
    mobile: mobile(),
    industry: 'Farming',
    source: 'sales',
    method: 'direct',
    plan: plan.documentId,
    ...data,
  });
  const firm = (companyName: string, data: object = {}) =>
    person({ kind: 'company', companyName, ...data });
  const enter = (data: object) => company.rep.post(LIST, data);
  const made = async (data: object): Promise<Row> => {
    const answer = await enter(data);
    if (answer.status !== 201) throw new Error(answer.text);
    return rowOf(answer);
  };
  const seed = (data: object): Promise<Row> =>
    customers().create({ data: { publishedAt: new Date(), ...data } });
  const refusedAt = (answer: Answer) => {
    expect({ status: answer.status, text: answer.text }).toMatchObject({
      status: 400,
      text: expect.stringContaining('on file already'),
    });
    return problemsOf(answer).map(({ path, duplicate }) => [path.join(), duplicate?.key]);
  };

  beforeAll(async () => {
    app = await bootApp({ policy: POLICY });
    company = await createCompany(app);
    const purposes = await app.strapi.db
      .query(`${GOVERNANCE}purpose`)
      .findMany({ where: { code: { $in: ['customer-service', 'contract-performance'] } } });
    plan = await app.strapi.db.query(`${GOVERNANCE}collection-plan`).create({
      data: {
        code: 'P-DUPLICATES',
        title: 'Duplicates',
        state: 'active',
        purposes: purposes.map(({ id }: { id: number }) => id),
        attributes: [
          ...['companyName', 'creditCode', 'name', 'mobile', 'industry'].map(
            (a) => `customer.${a}`
          ),
          ...['contact.name', 'contact.mobile'],
        ],
        publishedAt: new Date(),
      },
    });
    token = await createApiToken(app, 'duplicates', [
      `${GOVERNANCE}customer.create`,
      `${GOVERNANCE}customer.find`,
      `${GOVERNANCE}collection-plan.find`,
    ]);
  });
  afterAll(() => app?.close());

  describe('of one person', () => {
    it('are refused with the filing number and the department, and nothing else of the file', async () => {
      const number = mobile();
      const first = await company.customer(company.other, {
        name: '李娜娜',
        mobile: number,
        filingNumber: 'W-2026-0001',
      });
      const before = (await lookups()).length;
      const answer = await enter(person({ name: '李 娜娜', mobile: `+86 ${number}` }));
      expect(refusedAt(answer)).toEqual([['mobile', 'contact']]);
      expect(problemsOf(answer)[0]?.duplicate).toEqual({
        key: 'contact',
        attribute: 'mobile',
        filingNumber: 'W-2026-0001',
        department: 'Sales West',
      });
      expect(answer.text).not.toContain(number);
      expect(answer.text).not.toContain(first.documentId);
      expect(answer.text).not.toContain('李');
      const [entry, ...rest] = await lookups();
      expect(rest).toHaveLength(before);
      expect(entry).toMatchObject({
        outcome: 'refused',
        recordIds: [first.documentId],
        attributes: ['mobile'],
        actorId: String(company.rep.userId),
      });
    });

    it('are refused by the content API in the same form', async () => {
      const data = person();
      await made(data);
      const answer = await token.post('/api/customer-governance/customers', { data });
      expect(refusedAt(answer)).toEqual([['mobile', 'contact']]);
      expect(problemsOf(answer)[0]?.duplicate).toMatchObject({
        filingNumber: null,
        department: 'Sales East',
      });
    });

    it('are two people when either the name or the mobile differs', async () => {
      const data = person();
      await made(data);
      await made({ ...data, name: '王大明' });
      await made({ ...data, mobile: mobile() });
    });

    it('are told together with whatever else is wrong', async () => {
      const data = person();
      await made(data);
      const answer = await enter({ ...data, industry: null });
      expect(answer.status).toBe(400);
      expect(problemsOf(answer).map(({ path }) => path.join())).toEqual(
        expect.arrayContaining(['mobile', 'industry'])
      );
    });
  });

  describe('of one company', () => {
    it('are known by the full name, however it is written', async () => {
      await made(firm('Ａcme（上海）有限公司'));
      const answer = await enter(firm('ACME (上海) 有限公司'));
      expect(refusedAt(answer)).toEqual([['companyName', 'company-name']]);
      await made(firm('Acme（北京）有限公司'));
    });

    it('are known by the credit code', async () => {
      await made(firm('甲方有限公司', { creditCode: '91350100M000100Y43' }));
      const answer = await enter(firm('乙方有限公司', { creditCode: '91350100m000100y43' }));
      expect(refusedAt(answer)).toEqual([['creditCode', 'credit-code']]);
    });

    it('are not the people whose employer it is', async () => {
      await made(firm('雇主有限公司'));
      await made(person({ companyName: '雇主有限公司' }));
    });
  });

  describe('of companies that are only alike', () => {
    const alike = async (companyName: string, data: object = {}) =>
      (await duplicates().check(CUSTOMER, { kind: 'company', companyName, ...data })).near;

    it('are told as a warning, and may be entered', async () => {
      await made(firm('上海龙腾贸易有限公司'));
      for (const name of [
        '龙腾贸易（上海）股份有限公司',
        '上海市龍騰貿易有限公司',
        '隆腾贸易有限公司',
      ]) {
        const near = await alike(name);
        expect(near).toHaveLength(1);
        expect(near[0]).toMatchObject({ attribute: 'companyName', department: 'Sales East' });
      }
      expect(await alike('上海虎跃贸易有限公司')).toEqual([]);
      expect(await alike('龙腾贸易有限公司', { kind: 'person' })).toEqual([]);
      await made(firm('北京龙腾贸易有限公司'));
    });

    it('are not told of the file itself', async () => {
      const row = await made(firm('凤鸣科技有限公司'));
      const { near, duplicates: same } = await duplicates().check(
        CUSTOMER,
        { companyName: '凤鸣科技股份有限公司' },
        row
      );
      expect([...near, ...same]).toEqual([]);
    });
  });

  describe('of contacts', () => {
    it('may be in one file twice, and in no other', async () => {
      const data = person();
      const file = await made(data);
      const other = await made(person());
      const contact = { name: data.name, mobile: data.mobile };
      const same = await company.rep.post(CONTACTS, { ...contact, customer: file.documentId });
      expect(same.status).toBe(201);
      const elsewhere = await company.rep.post(CONTACTS, {
        ...contact,
        customer: other.documentId,
      });
      expect(refusedAt(elsewhere)).toEqual([['mobile', 'contact']]);
    });

    it('stay known when one of two records of the file goes', async () => {
      const data = person();
      const file = await made(data);
      const contact = await company.rep.post(CONTACTS, {
        name: data.name,
        mobile: data.mobile,
        customer: file.documentId,
      });
      expect(contact.status).toBe(201);
      await customers().update({ where: { id: file.id }, data: { mobile: mobile() } });
      expect(refusedAt(await enter(data))).toEqual([['mobile', 'contact']]);
      await app.strapi.db
        .query(CONTACT)
        .delete({ where: { documentId: rowOf(contact).documentId } });
      await made(data);
    });

    it('go with the contact to another file', async () => {
      const one = await made(person());
      const two = await made(person());
      const data = { name: '赵小云', mobile: mobile() };
      const contact = rowOf(
        await company.rep.post(CONTACTS, { ...data, customer: one.documentId })
      );
      const moved = await company.rep.put(`${CONTACTS}/${contact.documentId}`, {
        customer: two.documentId,
      });
      expect(moved.status).toBe(200);
      await customers().update({ where: { id: two.id }, data });
      await expect(customers().update({ where: { id: one.id }, data })).rejects.toThrow(
        /on file already/
      );
    });
  });

  describe('that come of changes', () => {
    it('are refused by the gate, and past it by the database', async () => {
      const first = person();
      await made(first);
      const second = await made(person());
      const answer = await company.rep.put(`${LIST}/${second.documentId}`, {
        mobile: first.mobile,
      });
      expect(refusedAt(answer)).toEqual([['mobile', 'contact']]);
      await expect(
        customers().update({ where: { id: second.id }, data: { mobile: first.mobile } })
      ).rejects.toThrow(/on file already/);
      await expect(seed({ ...first, plan: null })).rejects.toThrow(/on file already/);
      await expect(customers().createMany({ data: [{ ...first, plan: null }] })).rejects.toThrow(
        /on file already/
      );
    });

    it('are none when the record is saved as it is', async () => {
      const row = await made(firm('保存有限公司'));
      const { body } = await company.rep.get(`${LIST}/${row.documentId}`);
      const { name, mobile: mask, companyName, kind } = body.data as unknown as Row;
      const answer = await company.rep.put(`${LIST}/${row.documentId}`, {
        name,
        mobile: mask,
        companyName,
        kind,
      });
      expect(answer.status).toBe(200);
    });

    it('leave what a record was known by to others once it is another or gone', async () => {
      const data = person();
      const row = await made(data);
      await customers().update({ where: { id: row.id }, data: { name: '王改名' } });
      const next = await made(data);
      await customers().delete({ where: { id: next.id } });
      await made(data);
      expect(await identities().where({ document_id: next.documentId })).toEqual([]);
    });
  });

  describe('at the same moment', () => {
    it(`of ${AT_ONCE} entries of one customer, in the panel and by the content API, one becomes a record, and the others are answered as if they had come later`, async () => {
      const instance =
        app.database === 'postgres' ? startInstance(app.home, { policy: POLICY }) : null;
      const elsewhere = instance
        ? await signIn({ request: supertest(await instance.url) }, company.rep.email)
        : company.rep;
      try {
        const data = firm('同时有限公司', { creditCode: '91110000600037341L' });
        const answers = await Promise.all(
          Array.from({ length: AT_ONCE }, (_, at) =>
            at % 3 === 2
              ? token.post('/api/customer-governance/customers', { data })
              : (at % 3 === 0 ? company.rep : elsewhere).post(LIST, data)
          )
        );
        expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
        expect(await customers().count({ where: { companyName: '同时有限公司' } })).toBe(1);
        const late = await enter(data);
        const problems = (answer: Answer) =>
          problemsOf(answer)
            .map((problem) => JSON.stringify(problem))
            .sort();
        expect(problems(late)).toHaveLength(3);
        for (const answer of answers.filter(({ status }) => status !== 201)) {
          expect(answer.status).toBe(400);
          expect(problems(answer)).toEqual(problems(late));
        }
      } finally {
        instance?.child.stdin?.end();
        await instance?.ended;
      }
    });
  });

  describe('for the colleagues that enter many', () => {
    const candidate = (values: object) => ({ uid: CUSTOMER, values });

    it('are found for a whole batch, each in its place', async () => {
      const data = person();
      const row = await made(data);
      const [none, one] = await duplicates().findMany([
        candidate(person()),
        candidate({ kind: 'person', name: data.name, mobile: data.mobile }),
      ]);
      expect(none).toEqual([]);
      expect(one).toEqual([
        {
          key: 'contact',
          attribute: 'mobile',
          documentId: row.documentId,
          filingNumber: null,
          department: 'Sales East',
        },
      ]);
    });

    it('are claimed for a whole batch; of two alike the first is the record, and the second claims nothing', async () => {
      const data = person({ kind: 'company', companyName: '批量有限公司' });
      const records = ['batchone', 'batchtwo', 'batchthree'].map((documentId, at) => ({
        uid: CUSTOMER,
        documentId,
        file: documentId,
        values: at === 2 ? person() : { ...data, companyName: `批量${at}有限公司` },
      }));
      const answers = await app.strapi.db.transaction(() => duplicates().claimMany(records));
      expect(answers.map((found) => found.map(({ key }) => key))).toEqual([[], ['contact'], []]);
      expect(await identities().where({ document_id: 'batchtwo' })).toEqual([]);
      const again = await app.strapi.db.transaction(() => duplicates().claimMany(records));
      expect(again.map((found) => found.length)).toEqual([0, 1, 0]);
    });

    it('are let through where the sender must not learn of them, and settled when the first goes', async () => {
      const data = { ...person(), plan: null };
      const first = await seed(data);
      const second = await duplicates().acceptingDuplicates(() => seed(data));
      await expect(seed(data)).rejects.toThrow(/on file already/);
      await customers().delete({ where: { id: first.id } });
      const [found] = await duplicates().findMany([candidate(data)]);
      expect(found?.map(({ documentId }) => documentId)).toEqual([second.documentId]);
    });
  });

  it('of companies that are only alike are told by the dry run of an import, which imports them', async () => {
    const names = ['上海鲸落ABC贸易有限公司', '杭州云鲤科技有限公司', '北京云鲤科技有限公司'];
    await company.customer(company.other, {
      ...{ kind: 'company', companyName: names[0], mobile: mobile() },
      filingNumber: 'W-2026-0009',
    });
    await made(firm(String(names[1])));
    await made(firm(String(names[2])));
    const calls = await importer(app, company);
    const code = await importPlan(app, 'P-NEAR');
    const line = (companyName: string) =>
      [companyName ? '企业' : '个人', '王小明', mobile(), '农业', companyName].join();
    const rows = [
      '鲸落ABC贸易股份公司', // 2: of another legal form
      '鲸落ＡＢＣ贸易(上海)有限公司', // 3: in the other width
      '上海鯨落ABC貿易有限公司', // 4: in traditional characters
      '井罗ABC贸易有限公司', // 5: what sounds alike
      '上海虎跃ABC贸易有限公司', // 6: not alike
      '上海鲸落ＡＢＣ贸易有限公司', // 7: the same in the other width, so no second one
      '云锂科技公司', // 8: like two files
      '青鸾物流有限公司', // 9: like nothing before it
      ...Array.from({ length: 500 }, () => ''),
      '青鸾物流股份有限公司', // 510: like row 9, of the batch before
    ];
    const file = ['客户类型,姓名,手机号,行业,公司全称', ...rows.map(line)].join('\n');
    const run = await calls.stored(file);
    await calls.map(run, code, ['kind', 'name', 'mobile', 'industry', 'companyName']);
    const noted = (await lookups()).length;
    const checked = await calls.through(run, 'check');
    expect(checked).toMatchObject({ checkCounts: { rows: 509, good: 508, duplicate: 1 } });
    const told = await calls.told(run, 'check');
    const filed =
      'looks like a company that is on file already (filing number W-2026-0009, department Sales West). Compare the two before you import it';
    const before = (row: number) =>
      `looks like the company in row ${row} of the file. Compare the two before you import them`;
    expect(
      told.map(({ row, state, notes }) => [row, state, notes.map(({ reason }) => reason)])
    ).toEqual([
      [2, 'good', [filed]],
      [3, 'good', [filed, before(2)]],
      [4, 'good', [filed, before(2)]],
      [5, 'good', [filed, before(2)]],
      [7, 'duplicate', [expect.stringContaining('is on file already')]],
      [
        8,
        'good',
        [
          'looks like companies that are on file already (not filed yet, department Sales East; not filed yet, department Sales East). Compare them before you import it',
        ],
      ],
      [510, 'good', [before(9)]],
    ]);
    for (const { attribute, kind } of told.flatMap(({ state, notes }) =>
      state === 'good' ? notes : []
    ))
      expect([attribute, kind]).toEqual(['companyName', 'warning']);
    expect(JSON.stringify(told)).not.toMatch(/[鲸鯨鲤锂鸾]|ABC/);
    const [near, exact, ...others] = await lookups();
    expect(others).toHaveLength(noted);
    expect(exact).toMatchObject({ outcome: 'refused', details: { found: 1, near: 0 } });
    expect(near).toMatchObject({
      outcome: 'done',
      actorId: String(company.rep.userId),
      attributes: ['companyName'],
      details: { found: 0, near: 3 },
    });
    const done = await calls.through(run, 'start');
    expect(done).toMatchObject({ state: 'finished', runCounts: checked.checkCounts });
    // The import itself looks for what it must not write, and for nothing else.
    expect((await lookups())[0]).toMatchObject({ details: { found: 1, near: 0 } });
    expect(await lookups()).toHaveLength(noted + 3);
  });

  it('of customers from before the key are written down, and both of two stay', async () => {
    const data = { ...person(), plan: null };
    const first = await seed(data);
    const second = await duplicates().acceptingDuplicates(() => seed(data));
    await identities().delete();
    await app.strapi.db.connection('governance_identity_adoptions').delete();
    await duplicates().adoption.sync();
    expect(await duplicates().adoption.isDone()).toBe(false);
    expect(await duplicates().adoption.run()).toBeGreaterThanOrEqual(2);
    expect(await duplicates().adoption.isDone()).toBe(true);
    expect(await duplicates().adoption.run()).toBe(0);
    expect(await customers().count({ where: { id: { $in: [first.id, second.id] } } })).toBe(2);
    const rows = await identities()
      .where({ key_code: 'contact' })
      .whereIn('document_id', [first.documentId, second.documentId]);
    expect(
      rows.map(({ document_id, slot }: Record<string, string>) => [document_id, slot]).sort()
    ).toEqual(
      [
        [first.documentId, ''],
        [second.documentId, second.documentId],
      ].sort()
    );
    await expect(seed(data)).rejects.toThrow(/on file already/);
  });

  it('are kept as digests alone', async () => {
    const name = '张秘密';
    const row = await made(person({ name, kind: 'company', companyName: '秘密有限公司' }));
    const rows = await identities().where({ document_id: row.documentId });
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(rows)).not.toMatch(/秘密|张/);
    for (const { digest } of rows) expect(digest).toMatch(/^[\w+/=-]{40,}$/);
  });
});

describe('looking for duplicates', () => {
  it('is limited by the hour, whatever the answer would be', async () => {
    const app = await bootApp({
      policy: { duplicates: { ...POLICY.duplicates, lookupsPerHour: 2 } },
    });
    try {
      const company = await createCompany(app);
      await company.customer(company.rep, { name: '王小明', mobile: '13600000001' });
      const actor = app.strapi.plugin('customer-governance').service('actor') as {
        asAccount<T>(account: object, work: () => Promise<T>): Promise<T>;
      };
      const duplicates = app.strapi
        .plugin('customer-governance')
        .service('duplicates') as Duplicates;
      const check = (mobile: string, id = '1') =>
        actor.asAccount({ kind: 'admin', id }, () =>
          duplicates.check(CUSTOMER, { name: '王小明', mobile })
        );
      expect((await check('13600000001')).duplicates).toHaveLength(1);
      // The same again is the same question.
      expect((await check('13600000001')).duplicates).toHaveLength(1);
      expect((await check('13600000002')).duplicates).toEqual([]);
      await expect(check('13600000003')).rejects.toMatchObject({ name: 'RateLimitError' });
      await expect(check('13600000001')).rejects.toMatchObject({ name: 'RateLimitError' });
      expect((await check('13600000001', '2')).duplicates).toHaveLength(1);
      const entries = await app.strapi.db
        .query(`${GOVERNANCE}audit-entry`)
        .findMany({ where: { action: 'duplicate.lookup' }, orderBy: 'id' });
      expect(entries.map(({ details }: { details: object }) => details)).toEqual([
        { found: 1, near: 0 },
        { found: 0, near: 0 },
        { found: 1, near: 0 },
      ]);
    } finally {
      await app.close();
    }
  });
});
