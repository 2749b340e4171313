import { bootApp, type BootedApp } from '../support/app';
import {
  CONSENT,
  CONTACT,
  createCompany,
  createCaller,
  CUSTOMER,
  fieldsOf,
  signIn,
} from '../support/company';
import { createRetention, HOLD, type Row } from '../support/retention';

const EXPLORER = 'plugin::content-manager.explorer.';
const CONTENT_MANAGER = '/content-manager/collection-types';
const API = '/api/customer-governance';

type Caller = Awaited<ReturnType<typeof signIn>>;

/** A panel user who may do everything with these types that Strapi's own permissions know. */
async function custodian(app: BootedApp): Promise<Caller> {
  const types = [CUSTOMER, CONTACT, CONSENT, HOLD];
  const actions = ['create', 'read', 'update', 'delete'];
  const permissions = types.flatMap((subject) =>
    actions.map((action) => ({
      action: EXPLORER + action,
      subject,
      fields: fieldsOf(app.strapi, subject),
    }))
  );
  return createCaller(app, 'custodian', permissions);
}

async function apiToken(app: BootedApp): Promise<string> {
  const token = await app.strapi
    .service('admin::api-token')
    .create({ name: 'deletes', description: '', type: 'full-access', lifespan: null });
  return token.accessKey;
}

async function setUp(app: BootedApp) {
  const company = await createCompany(app);
  const governed = createRetention(app, company);
  const panel = await custodian(app);
  const token = await apiToken(app);
  const contactOf = (customer: Row): Promise<Row> =>
    app.strapi.db.query(CONTACT).findOne({ where: { customer: { id: customer.id } } });

  /** Every path on which a record of a type can be deleted, by name. Each throws or answers when it is refused. */
  const paths = (uid: string, plural: string): Array<[string, (row: Row) => Promise<unknown>]> => {
    const query = app.strapi.db.query(uid);
    const answered = async (call: Promise<{ status: number; text: string }>) => {
      const { status, text } = await call;
      if (status >= 400) throw new Error(`${status} ${text}`);
    };
    return [
      [
        'the document service',
        ({ documentId }) => app.strapi.documents(uid as never).delete({ documentId }),
      ],
      ['strapi.db.query', ({ id }) => query.delete({ where: { id } })],
      ['strapi.db.query in bulk', ({ id }) => query.deleteMany({ where: { id } })],
      [
        'the entity service',
        ({ id }) => app.strapi.entityService!.delete(uid as never, id as never),
      ],
      [
        'the panel',
        ({ documentId }) => answered(panel.delete(`${CONTENT_MANAGER}/${uid}/${documentId}`)),
      ],
      [
        'the panel in bulk',
        ({ documentId }) =>
          answered(
            panel.post(`${CONTENT_MANAGER}/${uid}/actions/bulkDelete`, {
              documentIds: [documentId],
            })
          ),
      ],
      [
        'the content API',
        ({ documentId }) =>
          answered(
            app.request
              .delete(`${API}/${plural}/${documentId}`)
              .set('Authorization', `Bearer ${token}`) as never
          ),
      ],
    ];
  };
  return { company, governed, panel, contactOf, paths };
}

