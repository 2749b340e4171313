import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
  signIn,
  type Company,
  type Person,
} from '../support/company';

const ABSENCE = 'plugin::customer-governance.absence';
const ABSENCES = `/content-manager/collection-types/${ABSENCE}`;
const PANEL = '/customer-governance';
const PURPOSE = 'identity-verification';
const HOUR = 3_600_000;

interface Step {
  role: string;
  state: string;
  decidedBy: { name: string } | null;
  onBehalfOf: { name: string } | null;
  eligible: Array<{ name: string; deputies: string[] }>;
}
interface Item {
  stepId: number;
  onBehalfOf: { name: string } | null;
  subject: { documentId: string; steps: Step[] };
}

describe('deputies', () => {
  let app: BootedApp;
  let company: Company;
  let mine: { id: number; documentId: string };
  let theirs: { id: number; documentId: string };

  const absences = () => app.strapi.db.query(ABSENCE);
  /** Away from an hour ago, until in an hour unless told otherwise. */
  const away = (staff: Person, deputy: Person | null, until = Date.now() + HOUR) =>
    absences().create({
      data: {
        staff: staff.staffId,
        deputy: deputy?.staffId ?? null,
        startsAt: new Date(Date.now() - HOUR),
        endsAt: new Date(until),
      },
    });
  const submit = async (person: Person, record = mine): Promise<string> => {
    const { status, body, text } = await person.post(`${PANEL}/access-requests`, {
      type: CUSTOMER,
      records: [record.documentId],
      purpose: PURPOSE,
      attributes: ['residentId'],
      termDays: 7,
      reason: 'Signing the contract',
    });
    if (status !== 201) throw new Error(text);
    return body.documentId;
  };
  const inbox = async (person: Person): Promise<Item[]> =>
    (await person.get(`${PANEL}/approvals`)).body.items;
  const decide = (person: Person, stepId: number) =>
    person.post(`${PANEL}/approvals/${stepId}/decide`, { decision: 'approve' });
  const stepsOf = async (requestId: string): Promise<Array<{ id: number; state: string }>> =>
    app.strapi.db
      .query('plugin::customer-governance.approval-step')
      .findMany({ where: { subjectId: requestId }, orderBy: 'position' });

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    theirs = await company.customer(company.rep, { mobile: '13900139000' });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    mine = await company.customer(company.rep);
  });
  afterEach(async () => {
    await absences().deleteMany({ where: { id: { $gt: 0 } } });
  });

  it('see and decide what waits for the one who is away, and both names are in the record', async () => {
    const request = await submit(company.rep);
    expect(await inbox(company.westHead)).toEqual([]);
    await away(company.head, company.westHead);
    const [item] = await inbox(company.westHead);
    expect(item).toMatchObject({
      onBehalfOf: { name: 'head' },
      subject: { documentId: request },
    });
    expect(item.subject.steps[0].eligible).toEqual([{ name: 'head', deputies: ['westhead'] }]);
    expect((await decide(company.westHead, item.stepId)).status).toBe(200);
    const [next] = await inbox(company.leader);
    expect(next.subject.steps[0]).toMatchObject({
      state: 'approved',
      decidedBy: { name: 'westhead' },
      onBehalfOf: { name: 'head' },
    });
    const [entry] = await app.strapi.db
      .query('plugin::customer-governance.audit-entry')
      .findMany({ where: { action: 'request.approve' }, orderBy: { id: 'desc' }, limit: 1 });
    const { documentId } = await app.strapi.db
      .query('plugin::customer-governance.staff-profile')
      .findOne({ where: { id: company.head.staffId } });
    expect(entry).toMatchObject({
      actorId: String(company.westHead.userId),
      onBehalfOf: documentId,
    });
  });

  it('decide no longer once the absence has ended, nor before it has begun', async () => {
    const request = await submit(company.rep);
    const [{ id }] = await stepsOf(request);
    await away(company.head, company.westHead, Date.now() - 1000);
    await absences().create({
      data: {
        staff: company.head.staffId,
        deputy: company.westHead.staffId,
        startsAt: new Date(Date.now() + HOUR),
        endsAt: new Date(Date.now() + 2 * HOUR),
      },
    });
    expect(await inbox(company.westHead)).toEqual([]);
    expect((await decide(company.westHead, id)).status).toBe(404);
    expect((await decide(company.head, id)).status).toBe(200);
  });

  it('are those of the profile where the absence names nobody', async () => {
    await submit(company.rep);
    const profiles = app.strapi.db.query('plugin::customer-governance.staff-profile');
    const setDeputy = (deputy: number | null) =>
      profiles.update({ where: { id: company.head.staffId }, data: { deputy } });
    await setDeputy(company.westHead.staffId);
    await away(company.head, null);
    expect((await inbox(company.westHead)).length).toBeGreaterThan(0);
    await setDeputy(null);
    expect(await inbox(company.westHead)).toEqual([]);
  });

  it('never decide their own request', async () => {
    const request = await submit(company.head, theirs);
    await away(company.leader, company.head);
    await away(company.secondLeader, company.head);
    const mineToDecide = (await inbox(company.head)).map(({ subject }) => subject.documentId);
    expect(mineToDecide).not.toContain(request);
    const [{ id }] = await stepsOf(request);
    const { status, text } = await decide(company.head, id);
    expect(status).toBe(403);
    expect(text).toContain('own request');
  });

  it('fill one step of a request, in person or for another, and so does the one who is away', async () => {
    const request = await submit(company.rep);
    await away(company.head, company.westHead);
    await away(company.leader, company.westHead);
    await away(company.secondLeader, company.head);
    const [first, second] = await stepsOf(request);
    expect((await decide(company.westHead, first.id)).status).toBe(200);
    // As deputy of the leader a second step, and as deputy of another leader the one who was stood in for.
    for (const person of [company.westHead, company.head]) {
      const { status, text } = await decide(person, second.id);
      expect(status).toBe(403);
      expect(text).toContain('different person');
    }
    expect((await decide(company.leader, second.id)).status).toBe(200);
    expect((await stepsOf(request)).map(({ state }) => state)).toEqual(['approved', 'approved']);
  });

  it('lose the place of somebody who has left the company', async () => {
    const request = await submit(company.rep);
    const [{ id }] = await stepsOf(request);
    const profiles = app.strapi.db.query('plugin::customer-governance.staff-profile');
    const setActive = (active: boolean) =>
      profiles.update({ where: { id: company.head.staffId }, data: { active } });
    await away(company.head, company.westHead);
    await setActive(false);
    expect((await decide(company.westHead, id)).status).toBe(404);
    await setActive(true);
    expect((await decide(company.westHead, id)).status).toBe(200);
  });

  describe('in the panel', () => {
    let clerk: Awaited<ReturnType<typeof signIn>>;

    beforeAll(async () => {
      const permissions = ['create', 'read', 'update'].map((action) => ({
        action: `plugin::content-manager.explorer.${action}`,
        subject: ABSENCE,
        fields: fieldsOf(app.strapi, ABSENCE),
      }));
      clerk = await createCaller(app, 'clerk', permissions);
    });

    it.each([
      ['nobody who is away', { staff: null }, 'staff'],
      ['an end before its beginning', { endsAt: '2026-01-01T00:00:00Z' }, 'endsAt'],
      ['the same person as deputy', { deputy: 'head' }, 'deputy'],
      ['no deputy where the profile has none', { deputy: null }, 'deputy'],
    ])('have no absence with %s', async (_what, wrong, attribute) => {
      const relation = (staffId: number) => ({ connect: [{ id: staffId }] });
      const deputyOf = { head: company.head.staffId, westHead: company.westHead.staffId };
      const entry = { staff: 'head', deputy: 'westHead', ...wrong } as Record<
        'staff' | 'deputy',
        keyof typeof deputyOf | null
      >;
      const { status, body } = await clerk.post(ABSENCES, {
        startsAt: '2026-02-01T00:00:00Z',
        endsAt: '2026-02-08T00:00:00Z',
        ...wrong,
        staff: entry.staff ? relation(deputyOf[entry.staff]) : null,
        deputy: entry.deputy ? relation(deputyOf[entry.deputy]) : null,
      });
      expect(status).toBe(400);
      expect(body.error as { message: string }).toMatchObject({
        message: expect.stringMatching(new RegExp(`^${attribute}:`)),
      });
      expect(await absences().count()).toBe(0);
    });

    it('are entered with their time', async () => {
      const { status } = await clerk.post(ABSENCES, {
        staff: { connect: [{ id: company.head.staffId }] },
        deputy: { connect: [{ id: company.westHead.staffId }] },
        startsAt: '2026-02-01T00:00:00Z',
        endsAt: '2026-02-08T00:00:00Z',
      });
      expect(status).toBe(201);
      expect(await absences().count()).toBe(1);
    });
  });
});
