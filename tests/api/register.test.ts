import { randomUUID } from 'node:crypto';
import { bootApp, type BootedApp } from '../support/app';
import { createApiRole, createApiUser, type ApiCaller } from '../support/api';
import {
  createCompany,
  createRole,
  createUser,
  CUSTOMER,
  signIn,
  type Answer,
  type Company,
  type Person,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const STAFF = `${GOVERNANCE}staff-profile`;
const REGISTER = '/customer-governance/register';
const AT = '2026-03-02T03:00:00.000Z';
const DAY_MS = 86_400_000;

interface Visit {
  id: string;
  known: boolean;
  settlement: string;
  maySettle: boolean;
  customer: {
    documentId: string | null;
    label: string | null;
    filingNumber: string | null;
    department: string | null;
  } | null;
  proposal: {
    rule: string;
    owner: { documentId: string; name: string };
    reason: { en: string; zh: string };
  } | null;
}
interface Change {
  rule: string;
  why: string | null;
  from: { name: string } | null;
  to: { name: string; department: string | null } | null;
  by: { kind: string; name: string | null };
}
type Row = Record<string, unknown> & { id: number; documentId: string };

const visitOf = (answer: Answer): Visit => {
  if (answer.status >= 400) throw new Error(answer.text);
  return (answer.body.data ?? answer.body) as unknown as Visit;
};
const itemsOf = <T>(answer: Answer): T[] => answer.body.items as unknown as T[];

describe('the register of visits and calls', () => {
  let app: BootedApp;
  let company: Company;
  let clerk: Person;
  let plan: { documentId: string };
  let last = 13_500_000_000;

  const mobile = () => String((last += 1));
  const customers = () => app.strapi.db.query(CUSTOMER);
  const service = () =>
    app.strapi.plugin('customer-governance').service('register') as {
      nightly(now: Date): Promise<void>;
    };
  const details = (data: object = {}) => ({
    kind: 'person',
    name: '王小明',
    mobile: mobile(),
    industry: 'Farming',
    plan: plan.documentId,
    ...data,
  });
  const visit = (data: object = {}) => ({
    kind: 'visit',
    at: AT,
    source: 'sales',
    interest: 'A tractor',
    ...data,
  });
  const register = (by: Pick<Person, 'post'>, data: object = {}) =>
    by.post(`${REGISTER}/visits`, visit(data));
  const settle = (by: Person, { id }: Visit, body: object) =>
    by.post(`${REGISTER}/visits/${id}/settle`, body);
  const found = (mobileMask: string): Promise<Row | null> =>
    customers().findOne({
      where: { mobile: mobileMask },
      populate: { owner: true, department: true },
      orderBy: { id: 'desc' },
    });
  const madeBy = async (answer: Answer): Promise<Row & { owner: Row | null }> => {
    const { id } = visitOf(answer);
    const row = await app.strapi.db.query(`${GOVERNANCE}visit`).findOne({ where: { id } });
    return customers().findOne({
      where: { documentId: row.customerId },
      populate: { owner: true, department: true },
    });
  };
  const documentIdOf = async ({ staffId }: Person): Promise<string> =>
    (await app.strapi.db.query(STAFF).findOne({ where: { id: staffId } })).documentId;
  const historyOf = async (documentId: string, by: Person = company.head): Promise<Change[]> =>
    itemsOf<Change>(await by.get(`/customer-governance/customers/${documentId}/ownership`));
  const entries = (action: string): Promise<Array<{ details: Record<string, unknown> }>> =>
    app.strapi.db
      .query(`${GOVERNANCE}audit-entry`)
      .findMany({ where: { action }, orderBy: { id: 'desc' } });
  const filed = (data: object) =>
    company.customer(company.rep, { name: '李四', residentId: null, ...data });

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        duplicates: { keys: ['contact'], lookupsPerHour: 0 },
        attribution: { regions: { '31': 'SW' }, leavers: 'superior' },
        changes: { controlled: [] },
        retention: { deletion: 'by-permission' },
      },
    });
    company = await createCompany(app);
    const role = await createRole(app.strapi, 'Test clerk', [
      { action: `${GOVERNANCE}register.write` },
    ]);
    const user = await createUser(app.strapi, 'clerk', role);
    const staff = await app.strapi.db.query(STAFF).create({
      data: {
        displayName: 'clerk',
        level: 'staff',
        active: true,
        user: user.id,
        department: company.east.id,
      },
    });
    clerk = {
      email: user.email,
      userId: user.id,
      staffId: staff.id,
      ...(await signIn(app, user.email)),
    };
    const purposes = await app.strapi.db
      .query(`${GOVERNANCE}purpose`)
      .findMany({ where: { code: { $in: ['customer-service', 'contract-performance'] } } });
    plan = await app.strapi.db.query(`${GOVERNANCE}collection-plan`).create({
      data: {
        code: 'P-REGISTER',
        title: 'Counter',
        state: 'active',
        purposes: purposes.map(({ id }: { id: number }) => id),
        attributes: ['name', 'mobile', 'industry'].map((name) => `customer.${name}`),
      },
    });
  });
  afterAll(() => app.close());

  it('takes a visitor who leaves nothing', async () => {
    const entered = visitOf(await register(clerk, { outcome: 'Took a leaflet' }));
    expect(entered).toMatchObject({ known: false, customer: null, proposal: null });
    expect(entered.settlement).toBe('none');
    const mine = itemsOf<Visit>(await clerk.get(`${REGISTER}/visits`));
    expect(mine.map(({ id }) => id)).toContain(entered.id);
  });

  it('makes a customer of what a visitor leaves, and proposes who took the visit, with the reason', async () => {
    const answer = await register(clerk, {
      details: details(),
      staff: await documentIdOf(company.rep),
    });
    const entered = visitOf(answer);
    expect(entered.known).toBe(false);
    expect(entered.proposal).toMatchObject({ rule: 'registrar', owner: { name: 'rep' } });
    expect(entered.proposal?.reason.en).toContain('rep took the visit');
    expect(entered.proposal?.reason.zh).toContain('rep');
    expect(await madeBy(answer)).toMatchObject({
      owner: null,
      source: 'sales',
      method: 'direct',
      lastContactOn: '2026-03-02',
    });

    const accepted = visitOf(await settle(clerk, entered, { decision: 'accept' }));
    expect(accepted.settlement).toBe('accepted');
    const customer = await madeBy(answer);
    expect(customer.owner?.id).toBe(company.rep.staffId);
    expect(await historyOf(customer.documentId)).toMatchObject([
      { rule: 'registrar', from: null, to: { name: 'rep' }, by: { name: 'clerk' } },
    ]);
    const [entry] = await entries('ownership.change');
    expect(entry?.details).toMatchObject({ rule: 'registrar', from: 'nobody' });
  });

  it('refuses what the plan does not allow, names each attribute, and writes nothing', async () => {
    const before = await app.strapi.db.query(`${GOVERNANCE}visit`).count({});
    const answer = await register(clerk, {
      details: details({ email: 'x@example.com', mobile: '123' }),
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('email:');
    expect(answer.text).toContain('mobile:');
    expect(answer.text).not.toContain('x@example.com');
    expect(await app.strapi.db.query(`${GOVERNANCE}visit`).count({})).toBe(before);
  });

  it.each([
    ['a customer and details', { customer: 'abc', details: { name: 'x' } }],
    ['an owner of the own choice', { details: { owner: 'abc' } }],
    ['a filing number', { details: { filingNumber: 'X' } }],
    ['a region that is none', { region: 'Shanghai' }],
    ['a kind that there is not', { kind: 'letter' }],
    ['an unknown key', { mobile: '13800138000' }],
    ['a moment to come', { at: '2999-01-01T00:00:00.000Z' }],
  ])('refuses %s', async (_what, data) => {
    const answer = await register(clerk, data);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('13800138000');
  });

  it('links whoever is on file, and tells the clerk number and department alone', async () => {
    const number = mobile();
    const { documentId } = await filed({ mobile: number, filingNumber: 'KH-7' });
    const entered = visitOf(
      await register(clerk, { details: details({ name: '李四', mobile: number }) })
    );
    expect(entered).toMatchObject({
      known: true,
      settlement: 'none',
      proposal: null,
      maySettle: false,
      customer: { documentId: null, label: null, filingNumber: 'KH-7', department: 'Sales East' },
    });
    const seen = itemsOf<Visit>(await company.head.get(`${REGISTER}/visits?limit=1`))[0];
    expect(seen).toMatchObject({
      id: entered.id,
      customer: { documentId },
      proposal: { rule: 'existing-relation', owner: { name: 'rep' } },
    });
  });

  it('gives a customer that lost its owner to whoever registered it first', async () => {
    const answer = await register(company.rep, { details: details({ mobile: '13511112222' }) });
    const first = visitOf(answer);
    await settle(company.head, first, { decision: 'pool', why: 'Nobody has time' });
    const again = visitOf(
      await register(company.other, {
        at: '2026-03-05T03:00:00.000Z',
        details: details({ mobile: '13511112222' }),
      })
    );
    expect(again).toMatchObject({ known: true, proposal: null, maySettle: false });
    const seen = itemsOf<Visit>(await company.westHead.get(`${REGISTER}/visits?limit=1`))[0];
    expect(seen?.proposal).toMatchObject({ rule: 'first-registration', owner: { name: 'rep' } });
    expect(seen?.proposal?.reason.en).toContain('2026-03-02');
    expect((await settle(company.other, again, { decision: 'accept' })).status).toBe(403);
    visitOf(await settle(company.westHead, again, { decision: 'accept' }));
    expect((await madeBy(answer)).owner?.id).toBe(company.rep.staffId);
    expect((await found('135****2222'))?.documentId).toBe((await madeBy(answer)).documentId);
  });

  it('asks the department of the region before whoever took the call', async () => {
    const answer = await register(company.rep, {
      kind: 'call',
      region: '310115',
      details: details(),
    });
    const entered = visitOf(answer);
    expect(entered.proposal).toMatchObject({ rule: 'region', owner: { name: 'other' } });
    expect(entered.proposal?.reason.zh).toContain('310115');
    const { documentId } = await madeBy(answer);
    const made = await customers().findOne({ where: { documentId } });
    expect(made).toMatchObject({ region: '310115' });
  });

  it('lets somebody choose another owner, with the reason, and only once', async () => {
    const answer = await register(clerk, { details: details() });
    const entered = visitOf(answer);
    const to = await documentIdOf(company.other);
    expect((await settle(clerk, entered, { decision: 'choose', to, why: 'Asked' })).status).toBe(
      403
    );
    expect((await settle(company.head, entered, { decision: 'choose', to })).status).toBe(400);
    const both = await Promise.all(
      ['Speaks the language', 'Knows the branch'].map((why) =>
        settle(company.head, entered, { decision: 'choose', to, why })
      )
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    const customer = await madeBy(answer);
    expect(customer.owner?.id).toBe(company.other.staffId);
    const history = await historyOf(customer.documentId, company.westHead);
    expect(history).toHaveLength(1);
    expect(history[0]).toMatchObject({ rule: 'chosen', to: { department: 'Sales West' } });
    expect(history[0]?.why).toMatch(/language|branch/);
  });

  it('makes one customer of the same visitor at two counters at once', async () => {
    const same = details();
    const answers = await Promise.all(
      [clerk, company.rep, company.other].map((by) => register(by, { details: same }))
    );
    const ids = await Promise.all(answers.map(async (answer) => (await madeBy(answer)).documentId));
    expect(new Set(ids).size).toBe(1);
    expect(answers.map(visitOf).filter(({ known }) => !known)).toHaveLength(1);
  });

  it('does an entry with the same Idempotency-Key once, and refuses another one with it', async () => {
    const { body } = await app.request
      .post('/admin/login')
      .send({ email: clerk.email, password: 'Governance-Test-1' });
    const key = randomUUID();
    const send = (data: object, with_: string = key) =>
      app.request
        .post(`${REGISTER}/visits`)
        .set('Authorization', `Bearer ${body.data.token}`)
        .set('Idempotency-Key', with_)
        .send(visit(data)) as unknown as Promise<Answer>;
    const entry = { details: details() };
    const answers = await Promise.all([send(entry), send(entry), send(entry)]);
    expect(new Set(answers.map((answer) => visitOf(answer).id)).size).toBe(1);
    expect((await send({ interest: 'A plough' })).status).toBe(400);
    expect((await send(entry, 'short')).status).toBe(400);
  });

  it('shows a register to its department, and to others their own entries alone', async () => {
    const entered = visitOf(await register(company.other, { interest: 'Seed' }));
    const idsOf = async (by: Person) =>
      itemsOf<Visit>(await by.get(`${REGISTER}/visits?limit=100`)).map(({ id }) => id);
    expect(await idsOf(company.westHead)).toContain(entered.id);
    expect(await idsOf(company.head)).not.toContain(entered.id);
    expect(await idsOf(clerk)).not.toContain(entered.id);
    const note = (by: Person) =>
      by.put(`${REGISTER}/visits/${entered.id}`, { outcome: 'Will call', nextOn: '2026-03-09' });
    expect((await note(clerk)).status).toBe(404);
    expect((await note(company.westHead)).status).toBe(403);
    expect(visitOf(await note(company.other))).toMatchObject({ outcome: 'Will call' });
  });

  it('serves the register by the content API to somebody with a profile', async () => {
    const role = await createApiRole(app.strapi, 'counter', [
      `${GOVERNANCE}visit.create`,
      `${GOVERNANCE}visit.find`,
    ]);
    const caller: ApiCaller = await createApiUser(app, 'counter', role, clerk.staffId);
    const answer = await caller.post('/api/customer-governance/visits', visit({ kind: 'call' }));
    expect(visitOf(answer)).toMatchObject({ known: false, settlement: 'none' });
    const listed = await caller.get('/api/customer-governance/visits?limit=1');
    expect((listed.body.data as unknown as Visit[])[0]?.id).toBe(visitOf(answer).id);
  });

  describe('the history of owners', () => {
    it('has what somebody edits in the Content Manager', async () => {
      const customer = await filed({ mobile: mobile() });
      await company.rep.put(
        `/content-manager/collection-types/${CUSTOMER}/${customer.documentId}`,
        {
          owner: {
            connect: [{ id: company.head.staffId, documentId: await documentIdOf(company.head) }],
          },
        }
      );
      expect(await historyOf(customer.documentId)).toMatchObject([
        { rule: 'edited', from: { name: 'rep' }, to: { name: 'head' }, by: { name: 'rep' } },
      ]);
    });

    it('has no line for an edit that leaves the owner as it is', async () => {
      const customer = await filed({ mobile: mobile() });
      await customers().update({
        where: { id: customer.id },
        data: { owner: company.rep.staffId, position: 'Buyer' },
      });
      expect(await historyOf(customer.documentId)).toEqual([]);
    });

    it('is shown to those alone who may see the customer', async () => {
      const customer = await filed({ mobile: mobile() });
      const address = `/customer-governance/customers/${customer.documentId}/ownership`;
      expect((await company.rep.get(address)).status).toBe(200);
      expect((await company.other.get(address)).status).toBe(404);
      expect((await clerk.get(address)).status).toBe(404);
    });

    it('goes with the customer, as do its visits', async () => {
      const answer = await register(clerk, { details: details() });
      visitOf(await settle(clerk, visitOf(answer), { decision: 'accept' }));
      const { id, documentId } = await madeBy(answer);
      await customers().delete({ where: { id } });
      const left = async (table: string) =>
        (await app.strapi.db.connection(table).where({ customer_id: documentId })).length;
      expect(await left('governance_visits')).toBe(0);
      expect(await left('governance_leads')).toBe(0);
      expect(await left('governance_ownership_changes')).toBe(0);
    });
  });

  describe('the pool', () => {
    const pooled = async (data: object = {}) => {
      const customer = await filed({ mobile: mobile(), owner: null, ...data });
      return customer.documentId;
    };
    const handOut = async (by: Person, ids: string[]) => {
      const answer = await by.post(`${REGISTER}/pool/hand-out`, { customers: ids });
      if (answer.status >= 400) throw new Error(answer.text);
      return itemsOf<{ customer: string; owner: { name: string } | null }>(answer);
    };

    it('is read by those who assign, for their own department and those below', async () => {
      const id = await pooled();
      const idsOf = async (by: Person) =>
        itemsOf<{ documentId: string }>(await by.get(`${REGISTER}/pool?limit=100`)).map(
          ({ documentId }) => documentId
        );
      expect(await idsOf(company.head)).toContain(id);
      expect(await idsOf(company.westHead)).not.toContain(id);
      expect((await company.rep.get(`${REGISTER}/pool`)).status).toBe(403);
      expect(await handOut(company.westHead, [id])).toEqual([{ customer: id, owner: null }]);
    });

    it('is handed out in turn, so that nobody gets two before others got one', async () => {
      const ids = await Promise.all([pooled(), pooled(), pooled(), pooled()]);
      const given = await handOut(company.head, ids);
      const names = given.map(({ owner }) => owner?.name);
      expect(new Set(names.slice(0, 2)).size).toBe(2);
      expect(names.slice(2)).toEqual(names.slice(0, 2));
      expect((await historyOf(ids[0] ?? ''))[0]).toMatchObject({ rule: 'hand-out', from: null });
    });

    it('gives a customer to one person, and a turn to one customer, however many hand out at once', async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => pooled()));
      const turns = async (): Promise<number> => {
        const rows = await app.strapi.db.connection('governance_lead_turns').select('given');
        return rows.reduce((sum: number, { given }: { given: number }) => sum + given, 0);
      };
      const before = await turns();
      const rounds = await Promise.all(
        [ids, [...ids].reverse()].map((list) => handOut(company.head, list))
      );
      const given = rounds.flat().filter(({ owner }) => owner !== null);
      expect(given.map(({ customer }) => customer).sort()).toEqual([...ids].sort());
      const byName = given.map(({ owner }) => owner?.name);
      expect(byName.filter((name) => name === byName[0])).toHaveLength(3);
      expect((await turns()) - before).toBe(6);
    });
  });

  describe('a dispute', () => {
    const raise = (by: Person, body: object) => by.post(`${REGISTER}/disputes`, body);
    const decide = async (by: Person, reference: string, decision: string) => {
      const inbox = await by.get('/customer-governance/approvals?limit=100');
      const step = itemsOf<{ stepId: number; kind: string; subject: { documentId: string } }>(
        inbox
      ).find(({ subject }) => subject?.documentId === reference);
      if (!step) throw new Error('nothing waits for this person');
      return by.post(`/customer-governance/approvals/${step.stepId}/decide`, {
        decision,
        comment: 'Looked at the register',
      });
    };
    const claim = async () => {
      const customer = await filed({ mobile: mobile(), owner: company.other.staffId });
      const raised = await raise(company.rep, { visit: 1, reason: 'x' });
      expect(raised.status).toBe(404);
      const seen = visitOf(
        await register(company.rep, {
          details: details({ name: '李四', mobile: String(last) }),
        })
      );
      expect(seen).toMatchObject({ known: true, customer: { documentId: null } });
      return { customer, visit: Number(seen.id) };
    };

    it('goes to the superior, and gives the customer to whoever is right', async () => {
      const { customer, visit: entry } = await claim();
      const answer = await raise(company.rep, { visit: entry, reason: 'I met them first' });
      expect(answer.status).toBe(201);
      const reference = (answer.body as unknown as { documentId: string }).documentId;
      expect(
        (await raise(company.head, { customer: customer.documentId, reason: 'x' })).status
      ).toBe(400);
      expect((await decide(company.head, reference, 'approve')).status).toBe(200);
      expect((await historyOf(customer.documentId))[0]).toMatchObject({
        rule: 'dispute',
        why: 'I met them first',
        from: { name: 'other' },
        to: { name: 'rep' },
        by: { name: 'head' },
      });
      const [mine] = itemsOf<{ state: string }>(await company.rep.get(`${REGISTER}/disputes`));
      expect(mine?.state).toBe('granted');
    });

    it('leaves the customer where it is when it is rejected or taken back', async () => {
      const { customer, visit: entry } = await claim();
      const first = (await raise(company.rep, { visit: entry, reason: 'x' })).body as unknown as {
        documentId: string;
      };
      expect((await decide(company.head, first.documentId, 'reject')).status).toBe(200);
      const second = (await raise(company.rep, { visit: entry, reason: 'y' })).body as unknown as {
        documentId: string;
      };
      const withdraw = (by: Person) =>
        by.post(`${REGISTER}/disputes/${second.documentId}/withdraw`, {});
      expect((await withdraw(clerk)).status).toBe(404);
      expect((await withdraw(company.rep)).status).toBe(200);
      expect(await historyOf(customer.documentId)).toEqual([]);
    });

    it('is refused over the own customer and over one in the pool', async () => {
      const own = await filed({ mobile: mobile() });
      const answer = await raise(company.rep, { customer: own.documentId, reason: 'x' });
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('yours already')]);
      const pool = await filed({ mobile: mobile(), owner: null });
      expect((await raise(company.head, { customer: pool.documentId, reason: 'x' })).status).toBe(
        400
      );
    });
  });

  describe('every night', () => {
    const lead = async (by: Person = company.rep) => {
      const answer = await register(by, { details: details() });
      visitOf(await settle(by, visitOf(answer), { decision: 'accept' }));
      return { answer, ...(await madeBy(answer)) };
    };
    const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

    it('returns leads that nobody followed up to the pool, and keeps the others', async () => {
      const idle = await lead();
      const called = await lead();
      const noted = await lead();
      visitOf(
        await register(company.rep, {
          kind: 'call',
          at: new Date().toISOString(),
          customer: called.documentId,
        })
      );
      await customers().update({
        where: { id: noted.id },
        data: { lastContactOn: inDays(3).toISOString().slice(0, 10) },
      });
      await service().nightly(inDays(2));
      expect((await madeBy(idle.answer)).owner?.id).toBe(company.rep.staffId);
      await service().nightly(inDays(20));
      expect((await madeBy(idle.answer)).owner).toBeNull();
      expect((await madeBy(called.answer)).owner?.id).toBe(company.rep.staffId);
      expect((await madeBy(noted.answer)).owner?.id).toBe(company.rep.staffId);
      expect((await historyOf(idle.documentId))[0]).toMatchObject({
        rule: 'lapsed',
        from: { name: 'rep' },
        to: null,
      });
    });

    it('passes the customers of somebody who has left to the superior', async () => {
      const leaver = await app.strapi.db.query(STAFF).create({
        data: {
          displayName: 'leaver',
          level: 'staff',
          active: true,
          department: company.east.id,
          superior: company.head.staffId,
        },
      });
      const customer = await filed({ mobile: mobile(), owner: leaver.id });
      await app.strapi.db
        .query(STAFF)
        .update({ where: { id: leaver.id }, data: { active: false } });
      await service().nightly(inDays(0));
      expect((await historyOf(customer.documentId))[0]).toMatchObject({
        rule: 'leaver',
        from: { name: 'leaver' },
        to: { name: 'head' },
      });
    });

    it('removes visits of nobody on file when their time is over', async () => {
      const entered = visitOf(await register(clerk, { at: '2020-01-02T03:00:00.000Z' }));
      await service().nightly(inDays(1));
      const { id } = entered;
      expect(await app.strapi.db.query(`${GOVERNANCE}visit`).count({ where: { id } })).toBe(0);
    });
  });
});
