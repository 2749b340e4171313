import { BATCH } from '../../src/plugins/customer-governance/server/src/retention/destruction/destruction';
import { bootApp, type BootedApp } from '../support/app';
import { CONTACT, createCompany, CUSTOMER, type Company } from '../support/company';
import { executingOrder } from '../support/destruction';
import {
  CERTIFICATE,
  createRetention,
  HOLD,
  ORDER,
  type Row,
  type Step,
} from '../support/retention';

const HELD = 'governance_held';
const ITEMS = 'governance_destruction_items';
const MOBILE = '13612345678';

describe('a legal hold that comes while an order is being carried out', () => {
  let app: BootedApp;
  let company: Company;
  let governed: ReturnType<typeof createRetention>;
  let past: Row;

  const customers = () => app.strapi.db.query(CUSTOMER);
  const contacts = () => app.strapi.db.query(CONTACT);
  const table = (name: string) => app.strapi.db.connection(name);
  const run = (order: string, onStep?: (step: Step) => void | Promise<void>) =>
    governed.retention.run(order, new Date(), onStep);
  /** Does something once, when a step is reached for the first time. */
  const atFirst = (wanted: Step, work: () => Promise<unknown>) => {
    let done = false;
    return async (step: Step) => {
      if (step !== wanted || done) return;
      done = true;
      await work();
    };
  };
  const stateOf = async (order: string, { documentId }: Row) => {
    const { id } = await app.strapi.db.query(ORDER).findOne({ where: { documentId: order } });
    const [item] = await table(ITEMS).where({ order_id: id, document_id: documentId });
    return item?.state as string | undefined;
  };
  const certificateOf = (order: string): Promise<Row> =>
    app.strapi.db.query(CERTIFICATE).findOne({ where: { order: { documentId: order } } });
  const mobileOf = async ({ documentId }: Row, uid = CUSTOMER) => {
    const vault = app.strapi.plugin('customer-governance').service('vault');
    return (await vault.unseal(uid, [documentId], ['mobile'])).get(documentId)?.mobile;
  };

  /** Writes a hold on customers as another program does, past all that looks at holds being issued. */
  const holdByRows = (...held: Row[]) =>
    table(HELD).insert(
      held.map(({ id, documentId }) => ({
        hold_id: past.id,
        customer_id: id,
        record_type: CUSTOMER,
        document_id: documentId,
        whole: true,
      }))
    );

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    governed = createRetention(app, company);
    past = await governed.hold((await company.customer(company.rep)) as Row);
  });
  afterAll(() => app?.close());

  it('between two batches keeps the customer, and the order ends without them', async () => {
    const industry = 'Two batches';
    const data = { kind: 'person', name: '钱多', industry, lastContactOn: '2015-01-01' };
    for (let made = 0; made <= BATCH; made += 143) {
      await customers().createMany({
        data: Array.from({ length: 143 }, () => ({ ...data, publishedAt: new Date() })),
      });
    }
    const all: Row[] = await customers().findMany({ where: { industry }, orderBy: 'id' });
    expect(all.length).toBeGreaterThan(BATCH);
    const last = all.at(-1) as Row;
    const order = await executingOrder(app, all);
    await run(
      order,
      atFirst('batch-done', () => governed.hold(last))
    );
    expect(await customers().findMany({ select: ['documentId'], where: { industry } })).toEqual([
      expect.objectContaining({ documentId: last.documentId }),
    ]);
    expect(await stateOf(order, last)).toBe('held');
    expect(await certificateOf(order)).toMatchObject({
      summary: { customers: all.length - 1, held: 1 },
    });
  });

  it('within a batch keeps the customer with all that hangs on them, and the others go', async () => {
    const [gone, held] = (await governed.dueCustomers(2, { mobile: MOBILE })) as [Row, Row];
    const order = await executingOrder(app, [gone, held]);
    await run(
      order,
      atFirst('marked', () => holdByRows(held))
    );
    expect(await governed.traces([gone])).toEqual({});
    expect(await governed.traces([held])).toMatchObject({
      customers: 1,
      contacts: 2,
      consents: 1,
      keys: 1,
    });
    expect(await mobileOf(held)).toBe(MOBILE);
    expect(await certificateOf(order)).toMatchObject({
      count: 1,
      summary: { customers: 1, contacts: 2, consents: 1, held: 1 },
      content: { verification: { found: 0 } },
    });
  });

  it('is found by the next run where the one that met it was killed', async () => {
    const [gone, held] = (await governed.dueCustomers(2)) as [Row, Row];
    const order = await executingOrder(app, [gone, held]);
    const killed = run(order, (step) => {
      if (step === 'marked') throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    await holdByRows(held);
    await run(order);
    expect(await governed.traces([gone])).toEqual({});
    expect(await stateOf(order, held)).toBe('held');
    expect(await certificateOf(order)).toMatchObject({ summary: { customers: 1, held: 1 } });
  });

  it('keeps a contact that was moved to a held customer meanwhile', async () => {
    const [gone, held] = (await governed.dueCustomers(2)) as [Row, Row];
    await governed.hold(held);
    const order = await executingOrder(app, [gone]);
    const contact: Row = await contacts().findOne({ where: { customer: { id: gone.id } } });
    await run(
      order,
      atFirst('marked', () =>
        contacts().update({ where: { id: contact.id }, data: { customer: held.id } })
      )
    );
    expect(await governed.traces([gone])).toEqual({});
    expect(await mobileOf(contact, CONTACT)).toBe('13700137001');
    expect(await certificateOf(order)).toMatchObject({ summary: { customers: 1, contacts: 1 } });
  });

  it('comes too late for whoever has no keys any more, and is lifted', async () => {
    const [first, late] = (await governed.dueCustomers(2)) as [Row, Row];
    const order = await executingOrder(app, [first, late]);
    await run(
      order,
      atFirst('keys-destroyed', () => holdByRows(late))
    );
    expect(await governed.traces([first, late])).toEqual({});
    expect(await table(HELD).where({ document_id: late.documentId, lifted: null })).toEqual([]);
    expect(await certificateOf(order)).toMatchObject({ summary: { customers: 2, held: 0 } });
  });

  it('keeps single attributes, too', async () => {
    const [gone, held] = (await governed.dueCustomers(2)) as [Row, Row];
    const order = await executingOrder(app, [gone, held], ['customer.residentId']);
    await run(
      order,
      atFirst('marked', () => holdByRows(held))
    );
    const residentIdOf = async ({ id }: Row) =>
      (await customers().findOne({ where: { id } })).residentId as string | null;
    expect(await residentIdOf(gone)).toBeNull();
    expect(await stateOf(order, held)).toBe('held');
    expect(await mobileOf(held)).toBe('13800138000');
    expect(await certificateOf(order)).toMatchObject({ content: { held: 1 } });
  });

  it('either stands and keeps the customer or is refused, whichever was first', async () => {
    const due = await governed.dueCustomers(6);
    const order = await executingOrder(app, due);
    const [, ...issued] = await Promise.allSettled([
      run(order),
      ...due.map((customer) => governed.hold(customer)),
    ]);
    for (const [at, customer] of due.entries()) {
      const there = await customers().count({ where: { id: customer.id } });
      expect({ at, there }).toEqual({ at, there: issued[at]?.status === 'fulfilled' ? 1 : 0 });
      if (there) expect(await mobileOf(customer)).toBe('13800138000');
      const holds = await app.strapi.db
        .query(HOLD)
        .count({ where: { customer: { id: customer.id } } });
      expect(holds).toBe(there);
    }
    expect(await certificateOf(order)).toMatchObject({
      summary: { held: issued.filter(({ status }) => status === 'fulfilled').length },
    });
  });
});
