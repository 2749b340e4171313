import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { executingOrder } from '../support/destruction';
import { CERTIFICATE, createRetention, ORDER, type Row, type Step } from '../support/retention';

const SEALED = 'governance_sealed_records';
const RESIDENT_ID = '11010519491231002X';
const MOBILE = '13712345678';

type Values = Record<string, string>;
interface Vault {
  unseal(uid: string, ids: string[], attributes: string[]): Promise<Map<string, Values>>;
  unsealChange(uid: string, id: string, sealed: string): Promise<unknown>;
  lookup(uid: string, attribute: string, value: string, transform?: string): Promise<string[]>;
  keyStore(): {
    dataKeys(type: string, ids: string[]): Promise<Array<{ wrapped: Buffer }>>;
    attributeTombstones(type: string, ids: string[]): Promise<object[]>;
  };
}
interface Upkeep {
  rotate(progress: () => void): Promise<unknown>;
  sweepOrphans(now: Date): Promise<number>;
  check(): Promise<Array<{ documentId: string }>>;
}

describe('destroying single attributes', () => {
  let app: BootedApp;
  let company: Company;
  let governed: ReturnType<typeof createRetention>;
  const service = <T>(name: string) => app.strapi.plugin('customer-governance').service(name) as T;
  const vault = () => service<Vault>('vault');
  const upkeep = () => service<Upkeep>('vault-upkeep');
  const customers = () => app.strapi.db.query(CUSTOMER);

  const createCustomer = (data: object = {}): Promise<Row> =>
    customers().create({
      data: {
        name: '王芳',
        kind: 'person',
        mobile: MOBILE,
        residentId: RESIDENT_ID,
        publishedAt: new Date(),
        ...data,
      },
    });
  const rowOf = ({ documentId }: Row): Promise<Row> =>
    customers().findOne({ where: { documentId } });
  const open = async ({ documentId }: Row) =>
    (await vault().unseal(CUSTOMER, [documentId], ['name', 'mobile', 'residentId'])).get(
      documentId
    );
  const sealedOf = ({ documentId }: Row) =>
    app.strapi.db.connection(SEALED).where({ record_type: CUSTOMER, document_id: documentId });
  const keyOf = async ({ documentId }: Row) =>
    (await vault().keyStore().dataKeys(CUSTOMER, [documentId]))[0]?.wrapped.toString('hex');
  const isGone = async (customer: Row) => {
    expect(await rowOf(customer)).toMatchObject({ mobile: '137****5678', residentId: null });
    expect(await open(customer)).toEqual({ name: '王芳', mobile: MOBILE });
    const found = await vault().lookup(CUSTOMER, 'residentId', RESIDENT_ID);
    expect(found).not.toContain(customer.documentId);
    expect(await vault().lookup(CUSTOMER, 'mobile', MOBILE)).toContain(customer.documentId);
    expect(await vault().keyStore().dataKeys(`${CUSTOMER}#next`, [customer.documentId])).toEqual(
      []
    );
  };
  const run = (order: string, onStep?: (step: Step) => void | Promise<void>) =>
    governed.retention.run(order, new Date(), onStep);

  beforeAll(async () => {
    app = await bootApp({ policy: { audit: { sequence: { seconds: 3600, rows: 100_000 } } } });
    company = await createCompany(app);
    governed = createRetention(app, company);
  });
  afterAll(() => app?.close());

  it('leaves the others, and no copy of the old row opens under any key that there is', async () => {
    const customer = await createCustomer();
    const [before] = await sealedOf(customer);
    const key = await keyOf(customer);
    const order = await executingOrder(app, [customer], ['customer.residentId']);
    await run(order);
    await isGone(customer);
    expect(await keyOf(customer)).not.toBe(key);
    const { documentId } = customer;
    expect(await vault().keyStore().attributeTombstones(CUSTOMER, [documentId])).toMatchObject([
      { attributes: 'residentId' },
    ]);
    // What a restored backup of the data brings back.
    await app.strapi.db.connection(SEALED).where({ id: before.id }).update(before);
    await app.strapi.db
      .connection('governance_customers')
      .where({ document_id: documentId })
      .update({ resident_id: '1101**********002X' });
    await expect(open(customer)).rejects.toThrow(/does not open/);
    expect(await governed.retention.repeatDestruction()).toBe(1);
    expect(await rowOf(customer)).toMatchObject({ mobile: '137****5678', residentId: null });
    expect(await open(customer)).toBeUndefined();
    expect(await governed.retention.repeatDestruction()).toBe(0);
    // It can be edited as before, and what is entered anew stays.
    await customers().update({ where: { documentId }, data: { mobile: MOBILE } });
    expect(await governed.retention.repeatDestruction()).toBe(0);
    expect(await open(customer)).toEqual({ mobile: MOBILE });
  });

  it('takes along what was taken from them: the region goes with the address, and one without an address stays', async () => {
    const region = '330106';
    const customer = await createCustomer({ address: '浙江省杭州市西湖区示例路1号', region });
    const other = await createCustomer({ region });
    const [before] = await sealedOf(customer);
    await run(await executingOrder(app, [customer, other], ['customer.address']));
    expect(await rowOf(customer)).toMatchObject({ address: null, region: null });
    expect(await rowOf(other)).toMatchObject({ address: null, region });
    // What a restored backup of the data brings back.
    await app.strapi.db.connection(SEALED).where({ id: before.id }).update(before);
    await app.strapi.db
      .connection('governance_customers')
      .where({ document_id: customer.documentId })
      .update({ address: '浙江省杭州市西湖区******', region });
    expect(await governed.retention.repeatDestruction()).toBe(1);
    expect(await rowOf(customer)).toMatchObject({ address: null, region: null });
  });

  it('takes the sealed old values of the log along, and says so instead of failing', async () => {
    const customer = await createCustomer({ wechat: 'wx_old' });
    const { documentId } = customer;
    await customers().update({ where: { documentId }, data: { wechat: 'wx_new' } });
    const [{ sealed }] = (await governed.entries(
      { action: 'record.update' },
      documentId
    )) as unknown as Array<{ sealed: Record<string, string> }>;
    const text = sealed[documentId] as string;
    expect(await vault().unsealChange(CUSTOMER, documentId, text)).toMatchObject({
      wechat: { old: 'wx_old', new: 'wx_new' },
    });
    await run(await executingOrder(app, [customer], ['customer.residentId']));
    expect(await vault().unsealChange(CUSTOMER, documentId, text)).toBeNull();
  });

  it('takes what is proposed for the attribute, and keeps what is proposed for others', async () => {
    const customer = await createCustomer({ bankCard: '6222020200112230' });
    const pending = service<{
      pending: {
        propose(where: object, values: object): Promise<void>;
        openProposed(where: object): Promise<object>;
      };
    }>('vault').pending;
    const where = { requestId: 'request', type: CUSTOMER, documentId: customer.documentId };
    await pending.propose(where, { residentId: null, mobile: '13787654321' });
    await run(await executingOrder(app, [customer], ['customer.residentId']));
    expect(await pending.openProposed(where)).toEqual({ mobile: '13787654321' });
  });

  it('leaves held customers out', async () => {
    const [free, held] = [await createCustomer(), await createCustomer()];
    await governed.hold(held);
    const order = await executingOrder(app, [free, held], ['customer.residentId']);
    await run(order);
    await isGone(free);
    expect(await open(held)).toMatchObject({ residentId: RESIDENT_ID });
  });

  it.each<Step>([
    'marked',
    'keys-prepared',
    'resealed',
    'keys-destroyed',
    'batch-done',
    'verified',
  ])(
    'killed at "%s" leaves every record readable and writable, and ends at the same place when run again',
    async (step) => {
      const [first, second] = [await createCustomer(), await createCustomer()];
      const order = await executingOrder(app, [first, second], ['customer.residentId']);
      const killed = run(order, (reached) => {
        if (reached === step) throw new Error('killed');
      });
      await expect(killed).rejects.toThrow('killed');
      expect(await open(first)).toMatchObject({ name: '王芳', mobile: MOBILE });
      expect(
        await app.strapi.db.query(CERTIFICATE).count({ where: { order: { documentId: order } } })
      ).toBe(0);
      // Meanwhile somebody writes, keys are rotated, and orphaned keys are swept.
      const { documentId } = first;
      await customers().update({ where: { documentId }, data: { wechat: 'wx_after' } });
      await upkeep().rotate(() => undefined);
      await upkeep().sweepOrphans(new Date(Date.now() + 30 * 24 * 60 * 60 * 1000));
      expect(await open(first)).toMatchObject({ name: '王芳', mobile: MOBILE });
      await run(order);
      for (const customer of [first, second]) await isGone(customer);
      expect(await vault().unseal(CUSTOMER, [documentId], ['wechat'])).toEqual(
        new Map([[documentId, { wechat: 'wx_after' }]])
      );
      expect(
        await app.strapi.db.query(ORDER).findOne({ where: { documentId: order } })
      ).toMatchObject({
        state: 'executed',
      });
      const wrong = await upkeep().check();
      expect(wrong.filter((each) => each.documentId === documentId)).toEqual([]);
    }
  );

  it('keeps records readable to whoever reads while it goes on', async () => {
    const many: Row[] = [];
    while (many.length < 30) many.push(await createCustomer());
    const order = await executingOrder(app, many, ['customer.residentId']);
    let done = false;
    let read = 0;
    const reading = (async () => {
      while (!done) {
        const values = await vault().unseal(
          CUSTOMER,
          many.map(({ documentId }) => documentId),
          ['name', 'mobile']
        );
        expect(values.size).toBe(many.length);
        read += 1;
        // Lets everybody else have a turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await run(order).finally(() => (done = true));
    await reading;
    expect(read).toBeGreaterThan(0);
    for (const customer of many) await isGone(customer);
  });
});
