import { createApiRole, createApiUser, type ApiCaller } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCompany,
  createRole,
  createUser,
  CONTACT,
  CUSTOMER,
  fieldsOf,
  messageOf,
  named,
  signIn,
  type Company,
  type Person,
} from '../support/company';
import { refusalOf } from '../support/refusal';

const FILING = '/customer-governance/filing';
const CUSTOMERS = `/content-manager/collection-types/${CUSTOMER}`;
const PLUGIN = 'plugin::customer-governance.';
const CHECKED = { complete: true, accurate: true, compliant: true };
const FILE = { decision: 'file', checklist: CHECKED };
const RETURN = {
  decision: 'return',
  checklist: { ...CHECKED, complete: false },
  reasons: 'The industry is missing',
};
const NUMBER = {
  parts: [
    { kind: 'text', text: 'C' },
    { kind: 'class', key: 'K', ordinary: 'P' },
    { kind: 'sequence', digits: 5, restart: 'never' },
  ],
  separator: '-',
};

interface FilingService {
  submit(ids: string[], person: { id: number } | null): Promise<string[]>;
  decide(id: string, decision: object, person: { id: number }): Promise<{ filingNumber: string }>;
}

describe('review and filing', () => {
  let app: BootedApp;
  let company: Company;
  let enterer: Person;
  let reviewer: Person;
  let outsider: Person;
  let api: ApiCaller;
  let otherApi: ApiCaller;

  const service = () =>
    app.strapi.plugin('customer-governance').service('filing') as unknown as FilingService;
  const query = () => app.strapi.db.query(CUSTOMER);
  const row = (documentId: string) =>
    query().findOne({ where: { documentId }, populate: { enteredBy: true } });
  const entered = async (data: object = {}) =>
    (
      await company.customer(company.rep, {
        enteredBy: company.rep.staffId,
        source: 'sales',
        industry: '农业',
        ...data,
      })
    ).documentId;
  const submitted = async (data: object = {}) => {
    const id = await entered(data);
    expect((await enterer.post(`${FILING}/${id}/submit`, {})).status).toBe(200);
    return id;
  };
  const decide = (person: Person, id: string, decision: object) =>
    person.post(`${FILING}/${id}/decide`, decision);
  const entries = (action: string, outcome = 'done') =>
    app.strapi.db
      .query(`${PLUGIN}audit-entry`)
      .findMany({ where: { action, outcome }, orderBy: 'id' });
  const sequence = async (): Promise<number> =>
    Number((await app.strapi.db.connection('governance_filing_sequences').first())?.last ?? 0);
  const inRole = async (person: Person, name: string, ...actions: string[]): Promise<Person> => {
    const explorer = 'plugin::content-manager.explorer.';
    const role = await createRole(app.strapi, `Filing ${name}`, [
      ...actions.map((action) => ({ action: PLUGIN + action })),
      ...['read', 'create', 'update', 'delete'].flatMap((action) => [
        { action: explorer + action, subject: CUSTOMER, fields: fieldsOf(app.strapi, CUSTOMER) },
        { action: explorer + action, subject: CONTACT, fields: fieldsOf(app.strapi, CONTACT) },
      ]),
      { action: `${PLUGIN}reveal`, subject: CUSTOMER, fields: ['mobile'] },
    ]);
    await app.strapi.service('admin::user').updateById(person.userId, { roles: [role] });
    return { ...person, ...(await signIn(app, person.email)) };
  };

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        filing: { required: true, number: NUMBER },
        retention: { deletion: 'by-permission' },
        access: { apiVisibility: { default: 'all' } },
      },
    });
    company = await createCompany(app);
    enterer = await inRole(company.rep, 'enterer', 'filing.submit', 'filing.review');
    reviewer = await inRole(company.head, 'reviewer', 'filing.review');
    outsider = await inRole(company.other, 'outsider', 'access.request');
    const role = await createApiRole(app.strapi, 'filing', [
      `${PLUGIN}filing-api.submit`,
      `${PLUGIN}filing-api.state`,
      `${CUSTOMER}.create`,
      `${CUSTOMER}.update`,
      `${CUSTOMER}.findOne`,
      `${CUSTOMER}.find`,
    ]);
    api = await createApiUser(app, 'filing', role, company.rep.staffId);
    otherApi = await createApiUser(app, 'filing-other', role, company.other.staffId);
  });
  afterAll(() => app?.close());

  it('files what somebody else has reviewed under the next number, and logs it', async () => {
    const id = await submitted({ keyCustomer: true });
    expect(await row(id)).toMatchObject({ filingState: 'in-review', filingNumber: null });
    const before = await sequence();
    const answer = await decide(reviewer, id, FILE);
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'filed', filingNumber: `C-K-${String(before + 1).padStart(5, '0')}` },
    });
    expect((await row(id)).filedAt).not.toBeNull();
    expect((await entries('filing.submit')).at(-1)).toMatchObject({ recordIds: [id] });
    expect((await entries('filing.file')).at(-1)).toMatchObject({
      recordIds: [id],
      actorId: String(reviewer.userId),
    });
  });

  it('is done by nobody who entered, whichever of their accounts they use, and logs that they tried', async () => {
    const id = await submitted();
    expect((await decide(enterer, id, FILE)).status).toBe(403);
    const second = await createUser(
      app.strapi,
      'rep-again',
      (
        await app.strapi.db
          .query('admin::role')
          .findOne({ where: { name: 'Filing reviewer' }, select: ['id'] })
      ).id
    );
    await app.strapi.db
      .query(`${PLUGIN}staff-account`)
      .create({ data: { user: second.id, staff: company.rep.staffId } });
    const again = { ...enterer, ...(await signIn(app, second.email)) };
    expect((await decide(again, id, FILE)).status).toBe(403);
    expect((await row(id)).filingState).toBe('in-review');
    expect((await entries('filing.file', 'refused')).slice(-2)).toMatchObject(
      [enterer.userId, second.id].map((user) => ({
        recordIds: [id],
        actorId: String(user),
        details: { reason: 'segregation-of-duties' },
      }))
    );
    expect((await decide(reviewer, id, FILE)).status).toBe(200);
  });

  it('asks an answer to every item of the checklist, and reasons of a return', async () => {
    const id = await submitted();
    const answer = await decide(reviewer, id, { ...FILE, checklist: { complete: true } });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('checklist.accurate: must be answered');
    expect((await decide(reviewer, id, { ...RETURN, reasons: ' ' })).status).toBe(400);
    expect((await decide(reviewer, id, { ...FILE, checklist: RETURN.checklist })).status).toBe(400);
    expect((await row(id)).filingState).toBe('in-review');
  });

  it('is refused to a file without what the policy requires, which names each attribute', async () => {
    const id = await submitted({ source: null, industry: null });
    const before = await sequence();
    const answer = await decide(reviewer, id, FILE);
    expect([answer.status, named(answer)]).toEqual([400, ['source', 'industry']]);
    expect(messageOf(answer)).toContain('industry: is required of a person. Return the customer');
    const complete = await submitted();
    const several = { ...FILE, documentIds: [complete, id] };
    expect((await reviewer.post(`${FILING}/decide`, several)).body.outcomes).toMatchObject([
      { documentId: complete, state: 'filed', problem: null },
      {
        documentId: id,
        state: 'in-review',
        problem: expect.stringContaining('source: is required'),
      },
    ]);
    expect(await sequence()).toBe(before + 1);
    expect((await decide(reviewer, id, RETURN)).status).toBe(200);
  });

  it('goes back with reasons, is corrected, and comes again', async () => {
    const id = await submitted();
    expect((await decide(reviewer, id, RETURN)).body).toMatchObject({ state: 'returned' });
    const own = await enterer.get(`${FILING}/own`);
    expect((own.body.items as Array<{ documentId: string }>)[0]).toMatchObject({
      documentId: id,
      state: 'returned',
      returned: { by: 'head', reasons: RETURN.reasons },
    });
    const before = await sequence();
    expect((await enterer.post(`${FILING}/${id}/submit`, {})).body).toMatchObject({
      state: 'in-review',
    });
    const filed = await decide(reviewer, id, FILE);
    expect(filed.body).toMatchObject({
      filingNumber: `C-P-${String(before + 1).padStart(5, '0')}`,
    });
    expect(
      (filed.body.history as object[]).map((one) => (one as { decision: string }).decision)
    ).toEqual(['file', 'return']);
  });

  it('tells who submitted and who owns a customer that it came back, and no word of what was wrong', async () => {
    const told = (id: string) =>
      app.strapi.db
        .query(`${PLUGIN}notification`)
        .findMany({ where: { subjectId: id }, orderBy: 'staffId' });
    const heard: unknown[] = [];
    const listen = app.strapi.eventHub.on('governance.filing.returned', (payload: unknown) => {
      heard.push(payload);
      return Promise.resolve();
    });
    const id = await submitted({ owner: company.other.staffId });
    await decide(reviewer, id, RETURN);
    const staff = [company.rep.staffId, company.other.staffId].sort((a, b) => a - b);
    expect(await told(id)).toMatchObject(
      staff.map((staffId) => ({ staffId, event: 'filing-returned', kind: 'filing' }))
    );
    listen();
    expect(heard).toMatchObject([{ requestId: id, kind: 'filing' }]);
    expect(JSON.stringify([await told(id), heard])).not.toContain(RETURN.reasons);
    // Nobody is told of what they did themselves.
    const own = await submitted({ owner: company.head.staffId });
    await decide(reviewer, own, RETURN);
    expect(await told(own)).toMatchObject([{ staffId: company.rep.staffId }]);
  });

  it('counts one of two decisions that are made at once', async () => {
    const id = await submitted();
    const before = await sequence();
    const answers = await Promise.all([
      decide(reviewer, id, FILE),
      decide(reviewer, id, FILE),
      decide(reviewer, id, RETURN),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { filingState } = await row(id);
    expect(await sequence()).toBe(before + (filingState === 'filed' ? 1 : 0));
  });

  it('freezes customer and contacts while it lasts', async () => {
    const id = await entered();
    const { id: rowId } = await row(id);
    const contact = await app.strapi.db.query(CONTACT).create({
      data: { name: '李小红', mobile: '13900139000', customer: rowId, publishedAt: new Date() },
    });
    await enterer.post(`${FILING}/${id}/submit`, {});
    const frozen = /in review, and stays as it is/;
    const update = await enterer.put(`${CUSTOMERS}/${id}`, { industry: '农业', keyCustomer: true });
    expect(update.text).toMatch(frozen);
    expect((await enterer.put(`${CUSTOMERS}/${id}`, { lastContactOn: '2030-01-02' })).status).toBe(
      200
    );
    const contacts = `/content-manager/collection-types/${CONTACT}`;
    expect(
      (await enterer.put(`${contacts}/${contact.documentId}`, { position: '经理' })).text
    ).toMatch(frozen);
    const added = {
      name: '王五',
      mobile: '13900139001',
      customer: { connect: [{ documentId: id }] },
    };
    expect((await enterer.post(contacts, added)).text).toMatch(frozen);
    expect((await enterer.delete(`${contacts}/${contact.documentId}`)).text).toMatch(frozen);
    expect((await enterer.delete(`${CUSTOMERS}/${id}`)).text).toMatch(frozen);
    await decide(reviewer, id, RETURN);
    // Past this chapter's rule, it is for the collection plan to say.
    expect(
      (await enterer.put(`${contacts}/${contact.documentId}`, { position: '经理' })).text
    ).not.toMatch(frozen);
  });

  it('freezes them also for what passed the gate while they were being submitted', async () => {
    const purposes = await app.strapi.db
      .query(`${PLUGIN}purpose`)
      .findMany({ where: { code: 'contract-performance' } });
    const plan = await app.strapi.db.query(`${PLUGIN}collection-plan`).create({
      data: {
        code: 'P-FILING',
        title: 'Filing',
        state: 'active',
        purposes: purposes.map(({ id }) => id),
        attributes: [
          ...['customer.name', 'customer.mobile', 'customer.industry'],
          ...['contact.name', 'contact.mobile', 'contact.position'],
        ],
        publishedAt: new Date(),
      },
    });
    const documents = (uid: string) =>
      app.strapi.documents(uid as never) as unknown as Record<
        'create' | 'update',
        (params: object) => Promise<unknown>
      >;
    const writes = [
      (id: string) => documents(CUSTOMER).update({ documentId: id, data: { industry: '制造业' } }),
      (_id: string, contact: string) =>
        documents(CONTACT).update({ documentId: contact, data: { position: '经理' } }),
      (id: string) =>
        documents(CONTACT).create({
          data: { name: '赵六', mobile: '13900139009', customer: { documentId: id } },
        }),
    ];
    let between: (() => Promise<unknown>) | null = null;
    const entry = app.strapi.plugin('customer-governance').service('entry') as {
      addRule(uid: string, rule: () => Promise<void>): void;
    };
    for (const uid of [CUSTOMER, CONTACT]) {
      // The last that is asked of a write before it goes on to the database.
      entry.addRule(uid, async () => {
        await between?.();
      });
    }
    for (const [index, write] of writes.entries()) {
      const id = await entered({ plan: plan.id });
      const { documentId: contact } = await app.strapi.db.query(CONTACT).create({
        data: {
          name: '王五',
          mobile: `1390013910${index}`,
          customer: (await row(id)).id,
          publishedAt: new Date(),
        },
      });
      between = () => service().submit([id], { id: company.rep.staffId });
      expect(await refusalOf(write(id, contact))).toMatch(/in review, and stays as it is/);
      between = null;
      expect(await row(id)).toMatchObject({ filingState: 'in-review', industry: '农业' });
      const contacts = await app.strapi.db
        .query(CONTACT)
        .findMany({ where: { customer: { documentId: id } } });
      expect(contacts).toMatchObject([{ documentId: contact, position: null }]);
    }
  });

  it('takes an edit whole before the submission or not at all, however they race', async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = await entered();
      await Promise.all([
        enterer.put(`${CUSTOMERS}/${id}`, { keyCustomer: true }),
        enterer.post(`${FILING}/${id}/submit`, {}),
        enterer.put(`${CUSTOMERS}/${id}`, { industry: '制造业' }),
      ]);
      const log = await app.strapi.db.query(`${PLUGIN}audit-entry`).findMany({
        where: { action: { $in: ['record.update', 'filing.submit'] }, outcome: 'done' },
        orderBy: { id: 'desc' },
        limit: 10,
      });
      const own = log.filter(({ recordIds }) => (recordIds as string[]).includes(id));
      expect(own[0]?.action).toBe('filing.submit');
      expect((await decide(reviewer, id, RETURN)).status).toBe(200);
    }
  });

  it('alone gives number and state: nobody enters them', async () => {
    const id = await entered();
    for (const data of [
      { filingNumber: 'C-P-99999' },
      { filingState: 'filed' },
      { filedAt: '2030-01-01T00:00:00Z' },
      { enteredBy: null },
    ]) {
      const [name] = Object.keys(data);
      expect((await enterer.put(`${CUSTOMERS}/${id}`, data)).text).toContain(`${name}:`);
      const byApi = await api.put(`/api/customer-governance/customers/${id}`, { data });
      expect(byApi.status).toBe(400);
    }
    expect(await row(id)).toMatchObject({ filingState: 'entered', filingNumber: null });
  });

  it('is asked for by the content API too, which tells the state', async () => {
    const id = await entered();
    const path = `/api/customer-governance/customers/${id}/filing`;
    expect((await api.post(path, {})).body).toMatchObject({ data: { state: 'in-review' } });
    expect((await api.post(path, {})).status).toBe(400);
    await decide(reviewer, id, FILE);
    const { data } = (await api.get(path)).body as unknown as { data: object };
    expect(data).toMatchObject({
      state: 'filed',
      filingNumber: expect.stringMatching(/^C-P-\d{5}$/),
    });
  });

  it('decides of several at once, each by itself', async () => {
    const [good, own] = [await submitted(), await submitted({ enteredBy: company.head.staffId })];
    const waiting = await entered();
    const answer = await reviewer.post(`${FILING}/decide`, {
      ...FILE,
      documentIds: [good, own, waiting],
    });
    expect(answer.body.outcomes).toMatchObject([
      { documentId: good, state: 'filed', problem: null },
      { documentId: own, state: 'in-review', problem: expect.stringContaining('took part') },
      { documentId: waiting, state: 'entered', problem: expect.stringContaining('does not wait') },
    ]);
  });

  it('shows what waits, the oldest first and page by page', async () => {
    const ids = [await submitted(), await submitted(), await submitted()];
    const seen: string[] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page = await reviewer.get(`${FILING}?limit=2&cursor=${cursor}`);
      const { items, nextCursor } = page.body as unknown as {
        items: Array<{ documentId: string; numberPattern: string }>;
        nextCursor: string | null;
      };
      expect(items.length).toBeLessThanOrEqual(2);
      expect(items.every(({ numberPattern }) => numberPattern === 'C-P-#####')).toBe(true);
      seen.push(...items.map(({ documentId }) => documentId));
      cursor = nextCursor;
    }
    expect(seen.slice(-3)).toEqual(ids);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('keeps what is not filed for its team: no list, form, reveal or request reaches beyond', async () => {
    const id = await entered({ lastContactOn: '2030-01-02' });
    await company.consent((await row(id)).id, 'contract-performance');
    const contact = await app.strapi.db.query(CONTACT).create({
      data: { name: '李小红', customer: (await row(id)).id, publishedAt: new Date() },
    });
    const contacts = `/content-manager/collection-types/${CONTACT}`;
    const listed = async (person: Person, path = CUSTOMERS, documentId = id) =>
      (
        (await person.get(`${path}?filters[documentId][$eq]=${documentId}`)).body as unknown as {
          pagination: { total: number };
        }
      ).pagination.total;
    const reveal = (person: Person) =>
      person.post('/customer-governance/reveal', {
        type: CUSTOMER,
        documentIds: [id],
        attributes: ['mobile'],
        purpose: 'contract-performance',
      });
    const request = (person: Person) =>
      person.post('/customer-governance/access-requests', {
        type: CUSTOMER,
        records: [id],
        purpose: 'contract-performance',
        attributes: ['address'],
        termDays: 7,
        reason: 'A contract',
      });
    const path = `/api/customer-governance/customers/${id}`;

    expect(await listed(enterer)).toBe(1);
    expect((await reveal(enterer)).status).toBe(200);
    expect((await api.get(path)).status).toBe(200);
    // The superior, too, is of the team.
    expect(await listed(reviewer)).toBe(1);

    expect(await listed(outsider)).toBe(0);
    expect(await listed(outsider, contacts, contact.documentId)).toBe(0);
    expect((await outsider.get(`${CUSTOMERS}/${id}`)).status).toBeGreaterThanOrEqual(400);
    expect(
      (await outsider.put(`${CUSTOMERS}/${id}`, { stage: 'ended' })).status
    ).toBeGreaterThanOrEqual(400);
    expect((await reveal(outsider)).status).toBe(404);
    expect((await request(outsider)).text).toContain('not among those that you may read');
    expect((await outsider.get(`${FILING}/${id}`)).status).toBe(404);
    expect((await otherApi.get(path)).status).toBe(404);

    await enterer.post(`${FILING}/${id}/submit`, {});
    expect(await listed(outsider)).toBe(0);
    expect((await decide(reviewer, id, FILE)).status).toBe(200);

    expect(await listed(outsider)).toBe(1);
    expect(await listed(outsider, contacts, contact.documentId)).toBe(1);
    expect((await reveal(outsider)).status).toBe(200);
    expect((await request(outsider)).status).toBe(201);
    expect((await otherApi.get(path)).status).toBe(200);
  });

  it('shows what is in review to reviewers of other teams, as long as it is', async () => {
    const far = await inRole(company.westHead, 'far reviewer', 'filing.review');
    const id = await entered();
    const state = async () => (await far.get(`${FILING}/${id}`)).status;
    expect(await state()).toBe(404);
    await enterer.post(`${FILING}/${id}/submit`, {});
    expect(await state()).toBe(200);
    expect((await decide(far, id, RETURN)).status).toBe(200);
    expect(await state()).toBe(404);
  });

  it('tells the reviewer what is missing, what allows the collection, and who is alike', async () => {
    const id = await submitted({ industry: null });
    const { facts } = (await reviewer.get(`${FILING}/${id}`)).body as unknown as { facts: object };
    expect(facts).toMatchObject({
      required: { filled: 3, of: 4, missing: ['industry'] },
      plan: null,
      source: 'sales',
      consents: [],
      alike: [],
    });
  });

  it('is asked for all that somebody entered at once, as after an import', async () => {
    const ids = [await entered(), await entered()];
    const foreign = await entered({ enteredBy: company.head.staffId });
    const answer = await enterer.post(`${FILING}/submit`, { all: true });
    expect(answer.body.submitted).toBeGreaterThanOrEqual(2);
    for (const id of ids) expect((await row(id)).filingState).toBe('in-review');
    expect((await row(foreign)).filingState).toBe('entered');
    expect((await enterer.post(`${FILING}/submit`, { all: true })).body.submitted).toBe(0);
  });

  it('shows the group of companies that a customer belongs to', async () => {
    const group = await app.strapi.db
      .query(`${PLUGIN}customer-group`)
      .create({ data: { name: '示例集团', publishedAt: new Date() } });
    const id = await submitted();
    expect((await enterer.put(`${CUSTOMERS}/${id}`, { group: group.documentId })).status).toBe(400);
    await decide(reviewer, id, RETURN);
    expect((await enterer.put(`${CUSTOMERS}/${id}`, { group: group.documentId })).status).toBe(200);
    expect((await reviewer.get(`${FILING}/${id}`)).body).toMatchObject({ group: '示例集团' });
  });

  it('takes along the reviews of customers that go', async () => {
    const id = await submitted();
    await decide(reviewer, id, RETURN);
    const left = () =>
      app.strapi.db.connection('governance_filing_reviews').where({ customer: id });
    expect(await left()).toHaveLength(1);
    expect((await enterer.delete(`${CUSTOMERS}/${id}`)).status).toBe(200);
    expect(await left()).toHaveLength(0);
  });

  it('draws a number again that was rolled back', async () => {
    const id = await submitted();
    const before = await sequence();
    const audit = app.strapi.plugin('customer-governance').service('audit') as unknown as {
      append: (event: unknown) => Promise<void>;
    };
    const { append } = audit;
    audit.append = (event) =>
      (event as { action?: string }).action === 'filing.file'
        ? Promise.reject(new Error('The log cannot be written.'))
        : append.call(audit, event);
    expect((await decide(reviewer, id, FILE)).status).toBe(500);
    audit.append = append;
    expect(await row(id)).toMatchObject({ filingState: 'in-review', filingNumber: null });
    expect(await sequence()).toBe(before);
    const answer = await decide(reviewer, id, FILE);
    expect(answer.body.filingNumber).toBe(`C-P-${String(before + 1).padStart(5, '0')}`);
  });

  it('gives 1,000 that are filed at once the next 1,000 numbers, none twice and none left out', async () => {
    const before = await sequence();
    const ids = Array.from({ length: 1000 }, (_x, at) => `filing${String(at).padStart(18, '0')}`);
    await query().createMany({
      data: ids.map((documentId) => ({
        documentId,
        kind: 'person',
        name: '王小明',
        mobile: '13800138000',
        source: 'sales',
        industry: '农业',
        owner: company.rep.staffId,
        enteredBy: company.rep.staffId,
        filingState: 'entered',
        publishedAt: new Date(),
      })),
    });
    expect(await service().submit(ids, { id: company.rep.staffId })).toHaveLength(1000);
    const outcomes = await Promise.all(
      ids.map((id) => service().decide(id, FILE, { id: company.head.staffId }))
    );
    const drawn = outcomes.map(({ filingNumber }) => Number(filingNumber.slice(4)));
    const expected = Array.from({ length: 1000 }, (_x, at) => before + 1 + at);
    expect([...drawn].sort((a, b) => a - b)).toEqual(expected);
    const stored = await query().findMany({
      select: ['filingNumber'],
      where: { documentId: { $in: ids.slice(0, 500) } },
    });
    expect(stored.every(({ filingNumber }) => drawn.includes(Number(filingNumber.slice(4))))).toBe(
      true
    );
  });
});
