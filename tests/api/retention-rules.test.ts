import { bootApp, type BootedApp } from '../support/app';
import {
  createCompany,
  createRole,
  createUser,
  CUSTOMER,
  signIn,
  type Company,
  type Person,
} from '../support/company';
import { createRetention, RULE, type Row } from '../support/retention';

const GOVERNANCE = 'plugin::customer-governance.';
const CHANGES = '/customer-governance/retention/rule-changes';
const PREVIEW = '/customer-governance/retention/rules/preview';

interface Effect {
  customers: number;
  earlier: number;
  later: number;
  overdue: { before: number; after: number };
  undated: { before: number; after: number };
  months: Array<{ month: string; before: number; after: number }>;
  attributes: Array<{ attribute: string; before: number; after: number }>;
}

const create = (code: string, rule: object = {}) => ({
  operation: 'create',
  code,
  rule: {
    category: 'all',
    event: 'created',
    atMostMonths: 1,
    customerClass: 'key',
    ...rule,
  },
});

describe('retention rules', () => {
  let app: BootedApp;
  let company: Company;
  let governed: ReturnType<typeof createRetention>;
  let counsel: Person;

  const rules = () => app.strapi.db.query(RULE);
  const stored = (code: string): Promise<Row | null> => rules().findOne({ where: { code } });
  const dueOf = async ({ id }: { id: number }): Promise<string | null> =>
    (await app.strapi.db.query(CUSTOMER).findOne({ where: { id } })).retentionDueOn;
  const propose = (change: object, person: Person = company.proposer) =>
    person.post(CHANGES, { ...change, reason: 'The handbook says so' });
  const approve = async () => {
    for (const person of [counsel, company.leader]) {
      const { status, text } = await governed.decide(person);
      if (status !== 200) throw new Error(text);
    }
    await governed.retention.settled();
  };
  const approved = async (change: object) => {
    const { status, text } = await propose(change);
    if (status !== 201) throw new Error(text);
    await approve();
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    governed = createRetention(app, company);
    const { strapi } = app;
    const role = await createRole(strapi, 'Test counsel', [
      { action: `${GOVERNANCE}overview.read` },
      { action: `${GOVERNANCE}approvals.decide` },
    ]);
    const user = await createUser(strapi, 'counsel', role);
    const department = await strapi.db.query(`${GOVERNANCE}department`).create({
      data: { name: 'Legal', code: 'LEGAL', function: 'legal' },
    });
    const staff = await strapi.db.query(`${GOVERNANCE}staff-profile`).create({
      data: {
        displayName: 'Counsel',
        level: 'head',
        active: true,
        user: user.id,
        department: department.id,
      },
    });
    counsel = {
      email: user.email,
      userId: user.id,
      staffId: staff.id,
      ...(await signIn(app, user.email)),
    };
  });
  afterAll(() => app?.close());

  it('are shown in their effect before anything is kept', async () => {
    const now = new Date();
    const customer = await company.customer(company.rep, {
      keyCustomer: true,
      lastContactOn: now.toISOString().slice(0, 10),
    });
    const before = await dueOf(customer);
    const { status, body } = await company.proposer.post(PREVIEW, create('keys-soon'));
    expect(status).toBe(200);
    const { effect, conflicts } = body as unknown as { effect: Effect; conflicts: object[] };
    expect(effect).toMatchObject({ earlier: 1, later: 0, overdue: { before: 0, after: 0 } });
    const moved = effect.months.filter((month) => month.before !== month.after);
    expect(moved).toHaveLength(1);
    expect(moved[0]).toMatchObject({ before: 0, after: 1 });
    expect(conflicts).toEqual([]);
    expect(await dueOf(customer)).toBe(before);
    expect(await stored('keys-soon')).toBeNull();
  });

  it('tell of attributes that become due, and of maxima that are left without effect', async () => {
    await company.customer(company.rep, {
      residentId: '11010519491231002X',
      relationEndedOn: '2025-01-01',
      lastContactOn: '2025-01-01',
    });
    const rule = {
      attributes: ['customer.residentId'],
      event: 'relation-ended',
      atMostMonths: 0,
      customerClass: 'all',
    };
    const { body } = await company.proposer.post(PREVIEW, create('id-soon', rule));
    const { attributes } = (body as unknown as { effect: Effect }).effect;
    expect(attributes).toEqual([{ attribute: 'customer.residentId', before: 1, after: 1 }]);
    const minimum = {
      event: 'erasure-requested',
      atMostMonths: undefined,
      atLeastMonths: 6,
      customerClass: 'all',
    };
    const answer = await company.proposer.post(PREVIEW, create('later', minimum));
    expect(answer.body.conflicts).toEqual([{ maximum: 'erasure-requested', minimum: 'later' }]);
  });

  it('are in force once legal and leadership have approved, and not before', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const customer = await company.customer(company.rep, { keyCustomer: true, lastContactOn: day });
    const before = await dueOf(customer);
    const { status, body } = await propose(create('keys-gone'));
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'pending', code: 'keys-gone', mine: true, before: null });
    expect((body.steps as unknown as object[]).length).toBe(2);
    expect(await stored('keys-gone')).toBeNull();
    expect((await governed.decide(counsel)).status).toBe(200);
    expect(await stored('keys-gone')).toBeNull();
    expect((await governed.decide(company.leader)).status).toBe(200);
    await governed.retention.settled();
    expect(await stored('keys-gone')).toMatchObject({ origin: 'panel', atMostMonths: 1 });
    expect(await dueOf(customer)).not.toBe(before);
    expect(await governed.entries({ action: 'retention.rule-apply' })).toHaveLength(1);
    expect((await governed.entries({ action: 'retention.rule-propose' }))[0]).toMatchObject({
      details: { rule: 'keys-gone', operation: 'create' },
    });

    await approved({ ...create('keys-gone', { atMostMonths: 2 }), operation: 'change' });
    expect(await stored('keys-gone')).toMatchObject({ atMostMonths: 2 });
    await approved({ operation: 'delete', code: 'keys-gone' });
    expect(await stored('keys-gone')).toBeNull();
    expect(await dueOf(customer)).toBe(before);
  });

  it('stay as they are when the change is rejected or taken back', async () => {
    expect((await propose(create('rejected-one'))).status).toBe(201);
    expect((await governed.decide(counsel, 'reject')).status).toBe(200);
    expect(await stored('rejected-one')).toBeNull();
    const { body } = await propose(create('taken-back'));
    const path = `${CHANGES}/${body.documentId}/withdraw`;
    expect((await company.executor.post(path, {})).status).toBe(404);
    expect((await company.proposer.post(path, {})).body).toMatchObject({ state: 'withdrawn' });
    expect((await company.proposer.post(path, {})).status).toBe(400);
    const list = await company.proposer.get(CHANGES);
    const items = list.body.items as unknown as Array<{ code: string; state: string }>;
    expect(items.slice(0, 2).map(({ code, state }) => [code, state])).toEqual([
      ['taken-back', 'withdrawn'],
      ['rejected-one', 'rejected'],
    ]);
  });

  it('have one change wait at a time', async () => {
    const { body } = await propose(create('twice'));
    const second = await propose(create('twice'), company.executor);
    expect(second.status).toBe(400);
    expect(second.text).toContain('waits for its approval');
    await company.proposer.post(`${CHANGES}/${body.documentId}/withdraw`, {});
  });

  it.each<[string, object, string]>([
    ['of the policy', { operation: 'delete', code: 'silent-key' }, 'policy document'],
    ['that there is not', { operation: 'delete', code: 'nothing' }, 'no such rule'],
    ['for a purpose that there is not', create('mine', { purpose: 'astrology' }), 'purpose'],
    ['of a part that is not sealed', create('mine', { category: 'derived' }), 'category'],
    ['with an impossible code', create('My Rule'), 'hyphens'],
    [
      'with a minimum over its maximum',
      create('mine', { atMostMonths: 1, atLeastMonths: 2 }),
      'atLeastMonths',
    ],
  ])('are refused to be changed %s', async (_case, change, words) => {
    const { status, text } = await propose(change);
    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
  });

  it('are changed by those whose role says so', async () => {
    expect((await propose(create('mine'), company.rep)).status).toBe(403);
    expect((await company.rep.post(PREVIEW, create('mine'))).status).toBe(403);
    expect((await company.rep.get(CHANGES)).status).toBe(403);
  });

  it('are changed on no other path', async () => {
    const rule = (await stored('silent-ordinary')) as Row;
    const change = { where: { id: rule.id }, data: { atMostMonths: 1 } };
    const data = { code: 'mine', category: 'all', event: 'created', atMostMonths: 1 };
    const documents = app.strapi.documents(RULE as never);
    await expect(rules().update(change)).rejects.toThrow(/policy document/);
    await expect(rules().delete({ where: { id: rule.id } })).rejects.toThrow(/policy document/);
    await expect(rules().deleteMany({ where: { id: rule.id } })).rejects.toThrow(/proposal/);
    await expect(rules().create({ data })).rejects.toThrow(/proposal/);
    await expect(documents.create({ data: data as never })).rejects.toThrow(/proposal/);
    await expect(documents.delete({ documentId: rule.documentId })).rejects.toThrow(
      /policy document/
    );
    const type = `${GOVERNANCE}retention-rule-change`;
    await expect(app.strapi.db.query(type).create({ data: {} })).rejects.toThrow(/proposed/);
  });

  it('are listed with the purpose in words and where they come from', async () => {
    const { status, body } = await company.proposer.get('/customer-governance/retention/rules');
    expect(status).toBe(200);
    const list = body.rules as unknown as Array<{ code: string }>;
    expect(list.find(({ code }) => code === 'contract-records')).toMatchObject({
      origin: 'policy',
      atLeastMonths: 36,
      purpose: { code: 'contract-performance', name: { en: expect.any(String) } },
    });
  });
});
