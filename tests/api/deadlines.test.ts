import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company, type Person } from '../support/company';

const PANEL = '/customer-governance';
const STAFF = 'plugin::customer-governance.staff-profile';
const DAY = 86_400_000;
/** Longer than any deadline of the presets, public holidays included. */
const LATER = 30 * DAY;

interface Approvals {
  enforceDeadlines(now: Date): Promise<{ escalated: number; expired: number }>;
}
interface Step {
  id: number;
  role: string;
  state: string;
  dueAt: string;
  escalatedAt: string | null;
  eligible: Array<{ name: string }>;
}
interface Request {
  documentId: string;
  state: string;
  steps: Step[];
}

describe('a step that nobody decides in time', () => {
  let app: BootedApp;
  let company: Company;
  let mine: { id: number; documentId: string };

  const enforce = (after: number) =>
    (app.strapi.plugin('customer-governance').service('approvals') as Approvals).enforceDeadlines(
      new Date(Date.now() + after)
    );
  const submit = async (): Promise<Request> => {
    const { status, body, text } = await company.rep.post(`${PANEL}/access-requests`, {
      type: CUSTOMER,
      records: [mine.documentId],
      purpose: 'identity-verification',
      attributes: ['residentId'],
      termDays: 7,
      reason: 'Signing the contract',
    });
    if (status !== 201) throw new Error(text);
    return body as unknown as Request;
  };
  const now = async ({ documentId }: Request): Promise<Request> => {
    const { body } = await company.rep.get(`${PANEL}/access-requests`);
    const all = body.items as unknown as Request[];
    return all.find((request) => request.documentId === documentId) as Request;
  };
  const names = ({ eligible }: Step) => eligible.map(({ name }) => name);
  const decide = async (person: Person, step: Step) =>
    (await person.post(`${PANEL}/approvals/${step.id}/decide`, { decision: 'approve' })).status;
  const entries = (action: string) =>
    app.strapi.db.query('plugin::customer-governance.audit-entry').count({ where: { action } });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    mine = await company.customer(company.rep);
    await app.strapi.db
      .query(STAFF)
      .update({ where: { id: company.head.staffId }, data: { superior: company.leader.staffId } });
  });
  afterAll(() => app.close());
  afterEach(async () => {
    await enforce(LATER);
    await enforce(2 * LATER);
  });

  it('is left alone until its deadline', async () => {
    const request = await submit();
    expect(await enforce(0)).toEqual({ escalated: 0, expired: 0 });
    const [step] = (await now(request)).steps;
    expect(step).toMatchObject({ state: 'pending', escalatedAt: null });
  });

  it('goes to the next superior too, who may then decide, and has a new deadline', async () => {
    const request = await submit();
    const [before] = request.steps;
    expect(names(before)).toEqual(['head']);
    expect(await enforce(LATER)).toEqual({ escalated: 1, expired: 0 });
    const [step] = (await now(request)).steps;
    expect(names(step)).toEqual(['head', 'leader']);
    expect(step.escalatedAt).not.toBeNull();
    expect(Date.parse(step.dueAt)).toBeGreaterThan(Date.now() + LATER);
    expect(await decide(company.leader, step)).toBe(200);
    expect((await now(request)).steps.map(({ state }) => state)).toEqual(['approved', 'pending']);
  });

  it('is escalated once, however often the job runs', async () => {
    const request = await submit();
    const outcomes = await Promise.all([enforce(LATER), enforce(LATER)]);
    expect(outcomes.map(({ escalated }) => escalated).sort()).toEqual([0, 1]);
    expect(await enforce(LATER)).toEqual({ escalated: 0, expired: 0 });
    expect(names((await now(request)).steps[0])).toEqual(['head', 'leader']);
  });

  it('ends its request when the second deadline has passed as well', async () => {
    const request = await submit();
    const before = await entries('request.expire');
    await enforce(LATER);
    expect(await enforce(2 * LATER)).toEqual({ escalated: 0, expired: 1 });
    const { state, steps } = await now(request);
    expect(state).toBe('expired');
    expect(steps.map((step) => step.state)).toEqual(['expired', 'cancelled']);
    expect(await entries('request.expire')).toBe(before + 1);
    expect(await decide(company.head, steps[0])).toBe(400);
    const grants = app.strapi.db.query('plugin::customer-governance.access-grant');
    expect(await grants.count()).toBe(0);
  });

  it('never goes to the requester, nor to somebody who could decide it already', async () => {
    const profiles = app.strapi.db.query(STAFF);
    const report = (to: Person | null) =>
      profiles.update({
        where: { id: company.head.staffId },
        data: { superior: to?.staffId ?? null },
      });
    const request = await submit();
    await report(company.rep);
    await enforce(LATER);
    await report(company.leader);
    expect(names((await now(request)).steps[0])).toEqual(['head']);
  });
});
