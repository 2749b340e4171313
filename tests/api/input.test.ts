import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';

const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const LEADS = '/api/leads';

const NUL = String.fromCharCode(0);
const RIGHT_TO_LEFT = '\u202e';

/** What people and programs send that is wrong, and the attribute that the answer has to name. */
const WRONG: Array<[string, Record<string, unknown>, string]> = [
  ['a number for a mobile', { mobile: 13_800_138_000 }, 'mobile'],
  ['a list for a name', { name: ['王小明'] }, 'name'],
  ['an object for a name', { name: { $ne: null } }, 'name'],
  ['over-long text', { name: '王'.repeat(5000) }, 'name'],
  ['control characters', { name: '王\u0007小明' }, 'name'],
  ['a right-to-left mark', { name: `王${RIGHT_TO_LEFT}小明` }, 'name'],
  ['emoji in a name', { name: '王😀明' }, 'name'],
  ['a mask', { mobile: '138****8000' }, 'mobile'],
  ['a mobile in the name', { name: '13800138000' }, 'name'],
  ['an e-mail address in the mobile', { mobile: 'wang@example.cn' }, 'mobile'],
  ['SQL in the mobile', { mobile: "1'; DROP TABLE leads; --" }, 'mobile'],
  ['HTML in the mobile', { mobile: '<script>alert(1)</script>' }, 'mobile'],
];

describe('bad input', () => {
  let app: BootedApp;
  let company: Company;
  let call: (
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: unknown
  ) => Promise<{
    status: number;
    text: string;
    body: {
      error?: { status: number; message: string; details?: { errors?: Array<{ path: string[] }> } };
    };
  }>;

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const token = await app.strapi
      .service('admin::api-token')
      .create({ name: 'full', type: 'full-access', lifespan: null, description: '' });
    call = async (method, path, body) => {
      const request = app.request[method](path).set('Authorization', `Bearer ${token.accessKey}`);
      return body === undefined ? request : request.send(body as object);
    };
  });
  afterAll(() => app.close());

  it.each(WRONG)(
    'is refused by name and kept out of the answer: %s',
    async (_what, data, attribute) => {
      const count = () => app.strapi.db.query('api::lead.lead').count();
      const before = await count();
      const { status, body, text } = await call('post', LEADS, { data: { topic: 'Bad', ...data } });
      expect(status).toBe(400);
      expect(body.error?.details?.errors?.map(({ path }) => path[0])).toContain(attribute);
      expect(body.error?.message).toContain(attribute);
      for (const value of Object.values(data)) {
        if (typeof value === 'string' || typeof value === 'number')
          expect(text).not.toContain(String(value));
      }
      expect(await count()).toBe(before);
    }
  );

  it('names every wrong attribute in one answer', async () => {
    const { body } = await call('post', LEADS, { data: { topic: 'Bad', name: '1', mobile: '2' } });
    expect(body.error?.details?.errors?.map(({ path }) => path[0])).toEqual(['name', 'mobile']);
  });

  it('takes full-width digits for digits', async () => {
    const { status, text } = await call('post', LEADS, {
      data: { topic: 'Wide', mobile: '１３８００１３８０００' },
    });
    expect(status).toBe(201);
    expect(text).toContain('138****8000');
  });

  it.each([
    ['a body of 10 MB', 'post', LEADS, { data: { topic: 'x'.repeat(10_000_000) } }],
    ['a NUL in a text', 'post', LEADS, { data: { topic: `x${NUL}y` } }],
    ['a NUL in a filter', 'get', `${LEADS}?filters[topic][$eq]=x%00`, undefined],
    ['a NUL in an address', 'get', `${LEADS}/x%00y`, undefined],
    ['an unknown key', 'post', LEADS, { data: { topic: 'x', surprise: 1 } }],
    ['a sort by nothing', 'get', `${LEADS}?sort=nothing`, undefined],
    ['a filter by nothing', 'get', `${LEADS}?filters[nothing]=1`, undefined],
    ['a filter operator that is none', 'get', `${LEADS}?filters[topic][$nothing]=1`, undefined],
    ['a body that is no object', 'post', LEADS, { data: 'text' }],
    ['no body', 'post', LEADS, {}],
    ['a date that is none', 'get', `${LEADS}?filters[createdAt][$gt]=yesterday`, undefined],
    ['half a range', 'get', `${LEADS}?filters[topic][$between][0]=x`, undefined],
    ['a body that is a list', 'post', LEADS, [1]],
    ['a page that is no number', 'get', `${LEADS}?pagination[page]=x`, undefined],
  ] as const)('is answered with 4xx: %s', async (_what, method, path, body) => {
    const { status } = await call(method, path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('is no fault of the server when an operator does not fit the attribute', async () => {
    const types = '/api/customer-governance';
    for (const query of [
      'purposes?filters[attributes][$contains]=x',
      'audit-entries?filters[recordIds][$startsWith]=x',
      'customers?filters[id][$eq]=99999999999999999999',
      'customers?filters[lastContactOn][$gt]=soon',
      'customers?filters[keyCustomer][$eq]=perhaps',
    ]) {
      expect((await call('get', `${types}/${query}`)).status).toBeLessThan(500);
    }
  });

  it('stays out of the log when it cannot even be parsed', async () => {
    const written: string[] = [];
    const write = jest.spyOn(app.strapi.log, 'error').mockImplementation((...args) => {
      written.push(JSON.stringify(args.map((arg) => ({ ...(arg as object), text: String(arg) }))));
      return app.strapi.log;
    });
    const answer = await app.request
      .post(LEADS)
      .set('Content-Type', 'application/json')
      .send('{"data": {"name": 王小明');
    write.mockRestore();
    expect(answer.status).toBe(400);
    expect(answer.text + written.join()).not.toContain('王');
  });

  it('is refused in the panel too, with the attribute named for the form', async () => {
    const mine = await company.customer(company.rep);
    const answer = await company.rep.put(`${LIST}/${mine.documentId}`, { mobile: '139****0000' });
    expect(answer.status).toBe(400);
    const error = answer.body.error as unknown as {
      details: { errors: Array<{ path: string[] }> };
    };
    expect(error.details.errors.map(({ path }) => path[0])).toEqual(['mobile']);
  });

  it('is no use for telling whether a value exists', async () => {
    await call('post', LEADS, { data: { topic: 'Oracle', name: '赵钱孙', mobile: '13712345678' } });
    const answers = async (filter: string) => {
      const [right, wrong] = await Promise.all(
        ['13712345678', '13798765432'].map((guess) =>
          call('get', `${LEADS}?${filter.replace('GUESS', guess)}`)
        )
      );
      return [right, wrong].map((answer) => [
        answer?.status,
        (answer?.body as { data?: Array<{ id: number }> }).data?.map(({ id }) => id),
      ]);
    };
    for (const filter of [
      'filters[mobile][$eq]=GUESS',
      'filters[mobile][$in][0]=GUESS',
      'filters[mobile][$contains]=GUESS',
      '_q=GUESS',
    ]) {
      const [right, wrong] = await answers(filter);
      expect(right).toEqual(wrong);
    }
  });

  it('does not come into the message of a database error, which the log is given', async () => {
    const { connection } = app.strapi.db;
    const text = '张三的秘密';
    const failing = [
      connection('no_such_table').insert({ name: text }),
      connection('no_such_table').where({ name: text }).select(),
    ];
    for (const query of failing) {
      const error = await Promise.resolve(query).catch((reason: Error) => reason);
      expect((error as Error).message).toContain('no_such_table');
      expect((error as Error).message).not.toContain(text);
    }
  });
});
