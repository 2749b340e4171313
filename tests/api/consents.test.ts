import { bootApp, type BootedApp } from '../support/app';
import {
  CONSENT,
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
  messageOf,
  named,
  type Answer,
  type Company,
} from '../support/company';

const PATH = `/content-manager/collection-types/${CONSENT}`;
const PANEL = '/customer-governance';
const GOVERNANCE = 'plugin::customer-governance.';

type Caller = Awaited<ReturnType<typeof createCaller>>;
type Row = Record<string, unknown> & { id: number; documentId: string };

describe('consents', () => {
  let app: BootedApp;
  let company: Company;
  /** Records and withdraws the consents of all customers. */
  let desk: Caller;
  /** May withdraw consents, and reads no customer. */
  let blind: Caller;
  let mine: Row;
  let purpose: Row;

  const service = () =>
    app.strapi.plugin('customer-governance').service('consents') as {
      activeFor(ids: string[], now?: Date): Promise<Map<string, unknown[]>>;
      covers(id: string, code: string, options: { sensitive: boolean }): Promise<boolean>;
      stopped(ids: string[]): Promise<Set<string>>;
      withdraw(id: string): Promise<unknown>;
      onWithdrawn(listener: (customer: string, purpose: string) => Promise<void>): void;
    };
  const consent = (data: object = {}) => ({
    customer: { connect: [{ documentId: mine.documentId }], disconnect: [] },
    purpose: { connect: [{ documentId: purpose.documentId }], disconnect: [] },
    scope: 'general',
    evidenceKind: 'signed-paper',
    evidence: 'scan-2026-17',
    noticeVersion: '2',
    ...data,
  });
  const stored = (documentId: string): Promise<Row> =>
    app.strapi.db.query(CONSENT).findOne({ where: { documentId } });
  const newConsent = async (data: object = {}): Promise<Row> => {
    const answer = await desk.post(PATH, consent(data));
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.data as unknown as Row;
  };
  const withdrawals = async (documentId: string): Promise<number> => {
    const entries: Array<{ details: { consent?: string } }> = await app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where: { action: 'consent.withdraw' } });
    return entries.filter(({ details }) => details.consent === documentId).length;
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const on = (uid: string, ...actions: string[]) =>
      actions.map((action) => ({
        action: `plugin::content-manager.explorer.${action}`,
        subject: uid,
        fields: fieldsOf(app.strapi, uid),
      }));
    const withdraw = { action: `${GOVERNANCE}consents.withdraw` };
    desk = await createCaller(app, 'desk', [
      { action: `${GOVERNANCE}notices.read` },
      ...on('plugin::customer-governance.contact', 'read'),
      ...on(CUSTOMER, 'read'),
      ...on(CONSENT, 'read', 'create', 'update', 'delete'),
      withdraw,
    ]);
    blind = await createCaller(app, 'blind', [...on(CONSENT, 'read'), withdraw]);
    mine = (await company.customer(company.rep)) as Row;
    purpose = await app.strapi.db
      .query(`${GOVERNANCE}purpose`)
      .findOne({ where: { code: 'customer-service' } });
  });
  afterAll(() => app?.close());

  it('are recorded with their evidence, from now on unless it is said', async () => {
    const made = await newConsent();
    const row = await stored(made.documentId);
    expect(row).toMatchObject({ state: 'given', scope: 'general', noticeVersion: '2' });
    expect(Math.abs(Date.now() - new Date(row.givenAt as string).getTime())).toBeLessThan(60_000);
  });

  it('name everything that they lack', async () => {
    const answer = await desk.post(PATH, { scope: 'general' });
    expect(answer.status).toBe(400);
    expect(named(answer).sort()).toEqual(
      ['customer', 'evidence', 'evidenceKind', 'noticeVersion', 'purpose'].sort()
    );
  });

  it.each([
    ['customer', { customer: 'nosuchcustomer' }],
    ['purpose', { purpose: [1, 2] }],
    ['scope', { scope: ['general'] }],
    ['state', { state: 'withdrawn' }],
    ['evidence', { evidence: { a: 1 } }],
    ['givenAt', { givenAt: '2100-01-01T00:00:00Z' }],
    ['colour', { colour: 'red' }],
  ])('answer a wrong %s with the attribute', async (attribute, data) => {
    const answer = await desk.post(PATH, consent(data));
    expect(answer.status).toBe(400);
    expect(named(answer)).toContain(attribute);
  });

  it('stay what was agreed to, while a form may send them back', async () => {
    const made = await newConsent();
    const { body } = await desk.get(`${PATH}/${made.documentId}`);
    const untouched = { connect: [], disconnect: [] };
    const form = { ...(body.data as unknown as Row), customer: untouched, purpose: untouched };
    const saved = await desk.put(`${PATH}/${made.documentId}`, { ...form, reference: 'A-1' });
    expect(saved.status).toBe(200);
    const changed = await desk.put(`${PATH}/${made.documentId}`, {
      scope: 'sensitive',
      state: 'refused',
    });
    expect(named(changed).sort()).toEqual(['scope', 'state']);
  });

  it('are withdrawn once, with everything that follows, and cannot be given again', async () => {
    const made = await newConsent();
    const told: string[] = [];
    service().onWithdrawn(async (customer, code) => {
      expect(app.strapi.db.inTransaction()).toBe(true);
      told.push(`${customer} ${code}`);
    });
    const path = `${PANEL}/consents/${made.documentId}/withdraw`;
    const answers = await Promise.all([desk.post(path), desk.post(path), desk.post(path)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const late = answers.find(({ status }) => status === 400) as Answer;
    expect(messageOf(late)).toContain('already withdrawn');
    expect(told).toEqual([`${mine.documentId} customer-service`]);
    expect(await withdrawals(made.documentId)).toBe(1);
    expect(await stored(made.documentId)).toMatchObject({ state: 'withdrawn' });

    const again = await desk.put(`${PATH}/${made.documentId}`, { state: 'given' });
    expect(again.status).toBe(403);
    expect(messageOf(again)).toContain('record another consent');
    await expect(
      app.strapi.db
        .query(CONSENT)
        .update({ where: { documentId: made.documentId }, data: { state: 'given' } })
    ).rejects.toThrow(/withdrawn/);
  });

  it('are withdrawn with what follows from it, or not at all', async () => {
    const made = await newConsent();
    let fails = true;
    service().onWithdrawn(async () => {
      if (fails) throw new Error('the listener failed');
    });
    await expect(service().withdraw(made.documentId)).rejects.toThrow('the listener failed');
    expect(await stored(made.documentId)).toMatchObject({ state: 'given' });
    expect(await withdrawals(made.documentId)).toBe(0);
    fails = false;
    await expect(service().withdraw(made.documentId)).resolves.toMatchObject({
      state: 'withdrawn',
    });
  });

  it('cannot be deleted, on any path', async () => {
    const made = await newConsent();
    const answer = await desk.delete(`${PATH}/${made.documentId}`);
    expect(answer.status).toBe(403);
    expect(messageOf(answer)).toContain('Withdraw it instead');
    const query = app.strapi.db.query(CONSENT);
    await expect(query.delete({ where: { id: made.id } })).rejects.toThrow(/cannot be deleted/);
    await expect(query.deleteMany({ where: {} })).rejects.toThrow(/cannot be deleted/);
    expect(await stored(made.documentId)).not.toBeNull();
  });

  it('are withdrawn by nobody who cannot read the customer', async () => {
    const made = await newConsent();
    const unseen = await blind.post(`${PANEL}/consents/${made.documentId}/withdraw`);
    const nothing = await blind.post(`${PANEL}/consents/nosuchconsent/withdraw`);
    expect([unseen.status, nothing.status]).toEqual([404, 404]);
    expect(unseen.text).toBe(nothing.text);
    expect((await company.rep.post(`${PANEL}/consents/${made.documentId}/withdraw`)).status).toBe(
      403
    );
    expect(await stored(made.documentId)).toMatchObject({ state: 'given' });
  });

  it('are in force for their purpose, scope and time alone', async () => {
    const other = await company.customer(company.rep);
    const of = async (sensitive: boolean, code = 'customer-service') =>
      service().covers(other.documentId, code, { sensitive });
    expect(await of(false)).toBe(false);
    const given = await company.consent(other.id, 'customer-service');
    expect([await of(false), await of(true), await of(false, 'marketing')]).toEqual([
      true,
      false,
      false,
    ]);
    const expired = new Date('2020-01-01');
    await app.strapi.db
      .query(CONSENT)
      .update({ where: { documentId: given.documentId }, data: { expiresAt: expired } });
    expect(await of(false)).toBe(false);
    expect((await service().activeFor([other.documentId], new Date('2019-01-01'))).size).toBe(1);
    expect((await service().activeFor([], new Date())).size).toBe(0);
    await company.consent(other.id, 'customer-service', 'sensitive');
    expect([await of(false), await of(true)]).toEqual([true, true]);
  });

  describe('recorded together', () => {
    const path = (customer: Row) => `${PANEL}/customers/${customer.documentId}/consents`;
    const paper = (...answers: object[]) => ({
      noticeVersion: '2',
      evidenceKind: 'signed-paper',
      evidence: 'scan 9',
      answers,
    });
    const answer = (purposeCode: string, scope: string, agreed = true, channel = 'any') => ({
      purpose: purposeCode,
      scope,
      channel,
      agreed,
    });
    const marketable = async (caller: Caller, channel: string) => {
      const { body } = await caller.get(`${PANEL}/marketable?channel=${channel}&limit=100`);
      return (body.items as unknown as Row[]).map(({ documentId }) => documentId);
    };

    it('are all there or none, and are taken back in one step', async () => {
      const customer = (await company.customer(company.rep)) as Row;
      const wrong = await desk.post(
        path(customer),
        paper(answer('customer-service', 'general'), answer('no-such-purpose', 'general'))
      );
      expect([wrong.status, named(wrong)]).toEqual([400, ['purpose']]);
      const of = { where: { customer: customer.id } };
      expect(await app.strapi.db.query(CONSENT).count(of)).toBe(0);
      const answers = [
        answer('customer-service', 'general'),
        answer('marketing', 'marketing', true, 'e-mail'),
        answer('marketing', 'sharing', false),
      ];
      const made = await desk.post(path(customer), paper(...answers));
      expect(made.status).toBe(201);
      expect((await blind.post(path(customer), paper(...answers))).status).toBe(403);
      const before = await marketable(desk, 'e-mail');
      expect(before).toContain(customer.documentId);
      expect(await marketable(desk, 'phone')).not.toContain(customer.documentId);
      expect((await company.other.get(`${PANEL}/marketable`)).status).toBe(403);

      const taken = await desk.post(`${path(customer)}/withdraw`);
      expect([taken.status, taken.body]).toEqual([200, { withdrawn: 2 }]);
      expect(await marketable(desk, 'e-mail')).not.toContain(customer.documentId);
      expect((await desk.post(`${path(customer)}/withdraw`)).body).toEqual({ withdrawn: 0 });

      const [first] = (made.body as unknown as { consents: string[] }).consents;
      const { body } = await desk.get(`${PANEL}/consents/${first}/history`);
      const entries = body.items as unknown as Array<{ action: string; by: { id: string } }>;
      expect(entries.map(({ action }) => action)).toEqual(['consent.give', 'consent.withdraw']);
      expect(entries[0]?.by.id).toBe(String(desk.userId));
      expect((await blind.get(`${PANEL}/consents/${first}/history`)).status).toBe(404);
    });

    it('of a minor are a guardian’s, who is a contact of the same customer', async () => {
      const contactOf = (customer: Row): Promise<Row> =>
        app.strapi.db.query('plugin::customer-governance.contact').create({
          data: { customer: customer.id, name: '王大明', publishedAt: new Date() },
        });
      const year = new Date().getFullYear();
      const child = (await company.customer(company.rep, {
        birthDate: `${year - 10}-06-01`,
      })) as Row;
      const grown = (await company.customer(company.rep, {
        birthDate: `${year - 16}-06-01`,
      })) as Row;
      const given = paper(answer('customer-service', 'general'));
      expect((await desk.post(path(grown), given)).status).toBe(201);
      const alone = await desk.post(path(child), given);
      expect(named(alone).sort()).toEqual(['guardianContact', 'guardianRelationship']);
      const refused = paper(answer('customer-service', 'general', false));
      expect((await desk.post(path(child), refused)).status).toBe(201);
      const stranger = await desk.post(path(child), {
        ...given,
        guardianContact: (await contactOf(grown)).documentId,
        guardianRelationship: 'parent',
      });
      expect(named(stranger)).toEqual(['guardianContact']);
      const guarded = await desk.post(path(child), {
        ...given,
        guardianContact: (await contactOf(child)).documentId,
        guardianRelationship: 'parent',
      });
      expect(guarded.status).toBe(201);
      const [documentId] = (guarded.body as unknown as { consents: string[] }).consents;
      expect(await stored(documentId ?? '')).toMatchObject({
        guardian: true,
        guardianRelationship: 'parent',
      });
    });
  });

  describe('through the content API', () => {
    const token = async (permissions: string[]) => {
      const { accessKey } = await app.strapi.service('admin::api-token').create({
        name: `consents ${permissions.join()}`,
        type: 'custom',
        permissions,
        lifespan: null,
        description: '',
      });
      return async (method: 'get' | 'post' | 'delete', path: string, body: object = {}) =>
        (await app.request[method](`/api/customer-governance/${path}`)
          .set('Authorization', `Bearer ${accessKey}`)
          .send(body)) as unknown as Answer;
    };

    it('are withdrawn by a token that was given the action, and deleted by none', async () => {
      const { documentId } = await company.consent(
        (await company.customer(company.rep)).id,
        'marketing'
      );
      const reader = await token([`${CONSENT}.find`]);
      expect((await reader('post', `consents/${documentId}/withdraw`)).status).toBe(403);
      const sender = await token([`${CONSENT}.marketable`]);
      const list = 'consents/marketable?channel=e-mail';
      expect((await reader('get', list)).status).toBe(403);
      const may = await sender('get', list);
      expect([may.status, may.body.meta]).toEqual([200, { nextCursor: null }]);
      const writer = await token([`${CONSENT}.withdraw`]);
      expect((await writer('delete', `consents/${documentId}`)).status).toBe(405);
      expect((await writer('post', `consents/${documentId}/withdraw`)).status).toBe(200);
      expect((await writer('post', 'consents/no%27such/withdraw')).status).toBe(400);
      expect((await writer('post', 'consents/nosuchconsent/withdraw')).status).toBe(404);
    });

    it('are all withdrawn at once by a token that was given the action, for customers not filed yet too', async () => {
      const { id, documentId } = await company.customer(company.rep);
      await company.consent(id, 'marketing');
      await company.consent(id, 'customer-service');
      const path = `customers/${documentId}/consents/withdraw`;
      expect((await (await token([`${CONSENT}.withdraw`]))('post', path)).status).toBe(403);
      const writer = await token([`${CONSENT}.withdrawAll`]);
      expect((await writer('post', path, { reason: 'x' })).status).toBe(400);
      expect(await writer('post', path)).toMatchObject({
        status: 200,
        body: { data: { withdrawn: 2 } },
      });
      expect((await service().activeFor([documentId])).size).toBe(0);
      expect((await writer('post', path)).body).toEqual({ data: { withdrawn: 0 } });
      expect((await writer('post', 'customers/nosuchcustomer/consents/withdraw')).status).toBe(404);
      expect((await writer('post', 'customers/no%27such/consents/withdraw')).status).toBe(400);
    });
  });
});
