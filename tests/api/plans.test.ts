import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  createRole,
  createUser,
  fieldsOf,
  signIn,
  type Answer,
  type Company,
  type Person,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const PLAN = `${GOVERNANCE}collection-plan`;
const ASSESSMENT = `${GOVERNANCE}impact-assessment`;
const EXPLORER = 'plugin::content-manager.explorer.';
const FORMS = '/content-manager/collection-types/';
const API = '/customer-governance';

interface Plan {
  documentId: string;
  state: string;
  attributes: string[];
}
interface Step {
  stepId: number;
  kind: string;
  subject: { documentId: string };
}

const dataOf = <T>(answer: Answer): T => (answer.body.data ?? answer.body) as unknown as T;

describe('collection plans', () => {
  let app: BootedApp;
  let company: Company;
  let planner: Person;
  let second: Person;
  let service: { documentId: string };
  let identity: { documentId: string };
  let made = 0;

  const colleague = async (
    name: string,
    role: number,
    department = company.east.id
  ): Promise<Person> => {
    const user = await createUser(app.strapi, name, role);
    const staff = await app.strapi.db.query(`${GOVERNANCE}staff-profile`).create({
      data: {
        displayName: name,
        level: 'staff',
        active: true,
        user: user.id,
        department,
        superior: company.head.staffId,
      },
    });
    return {
      email: user.email,
      userId: user.id,
      staffId: staff.id,
      ...(await signIn(app, user.email)),
    };
  };

  const draft = async (data: object = {}): Promise<Plan> => {
    const answer = await planner.post(`${FORMS}${PLAN}`, {
      title: 'Enquiries',
      code: `P-${++made}`,
      goal: 'To answer enquiries',
      purposes: { connect: [{ documentId: service.documentId }] },
      attributes: ['customer.name', 'customer.mobile', 'customer.industry'],
      channels: ['telephone'],
      method: 'direct',
      startsOn: '2026-01-01',
      endsOn: '2099-12-31',
      responsible: planner.staffId,
      noticeVersion: '1',
      noticeText: 'We ask for your name and mobile to answer you.',
      ...data,
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return dataOf<Plan>(answer);
  };
  const stateOf = async ({ documentId }: Plan): Promise<string> =>
    (await app.strapi.db.query(PLAN).findOne({ where: { documentId } })).state;
  const submit = ({ documentId }: Plan) =>
    planner.post(`${API}/collection-plans/${documentId}/submit`, {});
  const waitingFor = async (person: Person, plan: Plan): Promise<Step | undefined> => {
    const { body } = await person.get(`${API}/approvals?limit=100`);
    return (body as unknown as { items: Step[] }).items.find(
      ({ kind, subject }) => kind === 'collection-plan' && subject?.documentId === plan.documentId
    );
  };
  const decide = async (person: Person, plan: Plan, decision: string, comment?: string) => {
    const step = await waitingFor(person, plan);
    if (!step) throw new Error('nothing waits for this person');
    return person.post(`${API}/approvals/${step.stepId}/decide`, {
      decision,
      ...(comment ? { comment } : {}),
    });
  };
  const assess = async (plan: Plan, by = planner): Promise<string> => {
    const answer = await by.post(`${FORMS}${ASSESSMENT}`, {
      title: 'Resident IDs at the counter',
      plan: plan.documentId,
      necessity: 'The contract needs an identified party.',
      risks: 'A copied number is misused.',
      riskLevel: 'high-risk',
      measures: 'Sealed, revealed by request alone.',
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return dataOf<{ documentId: string }>(answer).documentId;
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const fields = (uid: string) => fieldsOf(app.strapi, uid);
    const role = await createRole(app.strapi, 'Test planner', [
      ...['read', 'create', 'update', 'delete'].flatMap((action) =>
        [PLAN, ASSESSMENT].map((subject) => ({
          action: EXPLORER + action,
          subject,
          fields: fields(subject),
        }))
      ),
      {
        action: `${EXPLORER}read`,
        subject: `${GOVERNANCE}purpose`,
        fields: fields(`${GOVERNANCE}purpose`),
      },
      {
        action: `${EXPLORER}read`,
        subject: `${GOVERNANCE}staff-profile`,
        fields: fields(`${GOVERNANCE}staff-profile`),
      },
      ...['plans.read', 'plans.submit', 'assessments.approve'].map((action) => ({
        action: GOVERNANCE + action,
      })),
    ]);
    const legal = await app.strapi.db
      .query(`${GOVERNANCE}department`)
      .create({ data: { name: 'Legal', code: 'LEGAL', function: 'legal' } });
    const decider = await createRole(app.strapi, 'Test counsel', [
      { action: `${GOVERNANCE}approvals.decide` },
    ]);
    await colleague('counsel', decider, legal.id);
    planner = await colleague('planner', role);
    second = await colleague('secondplanner', role);
    const purpose = (code: string) =>
      app.strapi.db.query(`${GOVERNANCE}purpose`).findOne({ where: { code } });
    service = await purpose('customer-service');
    identity = await purpose('identity-verification');
  });
  afterAll(() => app?.close());

  it('collect what all their purposes justify, unless they ask for less', async () => {
    const whole = await draft({ attributes: [] });
    const { attributes } = await app.strapi.db
      .query(`${GOVERNANCE}purpose`)
      .findOne({ where: { code: 'customer-service' } });
    expect(whole.attributes).toEqual([...attributes].sort());
    expect((await draft()).attributes).toHaveLength(3);
  });

  it('are never active by a form: they are approved', async () => {
    const answer = await planner.post(`${FORMS}${PLAN}`, {
      title: 'x',
      code: `P-${++made}`,
      purposes: { connect: [{ documentId: service.documentId }] },
      state: 'active',
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('submit it');
    const plan = await draft();
    expect(
      (await planner.put(`${FORMS}${PLAN}/${plan.documentId}`, { state: 'active' })).status
    ).toBe(400);
    expect(await stateOf(plan)).toBe('draft');
  });

  it('are submitted once they are complete; everything that is missing is named', async () => {
    const plan = await draft({ goal: null, channels: [], noticeText: null, endsOn: '2026-02-01' });
    const answer = await submit(plan);
    expect(answer.status).toBe(400);
    const { errors } = (
      answer.body as unknown as { error: { details: { errors: Array<{ path: string[] }> } } }
    ).error.details;
    expect(errors.map(({ path }) => path[0]).sort()).toEqual([
      'channels',
      'endsOn',
      'goal',
      'noticeText',
    ]);
    expect(await stateOf(plan)).toBe('draft');
  });

  it('wait unchanged for their approval, and collect from then on', async () => {
    const plan = await draft();
    expect((await submit(plan)).status).toBe(200);
    expect(await stateOf(plan)).toBe('in-review');
    expect((await submit(plan)).status).toBe(400);
    const edit = await planner.put(`${FORMS}${PLAN}/${plan.documentId}`, {
      goal: 'Something else',
    });
    expect(edit.status).toBe(400);
    expect(edit.text).toContain('Withdraw the plan first');
    expect((await planner.delete(`${FORMS}${PLAN}/${plan.documentId}`)).status).toBe(403);

    expect((await decide(company.head, plan, 'approve')).status).toBe(200);
    expect(await stateOf(plan)).toBe('active');
    const wider = await planner.put(`${FORMS}${PLAN}/${plan.documentId}`, {
      attributes: ['customer.name'],
      endsOn: '2100-01-01',
    });
    expect(wider.status).toBe(400);
    expect(wider.text).toContain('was approved so');
    expect(
      (await planner.put(`${FORMS}${PLAN}/${plan.documentId}`, { endsOn: '2098-01-01' })).status
    ).toBe(200);
    expect(
      (await planner.put(`${FORMS}${PLAN}/${plan.documentId}`, { state: 'closed' })).status
    ).toBe(200);
    const actions = await app.strapi.db
      .connection('governance_audit_entries')
      .where({ request_id: plan.documentId })
      .orderBy('id')
      .pluck('action');
    expect(actions).toEqual(['plan.submit', 'request.approve', 'plan.activate']);
  });

  it.each([
    ['rejected', 'reject'],
    ['returned', 'return'],
  ])('are drafts again when they are %s', async (_what, decision) => {
    const plan = await draft();
    await submit(plan);
    expect((await decide(company.head, plan, decision, 'Ask for less.')).status).toBe(200);
    expect(await stateOf(plan)).toBe('draft');
    expect((await submit(plan)).status).toBe(200);
  });

  it('are taken back by whoever submitted them, and by nobody else', async () => {
    const plan = await draft();
    await submit(plan);
    const path = `${API}/collection-plans/${plan.documentId}/withdraw`;
    expect((await second.post(path, {})).status).toBe(404);
    expect((await planner.post(path, {})).status).toBe(200);
    expect(await stateOf(plan)).toBe('draft');
    expect(await waitingFor(company.head, plan)).toBeUndefined();
  });

  it('with sensitive attributes need an impact assessment that somebody else approved', async () => {
    const plan = await draft({
      purposes: { connect: [{ documentId: identity.documentId }] },
      attributes: ['customer.name', 'customer.residentId'],
    });
    const early = await submit(plan);
    expect(early.status).toBe(400);
    expect(early.text).toContain('customer.residentId');
    const assessment = await assess(plan);
    expect((await submit(plan)).status).toBe(400);
    const approve = (person: Person) =>
      person.post(`${API}/impact-assessments/${assessment}/approve`, {});
    expect((await approve(planner)).status).toBe(403);
    expect((await approve(second)).status).toBe(200);
    expect((await approve(second)).status).toBe(400);
    expect((await submit(plan)).text).toContain('in-review');
    // Sensitive: by way of leadership, too.
    expect((await decide(company.head, plan, 'approve')).status).toBe(200);
    expect(await stateOf(plan)).toBe('in-review');

    const path = `${FORMS}${ASSESSMENT}/${assessment}`;
    expect((await planner.put(path, { risks: 'None.' })).status).toBe(403);
    const gone = await planner.delete(path);
    expect(gone.status).toBe(403);
    expect(gone.text).toContain('kept until');
    const row = await app.strapi.db
      .query(ASSESSMENT)
      .findOne({ where: { documentId: assessment } });
    expect(row).toMatchObject({ state: 'approved', attributes: ['customer.residentId'] });
    const years = Number(row.keepUntil.slice(0, 4)) - new Date(row.approvedAt).getFullYear();
    expect(years).toBe(3);
  });

  it('end by themselves when their last day is over, and tell whoever is responsible', async () => {
    const plan = await draft({ endsOn: '2027-03-31' });
    await submit(plan);
    await decide(company.head, plan, 'approve');
    const service = app.strapi.plugin('customer-governance').service('plans');
    // The last day counts in the policy's time zone, which is eight hours ahead.
    await service.closeEnded(new Date('2027-03-31T15:59:00Z'));
    expect(await stateOf(plan)).toBe('active');
    await service.closeEnded(new Date('2027-03-31T16:01:00Z'));
    expect(await stateOf(plan)).toBe('closed');
    const told = await app.strapi.db
      .connection('governance_notifications')
      .where({ event: 'plan-ended', staff_id: planner.staffId, subject_id: plan.documentId });
    expect(told).toHaveLength(1);
  });

  it('say what a form asks for: these attributes, why, and which are required', async () => {
    const plan = await draft();
    const answer = await company.rep.get(`${API}/collection-plans/${plan.documentId}/form`);
    expect(answer.status).toBe(200);
    const form = dataOf<{ inactive: string; attributes: Array<Record<string, unknown>> }>(answer);
    expect(form.inactive).toContain('is a draft');
    expect(form.attributes.map(({ name }) => name)).toEqual(['name', 'mobile', 'industry']);
    expect(form.attributes[1]).toMatchObject({
      kind: 'mobile',
      level: 'personal',
      required: { person: true, company: true },
      needsConsent: false,
      purposes: [{ code: 'customer-service' }],
    });
    expect((await company.rep.get(`${API}/collection-plans/nosuchplan/form`)).status).toBe(404);
  });

  it('are listed, and submitted, by those who may', async () => {
    const plan = await draft();
    const page = await planner.get(`${API}/collection-plans?limit=1`);
    expect(dataOf<{ items: Plan[]; nextCursor: string }>(page)).toMatchObject({
      items: [{ documentId: plan.documentId, mine: false }],
      nextCursor: expect.any(String),
    });
    expect((await planner.get(`${API}/collection-plans?state=nonsense`)).status).toBe(400);
    expect((await company.rep.get(`${API}/collection-plans`)).status).toBe(403);
    expect(
      (await company.rep.post(`${API}/collection-plans/${plan.documentId}/submit`, {})).status
    ).toBe(403);
    const caller = await createCaller(app, 'noprofile', [{ action: `${GOVERNANCE}plans.submit` }]);
    expect(
      (await caller.post(`${API}/collection-plans/${plan.documentId}/submit`, {})).status
    ).toBe(403);
  });
});

describe('the minimality report', () => {
  let app: BootedApp;
  let company: Company;

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
  });
  afterAll(() => app?.close());

  const report = async (now: Date) => {
    const reader = await createCaller(app, `reader${now.getTime()}`, [
      { action: `${GOVERNANCE}plans.read` },
    ]);
    const { body } = await reader.get(`${API}/minimality`);
    return body as unknown as {
      months: number;
      attributes: Array<{
        type: string;
        attribute: string;
        records: number;
        lastUsedAt: string | null;
        unused: boolean;
      }>;
    };
  };
  const CUSTOMER = `${GOVERNANCE}customer`;
  const night = async (now: Date) => {
    await app.strapi.plugin('customer-governance').service('transparency').sequence();
    await app.strapi.plugin('customer-governance').service('jobs').run('attribute-uses', now);
  };

  it('tells what is collected and when it was last of use, from the log, and takes up where it left off', async () => {
    const one = await company.customer(company.rep, { email: 'a@test.example' });
    await company.consent(one.id, 'customer-service');
    await night(new Date('2031-01-01T00:00:00Z'));
    const find = async (attribute: string, at: Date) =>
      (await report(at)).attributes.find(
        (use) => use.type === CUSTOMER && use.attribute === attribute
      );
    expect(await find('email', new Date(1))).toMatchObject({
      records: 1,
      lastUsedAt: null,
      unused: false,
    });
    expect(await find('passport', new Date(2))).toMatchObject({ records: 0, unused: false });
    await company.rep.get(`${FORMS}${CUSTOMER}/${one.documentId}`);
    await night(new Date('2031-01-02T00:00:00Z'));
    expect((await find('mobile', new Date(3)))?.lastUsedAt).toEqual(expect.any(String));
    const place = await app.strapi.db.connection('governance_attribute_uses_read').first();
    await night(new Date('2031-01-03T00:00:00Z'));
    expect(
      (await app.strapi.db.connection('governance_attribute_uses_read').first()).next_leaf
    ).toBeGreaterThanOrEqual(place.next_leaf);
  });

  it('marks what nobody used for the months of the policy, once the log is that old', async () => {
    const entries = app.strapi.db.connection('governance_audit_entries');
    const { at } = await entries.orderBy('id').first('at');
    const { minimalityReport } = jest.requireActual<
      typeof import('../../src/plugins/customer-governance/server/src/collection/minimality/report')
    >('../../src/plugins/customer-governance/server/src/collection/minimality/report');
    const later = new Date(new Date(at).getTime() + 800 * 24 * 3600 * 1000);
    const { attributes } = await minimalityReport(app.strapi, later);
    const unused = attributes
      .filter((use) => use.type === CUSTOMER && use.unused)
      .map((use) => use.attribute);
    expect(unused).toEqual(expect.arrayContaining(['email', 'residentId']));
    expect(unused).not.toContain('passport');
  });
});
