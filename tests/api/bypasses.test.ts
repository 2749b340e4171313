import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  createUser,
  CUSTOMER,
  fieldsOf,
  signIn,
  type Answer,
  type Company,
} from '../support/company';

const PANEL = '/customer-governance';
const API = '/api/customer-governance';
const PLUGIN = 'plugin::customer-governance';
const PURPOSE = 'identity-verification';
const EXPLORER = 'plugin::content-manager.explorer.';
const RESIDENT_ID = '11010519491231002X';
const REQUEST = `${PLUGIN}.access-request`;
const GRANT = `${PLUGIN}.access-grant`;
/** Tables that are no content types. */
const INTERNAL = ['approval-step', 'approval-candidate', 'approval-participant', 'grant-record'];
const DAY = 86_400_000;

type Caller = Awaited<ReturnType<typeof signIn>>;
interface Step {
  id: number;
  state: string;
}

describe('past the approvals', () => {
  let app: BootedApp;
  let company: Company;
  let superAdmin: Caller;
  /** Somebody to whose role the Content Manager's permissions on requests and grants were given past the role editor. */
  let intruder: Caller;
  let mine: string;
  /** Of the representative over `mine`: waits for the head. */
  let pending: string;
  /** Approved, over the resident id of another customer. */
  let approved: string;
  let grant: string;
  let covered: string;
  let tokens = 0;

  const query = (name: string) => app.strapi.db.query(`${PLUGIN}.${name}`);
  const submit = async (record: string): Promise<string> => {
    const { status, body, text } = await company.rep.post(`${PANEL}/access-requests`, {
      type: CUSTOMER,
      records: [record],
      purpose: PURPOSE,
      attributes: ['residentId'],
      termDays: 7,
      reason: 'Signing the contract',
    });
    if (status !== 201) throw new Error(text);
    return body.documentId;
  };
  const stepsOf = (request: string): Promise<Step[]> =>
    query('approval-step').findMany({ where: { subjectId: request }, orderBy: 'position' });
  const decide = (person: Pick<Caller, 'post'>, step: Step) =>
    person.post(`${PANEL}/approvals/${step.id}/decide`, { decision: 'approve' });
  const ask = (record: string, attribute = 'residentId') => ({
    type: CUSTOMER,
    documentIds: [record],
    attributes: [attribute],
    purpose: PURPOSE,
  });
  const reveal = async (record: string, attribute?: string) =>
    (await company.rep.post(`${PANEL}/reveal`, ask(record, attribute))).status;
  const table = (name: string) =>
    app.strapi.db.connection(`governance_${name.replaceAll('-', '_')}s`);
  /** Everything that requests, their steps and their grants are made of. */
  const everything = () =>
    Promise.all(
      ['access-request', 'access-grant', ...INTERNAL].map((name) => table(name).orderBy('id'))
    );
  const withToken =
    (key: string) =>
    (method: 'get' | 'post' | 'put' | 'delete', address: string, body?: object) => {
      const request = app.request[method](address).set('Authorization', `Bearer ${key}`);
      return (body ? request.send(body) : request) as unknown as Promise<Answer>;
    };
  const apiToken = async (): Promise<string> =>
    (
      await app.strapi.service('admin::api-token').create({
        name: `full ${(tokens += 1)}`,
        type: 'full-access',
        lifespan: null,
        description: '',
      })
    ).accessKey;
  /** A user of the content API whose role holds every action that there is. */
  const apiUser = async (): Promise<string> => {
    const { strapi } = app;
    const role = await strapi.db
      .query('plugin::users-permissions.role')
      .create({ data: { name: 'All', type: 'all', description: '' } });
    const actions = strapi.contentAPI.permissions.providers.action.keys() as string[];
    for (const action of actions) {
      await strapi.db
        .query('plugin::users-permissions.permission')
        .create({ data: { action, role: role.id } });
    }
    const login = { email: 'all@users.example', password: 'Bypass-Test-1' };
    await strapi
      .plugin('users-permissions')
      .service('user')
      .add({
        ...login,
        username: 'all',
        provider: 'local',
        confirmed: true,
        blocked: false,
        role: role.id,
      });
    const answer = await app.request
      .post('/api/auth/local')
      .send({ identifier: login.email, password: login.password });
    return answer.body.jwt;
  };
  /** A token of the panel with all that its owner may do. */
  const adminToken = async (userId: number): Promise<string> => {
    const { strapi } = app;
    const user = await strapi.db
      .query('admin::user')
      .findOne({ where: { id: userId }, populate: { roles: { populate: { permissions: true } } } });
    const adminPermissions = user.roles.flatMap(
      ({ permissions }: { permissions: Array<Record<string, unknown>> }) =>
        permissions.map(({ action, subject, properties, conditions }) => ({
          action,
          subject,
          properties,
          conditions,
        }))
    );
    const made = await strapi
      .service('admin::api-token-admin')
      .create(
        { kind: 'admin', name: `t${userId}`, description: '', lifespan: null, adminPermissions },
        user
      );
    return made.accessKey;
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const role = await app.strapi.service('admin::role').getSuperAdmin();
    superAdmin = await signIn(app, (await createUser(app.strapi, 'super', role.id)).email);
    intruder = await createCaller(app, 'intruder', []);
    const intruders = await app.strapi.db
      .query('admin::role')
      .findOne({ where: { name: 'Test intruder' } });
    for (const subject of [REQUEST, GRANT]) {
      for (const action of ['create', 'read', 'update', 'delete']) {
        await app.strapi.db.query('admin::permission').create({
          data: {
            action: EXPLORER + action,
            subject,
            properties: { fields: fieldsOf(app.strapi, subject) },
            conditions: [],
            role: intruders.id,
          },
        });
      }
    }
    const customers = [await company.customer(company.rep), await company.customer(company.rep)];
    for (const { id } of customers) await company.consent(id, PURPOSE, 'sensitive');
    [mine, covered] = customers.map(({ documentId }) => documentId);
    approved = await submit(covered);
    const [first, last] = await stepsOf(approved);
    expect((await decide(company.head, first)).status).toBe(200);
    expect((await decide(company.leader, last)).status).toBe(200);
    grant = (await query('access-grant').findOne({ where: {} })).documentId;
    pending = await submit(mine);
  });
  afterAll(() => app.close());

  /** What somebody would write who wants more than was approved. */
  const WRITES: Array<[string, string, () => string, () => object]> = [
    ['a request approved', 'access-request', () => pending, () => ({ state: 'approved' })],
    [
      'more records of an approved request',
      'access-request',
      () => approved,
      () => ({ records: [covered, mine] }),
    ],
    [
      'more attributes of an approved request',
      'access-request',
      () => approved,
      () => ({ attributes: ['residentId', 'passport'] }),
    ],
    ['a request without a requester', 'access-request', () => pending, () => ({ requester: null })],
    [
      'a later end of a grant',
      'access-grant',
      () => grant,
      () => ({ endsAt: new Date(Date.now() + 1000 * DAY) }),
    ],
    [
      'more attributes of a grant',
      'access-grant',
      () => grant,
      () => ({ attributes: ['residentId', 'passport'] }),
    ],
    [
      'another holder of a grant',
      'access-grant',
      () => grant,
      () => ({ holder: company.other.staffId }),
    ],
  ];
  const NEW: Array<[string, () => object]> = [
    [
      'access-request',
      () => ({
        recordType: CUSTOMER,
        records: [mine],
        attributes: ['residentId'],
        actions: ['reveal'],
        termDays: 7,
        reason: 'x',
        state: 'approved',
        requester: company.rep.staffId,
      }),
    ],
    [
      'access-grant',
      () => ({
        recordType: CUSTOMER,
        attributes: ['residentId'],
        actions: ['reveal'],
        startsAt: new Date(Date.now() - DAY),
        endsAt: new Date(Date.now() + DAY),
        state: 'active',
        holder: company.rep.staffId,
      }),
    ],
  ];

  describe('through the APIs', () => {
    let before: unknown;
    const refused = ({ status, text }: Answer) => {
      expect({ text, refused: status >= 400 && status < 500 }).toEqual({ text, refused: true });
    };
    beforeEach(async () => {
      before = await everything();
    });
    afterEach(async () => {
      expect(await everything()).toEqual(before);
      expect(await reveal(mine)).toBe(403);
      expect(await reveal(covered, 'passport')).toBe(403);
      expect(await reveal(covered)).toBe(200);
    });

    it.each([
      ['a full-access token', apiToken],
      ['a user whose role may everything', apiUser],
    ])('%s writes no request and no grant', async (_who, keyOf) => {
      const call = withToken(await keyOf());
      for (const [, name, id, data] of WRITES) {
        refused(await call('put', `${API}/${name}s/${id()}`, { data: data() }));
        refused(await call('delete', `${API}/${name}s/${id()}`));
      }
      for (const [name, data] of NEW) {
        refused(await call('post', `${API}/${name}s`, { data: data() }));
        refused(await call('post', `${API}/${name}s`, data()));
      }
    });

    it.each(WRITES)('the Content Manager writes not: %s', async (_what, name, id, data) => {
      const address = `/content-manager/collection-types/${PLUGIN}.${name}`;
      for (const person of [superAdmin, intruder]) {
        refused(await person.put(`${address}/${id()}`, data()));
        refused(await person.post(`${address}/${id()}/actions/publish`, data()));
        refused(await person.delete(`${address}/${id()}`));
        refused(await person.post(`${address}/actions/bulkDelete`, { documentIds: [id()] }));
      }
    });

    it.each(NEW)('the Content Manager creates no %s', async (name, data) => {
      const address = `/content-manager/collection-types/${PLUGIN}.${name}`;
      for (const person of [superAdmin, intruder]) {
        refused(await person.post(address, data()));
        refused(await person.post(`${address}/clone/${grant}`, data()));
      }
    });

    it.each(INTERNAL)('no route leads to the table of %s', async (name) => {
      const call = withToken(await apiToken());
      refused(await superAdmin.get(`/content-manager/collection-types/${PLUGIN}.${name}`));
      refused(await superAdmin.post(`/content-manager/collection-types/${PLUGIN}.${name}`, {}));
      refused(await call('get', `${API}/${name}s`));
      refused(await call('post', `${API}/${name}s`, { data: {} }));
      expect(Object.keys(app.strapi.contentTypes)).not.toContain(`${PLUGIN}.${name}`);
    });

    it('no token decides, withdraws or revokes, nor uses what its owner was granted', async () => {
      const [step] = await stepsOf(pending);
      const keys = [await apiToken(), await adminToken(company.head.userId)];
      for (const key of keys) {
        const call = withToken(key);
        refused(
          await call('post', `${PANEL}/approvals/${step.id}/decide`, { decision: 'approve' })
        );
        refused(await call('post', `${API}/approvals/${step.id}/decide`, { decision: 'approve' }));
      }
      const ofRep = withToken(await adminToken(company.rep.userId));
      refused(await ofRep('post', `${PANEL}/access-requests/${pending}/withdraw`));
      const answer = await ofRep('post', `${PANEL}/reveal`, ask(covered));
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain(RESIDENT_ID);
      refused((await app.request.post(`${PANEL}/approvals/${step.id}/decide`).send({})) as never);
    });

    it('the form of a request takes neither a state nor a requester', async () => {
      for (const more of [{ state: 'approved' }, { requester: company.other.staffId }]) {
        refused(
          await company.rep.post(`${PANEL}/access-requests`, {
            type: CUSTOMER,
            records: [mine],
            purpose: PURPOSE,
            attributes: ['passport'],
            termDays: 7,
            reason: 'x',
            ...more,
          })
        );
      }
    });
  });

  describe('in code that is no procedure of the product', () => {
    const refuses = async (work: () => Promise<unknown>) => {
      const before = await everything();
      await expect(work()).rejects.toThrow();
      expect(await everything()).toEqual(before);
    };

    it.each(WRITES)('the document service writes not: %s', async (_what, name, id, data) => {
      const documents = app.strapi.documents(`${PLUGIN}.${name}` as never) as unknown as Record<
        'update' | 'delete',
        (params: object) => Promise<unknown>
      >;
      await refuses(() => documents.update({ documentId: id(), data: data() }));
      await refuses(() => documents.delete({ documentId: id() }));
    });

    it.each(NEW)('neither service nor query makes a new %s', async (name, data) => {
      const documents = app.strapi.documents(`${PLUGIN}.${name}` as never) as unknown as {
        create(params: object): Promise<unknown>;
      };
      await refuses(() => documents.create({ data: data() }));
      await refuses(() => query(name).create({ data: data() }));
      await refuses(() => query(name).createMany({ data: [data()] }));
    });

    it.each(WRITES)('the query writes not: %s', async (_what, name, id, data) => {
      const where = { documentId: id() };
      await refuses(() => query(name).update({ where, data: data() }));
      await refuses(() => query(name).updateMany({ where, data: { state: 'approved' } }));
      await refuses(() => query(name).delete({ where }));
      await refuses(() => query(name).deleteMany({ where }));
    });

    it.each([
      ['approval-step', { state: 'approved' }],
      ['approval-candidate', { staffId: 1 }],
      ['approval-participant', { staffId: 1 }],
      ['grant-record', { documentId: 'another' }],
    ])('nothing but the approvals writes the rows of %s', async (name, data) => {
      const [{ id }] = await query(name).findMany({ limit: 1 });
      const where = { id };
      await refuses(() => query(name).update({ where, data }));
      await refuses(() => query(name).updateMany({ where, data }));
      await refuses(() => query(name).create({ data }));
      await refuses(() => query(name).createMany({ data: [data] }));
      await refuses(() => query(name).delete({ where }));
      await refuses(() => query(name).deleteMany({ where }));
      await refuses(async () => {
        const documents = app.strapi.documents(`${PLUGIN}.${name}` as never) as unknown as {
          create(params: object): Promise<unknown>;
        };
        await documents.create({ data });
      });
    });

    it('the command line has no command that approves or grants', () => {
      for (const command of ['approve', 'grant', 'requests:approve']) {
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          ['scripts/governance.mjs', command, pending],
          { cwd: path.resolve(__dirname, '../..'), encoding: 'utf8' }
        );
        expect(status).not.toBe(0);
        expect(stdout + stderr).toContain('npm run governance -- COMMAND');
      }
    });
  });

  describe('in the tables themselves', () => {
    it('a grant whose request is not approved gives nothing, nor one of another holder', async () => {
      const requests = () => table('access-request').where({ document_id: approved });
      const grants = () => table('access-grant').where({ document_id: grant });
      for (const state of ['pending', 'rejected', 'withdrawn', 'expired']) {
        await requests().update({ state });
        expect(await reveal(covered)).toBe(403);
      }
      await requests().update({ state: 'approved' });
      await grants().update({ holder_id: company.other.staffId });
      expect(await reveal(covered)).toBe(403);
      await grants().update({ holder_id: company.rep.staffId });
      expect(await reveal(covered)).toBe(200);
    });

    it('more records and attributes written into an approved request do not come to its grant', async () => {
      const requests = () => table('access-request').where({ document_id: approved });
      await requests().update({
        records: JSON.stringify([covered, mine]),
        attributes: JSON.stringify(['residentId', 'passport']),
      });
      expect(await reveal(mine)).toBe(403);
      expect(await reveal(covered, 'passport')).toBe(403);
      await requests().update({
        records: JSON.stringify([covered]),
        attributes: JSON.stringify(['residentId']),
      });
    });

    it('attributes written into a grant beyond those of its request give nothing', async () => {
      const grants = () => table('access-grant').where({ document_id: grant });
      await grants().update({ attributes: JSON.stringify(['residentId', 'passport']) });
      expect(await reveal(covered, 'passport')).toBe(403);
      expect(await reveal(covered)).toBe(200);
      await grants().update({ attributes: JSON.stringify(['residentId']) });
    });
  });

  describe('when an approver changes before the decision', () => {
    const profile = (data: object) =>
      query('staff-profile').update({ where: { id: company.head.staffId }, data });
    const first = async () => (await stepsOf(pending))[0];
    afterEach(async () => {
      expect((await first()).state).toBe('pending');
    });

    it('who lost the permission to decide is refused', async () => {
      const { strapi } = app;
      const role = await strapi.db
        .query('admin::role')
        .findOne({ where: { name: 'Test head' }, populate: { permissions: true } });
      const assign = (permissions: unknown[]) =>
        strapi.service('admin::role').assignPermissions(role.id, permissions);
      await assign(
        role.permissions.filter(
          ({ action }: { action: string }) => action !== `${PLUGIN}.approvals.decide`
        )
      );
      expect((await decide(company.head, await first())).status).toBe(403);
      await assign(role.permissions);
    });

    it('whose account was deactivated is not signed in any more', async () => {
      const account = (isActive: boolean) =>
        app.strapi.db
          .query('admin::user')
          .update({ where: { id: company.head.userId }, data: { isActive } });
      await account(false);
      expect((await decide(company.head, await first())).status).toBe(401);
      await account(true);
    });

    it('who has left is refused, and so is the deputy of one who has left', async () => {
      await profile({ active: false });
      const absence = await query('absence').create({
        data: {
          staff: company.head.staffId,
          deputy: company.westHead.staffId,
          startsAt: new Date(Date.now() - DAY),
          endsAt: new Date(Date.now() + DAY),
        },
      });
      expect((await decide(company.head, await first())).status).toBe(403);
      expect((await decide(company.westHead, await first())).status).toBe(404);
      await query('absence').delete({ where: { id: absence.id } });
      await profile({ active: true });
    });

    it('whose account the profile names no longer is refused', async () => {
      await profile({ user: null });
      expect((await decide(company.head, await first())).status).toBe(403);
      await profile({ user: company.head.userId });
    });

    it('who becomes head afterwards is not asked: those asked are those of the submission', async () => {
      const department = (head: number) =>
        query('department').update({ where: { id: company.east.id }, data: { head } });
      await department(company.westHead.staffId);
      expect((await decide(company.westHead, await first())).status).toBe(404);
      await department(company.head.staffId);
    });
  });

  describe('by giving oneself a part', () => {
    const STAFF = `/content-manager/collection-types/${PLUGIN}.staff-profile`;
    const DEPARTMENTS = `/content-manager/collection-types/${PLUGIN}.department`;
    const ABSENCES = `/content-manager/collection-types/${PLUGIN}.absence`;
    /** Keeps profiles, departments and absences, and is on the staff. */
    let clerk: Caller & { userId: number };
    let own: { id: number; documentId: string };
    let colleague: { id: number; documentId: string };

    const connect = (id: number) => ({ connect: [{ id }] });
    const row = (name: string, id: number) =>
      query(name).findOne({ where: { id }, populate: true });
    const absent = (staff: number, deputy: number | null) => ({
      staff: connect(staff),
      deputy: deputy === null ? null : connect(deputy),
      startsAt: '2026-02-01T00:00:00Z',
      endsAt: '2026-02-08T00:00:00Z',
    });
    const refused = async (work: Promise<Answer>, name: string, id: number) => {
      const before = await row(name, id);
      const { status, text } = await work;
      expect({ status, text }).toEqual({
        status: 403,
        text: expect.stringContaining('part in approvals'),
      });
      expect(await row(name, id)).toEqual(before);
    };

    beforeAll(async () => {
      const types = ['staff-profile', 'department', 'absence'].map((name) => `${PLUGIN}.${name}`);
      clerk = await createCaller(
        app,
        'personnel',
        types.flatMap((subject) =>
          ['create', 'read', 'update'].map((action) => ({
            action: EXPLORER + action,
            subject,
            fields: fieldsOf(app.strapi, subject),
          }))
        )
      );
      const data = { level: 'staff', active: true, department: company.east.id };
      own = await query('staff-profile').create({
        data: { ...data, displayName: 'personnel', user: clerk.userId },
      });
      colleague = await query('staff-profile').create({ data: { ...data, displayName: 'new' } });
    });

    it.each([
      ['level', () => ({ level: 'leadership' })],
      ['superior', () => ({ superior: connect(own.id) })],
      ['department', () => ({ department: connect(company.west.id) })],
      ['deputy', () => ({ deputy: connect(company.rep.staffId) })],
      ['account', () => ({ user: null })],
      ['activity', () => ({ active: false })],
    ])('nobody changes their own %s', (_what, data) =>
      refused(clerk.put(`${STAFF}/${own.documentId}`, data()), 'staff-profile', own.id)
    );

    it.each([
      ['superior', () => ({ superior: connect(own.id) })],
      ['deputy', () => ({ deputy: connect(own.id) })],
      ['account', () => ({ user: connect(clerk.userId) })],
    ])('nobody makes themselves the %s of somebody else', async (_what, data) => {
      const address = `${STAFF}/${colleague.documentId}`;
      const before = await row('staff-profile', colleague.id);
      const { status } = await clerk.put(address, data());
      expect([400, 403]).toContain(status);
      expect(await row('staff-profile', colleague.id)).toEqual(before);
    });

    it('nobody makes themselves head of a department', async () => {
      const { documentId, id } = await query('department').findOne({ where: { code: 'SW' } });
      await refused(
        clerk.put(`${DEPARTMENTS}/${documentId}`, { head: connect(own.id) }),
        'department',
        id
      );
    });

    it('nobody enters an absence in which they stand in, by name or as deputy of the profile', async () => {
      const count = () => query('absence').count();
      const before = await count();
      const byName = await clerk.post(ABSENCES, absent(company.head.staffId, own.id));
      expect(byName.status).toBe(403);
      const deputy = (to: number | null) =>
        query('staff-profile').update({
          where: { id: company.head.staffId },
          data: { deputy: to },
        });
      await deputy(own.id);
      expect((await clerk.post(ABSENCES, absent(company.head.staffId, null))).status).toBe(403);
      await deputy(null);
      expect(await count()).toBe(before);
    });

    it('what gives others a part, and what gives none, is entered as before', async () => {
      const renamed = await clerk.put(`${STAFF}/${own.documentId}`, { title: 'Clerk' });
      expect(renamed.status).toBe(200);
      const raised = await clerk.put(`${STAFF}/${colleague.documentId}`, {
        level: 'supervisor',
        superior: connect(company.head.staffId),
      });
      expect(raised.status).toBe(200);
      const ofOwn = await clerk.post(ABSENCES, absent(own.id, company.rep.staffId));
      expect(ofOwn.status).toBe(201);
      const ofOthers = await clerk.post(
        ABSENCES,
        absent(company.head.staffId, company.westHead.staffId)
      );
      expect(ofOthers.status).toBe(201);
    });

    it('a super admin, who sets the company up, enters the own profile', async () => {
      const user = await app.strapi.db
        .query('admin::user')
        .findOne({ where: { email: 'super@test.example' } });
      const made = await superAdmin.post(STAFF, {
        displayName: 'Founder',
        level: 'leadership',
        user: connect(user.id),
      });
      expect(made.status).toBe(201);
    });
  });
});
