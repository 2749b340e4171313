import { bootApp, type BootedApp } from '../support/app';
import { createCompany, type Company } from '../support/company';
import { createRetention, ORDER, type Row } from '../support/retention';

const RESIDENT_ID = '11010519491231002X';
const LATE = '2099-01-01';

describe('attributes that go before their customer', () => {
  let app: BootedApp;
  let company: Company;
  let governed: ReturnType<typeof createRetention>;

  const orders = () => app.strapi.db.query(ORDER);
  /** A customer whose relation ended long enough for the resident ID, and not for the customer. */
  const ended = async (residentId: string | undefined, data: object = {}): Promise<Row> => {
    const recent = new Date(Date.now() - 100 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const year = Number(recent.slice(0, 4));
    return (await company.customer(company.rep, {
      lastContactOn: recent,
      relationEndedOn: `${year - 2}${recent.slice(4).replace('02-29', '02-28')}`,
      residentId,
      ...data,
    })) as Row;
  };
  const itemsOf = async (documentId: string): Promise<Row[]> => {
    const { id } = await orders().findOne({ where: { documentId } });
    return app.strapi.db.connection('governance_destruction_items').where({ order_id: id });
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    governed = createRetention(app, company);
  });
  afterAll(() => app?.close());

  it('are proposed by night, all customers of one set of attributes together', async () => {
    const [first, second] = [await ended(RESIDENT_ID), await ended(RESIDENT_ID)];
    await ended(undefined);
    await ended(RESIDENT_ID, { relationEndedOn: LATE });
    const made = await governed.retention.proposeDueAttributes(new Date());
    expect(made).toHaveLength(1);
    const order = await orders().findOne({ where: { documentId: made[0] } });
    expect(order).toMatchObject({ attributes: ['customer.residentId'], count: 2 });
    const items = await itemsOf(made[0] as string);
    expect(items.map(({ document_id: id }) => id).sort()).toEqual(
      [first.documentId, second.documentId].sort()
    );
    expect(items.map(({ open_key: key }) => key)).toContain(
      `${first.documentId}#customer.residentId`
    );
    expect(await governed.retention.proposeDueAttributes(new Date())).toEqual([]);
    const [entry] = await governed.entries({ action: 'retention.propose' });
    expect(entry).toMatchObject({ attributes: ['customer.residentId'] });
  });

  it('are not proposed of customers under a hold, nor of those who are due as a whole', async () => {
    const held = await ended(RESIDENT_ID);
    await governed.hold(held);
    await ended(RESIDENT_ID, { relationEndedOn: '2015-01-01' });
    expect(await governed.retention.proposeDueAttributes(new Date())).toEqual([]);
  });

  it('do not keep the whole customer out of an order of its own', async () => {
    const customer = await ended(RESIDENT_ID);
    expect(await governed.retention.proposeDueAttributes(new Date())).toHaveLength(1);
    await app.strapi.db
      .query('plugin::customer-governance.customer')
      .update({ where: { id: customer.id }, data: { lastContactOn: '2015-01-01' } });
    const { status, text } = await governed.propose([customer]);
    expect([status, text]).toEqual([200, expect.any(String)]);
  });
});
