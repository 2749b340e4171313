import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company, type Person } from '../support/company';
import { createRetention, type Forecast, type Row } from '../support/retention';

const GOVERNANCE = 'plugin::customer-governance.';

describe('due dates', () => {
  let app: BootedApp;
  let company: Company;
  let governed: ReturnType<typeof createRetention>;

  const customers = () => app.strapi.db.query(CUSTOMER);
  const dueOf = async ({ id }: Row): Promise<string | null> =>
    (await customers().findOne({ where: { id } })).retentionDueOn;
  const change = (customer: Row, data: object) =>
    customers().update({ where: { id: customer.id }, data });
  const planFor = async (...codes: string[]): Promise<number> => {
    const purposes = await app.strapi.db
      .query(`${GOVERNANCE}purpose`)
      .findMany({ where: { code: { $in: codes } } });
    const plan = await app.strapi.db.query(`${GOVERNANCE}collection-plan`).create({
      data: {
        title: 'Plan',
        code: `plan-${codes.join('-')}`,
        attributes: [],
        state: 'active',
        purposes: purposes.map(({ id }: Row) => id),
      },
    });
    return plan.id;
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    governed = createRetention(app, company);
  });
  afterAll(() => app?.close());

  it('are set with the customer and move with the last contact and the class', async () => {
    const customer = (await company.customer(company.rep, { lastContactOn: '2029-03-31' })) as Row;
    expect(await dueOf(customer)).toBe('2031-03-31');
    await change(customer, { lastContactOn: '2030-01-31' });
    expect(await dueOf(customer)).toBe('2032-01-31');
    await change(customer, { keyCustomer: true });
    expect(await dueOf(customer)).toBe('2035-01-31');
    await change(customer, { relationEndedOn: '2029-02-01' });
    expect(await dueOf(customer)).toBe('2034-02-01');
    await change(customer, { industry: 'Steel' });
    expect(await dueOf(customer)).toBe('2034-02-01');
  });

  it('are as the rules have them, whatever a client writes', async () => {
    const data = {
      lastContactOn: '2029-03-31',
      retentionDueOn: '2099-01-01',
      retentionReason: 'Mine',
    };
    const customer = (await company.customer(company.rep, data)) as Row;
    expect(await dueOf(customer)).toBe('2031-03-31');
    await change(customer, { retentionDueOn: null });
    expect(await dueOf(customer)).toBe('2031-03-31');
    const row = await customers().findOne({ where: { id: customer.id } });
    expect(row.retentionReason).toBe('silent-ordinary:at-most:24:last-contact:2029-03-31');
  });

  it('are set for customers that come in many at once', async () => {
    const made = { kind: 'person', name: '钱多', industry: 'Bulk', publishedAt: new Date() };
    await customers().createMany({
      data: [
        { ...made, lastContactOn: '2029-01-01' },
        { ...made, keyCustomer: true, lastContactOn: '2029-01-01' },
      ],
    });
    const rows = await customers().findMany({ where: { industry: 'Bulk' }, orderBy: 'id' });
    expect(rows.map((row: Row) => row.retentionDueOn)).toEqual(['2031-01-01', '2034-01-01']);
  });

  it('wait for the end of a relation that a statute counts from', async () => {
    const plan = await planFor('contract-performance', 'marketing');
    const customer = (await company.customer(company.rep, {
      lastContactOn: '2010-01-01',
      plan,
    })) as Row;
    expect(await dueOf(customer)).toBeNull();
    await change(customer, { relationEndedOn: '2029-05-05' });
    expect(await dueOf(customer)).toBe('2032-05-05');
    await change(customer, { plan: null });
    expect(await dueOf(customer)).toBe('2012-01-01');
  });

  it('come with the withdrawal of the last consent when there is no other basis', async () => {
    const customer = (await company.customer(company.rep, { lastContactOn: '2029-03-31' })) as Row;
    const first = await company.consent(customer.id, 'marketing');
    const second = await company.consent(customer.id, 'customer-service');
    const withdraw = ({ documentId }: { documentId: string }) =>
      company.proposer.post(`/customer-governance/consents/${documentId}/withdraw`);
    expect((await withdraw(first)).status).toBe(200);
    expect(await dueOf(customer)).toBe('2031-03-31');
    expect((await withdraw(second)).status).toBe(200);
    const due = await dueOf(customer);
    expect(Math.abs(Date.now() - Date.parse(`${due}T00:00:00Z`))).toBeLessThan(36 * 60 * 60 * 1000);
    await company.consent(customer.id, 'marketing');
    expect(await dueOf(customer)).toBe('2031-03-31');
  });

  it('follow at night what no write told of: consents that ended, rules that changed', async () => {
    const customer = (await company.customer(company.rep, { lastContactOn: '2029-03-31' })) as Row;
    await governed.retention.rules.write('gone-quickly', {
      code: 'gone-quickly',
      category: 'all',
      event: 'last-contact',
      atMostMonths: 6,
      customerClass: 'all',
      purpose: 'marketing',
    });
    const consent = (await company.consent(customer.id, 'marketing')) as Row;
    expect(await dueOf(customer)).toBe('2029-09-30');
    await governed.retention.sweep(new Date());
    await app.strapi.db
      .connection('governance_consents')
      .where({ id: consent.id })
      .update({ expires_at: new Date('2020-01-01') });
    expect(await dueOf(customer)).toBe('2029-09-30');
    const { changed } = await governed.retention.sweep(new Date());
    expect(changed).toBe(1);
    expect(await dueOf(customer)).toBe('2021-01-01');
    expect((await governed.retention.sweep(new Date())).changed).toBe(0);
    const told = await governed.entries({ action: 'retention.sweep' });
    expect(told[0]).toMatchObject({
      details: { changed: 1, earlier: 1, later: 0 },
    });
    expect(await governed.entries({ action: 'record.update' }, customer.documentId)).toEqual([]);
  });

  it('come with the request of the customer, and wait while the customer is in dispute', async () => {
    const customer = (await company.customer(company.rep, { lastContactOn: '2029-03-31' })) as Row;
    await change(customer, { inDispute: true });
    expect(await dueOf(customer)).toBe('2036-03-31');
    await change(customer, { erasureRequestedOn: '2029-04-02' });
    expect(await dueOf(customer)).toBe('2029-04-02');
  });

  it('come a year after the plan of the last purpose ended', async () => {
    const plan = await planFor('after-sales');
    await app.strapi.db
      .query(`${GOVERNANCE}collection-plan`)
      .update({ where: { id: plan }, data: { endsOn: '2020-02-29' } });
    const customer = (await company.customer(company.rep, {
      lastContactOn: '2029-03-31',
      plan,
    })) as Row;
    const row = await customers().findOne({ where: { id: customer.id } });
    expect(row).toMatchObject({
      retentionDueOn: '2021-02-28',
      retentionReason: 'purpose-ended:at-most:12:purpose-ended:2020-02-29',
    });
  });

  describe('explained', () => {
    const explain = (person: Person, { documentId }: { documentId: string }) =>
      person.get(`/customer-governance/retention/explain/${documentId}`);

    it('name every rule that was weighed, the attributes that go before, and the holds', async () => {
      const customer = (await company.customer(company.rep, {
        lastContactOn: '2029-03-31',
        relationEndedOn: '2027-01-31',
        residentId: '11010519491231002X',
        plan: await planFor('contract-performance'),
      })) as Row;
      await governed.hold(customer);
      const { status, body } = await explain(company.rep, customer);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        documentId: customer.documentId,
        dueOn: '2030-01-31',
        minimumEndsOn: '2030-01-31',
        customerClass: 'ordinary',
        purposes: [{ code: 'contract-performance' }],
        attributes: [{ attribute: 'residentId', dueOn: '2028-01-31' }],
        holds: [{ reason: 'Court case' }],
      });
      const standings = Object.fromEntries(
        (body.weighed as unknown as Array<{ rule: string; standing: string }>).map(
          ({ rule, standing }) => [rule, standing]
        )
      );
      expect(standings).toEqual({
        'silent-ordinary': 'later',
        'ended-ordinary': 'decides',
        'purpose-ended': 'not-yet',
        'consent-withdrawn': 'not-yet',
        'erasure-requested': 'not-yet',
        'contract-records': 'met',
      });
    });

    it('are for those alone who may read the customer', async () => {
      const customer = await company.customer(company.rep);
      expect((await explain(company.other, customer)).status).toBe(404);
      expect((await explain(company.rep, { documentId: 'nobodyatall' })).status).toBe(404);
    });
  });

  describe('forecast', () => {
    it('counts what becomes due by month, day and class', async () => {
      const now = new Date('2026-05-20T08:00:00Z');
      const at = (): Promise<Forecast> => governed.retention.forecast(now, { months: 3, days: 5 });
      const before = await at();
      for (const [lastContactOn, data] of [
        ['2024-05-10', {}],
        ['2024-05-22', {}],
        ['2024-07-31', {}],
        ['2021-06-15', { keyCustomer: true }],
        ['2024-08-01', {}],
      ] as const) {
        await company.customer(company.rep, { lastContactOn, ...data });
      }
      const after = await at();
      const more = (pick: (forecast: Forecast) => number | undefined) =>
        (pick(after) ?? 0) - (pick(before) ?? 0);
      expect(after.today).toBe('2026-05-20');
      expect(after.months.map(({ month }) => month)).toEqual(['2026-05', '2026-06', '2026-07']);
      expect(after.days.map(({ day }) => day)[0]).toBe('2026-05-21');
      expect(more(({ overdue }) => overdue.ordinary)).toBe(1);
      expect(more(({ days }) => days[1]?.ordinary)).toBe(1);
      expect(more(({ months }) => months[0]?.ordinary)).toBe(1);
      expect(more(({ months }) => months[1]?.key)).toBe(1);
      expect(more(({ months }) => months[2]?.ordinary)).toBe(1);
      expect(more(({ later }) => later)).toBe(1);
    });

    it('is answered to those who see retention', async () => {
      const path = '/customer-governance/retention/forecast';
      const { status, body } = await company.proposer.get(`${path}?months=2&days=3`);
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual(
        ['today', 'overdue', 'months', 'days', 'later', 'undated', 'held', 'heldOverdue'].sort()
      );
      expect((await company.rep.get(path)).status).toBe(403);
      expect((await company.proposer.get(`${path}?months=0`)).status).toBe(400);
    });
  });
});
