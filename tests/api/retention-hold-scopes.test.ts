import { bootApp, type BootedApp } from '../support/app';
import { CONTACT, createCaller, createCompany, createRole, CUSTOMER } from '../support/company';
import { createRetention, HOLD, type Row } from '../support/retention';

const PANEL = '/customer-governance/legal-holds';
const GOVERNANCE = 'plugin::customer-governance.';
const FUTURE = '2090-01-31';

interface HoldView {
  documentId: string;
  scope: string;
  state: string;
  customers: number;
  reviewDue: boolean;
}
interface HoldService {
  nightly(now: Date): Promise<void>;
  remindOfHolds(now: Date): Promise<number>;
}

async function setUp(app: BootedApp) {
  const company = await createCompany(app);
  const governed = createRetention(app, company);
  const plain = (action: string) => ({ action: GOVERNANCE + action });
  const role = await createRole(app.strapi, 'Hold keeper', [
    plain('holds.manage'),
    plain('retention.read'),
  ]);
  // The information department's people keep the holds.
  for (const { userId } of [company.proposer, company.executor]) {
    const user = await app.strapi.db
      .query('admin::user')
      .findOne({ where: { id: userId }, populate: ['roles'] });
    await app.strapi.service('admin::user').updateById(userId, {
      roles: [...user.roles.map(({ id }: { id: number }) => id), role],
    });
  }
  return {
    company,
    governed,
    service: app.strapi.plugin('customer-governance').service('retention') as HoldService,
    reader: await createCaller(app, 'reader', [plain('retention.read')]),
  };
}

