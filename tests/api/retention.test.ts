import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { createRetention, ORDER, type Row } from '../support/retention';

const PANEL = '/customer-governance';
const ITEMS = 'governance_destruction_items';

type Governed = ReturnType<typeof createRetention>;

describe('destruction orders', () => {
  let app: BootedApp;
  let company: Company;
  let governed: Governed;

  const orderRow = (documentId: string): Promise<Row> =>
    app.strapi.db.query(ORDER).findOne({ where: { documentId } });
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

  describe('the due list', () => {
    it('shows who is due by their masks, the longest due first, page by page', async () => {
      const later = await governed.dueCustomer({ lastContactOn: '2016-01-01' });
      const first = await governed.dueCustomer({ lastContactOn: '2014-01-01' });
      const hold = await governed.hold(later);
      const page = await company.proposer.get(`${PANEL}/retention/due?limit=1`);
      expect(page.status).toBe(200);
      expect(page.body).toMatchObject({ total: 2, nextCursor: expect.any(String) });
      expect(page.body.items).toEqual([
        expect.objectContaining({
          documentId: first.documentId,
          label: '王**',
          dueOn: '2016-01-01',
          department: { name: 'Sales East' },
          hold: false,
          orderDocumentId: null,
        }),
      ]);
      const next = await company.proposer.get(
        `${PANEL}/retention/due?limit=1&cursor=${page.body.nextCursor as string}`
      );
      expect(next.body).toMatchObject({
        items: [{ documentId: later.documentId, hold: true }],
        nextCursor: null,
      });
      await app.strapi.db
        .query('plugin::customer-governance.legal-hold')
        .update({ where: { id: hold.id }, data: { state: 'released' } });
    });

    it('shows those of one stage to whoever asks for them, and counts these alone', async () => {
      const silent = await governed.dueCustomer({ lastContactOn: '2015-01-01' });
      await app.strapi.db
        .query(CUSTOMER)
        .update({ where: { documentId: silent.documentId }, data: { stage: 'dormant' } });
      const page = await company.proposer.get(`${PANEL}/retention/due?stage=dormant`);
      expect(page.body).toMatchObject({
        total: 1,
        items: [{ documentId: silent.documentId, stage: 'dormant' }],
      });
      const others = await company.proposer.get(`${PANEL}/retention/due?stage=active`);
      expect(others.body.items).not.toHaveLength(0);
      for (const { stage } of others.body.items as Row[]) expect(stage).toBe('active');
    });

    it('is for those alone whose role permits it', async () => {
      expect((await company.rep.get(`${PANEL}/retention/due`)).status).toBe(403);
      expect((await company.rep.post(`${PANEL}/destruction-orders`, {})).status).toBe(403);
    });

    it.each([
      ['retention/due?cursor=1'],
      ['retention/due?limit=1000'],
      ['retention/due?stage=asleep'],
      ['retention/due?colour=red'],
      ['destruction-orders?state=lost'],
    ])('refuses %s', async (path) => {
      expect((await company.proposer.get(`${PANEL}/${path}`)).status).toBe(400);
    });
  });

  describe('a proposal', () => {
    it('names the customers who are not there, not due, held, or in another open order', async () => {
      const [free, taken, held] = await governed.dueCustomers(3);
      const current = (await company.customer(company.rep)) as Row;
      await governed.hold(held!);
      expect((await governed.propose([taken!])).status).toBe(200);
      const missing = { id: 0, documentId: 'nosuchcustomer' };
      const answer = await governed.propose([free!, taken!, held!, current, missing]);
      expect(answer.status).toBe(400);
      const { message } = answer.body.error as { message: string };
      expect(message).toContain(`1 do not exist (${missing.documentId})`);
      expect(message).toContain(`1 are not due yet (${current.documentId})`);
      expect(message).toContain(`1 are under a legal hold (${held!.documentId})`);
      expect(message).toContain(`1 are in another open order (${taken!.documentId})`);
      expect((await governed.propose([free!])).status).toBe(200);
    });

    it('lets one of two that take the same customer through, and numbers are never given twice', async () => {
      const customers = await governed.dueCustomers(3);
      const answers = await Promise.all([
        governed.propose([customers[0]!, customers[1]!]),
        governed.propose([customers[1]!, customers[2]!]),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      const orders = await app.strapi.db.query(ORDER).findMany({ select: ['number'] });
      const numbers = orders.map((order: { number: string }) => order.number);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const number of numbers) expect(number).toMatch(/^D-\d{4}-\d{5}$/);
    });

    it.each([
      [{ customers: [], reason: 'x' }],
      [{ customers: ['a'], reason: ' ' }],
      [{ customers: ['a', 'a'], reason: 'x' }],
      [{ customers: ["a' OR 1=1"], reason: 'x' }],
      [{ customers: ['a'], reason: 'x', state: 'approved' }],
    ])('refuses %j', async (body) => {
      expect((await company.proposer.post(`${PANEL}/destruction-orders`, body)).status).toBe(400);
    });

    it('frees its customers when it is rejected or cancelled', async () => {
      const [customer] = await governed.dueCustomers(1);
      const rejected = await governed.submittedOrder([customer!]);
      expect((await governed.decide(company.leader, 'reject')).status).toBe(200);
      expect((await orderRow(rejected)).state).toBe('rejected');
      const cancelled = await governed.propose([customer!]);
      const path = `${PANEL}/destruction-orders/${cancelled.body.documentId as string}/cancel`;
      expect((await company.proposer.post(path)).body).toMatchObject({ state: 'cancelled' });
      expect((await company.proposer.post(path)).status).toBe(400);
      expect((await governed.propose([customer!])).status).toBe(200);
    });

    it('is written by the product alone', async () => {
      const data = { number: 'D-2000-00001', reason: 'x', state: 'approved', count: 0 };
      const order = app.strapi.db.query(ORDER);
      await expect(order.create({ data })).rejects.toThrow(/not by writing rows/);
      const [any] = await order.findMany({ limit: 1 });
      await expect(
        order.update({ where: { id: any.id }, data: { state: 'approved' } })
      ).rejects.toThrow(/not by writing rows/);
      await expect(order.delete({ where: { id: any.id } })).rejects.toThrow(/not by writing rows/);
      await expect(
        app.strapi.documents(ORDER as never).delete({ documentId: any.documentId })
      ).rejects.toThrow(/not by writing rows/);
    });
  });

  describe('by itself', () => {
    it('proposes every night who is due, and asks for no decision twice', async () => {
      await governed.retention.nightly(new Date());
      const customers = await governed.dueCustomers(2);
      await governed.hold(customers[1]!);
      const [order, ...others] = await governed.retention.proposeDue(new Date());
      expect(others).toEqual([]);
      expect(await itemStates(order!)).toEqual(['listed']);
      const view = await company.proposer.get(`${PANEL}/destruction-orders?limit=1`);
      expect(view.body.items).toMatchObject([
        { documentId: order, proposer: { name: 'the nightly job' }, state: 'in-review' },
      ]);
      expect(await governed.retention.proposeDue(new Date())).toEqual([]);
      expect((await governed.act(company.proposer, order!, 'submit')).status).toBe(200);
      expect((await governed.decide(company.leader, 'reject')).status).toBe(200);
      expect(await governed.retention.proposeDue(new Date())).toEqual([]);
      const later = new Date(Date.now() + 365 * 24 * 60 * 60 * 1000);
      expect(await governed.retention.proposeDue(later)).toHaveLength(1);
    });

    it('destroys again what a restored backup brings back', async () => {
      const customers = await governed.dueCustomers(1);
      const order = await governed.approvedOrder(customers);
      const { connection } = app.strapi.db;
      const tables = {
        governance_customers: { id: customers[0]!.id },
        governance_contacts: { customer_id: customers[0]!.id },
        governance_consents: { customer_id: customers[0]!.id },
        governance_sealed_records: { document_id: customers[0]!.documentId },
        governance_lookups: { document_id: customers[0]!.documentId },
      };
      const backup: Array<[string, object[]]> = [];
      for (const [table, where] of Object.entries(tables)) {
        backup.push([table, await connection(table).where(where)]);
      }
      await governed.execute(order);
      expect(await governed.retention.repeatDestruction()).toBe(0);
      for (const [table, rows] of backup) await connection(table).insert(rows);
      expect(await governed.traces(customers)).toMatchObject({
        customers: 1,
        contacts: 2,
        consents: 1,
        sealed: 1,
      });

      expect(await governed.retention.repeatDestruction()).toBe(4);
      expect(await governed.traces(customers)).toEqual({});
      const entry = await governed.entry({ action: 'destruction.repeat', recordType: CUSTOMER });
      expect(entry).toMatchObject({
        actorKind: 'system',
        actorId: 'restore-guard',
        recordIds: [customers[0]!.documentId],
      });
      expect(await governed.retention.repeatDestruction()).toBe(0);
    });
  });
});
