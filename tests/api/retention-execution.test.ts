import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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

  it('is done by itself once two people have confirmed it, and leaves nothing', async () => {
    const customers = await governed.dueCustomers(2);
    const order = await governed.approvedOrder(customers);
    const done = await governed.execute(order);
    expect(done.body).toMatchObject({
      state: 'executed',
      proposer: { name: 'proposer' },
      submitter: { name: 'proposer' },
      executor: { name: 'executor' },
      supervisor: { name: 'supervisor' },
      progress: { total: 2, done: 2, held: 0 },
      mayConfirm: false,
    });
    expect(await governed.traces(customers)).toEqual({});
    await expect(governed.retention.run(order)).rejects.toThrow(/not being executed/);
  });

  it('ends with a certificate whose digest anybody can reckon again', async () => {
    const customers = await governed.dueCustomers(1);
    const order = await governed.approvedOrder(customers);
    const { body } = await governed.execute(order);
    const { documentId } = body.certificate as unknown as Row;
    const answer = await company.proposer.get(`${PANEL}/destruction-certificates/${documentId}`);
    const view = answer.body as unknown as Record<string, unknown>;
    expect(view).toMatchObject({
      count: 1,
      approvers: [{ name: 'leader' }],
      proposer: { name: 'proposer' },
      executor: { name: 'executor' },
      supervisor: { name: 'supervisor' },
      summary: { customers: 1, contacts: 2, consents: 1, held: 0 },
      content: {
        records: { customer: 1, contact: 2, consent: 1 },
        proposedBy: 'proposer',
        executedBy: 'executor',
        supervisedBy: 'supervisor',
        verification: { found: 0 },
      },
    });
    const sorted = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, part]) => [name, sorted(part)])
          );
    const { media, verification, ...rest } = view.content as Record<string, unknown>;
    const { searched, ...report } = verification as Record<string, object[]>;
    const canonical = sorted({
      ...rest,
      media: (media as object[]).map(sorted),
      verification: { ...report, searched: searched!.map(sorted) },
    });
    expect(view.digest).toBe(createHash('sha256').update(JSON.stringify(canonical)).digest('hex'));
    expect((await company.proposer.get(`${PANEL}/destruction-certificates/nosuch`)).status).toBe(
      404
    );
  });

  it('leaves out who came under a legal hold meanwhile, and says so', async () => {
    const [gone, held] = await governed.dueCustomers(2);
    const order = await governed.approvedOrder([gone!, held!]);
    await governed.hold(held!);
    await governed.execute(order);
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
    await governed.execute(order);
    expect(await governed.traces([customer!])).toEqual({});
    expect((await certificates(order))[0]).toMatchObject({ summary: { contacts: 3 } });
  });

  it.each<Step>(['marked', 'keys-destroyed'])(
    'takes what is entered for a customer after the step "%s" with it, too',
    async (step) => {
      const [customer] = await governed.dueCustomers(1);
      const order = await governed.confirmedOrder([customer!]);
      const late: Row[] = [];
      await governed.retention.run(order, new Date(), async (reached) => {
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
    'marked',
    'keys-destroyed',
    'rows-removed',
    'batch-done',
    'verified',
    'certified',
    'done',
  ])('killed at "%s" and run again ends at the same place, with one certificate', async (step) => {
    const customers = await governed.dueCustomers(2);
    const order = await governed.confirmedOrder(customers);
    const killed = governed.retention.run(order, new Date(), (reached) => {
      if (reached === step) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    if (step !== 'done') {
      expect(await certificates(order)).toHaveLength(0);
      await governed.retention.run(order);
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
    const order = await governed.confirmedOrder(customers);
    const killed = governed.retention.run(order, new Date(), (reached) => {
      if (reached === 'marked') throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    await expect(governed.hold(customers[0]!)).rejects.toThrow(/too late/);
    await governed.retention.run(order);
    expect(await governed.traces(customers)).toEqual({});
  });

  it('gives no certificate while anything can still be found, and removes it the next time', async () => {
    const customers = await governed.dueCustomers(1);
    const order = await governed.confirmedOrder(customers);
    const stray = {
      record_type: CUSTOMER,
      document_id: customers[0]!.documentId,
      attribute: 'mobile',
      transform: 'exact',
      digest: 'stray',
    };
    const run = governed.retention.run(order, new Date(), async (reached) => {
      if (reached === 'batch-done')
        await app.strapi.db.connection('governance_lookups').insert(stray);
    });
    await expect(run).rejects.toThrow(/not certified.*1 of .*customer among the look-up rows/);
    expect(await certificates(order)).toHaveLength(0);
    await governed.retention.run(order);
    expect(await certificates(order)).toHaveLength(1);
    expect(await governed.traces(customers)).toEqual({});
  });

  it('gives no certificate while bytes still lie about that an earlier run had found', async () => {
    const customers = await governed.dueCustomers(1, { mobile: '13955550001' });
    const order = await governed.confirmedOrder(customers);
    const [{ digest }] = await app.strapi.db
      .connection('governance_lookups')
      .where({ document_id: customers[0]!.documentId, attribute: 'mobile', transform: 'exact' });
    const folder = path.join(app.dir, 'old-lists');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'list.csv'), `number,${digest}\n`);
    const setting = 'plugin::customer-governance.destruction';
    const before: object = app.strapi.config.get(setting, {});
    app.strapi.config.set(setting, { ...before, searchDirectories: [folder] });
    const keptFindings = () =>
      app.strapi.db.connection('governance_sealed_records').where({ document_id: order });
    try {
      await expect(governed.retention.run(order)).rejects.toThrow(/1 of look-up in list.csv/);
      expect(JSON.stringify(await keptFindings())).not.toContain(digest);
      // Nothing is left of which fingerprints could be taken anew.
      await expect(governed.retention.run(order)).rejects.toThrow(/1 of look-up in list.csv/);
      expect(await certificates(order)).toHaveLength(0);
      rmSync(folder, { recursive: true });
      await governed.retention.run(order);
    } finally {
      app.strapi.config.set(setting, before);
    }
    expect(await certificates(order)).toHaveLength(1);
    expect(await keptFindings()).toEqual([]);
  });
});
