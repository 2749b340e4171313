import { listRoutes } from '../leaks/routes';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCompany,
  createUser,
  CUSTOMER,
  messageOf,
  signIn,
  type Company,
} from '../support/company';

const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const MISSING = 'missing0000000000000000a';
const CHINESE = 'zh-CN,zh;q=0.9,en;q=0.8';
/** As Strapi itself says it, in whose panel it has its own words. */
const OF_STRAPI =
  /^(Not Found|Forbidden|Unauthorized|Method Not Allowed|Bad Request|Missing or invalid credentials|Invalid (key|parameter|query|status|format|relations|order|sort).*|Missing "data" payload.*|.*is not supported.*)$/;
const ENGLISH = /[a-z]{2,} [a-z]{2,}/;
/** What a sentence names as it stands: labels, choices and examples. */
const NAMED = /"[^"]*"|“[^”]*”|\[[^\]]*\]|'[^']*'|\{[^}]*\}/g;

interface Refused {
  status: number;
  body: {
    error?: { message: string; details?: { errors?: Array<{ message: string; path: string[] }> } };
  };
  headers: Record<string, string>;
}

/** All that a refusal says. */
const saidIn = ({ body }: Refused): string[] =>
  body.error
    ? [body.error.message, ...(body.error.details?.errors ?? []).map(({ message }) => message)]
    : [];

describe('refusals in the language of their reader', () => {
  let app: BootedApp;
  let company: Company;
  let root: string;

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const role = await app.strapi.service('admin::role').getSuperAdmin();
    const { email } = await createUser(app.strapi, 'chineseroot', role.id);
    const answer = await app.request
      .post('/admin/login')
      .send({ email, password: 'Governance-Test-1' });
    root = String(answer.body.data.token);
  });
  afterAll(() => app.close());

  it('say in Chinese whatever a route of the product refuses', async () => {
    const token = await app.strapi
      .service('admin::api-token')
      .create({ name: 'chinese', type: 'full-access', lifespan: null, description: '' });
    const own = listRoutes(app.strapi).filter(({ template }) =>
      /^\/(api\/)?customer-governance\//.test(template)
    );
    const said = new Map<string, string>();
    for (const { method, template } of own) {
      const bearer = template.startsWith('/api/') ? String(token.accessKey) : root;
      const path = template.replace(/:\w+\*?/g, MISSING);
      const call = app.request[method.toLowerCase() as 'post'](
        method === 'GET' ? `${path}?surprise=1&cursor=!&from=x&plan=!` : path
      )
        .set('Authorization', `Bearer ${bearer}`)
        .set('Accept-Language', CHINESE);
      const answer = await (method === 'GET' ? call : call.send({ surprise: 1, reason: 7 }));
      for (const text of saidIn(answer as unknown as Refused))
        said.set(text, `${method} ${template}`);
    }
    const texts = [...said].filter(([text]) => !OF_STRAPI.test(text));
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter(([text]) => ENGLISH.test(text.replace(NAMED, '')))).toEqual([]);
  });

  it('are of the language of the account in the panel, whatever the browser accepts', async () => {
    const mine = await company.customer(company.rep);
    const entry = { plan: 'none', source: 'hearsay' };
    const refusal = async () => {
      return messageOf(await company.rep.put(`${LIST}/${mine.documentId}`, entry));
    };
    expect(await refusal()).toContain('source: must be one of');
    await app.strapi.db.query('admin::user').update({
      where: { id: company.rep.userId },
      data: { preferedLanguage: 'zh-Hans' },
    });
    expect(await refusal()).toMatch(/采集计划：没有此记录.*来源渠道：须为以下之一/);
    await app.strapi.db.query('admin::user').update({
      where: { id: company.rep.userId },
      data: { preferedLanguage: null },
    });
  });

  it('name the attribute as ever, for forms and programs', async () => {
    const refused = (await app.request
      .post('/api/leads')
      .set('Accept-Language', CHINESE)
      .send({ data: { topic: 'Bad', mobile: '1', surprise: 1 } })) as unknown as Refused;
    const chinese = (await app.request
      .post(`${LIST}`)
      .set('Authorization', `Bearer ${root}`)
      .set('Accept-Language', CHINESE)
      .send({ kind: 'person', mobile: '1' })) as unknown as Refused;
    expect(refused.status).toBe(403);
    expect(chinese.status).toBe(400);
    expect(chinese.headers['content-language']).toBe('zh-Hans');
    expect(chinese.headers.vary).toContain('Accept-Language');
    expect(chinese.body.error?.details?.errors?.map(({ path }) => path[0])).toContain('mobile');
    expect(saidIn(chinese).join()).toContain('手机号：须为手机号');
  });
  it('and what an answer says of several records, or of a record that is being typed, is in Chinese too', async () => {
    const ask = (path: string, body: object) =>
      app.request
        .post(path)
        .set('Authorization', `Bearer ${root}`)
        .set('Accept-Language', CHINESE)
        .send(body);
    const examined = await ask('/customer-governance/customers/examine', {
      documentId: null,
      data: { kind: 'person', mobile: '1' },
      duplicates: false,
    });
    const { problems } = examined.body as {
      problems: Array<{ attribute: string; reason: string }>;
    };
    expect(problems.find(({ attribute }) => attribute === 'mobile')?.reason).toMatch(/^须为手机号/);
    expect(problems.filter(({ reason }) => ENGLISH.test(reason.replace(NAMED, '')))).toEqual([]);

    const head = await signIn(app, company.head.email);
    await app.strapi.db.query('admin::user').update({
      where: { id: company.head.userId },
      data: { preferedLanguage: 'zh-Hans' },
    });
    const decided = await head.post('/customer-governance/approvals/decide', {
      stepIds: [999_999],
      decision: 'approve',
    });
    expect(decided.body.results).toEqual([
      { stepId: 999_999, outcome: 'refused', message: '该环节不存在，或无权审批。' },
    ]);
  });
});
