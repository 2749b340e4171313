import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  type Answer,
  type Company,
  type Person,
} from '../support/company';

const PANEL = '/customer-governance';
const ABSENCE = 'plugin::customer-governance.absence';
const DAY = 86_400_000;

interface Item {
  stepId: number;
  kind: string;
  marks: { sensitivity: string; keyCustomer: boolean; ownership: string };
  subject: { documentId: string };
  requester: { name: string };
  onBehalfOf: { name: string } | null;
}
interface Result {
  stepId: number;
  outcome: string;
  message: string | null;
}

describe('the inbox of those who approve', () => {
  let app: BootedApp;
  let company: Company;
  /** Documents of requests, by what they ask for. */
  let asked: { sensitive: string; plain: string; key: string };

  const submit = async (person: Person, record: string, attributes: string[]): Promise<string> => {
    const { status, body, text } = await person.post(`${PANEL}/access-requests`, {
      type: CUSTOMER,
      records: [record],
      purpose: 'identity-verification',
      attributes,
      termDays: 7,
      reason: 'Signing the contract',
    });
    if (status !== 201) throw new Error(text);
    return body.documentId;
  };
  const itemsOf = ({ body }: Answer) => body.items as unknown as Item[];
  const inbox = async (person: Person, query = '') => {
    const answer = await person.get(`${PANEL}/approvals${query}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return itemsOf(answer);
  };
  const found = async (person: Person, query: string) =>
    (await inbox(person, query)).map(({ subject }) => subject.documentId);
  const stepOf = async (person: Person, request: string): Promise<number> =>
    (await inbox(person)).find(({ subject }) => subject.documentId === request)?.stepId ?? 0;
  const decideMany = (person: Person, body: object) =>
    person.post(`${PANEL}/approvals/decide`, body);
  const results = ({ body }: Answer) => body.results as unknown as Result[];
  const detail = (person: { get(path: string): Promise<Answer> }, request: string) =>
    person.get(`${PANEL}/access-requests/${request}`);
  const messagesOf = ({ body }: Answer) => JSON.stringify(body.error);

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const mine = await company.customer(company.rep);
    const key = await company.customer(company.rep, { keyCustomer: true });
    const west = await company.customer(company.other);
    asked = {
      sensitive: await submit(company.rep, mine.documentId, ['residentId']),
      plain: await submit(company.rep, mine.documentId, ['name']),
      key: await submit(company.rep, key.documentId, ['name']),
    };
    await submit(company.other, west.documentId, ['name']);
  });
  afterAll(() => app.close());

  describe('filters', () => {
    it('by the sensitivity of what is asked for', async () => {
      expect(await found(company.head, '?sensitivity=sensitive')).toEqual([asked.sensitive]);
      expect(await found(company.head, '?sensitivity=personal')).toEqual([asked.key, asked.plain]);
      expect(await found(company.head, '?sensitivity=public')).toEqual([]);
    });

    it('by the kind of request, and tells which there are', async () => {
      const { body } = await company.head.get(`${PANEL}/approvals/kinds`);
      expect(body.kinds).toEqual(expect.arrayContaining(['use', 'destruction']));
      expect(await found(company.head, '?kind=use')).toHaveLength(3);
      expect(await found(company.head, '?kind=destruction')).toEqual([]);
    });

    it('by a part of the requester’s name in any case, in which no sign stands for another', async () => {
      expect(await found(company.head, '?requester=RE')).toHaveLength(3);
      for (const text of ['other', '%25', '_', 'r%25p', '!']) {
        expect(await found(company.head, `?requester=${text}`)).toEqual([]);
      }
    });

    it('by what is overdue', async () => {
      expect(await found(company.head, '?overdue=true')).toEqual([]);
      // As the passing of time would: nobody can write a step.
      await app.strapi.db
        .connection('governance_approval_steps')
        .where({ subject_id: asked.plain, position: 0 })
        .update({ due_at: new Date(Date.now() - DAY) });
      expect(await found(company.head, '?overdue=true')).toEqual([asked.plain]);
    });

    it('by what is to be decided in the place of somebody who is away', async () => {
      const inPlace = () => inbox(company.head, '?inPlace=true');
      expect(await inPlace()).toEqual([]);
      const away = await app.strapi.db.query(ABSENCE).create({
        data: {
          staff: company.westHead.staffId,
          deputy: company.head.staffId,
          startsAt: new Date(Date.now() - DAY),
          endsAt: new Date(Date.now() + DAY),
        },
      });
      expect(await inbox(company.head)).toHaveLength(4);
      expect((await inPlace()).map(({ onBehalfOf }) => onBehalfOf?.name)).toEqual(['westhead']);
      await app.strapi.db.query(ABSENCE).delete({ where: { id: away.id } });
    });

    it('by several at once, page by page', async () => {
      const query = '?kind=use&sensitivity=personal&requester=rep&limit=1';
      const first = await company.head.get(`${PANEL}/approvals${query}`);
      expect(itemsOf(first).map(({ subject }) => subject.documentId)).toEqual([asked.key]);
      const next = await company.head.get(
        `${PANEL}/approvals${query}&cursor=${first.body.nextCursor as unknown as string}`
      );
      expect(itemsOf(next).map(({ subject }) => subject.documentId)).toEqual([asked.plain]);
      expect(next.body.nextCursor).toBeNull();
    });

    it('marks what concerns key customers and whose the records are', async () => {
      const items = await inbox(company.head);
      const marks = Object.fromEntries(items.map((item) => [item.subject.documentId, item.marks]));
      expect(marks[asked.key]).toEqual({
        sensitivity: 'personal',
        keyCustomer: true,
        ownership: 'own',
      });
      expect(marks[asked.sensitive]).toMatchObject({
        sensitivity: 'sensitive',
        keyCustomer: false,
      });
    });

    it.each([
      ['colour=red', 'colour'],
      ['kind=party', 'kind'],
      ['sensitivity=high', 'sensitivity'],
      ['overdue=perhaps', 'overdue'],
      [`requester=${'x'.repeat(101)}`, 'requester'],
    ])('refuses %s and names the key', async (query, key) => {
      const answer = await company.head.get(`${PANEL}/approvals?${query}`);
      expect(answer.status).toBe(400);
      expect(messagesOf(answer)).toContain(key);
    });
  });

  describe('a request by its own address', () => {
    it('opens for its requester, with every record', async () => {
      const { status, body } = await detail(company.rep, asked.sensitive);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        documentId: asked.sensitive,
        mine: true,
        marks: { sensitivity: 'sensitive', keyCustomer: false, ownership: 'own' },
      });
      expect(body.recordIds).toHaveLength(1);
      expect((body.steps as unknown as unknown[]).length).toBe(2);
    });

    it('opens for whoever is to decide it now, without the list for asking again', async () => {
      const { status, body } = await detail(company.head, asked.sensitive);
      expect(status).toBe(200);
      expect(body).toMatchObject({ mine: false });
      expect(body).not.toHaveProperty('recordIds');
    });

    it('is not there for anybody else, nor where there is none', async () => {
      const { westHead, leader, auditor, proposer, other } = company;
      for (const person of [westHead, leader, auditor, proposer, other]) {
        expect((await detail(person, asked.sensitive)).status).toBe(404);
      }
      expect((await detail(company.rep, 'none')).status).toBe(404);
      const stranger = await createCaller(app, 'stranger', []);
      expect((await detail(stranger, asked.sensitive)).status).toBe(403);
    });

    it('stays open for those who decided it, and opens for the next only when it is their turn', async () => {
      const step = await stepOf(company.head, asked.sensitive);
      await company.head.post(`${PANEL}/approvals/${step}/decide`, { decision: 'approve' });
      expect((await detail(company.head, asked.sensitive)).status).toBe(200);
      expect((await detail(company.leader, asked.sensitive)).status).toBe(200);
      expect((await detail(company.westHead, asked.sensitive)).status).toBe(404);
    });
  });

  describe('a decision on several at once', () => {
    it('is made on each by itself, and tells what became of each', async () => {
      const plain = await stepOf(company.head, asked.plain);
      const key = await stepOf(company.head, asked.key);
      const [foreign] = await inbox(company.westHead);
      const answer = await decideMany(company.head, {
        stepIds: [plain, foreign.stepId, key],
        decision: 'approve',
        comment: 'Seen together',
      });
      expect(answer.status).toBe(200);
      expect(results(answer)).toEqual([
        { stepId: plain, outcome: 'decided', message: null },
        {
          stepId: foreign.stepId,
          outcome: 'refused',
          message: 'There is no such step for you to decide.',
        },
        { stepId: key, outcome: 'decided', message: null },
      ]);
      const { body } = await detail(company.rep, asked.plain);
      expect((body.steps as unknown as unknown[])[0]).toMatchObject({
        state: 'approved',
        comment: 'Seen together',
        decidedBy: { name: 'head' },
      });
      expect(await inbox(company.westHead)).toHaveLength(1);
    });

    it('counts once, however often it is sent', async () => {
      const [{ stepId }] = await inbox(company.westHead);
      const send = () =>
        decideMany(company.westHead, { stepIds: [stepId], decision: 'approve', comment: '' });
      const answers = await Promise.all([send(), send()]);
      const outcomes = answers.flatMap(results).map(({ outcome }) => outcome);
      expect(outcomes.sort()).toEqual(['decided', 'refused']);
    });

    it('turns nobody down without a reason, one by one or together', async () => {
      const customer = await company.customer(company.rep);
      const request = await submit(company.rep, customer.documentId, ['name']);
      const step = await stepOf(company.head, request);
      for (const comment of [undefined, null, '', '   ']) {
        const one = await company.head.post(`${PANEL}/approvals/${step}/decide`, {
          decision: 'reject',
          comment,
        });
        const many = await decideMany(company.head, {
          stepIds: [step],
          decision: 'reject',
          comment,
        });
        expect(one.status).toBe(400);
        expect(messagesOf(one)).toContain('say why');
        expect(results(many)).toEqual([
          { stepId: step, outcome: 'refused', message: expect.stringContaining('say why') },
        ]);
      }
      expect((await detail(company.rep, request)).body.state).toBe('submitted');
      const comment = 'The contract is signed already';
      const answer = await decideMany(company.head, {
        stepIds: [step],
        decision: 'reject',
        comment,
      });
      expect(results(answer)[0]?.outcome).toBe('decided');
      const { body } = await detail(company.rep, request);
      expect(body.state).toBe('rejected');
      expect((body.steps as unknown as unknown[])[0]).toMatchObject({ comment });
    });

    it.each([
      ['no steps', []],
      ['too many', Array.from({ length: 51 }, (_, index) => index + 1)],
      ['one twice', [1, 1]],
      ['no number', ['one']],
    ])('is refused as a whole with %s', async (_case, stepIds) => {
      const answer = await decideMany(company.head, { stepIds, decision: 'approve' });
      expect(answer.status).toBe(400);
      expect(messagesOf(answer)).toContain('stepIds');
    });

    it('is for those whose role decides requests', async () => {
      const answer = await decideMany(company.rep, { stepIds: [1], decision: 'approve' });
      expect(answer.status).toBe(403);
    });
  });

  describe('a grant that came of a request', () => {
    it('tells its holder the request and the records by their masks, and others neither', async () => {
      const step = await stepOf(company.leader, asked.sensitive);
      const decided = await decideMany(company.leader, { stepIds: [step], decision: 'approve' });
      expect(results(decided)[0]?.outcome).toBe('decided');
      const grants = async (person: Person, query = '') =>
        (await person.get(`${PANEL}/access-grants${query}`)).body.items as unknown as Array<{
          request?: string;
          records?: Array<{ label: string }>;
          levels: Record<string, string>;
        }>;
      const mine = (await grants(company.rep, '?mine=true')).find(
        ({ request }) => request === asked.sensitive
      );
      expect(mine?.records?.map(({ label }) => label)).toEqual(['王**']);
      expect(mine?.levels).toEqual({ residentId: 'sensitive' });
      const seen = await grants(company.head);
      expect(seen.length).toBeGreaterThan(0);
      for (const grant of seen) {
        expect(grant).not.toHaveProperty('request');
        expect(grant).not.toHaveProperty('records');
      }
      const { body } = await detail(company.rep, asked.sensitive);
      expect(body.grant).toMatchObject({ state: 'active', revokedAt: null });
    });
  });
});