describe('legal holds', () => {
  let app: BootedApp;
  let set: Awaited<ReturnType<typeof setUp>>;
  const there = (uid: string, { id }: Row) => app.strapi.db.query(uid).count({ where: { id } });

  beforeAll(async () => {
    // Deletion by permission: what is refused here is refused by the hold alone.
    app = await bootApp({ policy: { retention: { deletion: 'by-permission' } } });
    set = await setUp(app);
  });
  afterAll(() => app?.close());

  it('stop the deletion of a customer on every path, and each refusal is logged', async () => {
    const { governed, paths } = set;
    for (const [name, remove] of paths(CUSTOMER, 'customers')) {
      const customer = await governed.dueCustomer();
      const hold = await governed.hold(customer);
      await expect(remove(customer)).rejects.toThrow(
        name.includes('in bulk') && !name.includes('panel') ? /refused/ : hold.documentId
      );
      expect([name, await there(CUSTOMER, customer)]).toEqual([name, 1]);
      expect(await governed.traces([customer])).toMatchObject({
        customers: 1,
        contacts: 2,
        consents: 1,
        keys: 1,
      });
      if (name === 'strapi.db.query in bulk') continue;
      const where = { action: 'delete.refused', recordType: CUSTOMER };
      expect(await governed.entry(where, customer.documentId)).toMatchObject({
        outcome: 'refused',
        details: { reason: 'hold', hold: hold.documentId },
      });
      expect(await governed.entries({ action: 'record.delete' }, customer.documentId)).toEqual([]);
    }
  });

  it('stop the deletion of the customer’s contacts on every path', async () => {
    const { governed, paths, contactOf } = set;
    for (const [name, remove] of paths(CONTACT, 'contacts')) {
      const customer = await governed.dueCustomer();
      await governed.hold(customer);
      const contact = await contactOf(customer);
      await expect(remove(contact)).rejects.toThrow();
      expect([name, await there(CONTACT, contact)]).toEqual([name, 1]);
    }
  });

  it('stop moving a contact away, which would be a way around', async () => {
    const { governed, contactOf } = set;
    const [customer, other] = await governed.dueCustomers(2);
    const hold = await governed.hold(customer!);
    const contact = await contactOf(customer!);
    const contacts = app.strapi.db.query(CONTACT);
    for (const target of [other!.id, null, { set: [{ id: other!.id }] }]) {
      await expect(
        contacts.update({ where: { id: contact.id }, data: { customer: target } })
      ).rejects.toThrow(hold.documentId);
    }
    await contacts.update({
      where: { id: contact.id },
      data: { customer: customer!.id, position: 'Buyer' },
    });
  });

  it('let a deletion through once released, with everything that belongs to the customer', async () => {
    const { governed, panel } = set;
    const customer = await governed.dueCustomer();
    const hold = await governed.hold(customer);
    const path = `${CONTENT_MANAGER}/${CUSTOMER}/${customer.documentId}`;
    expect((await panel.delete(path)).status).toBe(403);
    await app.strapi.db.query(HOLD).update({ where: { id: hold.id }, data: { state: 'released' } });
    expect((await panel.delete(path)).status).toBe(200);
    expect(await governed.traces([customer])).toEqual({});
    expect(await there(HOLD, hold)).toBe(0);
  });

  it('are stamped with issuer and time, and logged without their reason', async () => {
    const { governed, company } = set;
    const customer = await governed.dueCustomer();
    const row = await governed.hold(customer, { issuer: company.head.staffId });
    const hold = await app.strapi.db
      .query(HOLD)
      .findOne({ where: { id: row.id }, populate: ['issuer'] });
    expect(hold).toMatchObject({
      state: 'active',
      releasedAt: null,
      issuer: { id: company.head.staffId },
    });
    expect(Math.abs(Date.now() - new Date(hold.issuedAt).getTime())).toBeLessThan(60_000);
    const issued = await governed.entry({ action: 'hold.create' }, hold.documentId);
    expect(issued.recordIds).toEqual([customer.documentId]);
    expect(JSON.stringify(issued)).not.toContain('Court case');

    await app.strapi.db.query(HOLD).update({ where: { id: hold.id }, data: { state: 'released' } });
    const released = await app.strapi.db.query(HOLD).findOne({ where: { id: hold.id } });
    expect(released.releasedAt).not.toBeNull();
    expect(await governed.entries({ action: 'hold.release' }, hold.documentId)).toHaveLength(1);
  });

  it('are entered and released in the panel', async () => {
    const { governed, panel } = set;
    const customer = await governed.dueCustomer();
    const path = `${CONTENT_MANAGER}/${HOLD}`;
    const made = await panel.post(path, {
      reason: 'Audit by the authority',
      reviewOn: '2040-01-01',
      customer: { connect: [{ id: customer.id, documentId: customer.documentId }], disconnect: [] },
    });
    expect(made.status).toBe(201);
    const hold = made.body.data as unknown as Row;
    const untouched = { customer: { connect: [], disconnect: [] } };
    const released = await panel.put(`${path}/${hold.documentId}`, {
      ...untouched,
      state: 'released',
    });
    expect(released.status).toBe(200);
    expect(released.body.data).toMatchObject({ state: 'released', releasedAt: expect.any(String) });
    const again = await panel.put(`${path}/${hold.documentId}`, { ...untouched, state: 'active' });
    expect(again.status).toBe(400);
  });

  it('are not deleted, moved, issued twice over or released in bulk', async () => {
    const { governed, panel } = set;
    const [customer, other] = await governed.dueCustomers(2);
    const hold = await governed.hold(customer!);
    const holds = app.strapi.db.query(HOLD);
    expect((await panel.delete(`${CONTENT_MANAGER}/${HOLD}/${hold.documentId}`)).status).toBe(403);
    await expect(holds.delete({ where: { id: hold.id } })).rejects.toThrow(/not deleted/);
    await expect(holds.deleteMany({ where: { id: hold.id } })).rejects.toThrow(/one by one/);
    await expect(
      holds.updateMany({ where: { id: hold.id }, data: { state: 'released' } })
    ).rejects.toThrow(/one by one/);
    await expect(
      holds.update({ where: { id: hold.id }, data: { customer: other!.id } })
    ).rejects.toThrow(/stays with its customer/);
    await expect(holds.create({ data: { reason: 'x' } })).rejects.toThrow(/choose the customer/);
    await expect(governed.hold(customer!, { state: 'released' })).rejects.toThrow(
      /begins as active/
    );
    expect(await governed.entry({ action: 'delete.refused', recordType: HOLD })).toMatchObject({
      recordIds: [hold.documentId],
    });
    const answer = await app.request.delete(`${API}/legal-holds/${hold.documentId}`);
    expect([403, 404, 405]).toContain(answer.status);
  });
});

describe('ordinary deletion where customers leave by order', () => {
  let app: BootedApp;
  let set: Awaited<ReturnType<typeof setUp>>;

  beforeAll(async () => {
    app = await bootApp();
    set = await setUp(app);
  });
  afterAll(() => app?.close());

  it('is refused for customers on every path, and logged', async () => {
    const { governed, paths } = set;
    for (const [name, remove] of paths(CUSTOMER, 'customers')) {
      const customer = await governed.dueCustomer();
      await expect(remove(customer)).rejects.toThrow(
        name === 'strapi.db.query in bulk' ? /refused/ : /destruction order/
      );
      expect(await governed.traces([customer])).toMatchObject({
        customers: 1,
        contacts: 2,
        consents: 1,
        keys: 1,
      });
      if (name === 'strapi.db.query in bulk') continue;
      expect(await governed.entry({ action: 'delete.refused' }, customer.documentId)).toMatchObject(
        { details: { reason: 'by-order' } }
      );
    }
  });

  it('is allowed for a single contact', async () => {
    const { governed, contactOf, panel } = set;
    const customer = await governed.dueCustomer();
    const contact = await contactOf(customer);
    expect((await panel.delete(`${CONTENT_MANAGER}/${CONTACT}/${contact.documentId}`)).status).toBe(
      200
    );
    expect(await governed.traces([customer])).toMatchObject({ customers: 1, contacts: 1 });
  });
});
