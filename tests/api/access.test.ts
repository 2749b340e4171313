import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company, type Person } from '../support/company';

const RESIDENT_ID = '11010519491231002X';
const PURPOSE = 'identity-verification';
const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const PANEL = '/customer-governance';

interface Customer {
  id: number;
  documentId: string;
}

describe('access to protected attributes', () => {
  let app: BootedApp;
  let company: Company;
  let mine: Customer;
  let theirs: Customer;

  const ask = (attribute: string, documentId = mine.documentId, purpose = PURPOSE) => ({
    type: CUSTOMER,
    documentIds: [documentId],
    attributes: [attribute],
    purpose,
  });
  const requestFor = (records: string[], attributes = ['residentId']) => ({
    type: CUSTOMER,
    records,
    purpose: PURPOSE,
    attributes,
    termDays: 7,
    reason: 'Signing the contract',
  });
  const results = (body: Record<string, never>) =>
    body.results as unknown as Array<Record<string, string>>;
  const items = (body: Record<string, never>) =>
    body.items as unknown as Array<Record<string, never>>;
  const stepOf = async (person: Person) =>
    items((await person.get(`${PANEL}/approvals`)).body)[0]?.stepId as unknown as number;
  const decide = async (person: Person, decision: 'approve' | 'reject' = 'approve') =>
    person.post(`${PANEL}/approvals/${await stepOf(person)}/decide`, { decision, comment: 'seen' });
  /** Head and leadership approve what the representative has asked for. */
  const approveAll = async () => {
    expect((await decide(company.head)).status).toBe(200);
    expect((await decide(company.leader)).status).toBe(200);
  };
  const entries = (where: object) =>
    app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where, orderBy: { id: 'desc' } });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    mine = await company.customer(company.rep);
    theirs = await company.customer(company.other, { name: '李四', mobile: '13900139000' });
    await company.consent(mine.id, PURPOSE);
    await company.consent(mine.id, PURPOSE, 'sensitive');
  });
  afterAll(() => app.close());

  describe('in lists and forms', () => {
    it('shows a representative their own customers alone, name and mobile in clear and the rest masked', async () => {
      const { status, body } = await company.rep.get(LIST);
      expect(status).toBe(200);
      expect(results(body)).toHaveLength(1);
      expect(results(body)[0]).toMatchObject({
        name: '王小明',
        mobile: '13800138000',
        residentId: expect.stringContaining('*'),
      });
      const one = await company.rep.get(`${LIST}/${mine.documentId}`);
      expect((one.body.data as unknown as Record<string, string>).mobile).toBe('13800138000');
    });

    it('answers for a customer of another team as for none', async () => {
      const foreign = await company.rep.get(`${LIST}/${theirs.documentId}`);
      expect([403, 404]).toContain(foreign.status);
      expect(
        (await company.rep.post(`${PANEL}/reveal`, ask('mobile', theirs.documentId))).status
      ).toBe(404);
      expect(
        (await company.rep.post(`${PANEL}/reveal`, ask('mobile', 'nosuchrecord'))).status
      ).toBe(404);
    });

    it('shows masks to a head, who has no Reveal', async () => {
      const { body } = await company.head.get(LIST);
      expect(results(body)[0]).toMatchObject({ name: '王**', mobile: '138****8000' });
    });

    it('logs one entry for a list, naming records and attributes and no value', async () => {
      const before = (await entries({ action: 'record.view' })).length;
      await company.rep.get(LIST);
      const after = await entries({ action: 'record.view' });
      expect(after).toHaveLength(before + 1);
      expect(after[0]).toMatchObject({
        recordIds: [mine.documentId],
        attributes: ['name', 'mobile'],
        actorId: String(company.rep.userId),
        basis: 'ambient',
      });
      expect(JSON.stringify(after)).not.toMatch(/王小明|13800138000/);
    });

    it('saves a form that shows clear values without changing anything', async () => {
      const updates = (await entries({ action: 'record.update' })).length;
      const { body } = await company.rep.get(`${LIST}/${mine.documentId}`);
      const { name, mobile, residentId } = body.data as unknown as Record<string, string>;
      const saved = await company.rep.put(`${LIST}/${mine.documentId}`, {
        name,
        mobile,
        residentId,
      });
      expect(saved.status).toBe(200);
      expect((await entries({ action: 'record.update' })).length).toBe(updates);
    });
  });

  describe('by request', () => {
    afterEach(async () => {
      // Each case begins without pending requests and running grants.
      const grants = await app.strapi.db
        .query('plugin::customer-governance.access-grant')
        .findMany({ where: { state: 'active' } });
      for (const grant of grants) {
        await company.head.post(`${PANEL}/access-grants/${grant.documentId}/revoke`, {
          reason: 'done',
        });
      }
      for (const state of ['submitted', 'in-review']) {
        const { body } = await company.rep.get(`${PANEL}/access-requests?state=${state}`);
        for (const { documentId } of items(body)) {
          await company.rep.post(`${PANEL}/access-requests/${documentId}/withdraw`);
        }
      }
    });

    it('refuses without a right, and logs the attempt', async () => {
      const { status, text } = await company.rep.post(`${PANEL}/reveal`, ask('residentId'));
      expect(status).toBe(403);
      expect(text).toContain('Request access');
      expect(text).not.toContain(RESIDENT_ID);
      const [entry] = await entries({ action: 'access.refused' });
      expect(entry).toMatchObject({
        outcome: 'refused',
        attributes: ['residentId'],
        recordIds: [mine.documentId],
      });
    });

    it('reveals after department head and leadership approved, until the term ends', async () => {
      const made = await company.rep.post(
        `${PANEL}/access-requests`,
        requestFor([mine.documentId])
      );
      expect(made.status).toBe(201);
      const steps = made.body.steps as unknown as Array<{ role: string; state: string }>;
      expect(steps.map(({ role, state }) => [role, state])).toEqual([
        ['department-head', 'pending'],
        ['leadership', 'waiting'],
      ]);
      await approveAll();

      const revealed = await company.rep.post(`${PANEL}/reveal`, ask('residentId'));
      expect(revealed.status).toBe(200);
      expect(revealed.body).toMatchObject({
        values: { [mine.documentId]: { residentId: RESIDENT_ID } },
        basis: 'grant',
      });
      const until = new Date(revealed.body.until as unknown as string).getTime();
      expect(Math.round((until - Date.now()) / 86_400_000)).toBe(7);
      const [entry] = await entries({ action: 'record.reveal' });
      expect(entry).toMatchObject({
        purpose: PURPOSE,
        basis: 'grant',
        requestId: made.body.documentId,
      });

      await app.strapi.db
        .connection('governance_access_grants')
        .update({ ends_at: app.database === 'postgres' ? new Date(0) : 0 });
      expect((await company.rep.post(`${PANEL}/reveal`, ask('residentId'))).status).toBe(403);
    });

    it('covers exactly the approved attributes, purpose and holder', async () => {
      await company.rep.post(`${PANEL}/access-requests`, requestFor([mine.documentId]));
      await approveAll();
      expect((await company.rep.post(`${PANEL}/reveal`, ask('birthDate'))).status).toBe(403);
      const otherPurpose = ask('residentId', mine.documentId, 'contract-performance');
      expect((await company.rep.post(`${PANEL}/reveal`, otherPurpose)).status).toBe(403);
      expect((await company.head.post(`${PANEL}/reveal`, ask('residentId'))).status).toBe(403);
    });

    it('reveals nothing more once revoked, and a grant is revoked once', async () => {
      const made = await company.rep.post(
        `${PANEL}/access-requests`,
        requestFor([mine.documentId])
      );
      await approveAll();
      const { body } = await company.rep.get(`${PANEL}/access-grants?state=active`);
      const grant = items(body)[0]?.documentId as unknown as string;
      expect(made.status).toBe(201);
      const revoke = () =>
        company.head.post(`${PANEL}/access-grants/${grant}/revoke`, { reason: 'No longer needed' });
      expect((await revoke()).status).toBe(200);
      expect((await company.rep.post(`${PANEL}/reveal`, ask('residentId'))).status).toBe(403);
      expect((await revoke()).status).toBe(400);
    });

    it('stops when the consent is withdrawn, in lists too', async () => {
      const customer = await company.customer(company.rep, { mobile: '13800138009' });
      const given = await company.consent(customer.id, PURPOSE, 'sensitive');
      await company.rep.post(`${PANEL}/access-requests`, requestFor([customer.documentId]));
      await approveAll();
      const question = ask('residentId', customer.documentId);
      expect((await company.rep.post(`${PANEL}/reveal`, question)).status).toBe(200);
      const withdrawn = await company.proposer.post(
        `${PANEL}/consents/${given.documentId}/withdraw`
      );
      expect(withdrawn.status).toBe(200);
      expect((await company.rep.post(`${PANEL}/reveal`, question)).status).toBe(403);
      const row = results((await company.rep.get(LIST)).body).find(
        (r) => r.documentId === customer.documentId
      );
      expect(row).toMatchObject({ mobile: '138****8009' });
    });

    it('lets nobody approve who is not asked, and nobody approve their own request', async () => {
      await company.rep.post(`${PANEL}/access-requests`, requestFor([mine.documentId]));
      const step = await stepOf(company.head);
      const attempt = (person: Person) =>
        person.post(`${PANEL}/approvals/${step}/decide`, { decision: 'approve', comment: '' });
      expect((await attempt(company.westHead)).status).toBe(404);
      expect((await attempt(company.rep)).status).toBe(403);
      await company.rep.post(
        `${PANEL}/access-requests/${items((await company.rep.get(`${PANEL}/access-requests?state=submitted`)).body)[0]?.documentId}/withdraw`
      );

      // A head's own request does not come to the head.
      const own = await company.head.post(
        `${PANEL}/access-requests`,
        requestFor([mine.documentId])
      );
      const eligible = (
        own.body.steps as unknown as Array<{ eligible: Array<{ name: string }> }>
      ).flatMap((entry) => entry.eligible.map(({ name }) => name));
      expect(eligible).not.toContain('head');
    });

    it('counts one of two decisions at the same moment', async () => {
      await company.rep.post(`${PANEL}/access-requests`, requestFor([mine.documentId]));
      const step = await stepOf(company.head);
      const attempt = (decision: string) =>
        company.head.post(`${PANEL}/approvals/${step}/decide`, { decision, comment: 'seen' });
      const answers = await Promise.all([
        attempt('approve'),
        attempt('reject'),
        attempt('approve'),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const { status } of answers) expect(status).toBeLessThan(500);
    });

    it('lets a withdrawal and a decision at the same moment end in one of the two', async () => {
      for (let round = 0; round < 3; round += 1) {
        const customer = await company.customer(company.rep);
        const asked = await company.rep.post(
          `${PANEL}/access-requests`,
          requestFor([customer.documentId])
        );
        const id = asked.body.documentId as unknown as string;
        const stepId = await stepOf(company.head);
        const answers = await Promise.all([
          company.rep.post(`${PANEL}/access-requests/${id}/withdraw`),
          company.head.post(`${PANEL}/approvals/${stepId}/decide`, {
            decision: 'reject',
            comment: 'no',
          }),
        ]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      }
    });

    it('ends with a rejection, with the reason to be read', async () => {
      await company.rep.post(`${PANEL}/access-requests`, requestFor([mine.documentId]));
      expect((await decide(company.head, 'reject')).status).toBe(200);
      const { body } = await company.rep.get(`${PANEL}/access-requests`);
      const latest = items(body)[0] as unknown as {
        state: string;
        steps: Array<{ comment: string; state: string }>;
      };
      expect(latest.state).toBe('rejected');
      expect(latest.steps.map(({ state }) => state)).toEqual(['rejected', 'cancelled']);
      expect(latest.steps[0]?.comment).toBe('seen');
    });

    it.each([
      ['an unknown key', { extra: 1 }],
      ['an attribute that is not protected', { attributes: ['industry'] }],
      [
        'an attribute that the purpose does not justify',
        { purpose: 'marketing', attributes: ['residentId'] },
      ],
      ['a purpose that does not exist', { purpose: 'curiosity' }],
      ['a term beyond the policy', { termDays: 3650 }],
      ['a record of another team', { records: () => [theirs.documentId] }],
      ['a record that does not exist', { records: ['nosuchrecord'] }],
      ['a type that is not governed', { type: 'plugin::users-permissions.user' }],
      ['no reason', { reason: ' ' }],
      ['a wrong type', { records: { $ne: null } }],
    ])('refuses %s', async (_what, over: Record<string, unknown>) => {
      const body: Record<string, unknown> = { ...requestFor([mine.documentId]), ...over };
      if (typeof over.records === 'function') body.records = over.records();
      const { status } = await company.rep.post(`${PANEL}/access-requests`, body);
      expect(status).toBe(400);
    });
  });

  describe('through the content API', () => {
    let token: (
      permissions: string[]
    ) => Promise<(path: string) => Promise<{ status: number; text: string }>>;
    const FIND = `${CUSTOMER}.find`;
    const REVEAL = 'plugin::customer-governance.access.reveal';
    const path = '/api/customer-governance/customers';

    beforeAll(() => {
      token = async (permissions) => {
        const made = await app.strapi.service('admin::api-token').create({
          name: `token ${permissions.join(' ')}`,
          type: 'custom',
          permissions,
          lifespan: null,
          description: '',
        });
        return async (address) =>
          app.request.get(address).set('Authorization', `Bearer ${made.accessKey}`);
      };
    });

    it('answers with masks', async () => {
      const { status, text } = await (await token([FIND]))(path);
      expect(status).toBe(200);
      expect(text).toContain('138****8000');
      expect(text).not.toMatch(/13800138000|王小明/);
    });

    it('reveals what is named, for a purpose, to a token that may', async () => {
      const call = await token([FIND, REVEAL]);
      const { text } = await call(
        `${path}?reveal=mobile&purpose=contract-performance&filters[documentId][$eq]=${mine.documentId}`
      );
      expect(text).toContain('13800138000');
      expect(text).not.toContain('王小明');
    });

    it('refuses a reveal without the right, without a purpose, or of what the purpose does not justify', async () => {
      const without = await token([FIND]);
      expect((await without(`${path}?reveal=mobile&purpose=contract-performance`)).status).toBe(
        403
      );
      const call = await token([FIND, REVEAL]);
      expect((await call(`${path}?reveal=mobile`)).status).toBe(400);
      expect((await call(`${path}?reveal=passport&purpose=marketing`)).status).toBe(403);
      expect((await call(`${path}?reveal=industry&purpose=marketing`)).status).toBe(400);
    });

    it('writes none of the words of a client into the log, only records and purposes that there are', async () => {
      const call = await token([FIND, REVEAL]);
      const number = '13912345678';
      const refused = await call(`${path}?reveal=mobile&purpose=${number}`);
      expect(refused.status).toBe(403);
      const [entry] = await entries({ action: 'access.refused' });
      expect(entry).toMatchObject({ attributes: ['mobile'], purpose: null });
      expect(refused.text).not.toContain(number);
      for (const address of [
        `reveal=${number}&purpose=marketing`,
        `reveal=mobile&purpose=${'x'.repeat(300)}`,
      ]) {
        const { status, text } = await call(`${path}?${address}`);
        expect(status).toBe(400);
        expect(text).not.toContain(number);
      }
    });

    it('reveals and logs nothing of records that do not exist', async () => {
      const before = await entries({ channel: 'api' });
      const made = await app.strapi.service('admin::api-token').create({
        name: 'token that reveals',
        type: 'custom',
        permissions: [REVEAL],
        lifespan: null,
        description: '',
      });
      const { status } = await app.request
        .post('/api/customer-governance/reveal')
        .set('Authorization', `Bearer ${made.accessKey}`)
        .send({
          type: CUSTOMER,
          documentIds: [mine.documentId, '110105194912310022'],
          attributes: ['mobile'],
          purpose: 'contract-performance',
        });
      expect(status).toBe(404);
      expect(await entries({ channel: 'api' })).toHaveLength(before.length);
    });
  });
});
