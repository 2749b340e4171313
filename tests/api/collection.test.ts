import { bootApp, type BootedApp } from '../support/app';
import {
  CONTACT,
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
  messageOf,
  named,
  signIn,
  type Answer,
  type Company,
} from '../support/company';

const PLAN = 'plugin::customer-governance.collection-plan';
const PURPOSE = 'plugin::customer-governance.purpose';
const CONSENT = 'plugin::customer-governance.consent';
const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const CONTACTS = `/content-manager/collection-types/${CONTACT}`;
const PLANS = `/content-manager/collection-types/${PLAN}`;
const API = '/api/customer-governance';
const RESIDENT_ID = '11010519491231002X';

type Caller = Awaited<ReturnType<typeof signIn>>;
type Row = Record<string, unknown> & { id: number; documentId: string };

/** The attributes that an answer names, in their order. */
const created = ({ body }: Answer): Row => body.data as unknown as Row;

describe('collection', () => {
  let app: BootedApp;
  let company: Company;
  /** Keeps plans, purposes and consents, and reads all customers. */
  let clerk: Caller;
  let service: Row;
  let identity: Row;
  let plan: Row;
  /** The plan collects the resident ID as well. */
  let identityPlan: Row;
  let draft: Row;

  const customer = (data: object = {}) => ({
    kind: 'person',
    name: '王小明',
    mobile: '13800138000',
    industry: 'Farming',
    source: 'sales',
    method: 'direct',
    plan: { connect: [{ id: plan.id, documentId: plan.documentId }], disconnect: [] },
    ...data,
  });
  const purpose = (code: string): Promise<Row> =>
    app.strapi.db.query(PURPOSE).findOne({ where: { code } });
  const refusals = () =>
    app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where: { action: 'collection.refused' }, orderBy: { id: 'desc' } });
  const stored = (documentId: string) =>
    app.strapi.db.query(CUSTOMER).findOne({
      where: { documentId },
      populate: { owner: true, department: true, plan: true },
    });
  const on = (uid: string, actions: string[], fields = fieldsOf(app.strapi, uid)) =>
    actions.map((action) => ({
      action: `plugin::content-manager.explorer.${action}`,
      subject: uid,
      fields,
    }));

  beforeAll(async () => {
    // Who may change what is not the matter here.
    app = await bootApp({ policy: { changes: { controlled: [] } } });
    company = await createCompany(app);
    const all = ['read', 'create', 'update', 'delete'];
    clerk = await createCaller(app, 'clerk', [
      ...[PLAN, PURPOSE, CONSENT].flatMap((uid) => on(uid, all)),
      ...on(CUSTOMER, ['read', 'update']),
    ]);
    service = await purpose('customer-service');
    identity = await purpose('identity-verification');
    const file = ['companyName', 'name', 'mobile', 'industry'].map((name) => `customer.${name}`);
    const newDraft = async (code: string, purposes: Row[], attributes: string[]) => {
      const answer = await clerk.post(PLANS, {
        code,
        title: code,
        purposes: { connect: purposes.map(({ id, documentId }) => ({ id, documentId })) },
        attributes,
      });
      if (answer.status !== 201) throw new Error(answer.text);
      return created(answer);
    };
    const newPlan = async (code: string, purposes: Row[], attributes: string[]) => {
      const made = await newDraft(code, purposes, attributes);
      // As its approval does; that has tests of its own.
      await app.strapi.db
        .query(PLAN)
        .update({ where: { documentId: made.documentId }, data: { state: 'active' } });
      return made;
    };
    plan = await newPlan(
      'P-SERVICE',
      [service],
      [...file, 'customer.needs', 'customer.email', 'contact.name', 'contact.mobile']
    );
    draft = await newDraft('P-DRAFT', [service], ['customer.name', 'customer.email']);
    identityPlan = await newPlan(
      'P-IDENTITY',
      [service, identity],
      [...file, 'customer.residentId']
    );
  });
  afterAll(() => app?.close());

  describe('of purposes', () => {
    it('has those of the policy, which the panel cannot change, and says where they are changed', async () => {
      expect(service).toMatchObject({ origin: 'policy', active: true, name: 'Customer service' });
      const path = `/content-manager/collection-types/${PURPOSE}/${service.documentId}`;
      for (const answer of [
        await clerk.put(path, { name: 'Anything' }),
        await clerk.delete(path),
      ]) {
        expect(answer.status).toBe(403);
        expect(messageOf(answer)).toContain('config/plugins.ts');
      }
      const query = app.strapi.db.query(PURPOSE);
      await expect(query.delete({ where: { id: service.id } })).rejects.toThrow(/policy document/);
      await expect(query.deleteMany({ where: {} })).rejects.toThrow(/policy document/);
      expect(await purpose('customer-service')).toMatchObject({ name: 'Customer service' });
    });

    it('takes one from the panel that names attributes which exist', async () => {
      const path = `/content-manager/collection-types/${PURPOSE}`;
      const data = { code: 'survey', name: 'Survey', legalBasis: 'consent' };
      const wrong = await clerk.post(path, { ...data, attributes: ['customer.shoeSize'] });
      expect(wrong.status).toBe(400);
      expect(named(wrong)).toEqual(['attributes']);
      const policys = await clerk.post(path, { ...data, attributes: [], origin: 'policy' });
      expect(named(policys)).toEqual(['origin']);
      expect((await clerk.post(path, { ...data, attributes: ['customer.email'] })).status).toBe(
        201
      );
      const again = await clerk.post(path, { ...data, attributes: ['customer.email'] });
      expect(again.status).toBe(400);
      expect(named(again)).toEqual(['code']);
    });
  });

  describe('by plans', () => {
    const path = () => `${PLANS}/${draft.documentId}`;

    it('lets a plan only narrow what its purposes justify', async () => {
      const answer = await clerk.put(path(), {
        attributes: ['customer.name', 'customer.passport'],
      });
      expect(answer.status).toBe(400);
      expect(messageOf(answer)).toContain('customer.passport');
      const without = await clerk.put(path(), { purposes: { disconnect: [service.documentId] } });
      expect(named(without)).toEqual(['attributes']);
    });

    it('saves a plan as the form sends it back', async () => {
      const { body } = await clerk.get(path());
      const form = body.data as unknown as Row;
      const answer = await clerk.put(path(), {
        ...form,
        purposes: { connect: [], disconnect: [] },
        responsible: { connect: [], disconnect: [] },
        goal: 'Serve well',
      });
      expect(answer.status).toBe(200);
    });

    it("takes the list as the panel's editor sends it, and nothing that is no list", async () => {
      const list = JSON.stringify(draft.attributes);
      expect((await clerk.put(path(), { attributes: list })).status).toBe(200);
      const { attributes } = await app.strapi.db.query(PLAN).findOne({ where: { id: draft.id } });
      expect(attributes).toEqual(draft.attributes);
      for (const wrong of ['customer.name', '{}', 5, [5]]) {
        expect(named(await clerk.put(path(), { attributes: wrong }))).toEqual(['attributes']);
      }
      expect(named(await clerk.put(path(), { startsOn: '0000-01-01' }))).toEqual(['startsOn']);
    });

    it('refuses two plans with one code', async () => {
      const data = { code: 'P-SERVICE', title: 'x', attributes: [], purposes: [] };
      expect(named(await clerk.post(PLANS, data))).toEqual(['code']);
    });

    it('keeps a plan under which customers were collected', async () => {
      await company.customer(company.rep, { plan: plan.id });
      const answer = await clerk.delete(`${PLANS}/${plan.documentId}`);
      expect(answer.status).toBe(403);
      expect(messageOf(answer)).toContain('Close it');
    });
  });

  describe('of a customer in the panel', () => {
    it('takes what the plan collects, for the one who enters it', async () => {
      const answer = await company.rep.post(LIST, customer());
      expect(answer.status).toBe(201);
      expect(await stored(created(answer).documentId)).toMatchObject({
        name: '王**',
        mobile: '138****8000',
        owner: { id: company.rep.staffId },
        department: { id: company.east.id },
        plan: { id: plan.id },
      });
    });

    it('refuses what the plan does not collect, naming each attribute, and logs it without values', async () => {
      const answer = await company.rep.post(
        LIST,
        customer({
          residentId: RESIDENT_ID,
          address: '北京市朝阳区建国路1号',
          website: 'x.example',
        })
      );
      expect(answer.status).toBe(400);
      expect(named(answer).sort()).toEqual(['address', 'residentId', 'website']);
      expect(messageOf(answer)).toContain('the plan P-SERVICE does not collect it');
      expect(answer.text).not.toMatch(/11010519491231002X|建国路/);
      const [entry] = await refusals();
      expect(entry).toMatchObject({
        outcome: 'refused',
        recordType: CUSTOMER,
        actorId: String(company.rep.userId),
      });
      expect([...entry.attributes].sort()).toEqual(['address', 'residentId', 'website']);
      expect(JSON.stringify(entry)).not.toMatch(/11010519491231002X|建国路/);
    });

    it('names everything that is wrong in one answer', async () => {
      const answer = await company.rep.post(LIST, {
        nmae: '王小明',
        kind: 'company',
        mobile: '12345',
        creditCode: '91350100M000100Y44',
        source: 'bought',
        method: 'indirect',
        companySize: ['large'],
      });
      expect(answer.status).toBe(400);
      expect(named(answer).sort()).toEqual(
        [
          'companyName',
          'companySize',
          'creditCode',
          'industry',
          'mobile',
          'name',
          'nmae',
          'partner',
          'plan',
          'source',
        ].sort()
      );
      expect(answer.text).not.toMatch(/12345|王小明|Y44/);
    });

    it.each([
      ['a draft', { state: 'draft' }],
      ['a closed plan', { state: 'closed' }],
      ['a plan of last year', { state: 'active', endsOn: '2020-12-31' }],
      ['a plan of next century', { state: 'active', startsOn: '2100-01-01' }],
    ])('refuses %s', async (_what, data) => {
      const other: Row = await app.strapi.db.query(PLAN).create({
        data: {
          code: `P-${Math.random().toString(36).slice(2)}`,
          title: 'x',
          attributes: ['customer.name'],
          purposes: [service.id],
          ...data,
        },
      });
      const answer = await company.rep.post(LIST, customer({ plan: other.documentId }));
      expect(answer.status).toBe(400);
      expect(named(answer)).toContain('plan');
    });

    it.each([
      ['a plan that does not exist', 'plan', 'nosuchplan'],
      [
        'a plan that is a customer',
        'plan',
        { connect: [{ documentId: 'abcdefghijklmnopqrstuvwx' }] },
      ],
      ['two plans', 'plan', ['a', 'b']],
      ['true for a plan', 'plan', true],
      ['an object for an id', 'plan', { id: { $gt: 0 } }],
      ['an id beyond the column', 'plan', 99_999_999_999],
      ['an owner that does not exist', 'owner', 2_000_000],
      ['a list for a text', 'industry', ['x']],
      ['an object for a mobile', 'mobile', { $ne: null }],
      ['a number for a name', 'name', 5],
      ['a word for a boolean', 'keyCustomer', 'yes'],
      ['a wrong day', 'lastContactOn', '2026-02-30'],
      ['a wrong moment', 'firstContactAt', 'yesterday'],
      ['over-long text', 'companyName', 'x'.repeat(201)],
      ['control characters', 'industry', 'a\u0007b'],
      ['a mask', 'mobile', '138****8000'],
      ['a key that every object has', 'constructor', 1],
    ])('answers %s with the attribute', async (_what, attribute, value) => {
      const answer = await company.rep.post(LIST, customer({ [attribute]: value }));
      expect(answer.status).toBe(400);
      expect(named(answer)).toContain(attribute);
    });

    it('does not drop in silence what a role may not set', async () => {
      const limited = await createCaller(app, 'limited', [
        ...on(
          CUSTOMER,
          ['create'],
          fieldsOf(app.strapi, CUSTOMER).filter((name) => name !== 'keyCustomer')
        ),
      ]);
      const answer = await limited.post(LIST, customer({ keyCustomer: true }));
      expect(answer.status).toBe(400);
      expect(named(answer)).toEqual(['keyCustomer']);
      expect((await limited.post(LIST, customer({ keyCustomer: false }))).status).toBe(201);
    });

    it('cannot be cloned', async () => {
      const one = await company.customer(company.rep);
      const answer = await company.rep.post(`${LIST}/clone/${one.documentId}`, customer());
      expect(answer.status).toBe(403);
    });
  });

  describe('in later changes', () => {
    let one: Row;
    const path = () => `${LIST}/${one.documentId}`;

    beforeEach(async () => {
      one = created(await company.rep.post(LIST, customer()));
    });

    it('saves a form that sends everything back', async () => {
      const { body } = await company.rep.get(path());
      const untouched = { connect: [], disconnect: [] };
      const answer = await company.rep.put(path(), {
        ...(body.data as unknown as Row),
        plan: untouched,
        owner: untouched,
        department: untouched,
        needs: 'A tractor',
      });
      expect(answer.status).toBe(200);
      expect(await stored(one.documentId)).toMatchObject({
        needs: 'A tractor',
        plan: { id: plan.id },
        owner: { id: company.rep.staffId },
      });
    });

    it('takes a relation in each of its forms', async () => {
      const forms = [
        identityPlan.id,
        plan.documentId,
        { set: [identityPlan.documentId] },
        { id: plan.id },
      ];
      for (const [at, form] of forms.entries()) {
        expect((await company.rep.put(path(), { plan: form })).status).toBe(200);
        const expected = at % 2 === 0 ? identityPlan.id : plan.id;
        expect(await stored(one.documentId)).toMatchObject({ plan: { id: expected } });
      }
    });

    it('adds nothing that the plan does not collect, and empties nothing that is required', async () => {
      expect(named(await company.rep.put(path(), { wechat: 'wang_xm' }))).toEqual(['wechat']);
      expect(named(await company.rep.put(path(), { mobile: null, plan: null })).sort()).toEqual([
        'mobile',
        'plan',
      ]);
      expect((await company.rep.put(path(), { mobile: '13900139000' })).status).toBe(200);
    });

    it('takes the value that a form showed in clear for no change, where the plan does not collect it', async () => {
      const bare = await app.strapi.db.query(PLAN).create({
        data: {
          code: `P-${one.documentId}`,
          title: 'x',
          attributes: ['customer.name'],
          purposes: [service.id],
          state: 'active',
        },
      });
      const mine = await company.customer(company.rep, { plan: bare.id });
      const put = (mobile: string) =>
        company.rep.put(`${LIST}/${mine.documentId}`, { name: '王小明', mobile });
      expect((await put('13800138000')).status).toBe(200);
      // Masked alike, but another number.
      expect(named(await put('13899138000'))).toEqual(['mobile']);
    });

    it('answers a right and a wrong guess alike, to whoever may not see the value', async () => {
      const address = '浙江省杭州市西湖区示例路1号';
      const mine = await company.customer(company.rep, { plan: plan.id, address });
      const put = (value: string) =>
        company.rep.put(`${LIST}/${mine.documentId}`, { address: value });
      const wrong = await put('浙江省杭州市西湖区示例路2号');
      const right = await put(address);
      expect(named(wrong)).toEqual(['address']);
      expect([right.status, right.text]).toEqual([wrong.status, wrong.text]);
    });

    it('corrects under a plan that has ended, and adds nothing', async () => {
      const ended: Row = await app.strapi.db.query(PLAN).create({
        data: {
          code: `P-${one.documentId}`,
          title: 'x',
          attributes: ['customer.mobile', 'customer.email'],
          purposes: [service.id],
          state: 'closed',
        },
      });
      await app.strapi.db
        .query(CUSTOMER)
        .update({ where: { id: one.id }, data: { plan: ended.id } });
      expect((await company.rep.put(path(), { mobile: '13900139000' })).status).toBe(200);
      expect(named(await company.rep.put(path(), { email: 'a@test.example' }))).toEqual(['email']);
    });

    it('adds a sensitive attribute only with the separate consent', async () => {
      expect((await company.rep.put(path(), { plan: identityPlan.documentId })).status).toBe(200);
      const refused = await company.rep.put(path(), { residentId: RESIDENT_ID });
      expect(named(refused)).toEqual(['residentId']);
      expect(messageOf(refused)).toContain('consent');
      await company.consent(one.id, 'identity-verification', 'general');
      expect((await company.rep.put(path(), { residentId: RESIDENT_ID })).status).toBe(400);
      await company.consent(one.id, 'identity-verification', 'sensitive');
      expect((await company.rep.put(path(), { residentId: RESIDENT_ID })).status).toBe(200);
    });

    it('asks for the customer before a sensitive attribute of a new one', async () => {
      const answer = await company.rep.post(
        LIST,
        customer({ plan: identityPlan.documentId, residentId: RESIDENT_ID })
      );
      expect(named(answer)).toEqual(['residentId']);
      expect(messageOf(answer)).toContain('Create the customer first');
    });

    it('answers for a customer that is not there', async () => {
      expect((await company.rep.put(`${LIST}/nosuchcustomer`, { needs: 'x' })).status).toBe(404);
    });
  });

  describe('of contacts', () => {
    it('goes by the plan of their customer, and only for customers in sight', async () => {
      const mine = created(await company.rep.post(LIST, customer()));
      const theirs = await company.customer(company.other, { plan: plan.id });
      const contact = { name: '李四', customer: { connect: [{ documentId: mine.documentId }] } };
      expect((await company.rep.post(CONTACTS, contact)).status).toBe(201);
      expect(
        named(await company.rep.post(CONTACTS, { ...contact, email: 'a@test.example' }))
      ).toEqual(['email']);
      expect(named(await company.rep.post(CONTACTS, { name: '李四' }))).toEqual(['customer']);
      const foreign = await company.rep.post(CONTACTS, { ...contact, customer: theirs.documentId });
      const nowhere = await company.rep.post(CONTACTS, { ...contact, customer: 'nosuchcustomer' });
      expect(foreign.status).toBe(400);
      expect(foreign.text).toBe(nowhere.text);
    });

    it('goes by the plan of the customer that a contact is moved to', async () => {
      const mine = created(await company.rep.post(LIST, customer()));
      const other = await company.customer(company.rep, { plan: identityPlan.id });
      const contact = created(
        await company.rep.post(CONTACTS, { name: '李四', customer: mine.documentId })
      );
      const move = (to: string) =>
        company.rep.put(`${CONTACTS}/${contact.documentId}`, { customer: to });
      expect(named(await move(other.documentId))).toEqual(['name']);
      const third = created(await company.rep.post(LIST, customer()));
      expect((await move(third.documentId)).status).toBe(200);
    });
  });

  describe('through the content API', () => {
    it('has the same rules', async () => {
      const { accessKey } = await app.strapi.service('admin::api-token').create({
        name: 'collection',
        type: 'full-access',
        lifespan: null,
        description: '',
      });
      const send = async (method: 'post' | 'put' | 'delete', path: string, data?: unknown) =>
        (await app.request[method](API + path)
          .set('Authorization', `Bearer ${accessKey}`)
          .send({ data })) as unknown as Answer;
      const made = await send('post', '/customers', customer({ plan: plan.documentId }));
      expect(made.status).toBe(201);
      const path = `/customers/${created(made).documentId}`;
      expect((await send('put', path, { needs: 'x' })).status).toBe(200);
      expect(named(await send('put', path, { wechat: 'wang_xm' }))).toEqual(['wechat']);
      expect((await send('post', '/customers', customer({ hobby: 'x' }))).text).toContain('hobby');
      for (const data of [undefined, [], [customer()], 'x', 5, {}]) {
        expect((await send('post', '/customers', data)).status).toBe(400);
      }
      expect((await send('post', '/purposes', { code: 'x' })).status).toBe(405);
      expect((await send('delete', `/collection-plans/${plan.documentId}`)).status).toBe(403);
    });
  });
});
