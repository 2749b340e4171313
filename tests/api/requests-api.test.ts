import { createApiRole, createApiToken, createApiUser, type ApiCaller } from '../support/api';
import { bootApp, load, type BootedApp } from '../support/app';
import {
  createCompany,
  createRole,
  createUser,
  CUSTOMER,
  signIn,
  type Answer,
  type Company,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const ACCOUNT = `${GOVERNANCE}staff-account`;
const STAFF = `${GOVERNANCE}staff-profile`;
const RESIDENT_ID = '11010519491231002X';
const PURPOSE = 'identity-verification';
const API = '/api/customer-governance';
const PANEL = '/customer-governance';
const REQUESTS = ['find', 'findOne', 'submit', 'preview', 'amend', 'withdraw'].map(
  (action) => `${GOVERNANCE}access-request.${action}`
);
const GRANTS = ['find', 'reveal'].map((action) => `${GOVERNANCE}access-grant.${action}`);
const APPROVALS = ['find', 'decide'].map((action) => `${GOVERNANCE}approval.${action}`);
const EVERYTHING = [
  ...REQUESTS,
  ...GRANTS,
  ...APPROVALS,
  `${CUSTOMER}.find`,
  `${CUSTOMER}.findOne`,
];

interface View {
  documentId: string;
  state: string;
  stepId: number;
  records: Array<{ documentId: string; label: string | null }>;
  steps: Array<{ role: string; state: string }>;
  subject: { documentId: string };
  grant: { documentId: string } | null;
}

describe('access requests by the content API', () => {
  let app: BootedApp;
  let company: Company;
  let mine: { id: number; documentId: string };
  let theirs: { id: number; documentId: string };
  let role: number;
  let rep: ApiCaller;
  let head: ApiCaller;
  let leader: ApiCaller;
  let token: ApiCaller;

  const query = (uid: string) => app.strapi.db.query(uid);
  const form = (over: object = {}) => ({
    type: CUSTOMER,
    records: [mine.documentId],
    purpose: PURPOSE,
    attributes: ['residentId'],
    termDays: 7,
    reason: 'Signing the contract',
    ...over,
  });
  const one = ({ body }: Answer) => body.data as unknown as View;
  const many = ({ body }: Answer) => body.data as unknown as View[];
  const submit = async (over: object = {}) => {
    const answer = await rep.post(`${API}/access-requests`, form(over));
    expect(answer.status).toBe(201);
    return one(answer);
  };
  const stepFor = async (caller: ApiCaller, documentId: string) =>
    many(await caller.get(`${API}/approvals`)).find(
      ({ subject }) => subject.documentId === documentId
    )?.stepId;
  const decide = async (caller: ApiCaller, documentId: string, decision = 'approve') =>
    caller.post(`${API}/approvals/${await stepFor(caller, documentId)}/decide`, {
      decision,
      comment: 'seen',
    });
  const entries = (where: object) =>
    query(`${GOVERNANCE}audit-entry`).findMany({ where, orderBy: { id: 'desc' } });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    mine = await company.customer(company.rep);
    theirs = await company.customer(company.other, { name: '李四', mobile: '13900139000' });
    await company.consent(mine.id, PURPOSE);
    await company.consent(mine.id, PURPOSE, 'sensitive');
    role = await createApiRole(app.strapi, 'staff', EVERYTHING);
    rep = await createApiUser(app, 'api-rep', role, company.rep.staffId);
    head = await createApiUser(app, 'api-head', role, company.head.staffId);
    leader = await createApiUser(app, 'api-leader', role, company.leader.staffId);
    token = await createApiToken(app, 'everything', EVERYTHING);
  });
  afterAll(() => app.close());

  it('go from the form to the grant and its use, without the panel', async () => {
    const preview = await rep.post(`${API}/access-requests/preview`, form({ reason: undefined }));
    expect(preview.status).toBe(200);
    expect(one(preview).steps.map((step) => step.role)).toEqual(['department-head', 'leadership']);

    const reveal = { type: CUSTOMER, documentIds: [mine.documentId], attributes: ['residentId'] };
    const use = () => rep.post(`${API}/access-grants/reveal`, { ...reveal, purpose: PURPOSE });
    expect((await use()).status).toBe(403);

    const { documentId } = await submit();
    expect(one(await rep.get(`${API}/access-requests/${documentId}`)).state).toBe('submitted');
    expect((await decide(head, documentId)).status).toBe(200);
    expect((await use()).status).toBe(403);
    expect((await decide(leader, documentId)).status).toBe(200);
    expect(one(await rep.get(`${API}/access-requests/${documentId}`)).state).toBe('approved');
    expect(many(await rep.get(`${API}/access-grants`))).toHaveLength(1);
    expect(many(await head.get(`${API}/access-grants`))).toHaveLength(0);

    const used = await use();
    expect([used.status, used.text.includes(RESIDENT_ID)]).toEqual([200, true]);
    const [entry] = await entries({ action: 'record.reveal' });
    expect(entry).toMatchObject({
      actorKind: 'user',
      actorId: String(rep.userId),
      requestId: documentId,
      basis: 'grant',
      channel: 'api',
    });
    // The same grant serves the same person in a list, and in the panel.
    const filled = await rep.get(`${API}/customers?reveal=residentId&purpose=${PURPOSE}`);
    expect(filled.text).toContain(RESIDENT_ID);
    const panel = await company.rep.post(`${PANEL}/reveal`, { ...reveal, purpose: PURPOSE });
    expect(panel.status).toBe(200);
    // And nobody else, and nothing else.
    const asHead = await head.post(`${API}/access-grants/reveal`, { ...reveal, purpose: PURPOSE });
    expect(asHead.status).toBe(404);
    const more = { ...reveal, attributes: ['residentId', 'mobile'], purpose: PURPOSE };
    expect((await rep.post(`${API}/access-grants/reveal`, more)).status).toBe(403);
  });

  it('show everybody their own alone', async () => {
    const { documentId } = await submit();
    expect(many(await rep.get(`${API}/access-requests`)).map((view) => view.documentId)).toContain(
      documentId
    );
    expect(many(await head.get(`${API}/access-requests`))).toHaveLength(0);
    expect((await head.get(`${API}/access-requests/${documentId}`)).status).toBe(404);
    expect((await head.post(`${API}/access-requests/${documentId}/withdraw`)).status).toBe(404);
    const withdrawn = await rep.post(`${API}/access-requests/${documentId}/withdraw`);
    expect(one(withdrawn).state).toBe('withdrawn');
    const list = await rep.get(`${API}/access-requests?state=withdrawn&limit=1`);
    expect(many(list).map((view) => view.documentId)).toEqual([documentId]);
  });

  it('are amended, rejected and paged through as in the panel', async () => {
    const { documentId } = await submit();
    const amended = await rep.put(`${API}/access-requests/${documentId}`, form({ termDays: 3 }));
    expect(amended.status).toBe(200);
    expect((await decide(head, documentId, 'reject')).status).toBe(200);
    expect(one(await rep.get(`${API}/access-requests/${documentId}`)).state).toBe('rejected');
    const first = await rep.get(`${API}/access-requests?limit=1`);
    const { nextCursor } = first.body.meta as unknown as { nextCursor: string };
    const second = await rep.get(`${API}/access-requests?limit=1&cursor=${nextCursor}`);
    expect(many(second)[0]?.documentId).not.toBe(many(first)[0]?.documentId);
  });

  it.each([
    ['a key that is not known', { grant: true }],
    ['a state', { state: 'approved' }],
    ['a requester', { requester: 1 }],
    ['no record', { records: [] }],
    ['a purpose that does not exist', { purpose: 'curiosity' }],
    ['a term beyond the policy', { termDays: 3650 }],
    ['a record out of sight', { records: () => [theirs.documentId] }],
    ['a record that does not exist', { records: ['nosuchrecord'] }],
  ])('are refused with %s', async (_what, over: Record<string, unknown>) => {
    const records = typeof over.records === 'function' ? over.records() : over.records;
    const body = form(records === undefined ? over : { ...over, records });
    for (const path of ['access-requests', 'access-requests/preview']) {
      expect((await rep.post(`${API}/${path}`, body)).status).toBe(400);
    }
  });

  it('refuse keys that are not known in queries and decisions', async () => {
    const { documentId } = await submit();
    expect((await rep.get(`${API}/access-requests?populate=*`)).status).toBe(400);
    expect((await rep.get(`${API}/approvals?all=true`)).status).toBe(400);
    const stepId = await stepFor(head, documentId);
    const decision = { decision: 'approve', as: company.leader.staffId };
    expect((await head.post(`${API}/approvals/${stepId}/decide`, decision)).status).toBe(400);
    await rep.post(`${API}/access-requests/${documentId}/withdraw`);
  });

  it('are read by a token without what names a record, and neither made nor decided by it', async () => {
    const { documentId } = await submit();
    const seen = many(await token.get(`${API}/access-requests`)).find(
      (view) => view.documentId === documentId
    );
    expect(seen).toMatchObject({
      state: 'submitted',
      records: [{ documentId: mine.documentId, label: null }],
    });
    expect(one(await token.get(`${API}/access-requests/${documentId}`)).state).toBe('submitted');
    const stepId = await stepFor(head, documentId);
    for (const [path, body] of [
      ['access-requests', form()],
      ['access-requests/preview', form()],
      [`access-requests/${documentId}/withdraw`, {}],
      [`approvals/${stepId}/decide`, { decision: 'approve' }],
      [
        'access-grants/reveal',
        {
          type: CUSTOMER,
          documentIds: [mine.documentId],
          attributes: ['residentId'],
          purpose: PURPOSE,
        },
      ],
    ] as const) {
      const { status, text } = await token.post(`${API}/${path}`, body);
      expect([path, status]).toEqual([path, 403]);
      expect(text).toContain('An API token is nobody');
    }
    expect((await token.get(`${API}/approvals`)).status).toBe(403);
    expect(one(await rep.get(`${API}/access-requests/${documentId}`)).state).toBe('submitted');
    await rep.post(`${API}/access-requests/${documentId}/withdraw`);
  });

  it('are not for a user without an active staff profile, nor for nobody', async () => {
    const stranger = await createApiUser(app, 'api-stranger', role);
    for (const path of ['access-requests', 'approvals', 'access-grants']) {
      const { status, text } = await stranger.get(`${API}/${path}`);
      expect([status, text.includes('staff profile')]).toEqual([403, true]);
    }
    expect((await stranger.post(`${API}/access-requests`, form())).status).toBe(403);
    expect((await app.request.get(`${API}/access-requests`)).status).toBe(403);
  });

  it('write no row, whatever the content API is sent', async () => {
    const { documentId } = await submit();
    const full = await app.strapi
      .service('admin::api-token')
      .create({ name: 'full', description: '', type: 'full-access', lifespan: null });
    for (const method of ['put', 'delete'] as const) {
      const { status } = await app.request[method](`${API}/access-requests/${documentId}`)
        .set('Authorization', `Bearer ${full.accessKey}`)
        .send({ data: { state: 'approved' } });
      expect([400, 403, 404, 405]).toContain(status);
    }
    expect(one(await rep.get(`${API}/access-requests/${documentId}`)).state).toBe('submitted');
    await rep.post(`${API}/access-requests/${documentId}/withdraw`);
  });

  it('stand in the OpenAPI document with what they take and answer', () => {
    // By require, so that it reads the routes of the very Strapi that runs.
    const { generate } = load('@strapi/openapi') as {
      generate(
        strapi: unknown,
        options: object
      ): {
        document: { paths: Record<string, Record<string, { requestBody?: unknown }>> };
      };
    };
    const { paths } = generate(app.strapi, { type: 'content-api' }).document;
    const shown = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method} ${path}`, operation] as const
      )
    );
    const of = new Map(shown);
    for (const [route, takesBody] of [
      ['get /access-requests', false],
      ['get /access-requests/{documentId}', false],
      ['post /access-requests', true],
      ['post /access-requests/preview', true],
      ['put /access-requests/{documentId}', true],
      ['post /access-requests/{documentId}/withdraw', false],
      ['get /access-grants', false],
      ['post /access-grants/reveal', true],
      ['get /approvals', false],
      ['post /approvals/{stepId}/decide', true],
    ] as const) {
      const [method, path] = route.split(' ');
      const operation = of.get(`${method} /customer-governance${path}`);
      expect([route, operation !== undefined]).toEqual([route, true]);
      expect([route, operation?.requestBody !== undefined]).toEqual([route, takesBody]);
    }
  });

  describe('by somebody with several accounts', () => {
    it('are not decided by the second account of the one who asks, be it of the panel or the API', async () => {
      // The head asks for a customer of their own, by the API; leadership decides, and the head may, by no account.
      const own = await company.customer(company.head, { residentId: null, mobile: '13600136000' });
      await query(CUSTOMER).update({
        where: { id: own.id },
        data: { department: company.east.id },
      });
      const made = await head.post(`${API}/access-requests`, {
        ...form({ records: [own.documentId], attributes: ['mobile'] }),
        purpose: 'contract-performance',
      });
      expect(made.status).toBe(201);
      const { documentId } = one(made);
      const steps: Array<{ id: number }> = await query(`${GOVERNANCE}approval-step`).findMany({
        where: { subjectId: documentId },
      });
      const candidates: Array<{ staffId: number }> = await query(
        `${GOVERNANCE}approval-candidate`
      ).findMany({ where: { stepId: { $in: steps.map(({ id }) => id) } } });
      expect(candidates.map(({ staffId }) => staffId)).not.toContain(company.head.staffId);

      const panelRole = await createRole(app.strapi, 'Second account', [
        { action: `${GOVERNANCE}approvals.decide` },
      ]);
      const user = await createUser(app.strapi, 'second-of-head', panelRole);
      const apiUser = await createApiUser(app, 'second-of-head-api', role);
      for (const account of [{ user: user.id }, { apiUser: apiUser.userId }]) {
        await query(ACCOUNT).create({ data: { staff: company.head.staffId, ...account } });
      }
      const second = await signIn(app, user.email);
      for (const { id } of steps) {
        const decision = { decision: 'approve' };
        expect((await second.post(`${PANEL}/approvals/${id}/decide`, decision)).status).toBe(404);
        expect((await apiUser.post(`${API}/approvals/${id}/decide`, decision)).status).toBe(404);
      }
      // It is the same person: what one account asked for, the other one shows.
      expect(one(await apiUser.get(`${API}/access-requests/${documentId}`)).state).toBe(
        'submitted'
      );
    });

    it('count as one person in the steps of a request', async () => {
      const second = await createApiUser(app, 'second-of-leader', role);
      await query(ACCOUNT).create({
        data: { staff: company.leader.staffId, apiUser: second.userId },
      });
      const { documentId } = await submit();
      expect((await decide(head, documentId)).status).toBe(200);
      const stepId = await stepFor(second, documentId);
      expect(stepId).toBe(await stepFor(leader, documentId));
      expect((await decide(second, documentId)).status).toBe(200);
      const again = await leader.post(`${API}/approvals/${stepId}/decide`, { decision: 'reject' });
      expect(again.status).toBeGreaterThanOrEqual(400);
    });

    it('have each account on one staff profile alone', async () => {
      const { documentId } = await query(STAFF).findOne({ where: { id: company.other.staffId } });
      // The document service, as the panel uses it: one transaction for the write and what is asked of it.
      const update = (data: object) =>
        app.strapi.documents(STAFF as never).update({ documentId, data } as never);
      await expect(update({ apiUser: rep.userId })).rejects.toThrow();
      await expect(update({ user: company.rep.userId })).rejects.toThrow();
      const further = (data: object) =>
        app.strapi.documents(ACCOUNT as never).create({ data } as never);
      const staff = company.other.staffId;
      for (const [data, reason] of [
        [{ staff, apiUser: rep.userId }, /another staff profile/],
        [{ staff, user: company.rep.userId }, /another staff profile/],
        [{ staff }, /name an account/],
        [{ user: company.auditor.userId }, /whose account/],
      ] as const) {
        await expect(further(data)).rejects.toThrow(reason);
      }
      expect(await query(ACCOUNT).count({ where: { staff } })).toBe(0);
      // Where a row stands twice all the same, the account belongs to nobody.
      const accounts = () => app.strapi.db.connection('governance_staff_accounts');
      const [row] = await accounts()
        .insert({ document_id: 'doubled', staff_id: staff, user_id: company.auditor.userId })
        .returning('id');
      expect((await company.auditor.get(`${PANEL}/me`)).body.staff).toBeNull();
      await accounts().where({ id: row.id }).delete();
      expect((await company.auditor.get(`${PANEL}/me`)).body.staff).not.toBeNull();
    });
  });
});
