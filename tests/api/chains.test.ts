import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
  signIn,
  type Answer,
  type Company,
  type Person,
} from '../support/company';

const PANEL = '/customer-governance';
const STAFF = 'plugin::customer-governance.staff-profile';
const REQUEST = 'plugin::customer-governance.access-request';

interface Chain {
  steps: Array<{ role: string; eligible: Array<{ name: string }>; dueAt: string }>;
  expectedAt: string | null;
  problem: { code: string; roles: string[] } | null;
}

describe('the chain of a request', () => {
  let app: BootedApp;
  let company: Company;
  let mine: { id: number; documentId: string };
  let wests: { id: number; documentId: string };
  /** Reads all customers, owns none, and reports to the second leader. */
  let analyst: Awaited<ReturnType<typeof signIn>>;

  const wish = (records: string[], more: object = {}) => ({
    type: CUSTOMER,
    records,
    purpose: 'customer-service',
    attributes: ['email'],
    termDays: 7,
    ...more,
  });
  const preview = (person: Pick<Person, 'post'>, body: object): Promise<Answer> =>
    person.post(`${PANEL}/access-requests/preview`, body);
  const chainOf = ({ body }: Answer): Chain => body as unknown as Chain;
  const named = (answer: Answer) =>
    chainOf(answer).steps.map(({ role, eligible }) => [role, ...eligible.map(({ name }) => name)]);
  const stored = () => app.strapi.db.query(REQUEST).count();
  const decideNext = async (person: Person): Promise<number> => {
    const { body } = await person.get(`${PANEL}/approvals`);
    const [item] = body.items as unknown as Array<{ stepId: number }>;
    return (await person.post(`${PANEL}/approvals/${item?.stepId}/decide`, { decision: 'approve' }))
      .status;
  };

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        approvals: {
          rules: [
            {
              code: 'use-foreign',
              when: { kind: 'use', ownership: 'other' },
              steps: ['superior', 'owner-superior'],
            },
          ],
        },
      },
    });
    company = await createCompany(app);
    mine = await company.customer(company.rep);
    wests = await company.customer(company.other, { mobile: '13900139000' });
    const asked = await createCaller(app, 'analyst', [
      {
        action: 'plugin::content-manager.explorer.read',
        subject: CUSTOMER,
        fields: fieldsOf(app.strapi, CUSTOMER),
      },
      { action: 'plugin::customer-governance.access.request' },
    ]);
    await app.strapi.db.query(STAFF).create({
      data: {
        displayName: 'analyst',
        level: 'staff',
        active: true,
        user: asked.userId,
        superior: company.secondLeader.staffId,
      },
    });
    analyst = asked;
  });
  afterAll(() => app.close());

  it('is shown with names and the expected date before submitting, and stores nothing', async () => {
    const before = await stored();
    const answer = await preview(company.rep, wish([mine.documentId]));
    expect(answer.status).toBe(200);
    expect(named(answer)).toEqual([['department-head', 'head']]);
    const { steps, expectedAt, problem } = chainOf(answer);
    expect(problem).toBeNull();
    expect(expectedAt).toBe(steps[0].dueAt);
    expect(Date.parse(steps[0].dueAt)).toBeGreaterThan(Date.now());
    expect(await stored()).toBe(before);
  });

  it("asks each owner's superior for their part of a request over records of several owners", async () => {
    const answer = await preview(analyst, wish([mine.documentId, wests.documentId]));
    expect(named(answer)).toEqual([
      ['superior', 'secondleader'],
      ['department-head', 'leader', 'secondleader'],
      ['owner-superior', 'head'],
      ['owner-superior', 'westhead'],
    ]);
    const dates = chainOf(answer).steps.map(({ dueAt }) => Date.parse(dueAt));
    expect([...dates].sort((a, b) => a - b)).toEqual(dates);
    // The two owners' superiors are asked at the same time.
    expect(new Set(dates).size).toBe(3);
  });

  it('is the chain that the submitted request has, every step of which must be approved', async () => {
    const records = [mine.documentId, wests.documentId];
    const announced = named(await preview(analyst, wish(records)));
    const { status, body } = await analyst.post(`${PANEL}/access-requests`, {
      ...wish(records),
      reason: 'A study',
    });
    expect(status).toBe(201);
    const { steps } = body as unknown as Chain;
    expect(steps.map(({ role, eligible }) => [role, ...eligible.map(({ name }) => name)])).toEqual(
      announced
    );
    const grants = app.strapi.db.query('plugin::customer-governance.access-grant');
    const people = [company.secondLeader, company.leader, company.head, company.westHead];
    for (const person of people) {
      expect(await grants.count()).toBe(0);
      expect(await decideNext(person)).toBe(200);
    }
    expect(await grants.count()).toBe(1);
  });

  it('passes over a superior who is the requester, and says at once when too few people are left', async () => {
    const answer = await preview(company.head, wish([mine.documentId]));
    const { steps, problem } = chainOf(answer);
    expect(steps.map(({ role }) => role)).toEqual([
      'superior',
      'department-head',
      'owner-superior',
    ]);
    for (const { eligible } of steps) {
      expect(eligible.map(({ name }) => name)).toEqual(['leader', 'secondleader']);
    }
    expect(problem).toEqual({
      code: 'too-few',
      roles: ['superior', 'department-head', 'owner-superior'],
    });
    const before = await stored();
    const refused = await company.head.post(`${PANEL}/access-requests`, {
      ...wish([mine.documentId]),
      reason: 'A look',
    });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('as many different people');
    expect(await stored()).toBe(before);
  });

  it.each([
    ['records out of sight', () => wish([wests.documentId]), /records/],
    [
      'attributes that the purpose does not justify',
      () => wish([mine.documentId], { attributes: ['bankCard'] }),
      /bankCard/,
    ],
    ['unknown keys', () => wish([mine.documentId], { approver: 'me' }), /approver/],
  ])('is not told for %s', async (_what, body, reason) => {
    const answer = await preview(company.rep, body());
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(reason);
  });

  it('is told only to those who may request', async () => {
    expect((await preview(company.auditor, wish([mine.documentId]))).status).toBe(403);
  });
});