describe('a legal hold', () => {
  let app: BootedApp;
  let set: Awaited<ReturnType<typeof setUp>>;
  const remove = (uid: string, { id }: Row) => app.strapi.db.query(uid).delete({ where: { id } });
  const issue = async (body: object) => {
    const answer = await set.company.proposer.post(PANEL, {
      reason: 'Inspection',
      reviewOn: FUTURE,
      ...body,
    });
    return { status: answer.status, text: answer.text, hold: answer.body as unknown as HoldView };
  };
  const release = (hold: HoldView) =>
    set.company.executor.post(`${PANEL}/${hold.documentId}/release`, { reason: 'It is over' });
  const contactsOf = (customer: Row): Promise<Row[]> =>
    app.strapi.db
      .query(CONTACT)
      .findMany({ where: { customer: { id: customer.id } }, orderBy: 'id' });

  beforeAll(async () => {
    app = await bootApp({ policy: { retention: { deletion: 'by-permission' } } });
    set = await setUp(app);
  });
  afterAll(() => app?.close());

  it('on one record keeps that record and its customer, and nothing else of the customer', async () => {
    const customer = await set.governed.dueCustomer();
    const [kept, other] = await contactsOf(customer);
    const { status, hold } = await issue({
      scope: 'record',
      recordType: CONTACT,
      recordId: kept!.documentId,
    });
    expect([status, hold.scope, hold.customers]).toEqual([200, 'record', 1]);
    await expect(remove(CONTACT, kept!)).rejects.toThrow(hold.documentId);
    await expect(remove(CUSTOMER, customer)).rejects.toThrow(hold.documentId);
    await remove(CONTACT, other!);
    expect((await set.governed.propose([customer])).text).toMatch(/hold/);
    expect((await release(hold)).status).toBe(200);
    await remove(CUSTOMER, customer);
    expect(await set.governed.traces([customer])).toEqual({});
  });

  it('by filter keeps whoever fits, those who come to fit, and those who fit no more', async () => {
    const { governed, company, service } = set;
    const filter = { kind: 'company', $and: [{ department: { id: { $eq: company.west.id } } }] };
    const make = (data: object): Promise<Row> =>
      company.customer(company.other, {
        kind: 'company',
        companyName: '示例公司',
        department: company.west.id,
        ...data,
      }) as Promise<Row>;
    const fits = await make({});
    const others = await make({ department: company.east.id });
    const preview = await company.proposer.post(`${PANEL}/preview`, { filter });
    expect([preview.status, preview.body]).toEqual([200, { customers: 1 }]);

    const { status, hold } = await issue({ scope: 'filter', filter });
    expect([status, hold.customers]).toEqual([200, 1]);
    await expect(remove(CUSTOMER, fits)).rejects.toThrow(hold.documentId);

    const later = await make({});
    await expect(remove(CUSTOMER, later)).rejects.toThrow(hold.documentId);
    const customers = app.strapi.db.query(CUSTOMER);
    await customers.update({ where: { id: others.id }, data: { department: company.west.id } });
    await expect(remove(CUSTOMER, others)).rejects.toThrow(hold.documentId);
    await customers.update({ where: { id: others.id }, data: { department: company.east.id } });
    await expect(remove(CUSTOMER, others)).rejects.toThrow(hold.documentId);

    // Written while lifecycles are off, as by an import: the night finds it.
    app.strapi.db.lifecycles.disable();
    const silent = await make({ documentId: 'silentlyentered' });
    app.strapi.db.lifecycles.enable();
    await service.nightly(new Date());
    await expect(remove(CUSTOMER, silent)).rejects.toThrow(hold.documentId);

    const page = await set.reader.get(`${PANEL}/${hold.documentId}/customers`);
    const covered = (page.body.items as unknown as Row[]).map(({ documentId }) => documentId);
    expect(covered.sort()).toEqual(
      [fits, later, others, silent].map(({ documentId }) => documentId).sort()
    );
    expect((await governed.entries({ action: 'hold.extend' }, later.documentId))[0]).toMatchObject({
      actorKind: 'system',
      actorId: 'legal-hold',
    });

    expect((await release(hold)).status).toBe(200);
    for (const customer of [fits, later, others, silent]) await remove(CUSTOMER, customer);
  });

  it.each([
    ['a protected attribute', { mobile: '13800138000' }],
    ['what is no attribute', { wealth: 1 }],
    ['nothing', {}],
    ['a value of another kind', { keyCustomer: 'perhaps' }],
    ['a day that there is not', { lastContactOn: { $lt: '2026-02-30' } }],
    ['a choice that there is not', { kind: { $in: ['robot'] } }],
    ['one value where a list belongs', { kind: { $in: 'person' } }],
    ['an id that is none', { owner: { id: 'first' } }],
  ])('by filter is refused when the filter asks for %s', async (_what, filter) => {
    const { status, text } = await issue({ scope: 'filter', filter });
    expect([status, text]).toEqual([400, expect.stringContaining('filter')]);
    expect(text).not.toContain('13800138000');
    const preview = await set.company.proposer.post(`${PANEL}/preview`, { filter });
    expect(preview.status).toBe(400);
  });

  it('is issued and released by those who may, with a reason and a day for its review', async () => {
    const customer = await set.governed.dueCustomer();
    const body = { scope: 'customer', customer: customer.documentId };
    for (const wrong of [
      { ...body, reason: '' },
      { ...body, reviewOn: '2026-13-01' },
      { ...body, reviewOn: '2020-01-01' },
      { ...body, recordId: 'x' },
      { scope: 'customer' },
      { scope: 'customer', customer: 'nobody' },
      { scope: 'record', recordType: HOLD, recordId: 'x' },
      { scope: 'record', recordType: CONTACT, recordId: 'nothing' },
    ]) {
      expect([wrong, (await issue(wrong)).status]).toEqual([wrong, 400]);
    }
    const forbidden = await set.reader.post(PANEL, { ...body, reason: 'x', reviewOn: FUTURE });
    expect(forbidden.status).toBe(403);

    const { hold } = await issue(body);
    expect((await set.reader.post(`${PANEL}/${hold.documentId}/release`, {})).status).toBe(403);
    expect(
      (await set.company.executor.post(`${PANEL}/${hold.documentId}/release`, {})).status
    ).toBe(400);
    const released = await release(hold);
    expect(released.body).toMatchObject({
      state: 'released',
      releaseReason: 'It is over',
      issuer: { name: 'proposer' },
      releasedBy: { name: 'executor' },
      customers: 1,
    });
    expect((await release(hold)).status).toBe(400);
    const list = await set.reader.get(`${PANEL}?state=released`);
    expect(
      (list.body.items as unknown as HoldView[]).map(({ documentId }) => documentId)
    ).toContain(hold.documentId);
    const [entry] = await set.governed.entries({ action: 'hold.release' }, hold.documentId);
    expect(entry).toMatchObject({
      recordIds: [customer.documentId],
      details: { scope: 'customer' },
    });
  });

  it('whose review date has come is told to its issuer and the information department, once', async () => {
    const { governed, company, service } = set;
    const customer = await governed.dueCustomer();
    const hold = await governed.hold(customer, {
      reviewOn: '2031-05-01',
      issuer: company.head.staffId,
    });
    const told = async (person: typeof company.head) => {
      const { body } = await person.get('/customer-governance/notifications');
      return (body.items as unknown as Array<{ event: string; requestId: string }>).filter(
        ({ event, requestId }) => event === 'hold-review' && requestId === hold.documentId
      ).length;
    };
    await service.remindOfHolds(new Date('2031-04-30T08:00:00Z'));
    expect(await told(company.head)).toBe(0);
    const day = new Date('2031-05-01T08:00:00Z');
    expect(await service.remindOfHolds(day)).toBe(1);
    expect(await service.remindOfHolds(day)).toBe(0);
    expect([await told(company.head), await told(company.proposer)]).toEqual([1, 1]);
    expect(await told(company.rep)).toBe(0);

    await app.strapi.db
      .query(HOLD)
      .update({ where: { id: hold.id }, data: { reviewOn: '2031-06-01' } });
    expect(await service.remindOfHolds(day)).toBe(0);
    expect(await service.remindOfHolds(new Date('2031-06-02T08:00:00Z'))).toBe(1);
  });
});
