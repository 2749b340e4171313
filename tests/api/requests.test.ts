import { bootApp, type BootedApp } from '../support/app';
import {
  createCompany,
  CUSTOMER,
  type Answer,
  type Company,
  type Person,
} from '../support/company';

const PANEL = '/customer-governance';
const STAFF = 'plugin::customer-governance.staff-profile';
const DAY = 86_400_000;

interface Step {
  id: number;
  round: number;
  role: string;
  state: string;
  comment: string | null;
}
interface Grant {
  documentId: string;
  state: string;
  reveals: number;
  endReason: string | null;
}
interface Request {
  documentId: string;
  state: string;
  reason: string;
  recordCount: number;
  renewalOf: string | null;
  attributes: string[];
  grant: Grant | null;
  steps: Step[];
}

interface Jobs {
  run(name: string, now: Date): Promise<boolean>;
}

describe('the life of an access request', () => {
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
  const asRequest = ({ status, body, text }: Answer, expected: number): Request => {
    if (status !== expected) throw new Error(`${status} ${text}`);
    return body as unknown as Request;
  };
  const submit = async (more: object = {}): Promise<Request> =>
    asRequest(await company.rep.post(`${PANEL}/access-requests`, wish(more)), 201);
  const amend = (id: string, more: object = {}) =>
    company.rep.put(`${PANEL}/access-requests/${id}`, wish(more));
  const now = async (id: string): Promise<Request> => {
    const { body } = await company.rep.get(`${PANEL}/access-requests?limit=100`);
    const all = body.items as unknown as Request[];
    return all.find(({ documentId }) => documentId === id) as Request;
  };
  const openStep = ({ steps }: Request) => steps.find(({ state }) => state === 'pending')?.id;
  const decide = (person: Person, request: Request, decision: string, comment = 'seen') =>
    person.post(`${PANEL}/approvals/${openStep(request)}/decide`, { decision, comment });
  const approved = async (more: object = {}): Promise<Request> => {
    const request = await submit(more);
    expect((await decide(company.head, request, 'approve')).status).toBe(200);
    return now(request.documentId);
  };
  const reveal = (record = mine.documentId, attribute = 'email') =>
    company.rep.post(`${PANEL}/reveal`, {
      type: CUSTOMER,
      documentIds: [record],
      attributes: [attribute],
      purpose: 'customer-service',
    });
  const entries = (action: string) =>
    app.strapi.db.query('plugin::customer-governance.audit-entry').count({ where: { action } });
  const runJob = (after: number) =>
    (app.strapi.plugin('customer-governance').service('jobs') as Jobs).run(
      'grant-ends',
      new Date(Date.now() + after)
    );

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
  });
  beforeEach(async () => {
    mine = await company.customer(company.rep, { email: 'wang@kunde.example' });
    await company.consent(mine.id, 'customer-service');
  });
  afterAll(() => app.close());

  describe('before it is decided', () => {
    it('may be kept as a draft, which nobody is asked to decide until it is submitted', async () => {
      const submitted = await entries('request.submit');
      const draft = await submit({ draft: true });
      expect(draft).toMatchObject({ state: 'draft', steps: [] });
      expect(await entries('request.submit')).toBe(submitted);
      const later = asRequest(await amend(draft.documentId, { draft: true, reason: 'Later' }), 200);
      expect(later).toMatchObject({ state: 'draft', reason: 'Later', steps: [] });
      const sent = asRequest(await amend(draft.documentId), 200);
      expect(sent.state).toBe('submitted');
      expect(openStep(sent)).toBeDefined();
      expect(await entries('request.submit')).toBe(submitted + 1);
    });

    it('is sent back with a reason, changed, and decided anew by the same people', async () => {
      const request = await submit();
      expect((await decide(company.head, request, 'return', ' ')).status).toBe(400);
      expect((await decide(company.head, request, 'return', 'Too broad')).status).toBe(200);
      const returned = await now(request.documentId);
      expect(returned.state).toBe('returned');
      expect(returned.steps).toMatchObject([{ state: 'returned', comment: 'Too broad' }]);
      const again = asRequest(await amend(request.documentId, { termDays: 1 }), 200);
      expect(again.state).toBe('submitted');
      expect(again.steps.map(({ round, state }) => [round, state])).toEqual([
        [1, 'returned'],
        [2, 'pending'],
      ]);
      expect((await decide(company.head, again, 'approve')).status).toBe(200);
      expect((await now(request.documentId)).state).toBe('approved');
    });

    it('starts its steps anew when it is amended, so that no decision stands for what was not read', async () => {
      const request = await submit({
        purpose: 'identity-verification',
        attributes: ['residentId'],
      });
      expect((await decide(company.head, request, 'approve')).status).toBe(200);
      expect((await now(request.documentId)).state).toBe('in-review');
      const leaders = openStep(await now(request.documentId));
      const amended = asRequest(
        await amend(request.documentId, {
          purpose: 'identity-verification',
          attributes: ['residentId', 'name'],
        }),
        200
      );
      expect(amended.state).toBe('submitted');
      const stale = await company.leader.post(`${PANEL}/approvals/${leaders}/decide`, {
        decision: 'approve',
      });
      expect(stale.status).toBe(400);
      expect((await now(request.documentId)).grant).toBeNull();
      expect((await decide(company.head, amended, 'approve')).status).toBe(200);
      expect((await decide(company.leader, await now(request.documentId), 'approve')).status).toBe(
        200
      );
      expect((await now(request.documentId)).grant).toMatchObject({ state: 'active' });
    });

    it('is amended or decided, of the two at the same moment, and never both', async () => {
      for (let round = 0; round < 4; round += 1) {
        const request = await submit();
        const [changed, decided] = await Promise.all([
          amend(request.documentId, { attributes: ['email', 'address'] }),
          decide(company.head, request, 'approve'),
        ]);
        expect([changed.status, decided.status].sort()).toEqual([200, 400]);
        const { state, attributes, grant } = await now(request.documentId);
        expect(attributes).toEqual(changed.status === 200 ? ['email', 'address'] : ['email']);
        expect(state).toBe(changed.status === 200 ? 'submitted' : 'approved');
        expect(grant === null).toBe(changed.status === 200);
      }
    });

    it('is changed by its requester alone, and not after the decision', async () => {
      const request = await approved();
      expect((await amend(request.documentId, { attributes: ['address'] })).status).toBe(400);
      expect((await now(request.documentId)).attributes).toEqual(['email']);
      const other = await submit();
      const foreign = await company.head.put(
        `${PANEL}/access-requests/${other.documentId}`,
        wish()
      );
      expect(foreign.status).toBe(404);
      expect((await amend(other.documentId, { draft: true })).status).toBe(400);
    });

    it('continues an approved request of one’s own, and no other', async () => {
      const first = await approved();
      const renewal = await submit({ renewalOf: first.documentId });
      expect(renewal.renewalOf).toBe(first.documentId);
      const refused = await company.rep.post(
        `${PANEL}/access-requests`,
        wish({ renewalOf: renewal.documentId })
      );
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('renewalOf');
    });
  });

  describe('over records chosen by a filter', () => {
    it('is frozen at the approval to those that still match, and takes no new ones in', async () => {
      const website = 'https://campaign.example';
      const chosen = [];
      for (let index = 0; index < 3; index += 1) {
        chosen.push(await company.customer(company.rep, { website, mobile: `1380013800${index}` }));
      }
      await company.customer(company.other, { website, mobile: '13900139000' });
      const filter = { $and: [{ website: { $eq: website } }] };
      const seen = await company.rep.post(
        `${PANEL}/access-requests/preview`,
        wish({ records: undefined, filter })
      );
      expect(seen.body).toMatchObject({ recordCount: 3, problem: null });
      const request = await submit({ records: undefined, filter });
      expect(request.recordCount).toBe(3);
      const [left, ...stay] = chosen;
      await app.strapi.db
        .query(CUSTOMER)
        .update({ where: { id: left?.id }, data: { website: 'https://other.example' } });
      const late = await company.customer(company.rep, { website, mobile: '13800138009' });
      expect((await decide(company.head, request, 'approve')).status).toBe(200);
      expect((await now(request.documentId)).recordCount).toBe(2);
      for (const each of stay) await company.consent(each.id, 'customer-service');
      expect((await reveal(stay[0]?.documentId)).status).toBe(200);
      expect((await reveal(left?.documentId)).status).toBe(403);
      expect((await reveal(late.documentId)).status).toBe(403);
    });

    it.each([
      ['a protected attribute', { mobile: '13800138000' }, /filter\.mobile/],
      ['nothing that is there', { website: 'https://nowhere.example' }, /no record/],
      ['what an attribute cannot be', { owner: { id: { $eq: 'abc' } } }, /filter/],
      ['another operator', { website: { $contains: 'a' } }, /filter\.website/],
    ])('is refused when it asks for %s', async (_what, filter, reason) => {
      const answer = await company.rep.post(
        `${PANEL}/access-requests`,
        wish({ records: undefined, filter })
      );
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(reason);
      expect(answer.text).not.toContain('13800138000');
    });

    it('names records or a filter, not both and not neither', async () => {
      for (const more of [{ filter: { website: 'x' } }, { records: undefined }]) {
        const answer = await company.rep.post(`${PANEL}/access-requests`, wish(more));
        expect(answer.status).toBe(400);
        expect(answer.text).toContain('records');
      }
    });
  });

  describe('as a grant', () => {
    const change = (request: Request, what: string, body: object = {}) =>
      company.head.post(`${PANEL}/access-grants/${request.grant?.documentId}/${what}`, body);
    const stateOf = async ({ documentId }: Request) => (await now(documentId)).grant;

    it('is used up after the number of reveals that was approved, also when they come at once', async () => {
      const request = await approved({ revealLimit: 2 });
      const answers = await Promise.all([reveal(), reveal(), reveal(), reveal()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 403, 403]);
      expect(await stateOf(request)).toMatchObject({ state: 'used-up', reveals: 2 });
    });

    it('opens nothing while it is suspended, and again once it is resumed', async () => {
      const request = await approved();
      expect((await reveal()).status).toBe(200);
      expect((await change(request, 'suspend', {})).status).toBe(400);
      expect((await change(request, 'suspend', { reason: 'An incident' })).status).toBe(200);
      expect((await reveal()).status).toBe(403);
      expect(await stateOf(request)).toMatchObject({ state: 'suspended' });
      expect((await change(request, 'suspend', { reason: 'Again' })).status).toBe(400);
      expect((await change(request, 'resume')).status).toBe(200);
      expect((await reveal()).status).toBe(200);
      expect((await change(request, 'revoke', { reason: 'Over' })).status).toBe(200);
      expect((await change(request, 'resume')).status).toBe(400);
      expect((await reveal()).status).toBe(403);
    });

    it('ends for good when its holder moves to another department or leaves', async () => {
      const staff = app.strapi.db.query(STAFF);
      const where = { id: company.rep.staffId };
      for (const [away, back] of [
        [{ department: company.west.id }, { department: company.east.id }],
        [{ active: false }, { active: true }],
      ] as const) {
        const request = await approved();
        expect((await reveal()).status).toBe(200);
        await staff.update({ where, data: away });
        await staff.update({ where, data: back });
        expect((await reveal()).status).toBe(403);
        expect(await stateOf(request)).toMatchObject({ state: 'ended', endReason: 'holder' });
      }
    });

    it('ends for good when its purpose is closed', async () => {
      const purposes = app.strapi.db.query('plugin::customer-governance.purpose');
      const { id } = await purposes.create({
        data: {
          code: 'fair',
          name: 'The fair',
          legalBasis: 'contract',
          attributes: ['customer.email'],
          active: true,
          publishedAt: new Date(),
        },
      });
      const request = await approved({ purpose: 'fair' });
      const see = () =>
        company.rep.post(`${PANEL}/reveal`, {
          type: CUSTOMER,
          documentIds: [mine.documentId],
          attributes: ['email'],
          purpose: 'fair',
        });
      expect((await see()).status).toBe(200);
      await purposes.update({ where: { id }, data: { active: false } });
      await purposes.update({ where: { id }, data: { active: true } });
      expect((await see()).status).toBe(403);
      expect(await stateOf(request)).toMatchObject({ state: 'ended', endReason: 'purpose' });
    });

    it('loses the records of a data subject who withdrew consent, and ends with the last of them', async () => {
      const other = await company.customer(company.rep, { mobile: '13800138111' });
      const purpose = 'marketing';
      const more = { purpose, attributes: ['mobile'] };
      const given = await company.consent(mine.id, purpose);
      const otherGiven = await company.consent(other.id, purpose);
      const request = await approved({ ...more, records: [mine.documentId, other.documentId] });
      const see = (record: { documentId: string }) =>
        app.strapi.db
          .query('plugin::customer-governance.grant-record')
          .count({ where: { documentId: record.documentId } });
      expect([await see(mine), await see(other)]).toEqual([1, 1]);
      const consents = app.strapi.plugin('customer-governance').service('consents') as {
        withdraw(documentId: string): Promise<unknown>;
      };
      await consents.withdraw(given.documentId);
      expect([await see(mine), await see(other)]).toEqual([0, 1]);
      expect(await stateOf(request)).toMatchObject({ state: 'active' });
      await consents.withdraw(otherGiven.documentId);
      expect(await stateOf(request)).toMatchObject({ state: 'ended', endReason: 'records' });
      // Consent that is given again needs a new request.
      await company.consent(mine.id, purpose);
      expect(await stateOf(request)).toMatchObject({ state: 'ended' });
    });

    it('is ended by the job when its term is over, with an entry, once', async () => {
      const request = await approved();
      const endOf = () =>
        app.strapi.db
          .query('plugin::customer-governance.audit-entry')
          .count({ where: { action: 'grant.end', requestId: request.documentId } });
      expect(await runJob(6 * DAY)).toBe(true);
      expect(await stateOf(request)).toMatchObject({ state: 'active' });
      expect(await runJob(8 * DAY)).toBe(true);
      expect(await stateOf(request)).toMatchObject({ state: 'ended', endReason: 'term' });
      expect(await runJob(9 * DAY)).toBe(true);
      expect(await endOf()).toBe(1);
    });
  });
});
