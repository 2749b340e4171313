import { bootApp, type BootedApp } from '../support/app';
import {
  createCompany,
  CUSTOMER,
  signIn,
  type Answer,
  type Company,
  type Person,
} from '../support/company';
import { databaseKind } from '../support/home';
import { secondInstance, type Instance } from '../support/second';

const PANEL = '/customer-governance';
const PLUGIN = 'plugin::customer-governance';
const PURPOSE = 'identity-verification';
/** SQLite serves one process over one connection: there a race runs the same way nearly every time. */
const ROUNDS = databaseKind() === 'postgres' ? 20 : 8;
const AT_ONCE = 3;
const DAY = 86_400_000;
const LATER = 30 * DAY;

type Caller = Pick<Person, 'post'>;
interface Step {
  id: number;
  state: string;
  decidedBy: number | null;
  onBehalfOf: number | null;
  dueAt: string | null;
}

/**
 * Who races calls over HTTP. On PostgreSQL one of the two is at another instance of the application, in a process of its own,
 * so that nothing but the database stands between them.
 */
describe('at the same moment', () => {
  let app: BootedApp;
  let second: Instance;
  let company: Company;
  /** The same people, signed in at the other instance. */
  let elsewhere: Record<'rep' | 'head' | 'leader' | 'secondLeader' | 'westHead', Caller>;
  let number = 13_800_000_000;

  const customer = async () => {
    number += 1;
    const made = await company.customer(company.rep, { mobile: String(number) });
    await company.consent(made.id, PURPOSE, 'sensitive');
    return made.documentId;
  };
  const wish = (record: string) => ({
    type: CUSTOMER,
    records: [record],
    purpose: PURPOSE,
    attributes: ['residentId', 'passport'],
    termDays: 7,
    reason: 'Signing the contract',
  });
  const submit = async (record: string): Promise<string> => {
    const { status, body, text } = await company.rep.post(`${PANEL}/access-requests`, wish(record));
    if (status !== 201) throw new Error(text);
    return body.documentId;
  };
  const decide = (person: Caller, step: Step, decision: 'approve' | 'reject' = 'approve') =>
    person.post(`${PANEL}/approvals/${step.id}/decide`, { decision });
  const withdraw = (request: string, person: Caller = elsewhere.rep) =>
    person.post(`${PANEL}/access-requests/${request}/withdraw`);
  const reveal = (record: string, person: Caller = company.rep) =>
    person.post(`${PANEL}/reveal`, {
      type: CUSTOMER,
      documentIds: [record],
      attributes: ['residentId'],
      purpose: PURPOSE,
    });
  const revoke = (grant: string, person: Caller) =>
    person.post(`${PANEL}/access-grants/${grant}/revoke`, { reason: 'done' });

  const query = (name: string) => app.strapi.db.query(`${PLUGIN}.${name}`);
  const stepsOf = (request: string): Promise<Step[]> =>
    query('approval-step').findMany({ where: { subjectId: request }, orderBy: 'position' });
  const statesOf = async (request: string) => (await stepsOf(request)).map(({ state }) => state);
  const stateOf = async (request: string): Promise<string> =>
    (await query('access-request').findOne({ where: { documentId: request } })).state;
  const grantsOf = (request: string): Promise<Array<{ documentId: string; state: string }>> =>
    query('access-grant').findMany({ where: { request: { documentId: request } } });
  const participantsOf = async (request: string): Promise<number[]> =>
    (await query('approval-participant').findMany({ where: { subjectId: request } }))
      .map(({ staffId }: { staffId: number }) => staffId)
      .sort((a: number, b: number) => a - b);
  const entriesOf = (request: string, action: string): Promise<Array<{ id: number }>> =>
    query('audit-entry').findMany({ where: { requestId: request, action }, orderBy: 'id' });
  /** How often each of these actions stands in the log of a request. */
  const logged = async (request: string, ...actions: string[]) =>
    Promise.all(actions.map(async (action) => (await entriesOf(request, action)).length));
  const ids = (...people: Person[]) => people.map(({ staffId }) => staffId).sort((a, b) => a - b);

  /** One answers well; the others are told clearly why not, and nothing broke. */
  const oneOf = (answers: Answer[], refusals = [400]): number => {
    const won = answers.findIndex(({ status }) => status < 300);
    answers.forEach(({ status, text, body }, index) => {
      if (index === won) return;
      expect({ text, refused: refusals.includes(status) }).toEqual({ text, refused: true });
      expect((body.error as { message: string }).message.length).toBeGreaterThan(20);
    });
    expect(won).toBeGreaterThanOrEqual(0);
    return won;
  };
  type Round = (number: number) => Promise<void>;
  const rounds = async (round: Round, atOnce = AT_ONCE) => {
    const waiting = [...Array(ROUNDS).keys()];
    const work = async () => {
      for (let each = waiting.shift(); each !== undefined; each = waiting.shift())
        await round(each);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  };
  /** One by one: the deadlines are those of all requests. */
  const alone = (round: Round) => rounds(round, 1);
  /** A request whose first step is approved, so that the next decision is the last. */
  const half = async () => {
    const record = await customer();
    const request = await submit(record);
    const [first, last] = await stepsOf(request);
    expect((await decide(company.head, first)).status).toBe(200);
    return { record, request, last };
  };
  const granted = async () => {
    const { record, request, last } = await half();
    expect((await decide(company.leader, last)).status).toBe(200);
    const [grant] = await grantsOf(request);
    return { record, request, grant: grant.documentId };
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    second = await secondInstance(app);
    elsewhere = {
      rep: await signIn(second, company.rep.email),
      head: await signIn(second, company.head.email),
      leader: await signIn(second, company.leader.email),
      secondLeader: await signIn(second, company.secondLeader.email),
      westHead: await signIn(second, company.westHead.email),
    };
  });
  afterAll(async () => {
    await second?.close();
    await app.close();
  });

  it('two who may decide one step: one decision counts, and one grant comes of it', () =>
    rounds(async () => {
      const { request, last } = await half();
      const answers = await Promise.all([
        decide(company.leader, last),
        decide(elsewhere.secondLeader, last),
      ]);
      const winner = [company.leader, company.secondLeader][oneOf(answers)];
      expect(await stateOf(request)).toBe('approved');
      expect((await stepsOf(request))[1].decidedBy).toBe(winner.staffId);
      expect(await participantsOf(request)).toEqual(ids(company.head, winner));
      expect(await grantsOf(request)).toHaveLength(1);
      expect(await logged(request, 'request.approve', 'grant.create')).toEqual([2, 1]);
    }));

  it('one who approves against one who rejects: the request ends as the one decision says', () =>
    rounds(async () => {
      const { request, last } = await half();
      const answers = await Promise.all([
        decide(company.leader, last, 'approve'),
        decide(elsewhere.secondLeader, last, 'reject'),
      ]);
      const state = ['approved', 'rejected'][oneOf(answers)];
      expect(await stateOf(request)).toBe(state);
      expect(await statesOf(request)).toEqual(['approved', state]);
      expect(await grantsOf(request)).toHaveLength(state === 'approved' ? 1 : 0);
      expect(await logged(request, 'request.approve', 'request.reject')).toEqual(
        state === 'approved' ? [2, 0] : [1, 1]
      );
    }));

  it('one person twice: one decision counts; over two requests, both', () =>
    rounds(async () => {
      const [one, other] = [await submit(await customer()), await submit(await customer())];
      const [[first], [another]] = [await stepsOf(one), await stepsOf(other)];
      const [approval, rejection, separate] = await Promise.all([
        decide(company.head, first, 'approve'),
        decide(elsewhere.head, first, 'reject'),
        decide(elsewhere.head, another, 'approve'),
      ]);
      const won = oneOf([approval, rejection]);
      expect(separate.status).toBe(200);
      expect(await statesOf(one)).toEqual(
        won === 0 ? ['approved', 'pending'] : ['rejected', 'cancelled']
      );
      expect(await statesOf(other)).toEqual(['approved', 'pending']);
      expect(await participantsOf(one)).toEqual(ids(company.head));
      expect(await participantsOf(other)).toEqual(ids(company.head));
    }));

  it('one who is away and the deputy: one decision counts, and names whose place it was in', async () => {
    const absence = await query('absence').create({
      data: {
        staff: company.head.staffId,
        deputy: company.westHead.staffId,
        startsAt: new Date(Date.now() - DAY),
        endsAt: new Date(Date.now() + DAY),
      },
    });
    await rounds(async () => {
      const request = await submit(await customer());
      const [first] = await stepsOf(request);
      const answers = await Promise.all([
        decide(company.head, first),
        decide(elsewhere.westHead, first),
      ]);
      // The deputy of one who has decided already has nothing to decide in their place.
      const byDeputy = oneOf(answers, [400, 404]) === 1;
      const [step] = await stepsOf(request);
      expect(step).toMatchObject(
        byDeputy
          ? { decidedBy: company.westHead.staffId, onBehalfOf: company.head.staffId }
          : { decidedBy: company.head.staffId, onBehalfOf: null }
      );
      expect(await participantsOf(request)).toEqual(
        byDeputy ? ids(company.head, company.westHead) : ids(company.head)
      );
      expect(await logged(request, 'request.approve')).toEqual([1]);
    });
    await query('absence').delete({ where: { id: absence.id } });
  });

  it('the last approval against the withdrawal: a grant, or a withdrawn request without one', () =>
    rounds(async () => {
      const { request, last } = await half();
      const answers = await Promise.all([decide(company.leader, last), withdraw(request)]);
      const approved = oneOf(answers, [400, 404]) === 0;
      expect(await stateOf(request)).toBe(approved ? 'approved' : 'withdrawn');
      expect(await statesOf(request)).toEqual(['approved', approved ? 'approved' : 'cancelled']);
      expect(await grantsOf(request)).toHaveLength(approved ? 1 : 0);
      expect(await logged(request, 'request.withdraw', 'grant.create')).toEqual(
        approved ? [0, 1] : [1, 0]
      );
    }));

  it('an earlier approval against the withdrawal: the request is withdrawn, whoever came first', () =>
    rounds(async () => {
      const request = await submit(await customer());
      const [first] = await stepsOf(request);
      const [approval, withdrawal] = await Promise.all([
        decide(company.head, first),
        withdraw(request),
      ]);
      expect(withdrawal.status).toBe(200);
      expect([200, 400]).toContain(approval.status);
      expect(await stateOf(request)).toBe('withdrawn');
      expect(await statesOf(request)).toEqual([
        approval.status === 200 ? 'approved' : 'cancelled',
        'cancelled',
      ]);
    }));

  it('one request submitted twice: one is made, and the other is told which', () =>
    rounds(async () => {
      const body = wish(await customer());
      const answers = await Promise.all(
        [company.rep, elsewhere.rep, company.rep].map((person, index) =>
          person.post(`${PANEL}/access-requests`, {
            ...body,
            // The same asked for in another order is the same.
            attributes: index === 1 ? [...body.attributes].reverse() : body.attributes,
          })
        )
      );
      const { documentId } = answers[oneOf(answers)].body;
      for (const { status, text } of answers)
        if (status === 400) expect(text).toContain(documentId);
      expect(await statesOf(documentId)).toEqual(['pending', 'waiting']);
      const made = await query('access-request').findMany({
        where: { requester: company.rep.staffId },
      });
      const same = made.filter(({ records }: { records: string[] }) =>
        records.includes(body.records[0])
      );
      expect(same).toHaveLength(1);
      expect((await withdraw(documentId)).status).toBe(200);
      expect((await withdraw(await submit(body.records[0]))).status).toBe(200);
    }));

  it('a reveal against the revocation: what is revealed is in the log before it, and after it nothing is', () =>
    rounds(async () => {
      const { record, request, grant } = await granted();
      const [ended, ...reveals] = await Promise.all([
        revoke(grant, elsewhere.head),
        reveal(record),
        reveal(record, elsewhere.rep),
        reveal(record),
      ]);
      expect(ended.status).toBe(200);
      const seen = reveals.filter(({ status }) => status === 200);
      for (const { status, text } of reveals) {
        expect([200, 403]).toContain(status);
        expect(text.includes('11010519491231002X')).toBe(status === 200);
      }
      expect((await reveal(record)).status).toBe(403);
      const [revocation] = await entriesOf(request, 'grant.revoke');
      const uses = await entriesOf(request, 'record.reveal');
      expect(uses).toHaveLength(seen.length);
      for (const { id } of uses) expect(id).toBeLessThan(revocation.id);
    }));

  it('two revocations: the grant is revoked once', () =>
    rounds(async () => {
      const { request, grant } = await granted();
      oneOf(await Promise.all([revoke(grant, company.head), revoke(grant, elsewhere.westHead)]));
      expect((await grantsOf(request)).map(({ state }) => state)).toEqual(['revoked']);
      expect(await logged(request, 'grant.revoke')).toEqual([1]);
    }));

  describe('with the deadlines', () => {
    /** What the job does, at a later day. */
    const enforce = (after: number): Promise<{ escalated: number; expired: number }> =>
      (
        app.strapi.plugin('customer-governance').service('approvals') as {
          enforceDeadlines(now: Date): Promise<{ escalated: number; expired: number }>;
        }
      ).enforceDeadlines(new Date(Date.now() + after));
    const clear = async () => {
      await enforce(LATER);
      await enforce(2 * LATER);
    };

    beforeAll(async () => {
      await clear();
      await query('staff-profile').update({
        where: { id: company.head.staffId },
        data: { superior: company.leader.staffId },
      });
    });
    afterEach(clear);

    it('a decision against the escalation: the decision counts, and what is decided is not escalated', () =>
      alone(async () => {
        const request = await submit(await customer());
        const [first] = await stepsOf(request);
        const [decision, { escalated }] = await Promise.all([
          decide(elsewhere.head, first),
          enforce(LATER),
        ]);
        expect(decision.status).toBe(200);
        const [step] = await stepsOf(request);
        expect(step).toMatchObject({ state: 'approved', decidedBy: company.head.staffId });
        // The next step was not due yet when the job looked, or was escalated as it should be.
        const [entries] = await logged(request, 'request.escalate');
        expect(entries).toBe(escalated);
        const candidates = await query('approval-candidate').findMany({
          where: { stepId: first.id },
        });
        expect([1, 2]).toContain(candidates.length);
        expect(await participantsOf(request)).toEqual(ids(company.head));
        expect((await withdraw(request)).status).toBe(200);
      }));

    it('a decision against the expiry: one of the two ends the request', () =>
      alone(async (round) => {
        const { request, last } = await half();
        expect(await enforce(LATER)).toEqual({ escalated: 1, expired: 0 });
        const decision = round % 2 === 0 ? 'approve' : 'reject';
        const [answer, { expired }] = await Promise.all([
          decide(elsewhere.secondLeader, last, decision),
          enforce(2 * LATER),
        ]);
        expect([200, 400]).toContain(answer.status);
        expect(expired).toBe(answer.status === 200 ? 0 : 1);
        const end = decision === 'approve' ? 'approved' : 'rejected';
        const state = expired === 1 ? 'expired' : end;
        expect(await stateOf(request)).toBe(state);
        expect(await statesOf(request)).toEqual(['approved', state]);
        expect(await grantsOf(request)).toHaveLength(state === 'approved' ? 1 : 0);
        expect(await logged(request, 'request.expire', 'grant.create')).toEqual([
          expired,
          state === 'approved' ? 1 : 0,
        ]);
      }));

    it('a withdrawal against the escalation: the request is withdrawn with all its steps', () =>
      alone(async () => {
        const request = await submit(await customer());
        const [withdrawal] = await Promise.all([withdraw(request), enforce(LATER)]);
        expect(withdrawal.status).toBe(200);
        expect(await stateOf(request)).toBe('withdrawn');
        expect(await statesOf(request)).toEqual(['cancelled', 'cancelled']);
      }));

    it('two runs of the deadlines: each step is escalated once and expires once', () =>
      alone(async () => {
        const request = await submit(await customer());
        await Promise.all([enforce(LATER), enforce(LATER), enforce(LATER)]);
        expect(await logged(request, 'request.escalate')).toEqual([1]);
        await Promise.all([enforce(2 * LATER), enforce(2 * LATER), enforce(2 * LATER)]);
        expect(await logged(request, 'request.escalate', 'request.expire')).toEqual([1, 1]);
        expect(await statesOf(request)).toEqual(['expired', 'cancelled']);
      }));
  });
});
