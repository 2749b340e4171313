import { createHash } from 'node:crypto';
import { bootApp, type BootedApp } from '../support/app';
import { CONTACT, createCompany, CUSTOMER, type Company } from '../support/company';
import { CERTIFICATE, createRetention, ORDER, type Row, type Step } from '../support/retention';

const PANEL = '/customer-governance';
const ITEMS = 'governance_destruction_items';

type Governed = ReturnType<typeof createRetention>;

describe('carrying a destruction order out', () => {
  let app: BootedApp;
  let company: Company;
  let governed: Governed;

  const execute = (order: string, person = company.executor) =>
    person.post(`${PANEL}/destruction-orders/${order}/execute`);
  const orderRow = (documentId: string): Promise<Row> =>
    app.strapi.db.query(ORDER).findOne({ where: { documentId } });
  const certificates = (order: string): Promise<Row[]> =>
    app.strapi.db.query(CERTIFICATE).findMany({ where: { order: { documentId: order } } });
  const itemStates = async (order: string): Promise<string[]> => {
    const { id } = await orderRow(order);
    const items = await app.strapi.db
      .connection(ITEMS)
      .where({ order_id: id, record_type: CUSTOMER });
    return items.map((item: { state: string }) => item.state);
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    governed = createRetention(app, company);
  });
  afterAll(() => app?.close());

  it('needs approval, and a person who neither proposed nor decided', async () => {
    const customers = await governed.dueCustomers(2);
    const proposed = await governed.propose(customers);
    const order = proposed.body.documentId as string;
    expect((await execute(order)).status).toBe(400);
    expect((await governed.decide(company.leader)).status).toBe(200);

    const own = await execute(order, company.proposer);
    expect(own.status).toBe(403);
    expect((own.body.error as { message: string }).message).toContain('You proposed this order');
    const leader = await governed.staff(company.leader);
    await expect(governed.retention.execute(order, leader)).rejects.toThrow(
      /You decided on this order/
    );
    expect(
      await governed.entries({ action: 'destruction.execute', outcome: 'refused' })
    ).toHaveLength(2);
    expect((await execute(order, company.rep)).status).toBe(403);

    const view = await company.executor.get(`${PANEL}/destruction-orders?state=approved`);
    const [shown] = view.body.items as unknown as Array<{
      documentId: string;
      mayExecute: boolean;
    }>;
    expect(shown).toMatchObject({ documentId: order, mayExecute: true });
    const done = await execute(order);
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({
      state: 'executed',
      proposer: { name: 'proposer' },
      executor: { name: 'executor' },
      mayExecute: false,
    });
    expect(await governed.traces(customers)).toEqual({});
    expect((await execute(order)).status).toBe(400);
  });

  it('ends with a certificate whose digest anybody can reckon again', async () => {
    const customers = await governed.dueCustomers(1);
    const order = await governed.approvedOrder(customers);
    const { body } = await execute(order);
    const { documentId } = body.certificate as unknown as Row;
    const answer = await company.proposer.get(`${PANEL}/destruction-certificates/${documentId}`);
    const view = answer.body as unknown as Record<string, never>;
    expect(view).toMatchObject({
      count: 1,
      approvers: [{ name: 'leader' }],
      proposer: { name: 'proposer' },
      executor: { name: 'executor' },
      summary: { customers: 1, contacts: 2, consents: 1, held: 0 },
    });
    const content = {
      approvers: ['leader'],
      count: view.count,
      executedAt: view.executedAt,
      executedBy: 'executor',
      method: view.method,
      number: view.number,
      orderNumber: view.orderNumber,
      proposedBy: 'proposer',
      summary: Object.fromEntries(
        Object.entries(view.summary as object).sort(([a], [b]) => (a < b ? -1 : 1))
      ),
    };
    expect(view.digest).toBe(createHash('sha256').update(JSON.stringify(content)).digest('hex'));
    expect((await company.proposer.get(`${PANEL}/destruction-certificates/nosuch`)).status).toBe(
      404
    );
  });

  it('leaves out who came under a legal hold meanwhile, and says so', async () => {
    const [gone, held] = await governed.dueCustomers(2);
    const order = await governed.approvedOrder([gone!, held!]);
    await governed.hold(held!);
    expect((await execute(order)).status).toBe(200);
    expect((await itemStates(order)).sort()).toEqual(['destroyed', 'held']);
    expect(await governed.traces([gone!])).toEqual({});
    expect(await governed.traces([held!])).toMatchObject({ customers: 1, contacts: 2, keys: 1 });
    expect((await certificates(order))[0]).toMatchObject({ count: 1, summary: { held: 1 } });
  });

  it('takes contacts with it that nobody had listed, and grants over what is gone', async () => {
    const [customer] = await governed.dueCustomers(1);
    await app.strapi.db.connection('governance_grant_records').insert({
      grant_id: 1,
      record_type: CUSTOMER,
      document_id: customer!.documentId,
    });
    const order = await governed.approvedOrder([customer!]);
    await app.strapi.db
      .query(CONTACT)
      .create({ data: { name: '周杰', customer: customer!.id, publishedAt: new Date() } });
    expect((await execute(order)).status).toBe(200);
    expect(await governed.traces([customer!])).toEqual({});
    expect((await certificates(order))[0]).toMatchObject({ summary: { contacts: 3 } });
  });

  it.each<Step>(['marked', 'keys-destroyed'])(
    'takes what is entered for a customer after the step "%s" with it, too',
    async (step) => {
      const [customer] = await governed.dueCustomers(1);
      const order = await governed.approvedOrder([customer!]);
      const late: Row[] = [];
      const executor = await governed.staff(company.executor);
      await governed.retention.execute(order, executor, new Date(), async (reached) => {
        if (reached !== step || late.length > 0) return;
        const data = { name: '周杰', customer: customer!.id, publishedAt: new Date() };
        late.push(await app.strapi.db.query(CONTACT).create({ data }));
      });
      expect(late).toHaveLength(1);
      const { documentId } = late[0]!;
      expect(await app.strapi.db.query(CONTACT).findOne({ where: { documentId } })).toBeNull();
      const sealed = await app.strapi.db
        .connection('governance_sealed_records')
        .where({ document_id: documentId });
      expect(sealed).toEqual([]);
      expect((await certificates(order))[0]).toMatchObject({ summary: { contacts: 3 } });
    }
  );

  it.each<Step>([
    'claimed',
    'marked',
    'keys-destroyed',
    'rows-removed',
    'batch-done',
    'verified',
    'certified',
    'done',
  ])('killed at "%s" and run again ends at the same place, with one certificate', async (step) => {
    const customers = await governed.dueCustomers(2);
    const order = await governed.approvedOrder(customers);
    const executor = await governed.staff(company.executor);
    const killed = governed.retention.execute(order, executor, new Date(), (reached) => {
      if (reached === step) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    if (step !== 'done') {
      expect(await certificates(order)).toHaveLength(0);
      await governed.retention.execute(order, executor);
    }
    expect((await orderRow(order)).state).toBe('executed');
    expect(await itemStates(order)).toEqual(['destroyed', 'destroyed']);
    expect(await governed.traces(customers)).toEqual({});
    const made = await certificates(order);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      count: 2,
      executedBy: 'executor',
      summary: { customers: 2, contacts: 4, consents: 2, held: 0 },
    });
    const logged = await governed.entries({
      action: 'destruction.execute',
      requestId: order,
      outcome: 'done',
    });
    expect(
      logged
        .flatMap(({ recordIds }) => recordIds as string[])
        .filter((id) => id === customers[0]!.documentId)
    ).toHaveLength(1);
  });

  it('lets no hold in once the keys are on their way out', async () => {
    const customers = await governed.dueCustomers(1);
    const order = await governed.approvedOrder(customers);
    const executor = await governed.staff(company.executor);
    const killed = governed.retention.execute(order, executor, new Date(), (reached) => {
      if (reached === 'marked') throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    await expect(governed.hold(customers[0]!)).rejects.toThrow(/too late/);
    await governed.retention.execute(order, executor);
    expect(await governed.traces(customers)).toEqual({});
  });

  it('gives no certificate while anything can still be found, and removes it the next time', async () => {
    const customers = await governed.dueCustomers(1);
    const order = await governed.approvedOrder(customers);
    const executor = await governed.staff(company.executor);
    const stray = {
      record_type: CUSTOMER,
      document_id: customers[0]!.documentId,
      attribute: 'mobile',
      transform: 'exact',
      digest: 'stray',
    };
    const run = governed.retention.execute(order, executor, new Date(), async (reached) => {
      if (reached === 'batch-done')
        await app.strapi.db.connection('governance_lookups').insert(stray);
    });
    await expect(run).rejects.toThrow(/not certified.*1 of .*customer among the look-up rows/);
    expect(await certificates(order)).toHaveLength(0);
    await governed.retention.execute(order, executor);
    expect(await certificates(order)).toHaveLength(1);
    expect(await governed.traces(customers)).toEqual({});
  });
});
