import { createSuspicions } from '../../src/plugins/customer-governance/server/src/customers/merge/suspicions';
import { bootApp, type BootedApp } from '../support/app';
import { createApiRole, createApiToken, createApiUser } from '../support/api';
import { CONTACT, createCompany, CUSTOMER, type Answer, type Company } from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const PANEL = '/customer-governance';

type Row = Record<string, unknown> & { id: number; documentId: string };
interface File {
  documentId: string | null;
  label: string | null;
  filingNumber: string | null;
  department: string | null;
}
interface Suspicion {
  id: number;
  key: string;
  files: File[];
}
interface Merge {
  documentId: string;
  state: string;
  differences: Array<{ attribute: string; survivor: string | null; merged: string }>;
  mergedNumber: string | null;
  moved: Record<string, number> | null;
  steps: Array<{ id: number }>;
}

describe('two files of one customer', () => {
  let app: BootedApp;
  let company: Company;
  let plan: Row;
  let last = 13_400_000_000;

  const mobile = () => String((last += 1));
  const customers = () => app.strapi.db.query(CUSTOMER);
  const service = <T>(name: string) => app.strapi.plugin('customer-governance').service(name) as T;
  const duplicates = () =>
    service<{ acceptingDuplicates<T>(work: () => Promise<T>): Promise<T> }>('duplicates');
  /** Let in though it is on file, as an entry whose sender must not learn so. */
  const beside = (data: object, owner = company.rep): Promise<Row> =>
    duplicates().acceptingDuplicates(
      () => company.customer(owner, { plan: plan.id, ...data }) as Promise<Row>
    );
  const pair = async (first: object = {}, second: object = {}) => {
    const same = { name: '赵一曼', mobile: mobile(), residentId: null };
    return {
      survivor: await beside({ ...same, ...first }),
      merged: await beside({ ...same, ...second }),
    };
  };
  const ask = (
    { survivor, merged }: { survivor: Row; merged: Row },
    taken: string[] = [],
    by: { post: Company['rep']['post'] } = company.rep
  ) =>
    by.post(`${PANEL}/merges`, {
      survivor: survivor.documentId,
      merged: merged.documentId,
      taken,
      reason: 'The same person twice',
    });
  const mergeOf = ({ body }: Answer) => body as unknown as Merge;
  const asked = async (...args: Parameters<typeof ask>): Promise<Merge> => {
    const answer = await ask(...args);
    if (answer.status !== 201) throw new Error(answer.text);
    return mergeOf(answer);
  };
  const decide = (merge: Merge, decision = 'approve') =>
    company.head.post(`${PANEL}/approvals/${merge.steps[0]?.id}/decide`, {
      decision,
      comment: 'seen',
    });
  const done = async (...args: Parameters<typeof ask>): Promise<Merge> => {
    const merge = await asked(...args);
    const answer = await decide(merge);
    if (answer.status !== 200) throw new Error(answer.text);
    return merge;
  };
  const suspicions = async (by = company.rep, customer?: string): Promise<Suspicion[]> => {
    const { body } = await by.get(
      `${PANEL}/duplicates?limit=100${customer ? `&customer=${customer}` : ''}`
    );
    return (body as unknown as { items: Suspicion[] }).items;
  };
  const told = async (documentId: string) => suspicions(company.rep, documentId);
  const inClear = async (documentId: string, attributes: string[]) => {
    const opened = await service<{
      records: {
        openMany(uid: string, ids: string[], names: string[]): Promise<Map<string, object>>;
      };
    }>('vault').records.openMany(CUSTOMER, [documentId], attributes);
    return opened.get(documentId);
  };
  const entries = (action: string): Promise<Array<Record<string, unknown>>> =>
    app.strapi.db
      .query(`${GOVERNANCE}audit-entry`)
      .findMany({ where: { action }, orderBy: { id: 'desc' } });

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        duplicates: {
          keys: ['company-name', 'credit-code', 'contact'],
          near: ['company-core', 'company-pinyin'],
          lookupsPerHour: 0,
        },
        changes: { controlled: ['customer.mobile'] },
        retention: { deletion: 'by-permission' },
      },
    });
    company = await createCompany(app);
    const purpose = await app.strapi.db
      .query(`${GOVERNANCE}purpose`)
      .findOne({ where: { code: 'contract-performance' } });
    plan = await app.strapi.db.query(`${GOVERNANCE}collection-plan`).create({
      data: {
        code: 'MERGE',
        title: 'Merge',
        state: 'active',
        purposes: [purpose.id],
        attributes: ['name', 'mobile', 'email', 'industry', 'companyName'].map(
          (name) => `customer.${name}`
        ),
        publishedAt: new Date(),
      },
    });
  });
  afterAll(() => app?.close());

  describe('that are suspected', () => {
    it('are told by their masks, and of a file out of sight number and department alone', async () => {
      const number = mobile();
      const mine = await beside({ name: '钱学思', mobile: number });
      const theirs = await beside(
        { name: '钱学思', mobile: number, filingNumber: 'W-2030-9' },
        company.other
      );
      const [found, ...rest] = await told(mine.documentId);
      expect(rest).toEqual([]);
      expect(found?.key).toBe('contact');
      expect(found?.files).toEqual([
        expect.objectContaining({ documentId: mine.documentId, label: '钱**' }),
        {
          documentId: null,
          label: null,
          owner: null,
          filingNumber: 'W-2030-9',
          department: 'Sales West',
        },
      ]);
      const answer = await company.rep.get(`${PANEL}/duplicates?limit=100`);
      expect(answer.text).not.toMatch(new RegExp(`${number}|学思|${theirs.documentId}`));
      expect((await company.leader.get(`${PANEL}/duplicates`)).status).toBe(403);
      expect(
        (await company.rep.get(`${PANEL}/duplicates?customer=${theirs.documentId}`)).status
      ).toBe(404);
    });

    it('are told where names of companies are alike, until somebody says that they are two', async () => {
      const company1 = { kind: 'company', name: null, mobile: null };
      const one = await beside({ ...company1, companyName: '上海白鹭贸易有限公司' });
      const two = await beside({ ...company1, companyName: '白鹭贸易（上海）股份有限公司' });
      // They sound alike, too: a pair is told once.
      expect((await told(one.documentId)).map(({ key }) => key)).toEqual(['company-core']);
      const files = [two.documentId, one.documentId];
      const answer = await company.rep.post(`${PANEL}/duplicates/distinct`, { files });
      expect(answer.status).toBe(200);
      expect(await told(one.documentId)).toEqual([]);
      expect((await entries('duplicate.distinct'))[0]?.recordIds).toEqual([...files].sort());
    });

    it('are told page by page', async () => {
      await pair();
      await pair();
      const all = await suspicions();
      const found: Suspicion[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await company.rep.get(
          `${PANEL}/duplicates?limit=1${cursor ? `&cursor=${cursor}` : ''}`
        );
        const page = body as unknown as { items: Suspicion[]; nextCursor: string | null };
        found.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(found).toEqual(all);
    });

    it('are the same in however many stretches the claims are gone through', async () => {
      const { page } = createSuspicions(app.strapi);
      const all = await page(0, 100);
      expect(all.length).toBeGreaterThan(2);
      for (const stretch of [1, 3]) {
        const shorter = createSuspicions(app.strapi, stretch);
        expect(await shorter.page(0, 100)).toEqual(all);
        expect(await shorter.page(all[0]?.id ?? 0, 2)).toEqual(all.slice(1, 3));
      }
    });
  });

  it('become one: values as they were chosen, and all that hung on the other', async () => {
    const files = await pair(
      { email: 'old@example.com', firstContactAt: '2030-03-01T00:00:00.000Z' },
      {
        email: 'new@example.com',
        industry: 'Fishing',
        keyCustomer: false,
        inDispute: true,
        firstContactAt: '2030-01-01T00:00:00.000Z',
        lastContactOn: '2030-05-05',
      }
    );
    const { survivor, merged } = files;
    const contact = await app.strapi.db.query(CONTACT).create({
      data: { name: '孙小二', mobile: mobile(), customer: merged.id, publishedAt: new Date() },
    });
    const consent = await company.consent(merged.id, 'marketing');
    const compared = await company.rep.get(
      `${PANEL}/merges/compare?survivor=${survivor.documentId}&merged=${merged.documentId}`
    );
    const differing = (compared.body as unknown as Merge).differences;
    expect(differing).toContainEqual(
      expect.objectContaining({
        attribute: 'email',
        survivor: 'o***@example.com',
        merged: 'n***@example.com',
      })
    );
    expect(compared.text).not.toContain('new@example.com');

    const merge = await done(files, ['email', 'industry']);
    expect(await customers().count({ where: { id: merged.id } })).toBe(0);
    expect(await customers().findOne({ where: { id: survivor.id } })).toMatchObject({
      email: 'n***@example.com',
      industry: 'Fishing',
      inDispute: true,
      lastContactOn: '2030-05-05',
      firstContactAt: '2030-01-01T00:00:00.000Z',
    });
    expect(await inClear(survivor.documentId, ['email'])).toEqual({ email: 'new@example.com' });
    for (const [uid, row] of [
      [CONTACT, contact],
      [`${GOVERNANCE}consent`, consent],
    ] as const) {
      const found = await app.strapi.db
        .query(uid)
        .findOne({ where: { documentId: row.documentId }, populate: { customer: true } });
      expect(found.customer.id).toBe(survivor.id);
    }
    const [entry] = await entries('merge.carry-out');
    expect(entry).toMatchObject({
      recordIds: [survivor.documentId, merged.documentId],
      attributes: ['email', 'industry'],
      requestId: merge.documentId,
      details: { contacts: 1, consents: 1 },
    });
    const { items } = (await company.rep.get(`${PANEL}/merges?customer=${survivor.documentId}`))
      .body as unknown as { items: Merge[] };
    expect(items).toMatchObject([{ state: 'merged', moved: { contacts: 1, consents: 1 } }]);
    expect(await told(survivor.documentId)).toEqual([]);
  });

  it('leave nothing of the one that goes: no value, no look-up, no claim, no key', async () => {
    const files = await pair({}, { email: 'gone@example.com' });
    const { documentId } = files.merged;
    await done(files);
    for (const table of [
      'governance_sealed_records',
      'governance_lookups',
      'governance_identities',
    ]) {
      if (!(await app.strapi.db.connection.schema.hasTable(table))) continue;
      expect(await app.strapi.db.connection(table).where({ document_id: documentId })).toEqual([]);
    }
    expect(await inClear(documentId, ['email'])).toBeUndefined();
    const keys = await service<{
      keyStore(): { dataKeys(uid: string, ids: string[]): Promise<unknown[]> };
    }>('vault')
      .keyStore()
      .dataKeys(CUSTOMER, [documentId]);
    expect(keys).toEqual([]);
  });

  it('are known as one from then on, also by what only the other was known by', async () => {
    const files = await pair();
    const contact = { name: '孙大圣', mobile: mobile() };
    await app.strapi.db
      .query(CONTACT)
      .create({ data: { ...contact, customer: files.merged.id, publishedAt: new Date() } });
    await done(files);
    const list = `/content-manager/collection-types/${CONTACT}`;
    const own = await company.rep.post(list, {
      ...contact,
      customer: files.survivor.documentId,
    });
    expect(own.text).not.toContain('on file already');
    await expect(company.customer(company.rep, contact)).rejects.toThrow(/on file already/);
  });

  it('lead from the number of the one that went to the one that stays, however often that goes on', async () => {
    const [a, b, c] = ['KH-A', 'KH-B', 'KH-C'].map((number) => `${number}-${last}`);
    const first = await pair({ filingNumber: b }, { filingNumber: a });
    await done(first);
    const { name, mobile: number } = { name: '赵一曼', mobile: mobile() };
    const third = await beside({ name, mobile: number, filingNumber: c });
    await done({ survivor: third, merged: first.survivor });
    for (const gone of [a, b]) {
      const answer = await company.rep.get(`${PANEL}/merges/by-number/${gone}`);
      expect(answer.body).toMatchObject({ documentId: third.documentId, filingNumber: c });
    }
    expect((await company.rep.get(`${PANEL}/merges/by-number/${c}`)).status).toBe(404);
  });

  it('keep their grants, and those over both are over the one', async () => {
    const files = await pair();
    const grants = app.strapi.db.connection('governance_grant_records');
    const over = (documentId: string, grantId: number) =>
      app.strapi.db.connection('governance_grant_records').insert({
        grant_id: grantId,
        holder_id: company.rep.staffId,
        record_type: CUSTOMER,
        document_id: documentId,
      });
    await over(files.merged.documentId, 900_001);
    await over(files.merged.documentId, 900_002);
    await over(files.survivor.documentId, 900_002);
    await done(files);
    const rows = await grants.whereIn('grant_id', [900_001, 900_002]).orderBy('grant_id');
    expect(rows.map((row: Record<string, unknown>) => row.document_id)).toEqual([
      files.survivor.documentId,
      files.survivor.documentId,
    ]);
  });

  it('keep their visits, the history of their owners and their reviews, and one lead', async () => {
    const { survivor, merged } = await pair();
    const table = (name: string) => app.strapi.db.connection(`governance_${name}`);
    const columns = {
      visits: 'customer_id',
      leads: 'customer_id',
      ownership_changes: 'customer_id',
      filing_reviews: 'customer',
    };
    const count = async (of: { documentId: string }) =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(columns).map(async ([name, column]) => [
            name,
            (await table(name).where({ [column]: of.documentId })).length,
          ])
        )
      ) as Record<keyof typeof columns, number>;
    for (const { documentId } of [survivor, merged]) {
      await table('leads').where({ customer_id: documentId }).delete();
      await table('leads').insert({ customer_id: documentId, state: 'active' });
    }
    await table('visits').insert({ customer_id: merged.documentId, kind: 'call' });
    await table('filing_reviews').insert({ customer: merged.documentId, reasons: 'x' });
    const [before, other] = [await count(survivor), await count(merged)];
    await done({ survivor, merged });
    expect(await count(merged)).toEqual({
      visits: 0,
      leads: 0,
      ownership_changes: 0,
      filing_reviews: 0,
    });
    expect(await count(survivor)).toEqual({
      visits: 1,
      leads: 1,
      ownership_changes: before.ownership_changes + other.ownership_changes,
      filing_reviews: 1,
    });
  });

  describe('stay two', () => {
    it.each([
      [
        'an attribute that the plan does not collect',
        ['address'],
        { address: '上海市浦东新区世纪大道1号' },
        /address/,
      ],
      ['what we note ourselves', ['stage'], {}, /not taken over: stage/],
      ['what the other does not have', ['email'], {}, /has no email/],
    ])('where somebody would take over %s', async (_what, taken, second, message) => {
      const files = await pair({}, second);
      const answer = await ask(files, taken);
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(message);
      expect(await customers().count({ where: { id: files.merged.id } })).toBe(1);
    });

    it('while a legal hold covers one of them, also one that comes after the request', async () => {
      const files = await pair();
      const merge = await asked(files);
      await app.strapi.db.query(`${GOVERNANCE}legal-hold`).create({
        data: {
          reason: 'claim',
          customer: files.merged.id,
          state: 'active',
          publishedAt: new Date(),
        },
      });
      const answer = await decide(merge);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('A legal hold covers one of the two files');
      expect(await customers().count({ where: { id: files.merged.id } })).toBe(1);
      const again = await pair();
      await app.strapi.db.query(`${GOVERNANCE}legal-hold`).create({
        data: {
          reason: 'claim',
          customer: again.survivor.id,
          state: 'active',
          publishedAt: new Date(),
        },
      });
      expect((await ask(again)).text).toContain('A legal hold covers one of the two files');
    });

    it('while a change of one of them waits', async () => {
      const files = await pair();
      const change = await company.rep.post(`${PANEL}/change-requests`, {
        type: CUSTOMER,
        documentId: files.merged.documentId,
        values: { mobile: mobile() },
        reason: 'x',
      });
      expect(change.status).toBe(201);
      expect((await ask(files)).text).toContain('A change of one of the two files waits');
    });

    it('when they are rejected or the request is taken back, and two requests at once are one', async () => {
      const files = await pair();
      const both = await Promise.all([ask(files), ask(files)]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 400]);
      const merge = mergeOf(both.find(({ status }) => status === 201) as Answer);
      expect((await decide(merge, 'reject')).status).toBe(200);
      const next = await asked(files);
      const path = `${PANEL}/merges/${next.documentId}/withdraw`;
      expect((await company.other.post(path)).status).toBe(404);
      expect(mergeOf(await company.rep.post(path)).state).toBe('withdrawn');
      expect((await company.rep.post(path)).status).toBe(400);
      expect(await customers().count({ where: { id: files.merged.id } })).toBe(1);
    });

    it('for whoever may not see one of them, and for a file and itself', async () => {
      const number = mobile();
      const survivor = await beside({ mobile: number });
      const merged = await beside({ mobile: number }, company.other);
      expect((await ask({ survivor, merged })).status).toBe(404);
      expect((await ask({ survivor, merged: survivor })).status).toBe(400);
      expect((await ask({ survivor, merged }, [], company.leader)).status).toBe(403);
    });

    it('where the one that would go is filed and the other is not', async () => {
      const files = await pair({}, { filingNumber: `KH-${last}` });
      expect((await ask(files)).text).toContain('Let the filed one stay');
    });
  });

  it('are merged by the content API by whoever is signed in, and by no token', async () => {
    const actions = ['find', 'submit', 'withdraw', 'locate'].map(
      (name) => `${GOVERNANCE}merge.${name}`
    );
    const role = await createApiRole(app.strapi, 'mergers', actions);
    const rep = await createApiUser(app, 'merger', role, company.rep.staffId);
    const token = await createApiToken(app, 'merger', actions);
    const { survivor, merged } = await pair();
    const body = {
      survivor: survivor.documentId,
      merged: merged.documentId,
      reason: 'The same person twice',
    };
    expect((await token.post('/api/customer-governance/merges', body)).status).toBe(403);
    const answer = await rep.post('/api/customer-governance/merges', body);
    expect(answer.status).toBe(201);
    const merge = (answer.body as unknown as { data: Merge }).data;
    expect((await decide(merge)).status).toBe(200);
    expect(await customers().count({ where: { id: merged.id } })).toBe(0);
  });
});
