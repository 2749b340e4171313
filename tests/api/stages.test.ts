import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company, type Person } from '../support/company';

const PANEL = '/customer-governance';
const STAFF = 'plugin::customer-governance.staff-profile';

interface Step {
  id: number;
  role: string;
  stage: number;
  state: string;
  dueAt: string | null;
}
interface Request {
  documentId: string;
  state: string;
  grant: object | null;
  steps: Step[];
}

describe('a chain in stages', () => {
  let app: BootedApp;
  let company: Company;
  let mine: { id: number; documentId: string };

  const wish = (more: object = {}) => ({
    type: CUSTOMER,
    records: [mine.documentId],
    purpose: 'customer-service',
    attributes: ['email'],
    termDays: 7,
    reason: 'A call',
    ...more,
  });
  const submit = async (more: object = {}): Promise<Request> => {
    const { status, body, text } = await company.rep.post(`${PANEL}/access-requests`, wish(more));
    if (status !== 201) throw new Error(text);
    return body as unknown as Request;
  };
  const preview = async (more: object = {}) => {
    const { body } = await company.rep.post(`${PANEL}/access-requests/preview`, wish(more));
    const { steps } = body as unknown as { steps: Array<Step & { eligible: object[] }> };
    return steps.map(({ role, stage }) => [stage, role]);
  };
  const latest = async (): Promise<Request> => {
    const { body } = await company.rep.get(`${PANEL}/access-requests?limit=1`);
    return (body.items as unknown as Request[])[0] as Request;
  };
  const states = ({ steps }: Request) => steps.map(({ role, state }) => [role, state]);
  const decide = async (person: Person, request: Request, role: string, decision = 'approve') => {
    const step = request.steps.find((each) => each.role === role);
    const path = `${PANEL}/approvals/${step?.id}/decide`;
    return (await person.post(path, { decision, comment: 'seen' })).status;
  };

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        approvals: {
          rules: [
            { code: 'use-outside', omit: true },
            {
              code: 'use',
              when: { kind: 'use' },
              steps: [['department-head', 'person:E7'], 'role:Test information'],
            },
            {
              code: 'out',
              when: { kind: 'use', recipient: ['colleagues', 'third-party'], department: 'S' },
              steps: ['leadership'],
            },
            {
              code: 'west',
              when: { kind: 'use', department: 'SW' },
              steps: ['legal'],
            },
          ],
        },
      },
    });
    company = await createCompany(app);
    mine = await company.customer(company.rep);
    await app.strapi.db
      .query(STAFF)
      .update({ where: { id: company.leader.staffId }, data: { staffNumber: 'E7' } });
    const role = await app.strapi.db
      .query('admin::role')
      .findOne({ where: { name: 'Test information' } });
    await app.strapi
      .service('admin::role')
      .assignPermissions(role.id, [
        { action: 'plugin::customer-governance.approvals.decide', subject: null },
      ]);
  });
  afterAll(() => app.close());

  it('asks a named person and the head at the same time, and a role of the panel after both', async () => {
    const request = await submit();
    expect(states(request)).toEqual([
      ['department-head', 'pending'],
      ['person:E7', 'pending'],
      ['role:Test information', 'waiting'],
    ]);
    const [first, second, third] = request.steps;
    expect(first?.dueAt).toBe(second?.dueAt);
    expect(third?.dueAt).toBeNull();

    expect(await decide(company.proposer, request, 'role:Test information')).toBe(400);
    expect(await decide(company.leader, request, 'person:E7')).toBe(200);
    expect((await latest()).state).toBe('in-review');
    expect(states(await latest())[2]).toEqual(['role:Test information', 'waiting']);
    expect(await decide(company.head, request, 'department-head')).toBe(200);
    expect(states(await latest())[2]).toEqual(['role:Test information', 'pending']);
    expect((await latest()).grant).toBeNull();
    expect(await decide(company.proposer, request, 'role:Test information')).toBe(200);
    expect(await latest()).toMatchObject({ state: 'approved', grant: { state: 'active' } });
  });

  it('opens the next stage once when the last two of a stage decide at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const request = await submit();
      const answers = await Promise.all([
        decide(company.leader, request, 'person:E7'),
        decide(company.head, request, 'department-head'),
      ]);
      expect(answers).toEqual([200, 200]);
      expect(states(await latest())).toEqual([
        ['department-head', 'approved'],
        ['person:E7', 'approved'],
        ['role:Test information', 'pending'],
      ]);
      expect(await decide(company.executor, request, 'role:Test information')).toBe(200);
    }
  });

  it('ends for all of a stage when one of them rejects', async () => {
    const request = await submit();
    expect(await decide(company.head, request, 'department-head', 'reject')).toBe(200);
    expect(states(await latest())).toEqual([
      ['department-head', 'rejected'],
      ['person:E7', 'cancelled'],
      ['role:Test information', 'cancelled'],
    ]);
    expect(await decide(company.leader, request, 'person:E7')).toBe(400);
  });

  it('looks at whom the information is for, and at the department of the requester and those above it', async () => {
    expect(await preview({ recipient: 'self' })).toEqual([
      [0, 'department-head'],
      [0, 'person:E7'],
      [1, 'role:Test information'],
    ]);
    expect(await preview({ recipient: 'third-party' })).toEqual([
      [0, 'department-head'],
      [0, 'person:E7'],
      [1, 'leadership'],
      [2, 'role:Test information'],
    ]);
  });

  it('is not put before somebody who has decided another step of it', async () => {
    const request = await submit({ recipient: 'third-party' });
    const open = async (person: Person) => {
      const { body } = await person.get(`${PANEL}/approvals`);
      const items = body.items as unknown as Array<{ role: string }>;
      return items.map(({ role }) => role);
    };
    expect(await open(company.leader)).toEqual(['person:E7']);
    expect(await decide(company.leader, request, 'person:E7')).toBe(200);
    expect(await decide(company.head, request, 'department-head')).toBe(200);
    expect(await open(company.leader)).toEqual([]);
    expect(await open(company.secondLeader)).toEqual(['leadership']);
    expect(await decide(company.leader, request, 'leadership')).toBe(403);
    expect(await decide(company.secondLeader, request, 'leadership')).toBe(200);
  });

  it('has a step that says so when its named person is gone', async () => {
    const staff = app.strapi.db.query(STAFF);
    await staff.update({ where: { id: company.leader.staffId }, data: { active: false } });
    const { body } = await company.rep.post(`${PANEL}/access-requests/preview`, wish());
    expect(body.problem).toEqual({ code: 'nobody', roles: ['person:E7'] });
    expect((await company.rep.post(`${PANEL}/access-requests`, wish())).status).toBe(400);
    await staff.update({ where: { id: company.leader.staffId }, data: { active: true } });
  });
});
