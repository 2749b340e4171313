import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { createRetention, RULE, type Row } from '../support/retention';

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
    expect(row.retentionReason).toBe(
      'silent-ordinary: at most 24 months after the last contact on 2029-03-31'
    );
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
    await app.strapi.db.query(RULE).create({
      data: {
        code: 'gone-quickly',
        category: 'all',
        event: 'last-contact',
        atMostMonths: 6,
        customerClass: 'all',
        purpose: (
          await app.strapi.db
            .query(`${GOVERNANCE}purpose`)
            .findOne({ where: { code: 'marketing' } })
        ).id,
        publishedAt: new Date(),
      },
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
    expect(await dueOf(customer)).toBe('2031-03-31');
    expect((await governed.retention.sweep(new Date())).changed).toBe(0);
    const [entry] = await governed.entries({
      action: 'record.update',
      actorKind: 'system',
      actorId: 'retention',
    });
    expect(entry).toMatchObject({ attributes: ['retentionDueOn', 'retentionReason'] });
  });

  describe('and their rules', () => {
    const rules = () => app.strapi.db.query(RULE);
    const documents = () => app.strapi.documents(RULE as never);

    it('are those of the policy, which only the policy changes', async () => {
      const rule = await rules().findOne({ where: { code: 'silent-ordinary' } });
      expect(rule).toMatchObject({ origin: 'policy', atMostMonths: 24 });
      await expect(
        rules().update({ where: { id: rule.id }, data: { atMostMonths: 1 } })
      ).rejects.toThrow(/policy document/);
      await expect(rules().delete({ where: { id: rule.id } })).rejects.toThrow(/policy document/);
      await expect(rules().deleteMany({ where: { id: rule.id } })).rejects.toThrow(/one by one/);
      await expect(documents().delete({ documentId: rule.documentId })).rejects.toThrow(
        /policy document/
      );
    });

    it('are joined by those of the panel, which never pass for the policy’s', async () => {
      const data = {
        code: 'own-rule',
        category: 'contact',
        event: 'created',
        atLeastMonths: 1,
        origin: 'policy',
      };
      const made = (await documents().create({ data: data as never })) as Row;
      expect(await rules().findOne({ where: { id: made.id } })).toMatchObject({ origin: 'panel' });
      await documents().update({
        documentId: made.documentId,
        data: { atLeastMonths: 2 } as never,
      });
      await documents().delete({ documentId: made.documentId });
    });

    it.each([
      ['code', { code: 'My Rule' }],
      ['code', { code: 'silent-ordinary' }],
      ['category', { category: 'secrets' }],
      ['atMostMonths', { atMostMonths: null }],
    ])('are refused with a wrong %s', async (attribute, wrong) => {
      const data = {
        code: 'own-rule',
        category: 'all',
        event: 'created',
        atMostMonths: 1,
        ...wrong,
      };
      await expect(documents().create({ data: data as never })).rejects.toMatchObject({
        name: 'ValidationError',
        details: { errors: [expect.objectContaining({ path: [attribute] })] },
      });
    });
  });
});
