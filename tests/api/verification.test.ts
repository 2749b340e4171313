import { bootApp, type BootedApp } from '../support/app';
import { createApiRole, createApiToken, createApiUser } from '../support/api';
import { createCompany, CUSTOMER, type Answer, type Company } from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const PANEL = '/customer-governance/verification';
const DAY = 24 * 60 * 60 * 1000;

interface Fact {
  attribute: string;
  value: string;
  state: string;
  until: string | null;
  last: { method: string; outcome: string; by: string } | null;
}
interface Item {
  documentId: string;
  label: string;
  openedAt: string | null;
  facts: Fact[];
}
interface Period {
  period: string;
  population: number;
  size: number;
  counts: Record<string, number>;
  accuracy: { share: number; low: number; high: number } | null;
  attributes: object[];
}

describe('the verification of key facts', () => {
  let app: BootedApp;
  let company: Company;
  let last = 13_500_000_000;
  /** Nights of this test: each later than the one before, so that no minute of a job is taken. */
  let night = Date.now() + 120 * DAY;

  const inTheNight = async (at = (night += DAY)) => {
    const jobs = app.strapi.plugin('customer-governance').service('jobs') as {
      run(name: string, now: Date): Promise<boolean>;
    };
    expect(await jobs.run('verification', new Date(at))).toBe(true);
  };
  const customer = (owner = company.rep, data: object = {}) =>
    company.customer(owner, { mobile: String((last += 1)), ...data });
  const itemsOf = ({ body }: Answer) => (body as unknown as { items: Item[] }).items;
  const factsOf = ({ body }: Answer) =>
    Object.fromEntries(
      (body as unknown as Item).facts.map((fact) => [fact.attribute, fact] as const)
    );
  const waiting = async (by = company.rep) =>
    itemsOf(await by.get(`${PANEL}/tasks?limit=100`)).map(({ documentId }) => documentId);
  const results = (outcome: string, ...attributes: string[]) =>
    attributes.map((attribute) => ({ attribute, outcome }));
  const verify = (documentId: string, what: object[], by = company.rep, method = 'call') =>
    by.post(`${PANEL}/customers/${documentId}`, { method, results: what });
  const entries = (action: string): Promise<Array<Record<string, unknown>>> =>
    app.strapi.db
      .query(`${GOVERNANCE}audit-entry`)
      .findMany({ where: { action }, orderBy: { id: 'desc' } });
  const table = (name: string) => app.strapi.db.connection(`governance_${name}`);

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        verification: {
          facts: ['customer.name', 'customer.mobile', 'customer.companyName'],
          everyMonths: 3,
          methods: ['call', 'document'],
          sample: { percent: 100, atMost: 1000, everyMonths: 3 },
        },
        changes: { controlled: [] },
        retention: { deletion: 'by-permission' },
      },
    });
    company = await createCompany(app);
  });
  afterAll(() => app?.close());

  describe('that are due', () => {
    it('waits for the owner once they are on file for as long as the policy says, who is told once', async () => {
      const mine = await customer();
      const theirs = await customer(company.other);
      await inTheNight(Date.now() + 80 * DAY);
      expect(await waiting()).not.toContain(mine.documentId);
      await inTheNight();
      expect(await waiting()).toContain(mine.documentId);
      expect(await waiting()).not.toContain(theirs.documentId);
      expect(await waiting(company.other)).toContain(theirs.documentId);
      const told = () =>
        app.strapi.db
          .query(`${GOVERNANCE}notification`)
          .count({ where: { event: 'verification-due', staffId: company.rep.staffId } });
      const before = await told();
      expect(before).toBeGreaterThan(0);
      await inTheNight();
      expect(await told()).toBe(before);
    });

    it('is listed with masks, and to nobody who may not read the customer', async () => {
      const { documentId } = await customer(company.rep, { mobile: '13511112222' });
      await inTheNight();
      const answer = await company.rep.get(`${PANEL}/tasks?limit=100`);
      const item = itemsOf(answer).find((each) => each.documentId === documentId);
      expect(item?.facts.map(({ attribute, value, state }) => [attribute, value, state])).toEqual([
        ['name', '王**', 'unverified'],
        ['mobile', '135****2222', 'unverified'],
      ]);
      expect(item?.openedAt).not.toBeNull();
      expect(answer.text).not.toContain('13511112222');
      const all = await company.westHead.get(`${PANEL}/tasks?scope=all&limit=100`);
      expect(all.status).toBe(200);
      expect(all.text).not.toContain(documentId);
      expect((await company.head.get(`${PANEL}/tasks?scope=all&limit=100`)).text).toContain(
        documentId
      );
      expect((await company.leader.get(`${PANEL}/tasks`)).status).toBe(403);
    });

    it('is listed page by page', async () => {
      await customer();
      await customer();
      await inTheNight();
      const all = await waiting();
      const found: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await company.rep.get(
          `${PANEL}/tasks?limit=1${cursor ? `&cursor=${cursor}` : ''}`
        );
        const page = body as unknown as { items: Item[]; nextCursor: string | null };
        found.push(...page.items.map(({ documentId }) => documentId));
        cursor = page.nextCursor;
      }
      expect(found).toEqual(all);
    });

    it('is over when the last of them is confirmed, and comes back a quarter later', async () => {
      const { documentId } = await customer();
      await inTheNight();
      const first = await verify(documentId, results('confirmed', 'name'));
      expect(first.status).toBe(201);
      expect(factsOf(first)).toMatchObject({
        name: { state: 'verified', last: { method: 'call', outcome: 'confirmed', by: 'rep' } },
        mobile: { state: 'unverified', last: null },
      });
      expect(await waiting()).toContain(documentId);
      await verify(documentId, results('unreachable', 'mobile'));
      expect(await waiting()).toContain(documentId);
      await verify(documentId, results('confirmed', 'mobile'), company.rep, 'document');
      expect(await waiting()).not.toContain(documentId);
      await inTheNight(Date.now() + 60 * DAY);
      expect(await waiting()).not.toContain(documentId);
      await inTheNight();
      expect(await waiting()).toContain(documentId);
    });

    it('goes on while one of them is wrong, until it is another and confirmed', async () => {
      const { documentId, id } = await customer();
      await inTheNight();
      await verify(documentId, [...results('confirmed', 'name'), ...results('wrong', 'mobile')]);
      expect(await waiting()).toContain(documentId);
      await app.strapi.db
        .query(CUSTOMER)
        .update({ where: { id }, data: { mobile: String((last += 1)) } });
      const facts = factsOf(await company.rep.get(`${PANEL}/customers/${documentId}`));
      expect(facts).toMatchObject({ mobile: { state: 'unverified' } });
      await verify(documentId, results('confirmed', 'mobile'));
      expect(await waiting()).not.toContain(documentId);
    });
  });

  it('is in the log by attribute, method and outcome, without a value', async () => {
    const { documentId } = await customer(company.rep, { mobile: '13533334444' });
    await verify(documentId, [...results('confirmed', 'name'), ...results('wrong', 'mobile')]);
    const [entry] = await entries('verification.record');
    expect(entry).toMatchObject({
      recordIds: [documentId],
      attributes: ['name', 'mobile'],
      actorId: String(company.rep.userId),
      details: { method: 'call', confirmed: 1, wrong: 1, unreachable: 0, sample: false },
    });
    expect(JSON.stringify(entry)).not.toContain('13533334444');
  });

  describe('is refused', () => {
    it.each([
      [
        'what is no fact',
        [{ attribute: 'email', outcome: 'confirmed' }],
        'call',
        /email: is no fact/,
      ],
      [
        'what has no value',
        [{ attribute: 'companyName', outcome: 'confirmed' }],
        'call',
        /companyName: has no value/,
      ],
      [
        'a method that the policy does not have',
        [{ attribute: 'name', outcome: 'confirmed' }],
        'e-mail',
        /by call, document/,
      ],
      [
        'an outcome that there is not',
        [{ attribute: 'name', outcome: 'maybe' }],
        'call',
        /outcome/,
      ],
      [
        'one attribute twice',
        [
          { attribute: 'name', outcome: 'wrong' },
          { attribute: 'name', outcome: 'confirmed' },
        ],
        'call',
        /twice/,
      ],
      [
        'more than it takes',
        [{ attribute: 'name', outcome: 'wrong', value: '王小明' }],
        'call',
        /not allowed/,
      ],
    ])('for %s', async (_what, what, method, message) => {
      const { documentId } = await customer();
      const answer = await verify(documentId, what, company.rep, method);
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(message);
      expect(await table('verifications').where({ document_id: documentId })).toEqual([]);
    });

    it('of customers out of sight, and without the permission', async () => {
      const { documentId } = await customer(company.other);
      const what = results('confirmed', 'name');
      expect((await verify(documentId, what)).status).toBe(404);
      expect((await company.rep.get(`${PANEL}/customers/${documentId}`)).status).toBe(404);
      expect((await verify(documentId, what, company.leader)).status).toBe(403);
    });
  });

  it('becomes void when the value becomes another, and with the same value it does not', async () => {
    const { documentId } = await customer();
    await verify(documentId, results('confirmed', 'name', 'mobile'));
    const list = `/content-manager/collection-types/${CUSTOMER}/${documentId}`;
    const { mobile } = (await company.rep.get(list)).body.data as unknown as { mobile: string };
    const before = (await entries('verification.void')).length;
    expect((await company.rep.put(list, { kind: 'person', mobile })).status).toBe(200);
    const standing = () => company.rep.get(`${PANEL}/customers/${documentId}`);
    expect(factsOf(await standing())).toMatchObject({ mobile: { state: 'verified' } });
    await app.strapi.db
      .query(CUSTOMER)
      .update({ where: { documentId }, data: { mobile: String((last += 1)) } });
    expect(factsOf(await standing())).toMatchObject({
      name: { state: 'verified' },
      mobile: { state: 'unverified', last: null },
    });
    const { history } = (await standing()).body as unknown as {
      history: Array<{ attribute: string; voidedAt: string | null }>;
    };
    expect(history.map(({ attribute, voidedAt }) => [attribute, voidedAt !== null])).toEqual([
      ['mobile', true],
      ['name', false],
    ]);
    const voided = await entries('verification.void');
    expect(voided).toHaveLength(before + 1);
    expect(voided[0]).toMatchObject({ recordIds: [documentId], attributes: ['mobile'] });
    await inTheNight(Date.now() + DAY);
    expect(await waiting()).toContain(documentId);
  });

  describe('by lot', () => {
    const sample = async (by = company.head, state = 'open') =>
      itemsOf(await by.get(`${PANEL}/sample?limit=100&state=${state}`)).map(
        ({ documentId }) => documentId
      );
    const callBack = (documentId: string, what: object[], by = company.head) =>
      by.post(`${PANEL}/sample/${documentId}`, { method: 'call', results: what });
    const figures = async (): Promise<Period> => {
      const { body } = await company.head.get(`${PANEL}/accuracy`);
      return (body as unknown as { periods: Period[] }).periods[0] as Period;
    };
    let drawn: string[];

    beforeAll(async () => {
      const own = await app.strapi.db.query(CUSTOMER).create({
        data: {
          kind: 'person',
          name: '李四光',
          mobile: String((last += 1)),
          owner: company.head.staffId,
          department: company.east.id,
          publishedAt: new Date(),
        },
      });
      drawn = [...(await Promise.all(Array.from({ length: 4 }, () => customer()))), own].map(
        ({ documentId }) => documentId
      );
      night += 100 * DAY;
      await inTheNight();
    });

    it('draws each period once, and shows of it the customers in sight', async () => {
      const before = await figures();
      expect(before.size).toBe(before.population);
      expect(before.accuracy).toBeNull();
      await inTheNight();
      expect((await figures()).size).toBe(before.size);
      expect(await sample()).toEqual(expect.arrayContaining(drawn));
      expect(await sample(company.westHead)).not.toEqual(expect.arrayContaining([drawn[0]]));
      expect((await company.rep.get(`${PANEL}/sample`)).status).toBe(403);
    });

    it('asks after every fact, and not the owner', async () => {
      const [first = ''] = drawn;
      const part = await callBack(first, results('confirmed', 'name'));
      expect(part.status).toBe(400);
      expect(part.text).toContain('Missing: mobile');
      const own = await callBack(drawn[4] ?? '', results('confirmed', 'name', 'mobile'));
      expect(own.status).toBe(403);
      expect(own.text).toContain('who is not their owner');
      const [refused] = await entries('verification.record');
      expect(refused).toMatchObject({ outcome: 'refused', recordIds: [drawn[4]] });
      expect(await sample()).toEqual(expect.arrayContaining([first, drawn[4]]));
    });

    it('counts each customer once, and gives the figure with its interval', async () => {
      const both = await Promise.all(
        [1, 2].map(() => callBack(drawn[0] ?? '', results('confirmed', 'name', 'mobile')))
      );
      expect(both.map(({ status }) => status).sort()).toEqual([201, 400]);
      await callBack(drawn[1] ?? '', results('confirmed', 'name', 'mobile'));
      await callBack(drawn[2] ?? '', [
        ...results('unreachable', 'name'),
        ...results('wrong', 'mobile'),
      ]);
      await callBack(drawn[3] ?? '', [
        ...results('confirmed', 'name'),
        ...results('unreachable', 'mobile'),
      ]);
      const { counts, accuracy, attributes } = await figures();
      expect(counts).toMatchObject({ accurate: 2, inaccurate: 1, unreachable: 1 });
      expect(accuracy?.share).toBeCloseTo(2 / 3);
      expect(accuracy?.low).toBeCloseTo(0.2077, 4);
      expect(accuracy?.high).toBeCloseTo(0.9385, 4);
      expect(attributes).toContainEqual({
        attribute: 'mobile',
        confirmed: 2,
        wrong: 1,
        unreachable: 1,
      });
      expect(await sample()).not.toContain(drawn[0]);
      expect(await sample(company.head, 'accurate')).toContain(drawn[0]);
    });

    it('goes with its customer, and the figure stays', async () => {
      const before = await figures();
      await app.strapi.db.query(CUSTOMER).delete({ where: { documentId: drawn[2] } });
      expect((await figures()).counts).toEqual(before.counts);
      for (const name of ['verifications', 'verification_standings', 'verification_samples']) {
        expect(await table(name).where({ document_id: drawn[2] })).toEqual([]);
      }
    });
  });

  it('is done by the content API by whoever is signed in, and by no token', async () => {
    const actions = ['findOne', 'record'].map((name) => `${GOVERNANCE}verification-api.${name}`);
    const role = await createApiRole(app.strapi, 'verifiers', actions);
    const rep = await createApiUser(app, 'verifier', role, company.rep.staffId);
    const token = await createApiToken(app, 'verifier', actions);
    const { documentId } = await customer();
    const path = `/api/customer-governance/customers/${documentId}/verification`;
    const body = { method: 'document', results: results('confirmed', 'name', 'mobile') };
    const answer = await rep.post(path, body);
    expect(answer.status).toBe(201);
    expect((answer.body.data as unknown as Item).facts).toMatchObject([
      { attribute: 'name', state: 'verified' },
      { attribute: 'mobile', state: 'verified' },
    ]);
    const refused = await token.post(path, body);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('An API token is nobody');
    const theirs = await customer(company.other);
    const elsewhere = `/api/customer-governance/customers/${theirs.documentId}/verification`;
    expect((await rep.get(elsewhere)).status).toBe(404);
  });
});
