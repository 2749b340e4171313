// The forms of a company's own websites: who may show them, what they take in, and what they never tell [COL-4].
import { randomUUID } from 'node:crypto';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CONSENT,
  CUSTOMER,
  fieldsOf,
  type Company,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const WEB_FORM = `${GOVERNANCE}web-form`;
const AUDIT = `${GOVERNANCE}audit-entry`;
const PLAN = `${GOVERNANCE}collection-plan`;
const FORMS = `/content-manager/collection-types/${WEB_FORM}`;
const API = '/api/customer-governance/web-forms';
const SITE = 'https://www.example.com';
const EXPLORER = 'plugin::content-manager.explorer.';

interface Shown {
  token: string;
  notice: { version: string; hash: string; text: string };
  fields: Array<{ name: string; label: string; required: boolean; sensitive: boolean }>;
  consents: Array<{ purpose: string; scope: string; fields: string[] }>;
}
interface Row {
  id: number;
  documentId: string;
}

const AGREED = [
  { purpose: 'customer-service', scope: 'general', given: true },
  { purpose: 'marketing', scope: 'marketing', given: false },
];

describe('web forms', () => {
  let app: BootedApp;
  let company: Company;
  let editor: Awaited<ReturnType<typeof createCaller>>;
  let plan: Row;
  let made = 0;

  const services = () => app.strapi.plugin('customer-governance');
  const query = (uid: string) => app.strapi.db.query(uid);
  const count = (uid: string, where: object = {}) => query(uid).count({ where });

  const make = async (data: object = {}): Promise<string> => {
    const code = `form-${++made}`;
    const answer = await editor.post(FORMS, {
      title: 'Enquiries',
      code,
      state: 'active',
      plan: plan.documentId,
      customerKind: 'person',
      allowedOrigins: [SITE],
      owner: company.rep.staffId,
      ...data,
    });
    if (answer.status !== 201) throw new Error(answer.text);
    return code;
  };
  const fetchForm = (code: string, origin = SITE) =>
    app.request.get(`${API}/${code}?language=en`).set('Origin', origin);
  const shown = async (code: string): Promise<Shown> => {
    const answer = await fetchForm(code);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.data as Shown;
  };
  const mobile = () => `139${String(10_000_000 + ++made)}`;
  const fields = (data: object = {}) => ({
    name: '王小明',
    mobile: mobile(),
    industry: 'Trade',
    ...data,
  });
  const send = (code: string, body: object, headers: Record<string, string> = {}) =>
    app.request
      .post(`${API}/${code}`)
      .set({ Origin: SITE, ...headers })
      .send(body);
  const enter = async (code: string, data: object = {}, headers: Record<string, string> = {}) => {
    const { token } = await shown(code);
    return send(code, { token, fields: fields(), consents: AGREED, ...data }, headers);
  };
  const messages = ({ body }: { body: { error?: { details?: { errors?: object[] } } } }) =>
    Object.fromEntries(
      ((body.error?.details?.errors ?? []) as Array<{ path: string[]; message: string }>).map(
        ({ path, message }) => [path[0], message]
      )
    );
  const newest = async () =>
    (
      await query(CUSTOMER).findMany({
        orderBy: { id: 'desc' },
        limit: 1,
        populate: { owner: true, plan: true },
      })
    )[0];

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        duplicates: { keys: ['contact'], near: [] },
        // All calls of these tests come from one address.
        webForms: { entriesPerAddress: 100, fetchesPerAddress: 200, entriesPerForm: 40 },
      },
    });
    company = await createCompany(app);
    editor = await createCaller(app, 'webmaster', [
      ...['read', 'create', 'update'].map((action) => ({
        action: EXPLORER + action,
        subject: WEB_FORM,
        fields: fieldsOf(app.strapi, WEB_FORM),
      })),
      { action: `${GOVERNANCE}web-forms.read` },
    ]);
    const purposes = await query(`${GOVERNANCE}purpose`).findMany({
      where: { code: { $in: ['customer-service', 'marketing', 'identity-verification'] } },
    });
    plan = await query(PLAN).create({
      data: {
        code: 'P-WEB',
        title: 'Website',
        state: 'active',
        attributes: ['name', 'mobile', 'industry', 'email', 'website', 'residentId'].map(
          (name) => `customer.${name}`
        ),
        purposes: purposes.map(({ id }: Row) => id),
        noticeVersion: 'WEB-1',
        noticeText: 'We ask for your name and mobile to answer you.',
        publishedAt: new Date(),
      },
    });
  });
  afterAll(() => app.close());

  describe('as they are set up', () => {
    it('open only with plan, pages and somebody to whom the customers go', async () => {
      const answer = await editor.post(FORMS, { title: 'x', code: 'bare', state: 'active' });
      expect(answer.status).toBe(400);
      expect(Object.keys(messages(answer as never)).sort()).toEqual([
        'allowedOrigins',
        'department',
        'plan',
      ]);
      expect((await editor.post(FORMS, { title: 'x', code: 'bare' })).status).toBe(201);
    });

    it('open only with a plan that collects what is required', async () => {
      const answer = await editor.post(FORMS, {
        title: 'x',
        code: 'companies',
        state: 'active',
        plan: plan.documentId,
        customerKind: 'company',
        allowedOrigins: ['http://www.example.com'],
        department: company.east.id,
      });
      expect(messages(answer as never)).toEqual({
        plan: expect.stringMatching(/companyName/),
        allowedOrigins: expect.stringMatching(/https/),
      });
    });
  });

  describe('as they are shown', () => {
    it('carry fields, notice and consents, none of them about anybody', async () => {
      const code = await make();
      const form = await shown(code);
      expect(form.notice).toMatchObject({
        version: 'WEB-1',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(form.fields.map(({ name, required }) => [name, required])).toEqual([
        ['name', true],
        ['mobile', true],
        ['industry', true],
        ['email', false],
        ['website', false],
        ['residentId', false],
      ]);
      expect(form.fields[1]).toMatchObject({ label: 'Mobile', example: '13012345678' });
      expect(form.consents).toEqual([
        expect.objectContaining({ purpose: 'customer-service', scope: 'general' }),
        expect.objectContaining({
          purpose: 'identity-verification',
          scope: 'sensitive',
          fields: ['residentId'],
        }),
        expect.objectContaining({ purpose: 'marketing', scope: 'marketing' }),
      ]);
    });

    it('show the published notice of the plan, in the language of the page', async () => {
      const text = (word: string) => ({
        purposes: word,
        method: 'm',
        kinds: 'k',
        term: 't',
        rights: 'r',
        contact: 'c',
      });
      const notice: Row = await query(`${GOVERNANCE}notice`).create({
        data: {
          title: 'N',
          code: 'website',
          version: '7',
          texts: { zh: text('咨询'), en: text('Enquiries') },
        },
      });
      const notices = services().service('notices') as unknown as {
        publish(documentId: string): Promise<unknown>;
      };
      await notices.publish(notice.documentId);
      const {
        id: _,
        documentId: __,
        ...own
      } = await query(PLAN).findOne({
        where: { id: plan.id },
        populate: { purposes: true },
      });
      const other: Row = await query(PLAN).create({
        data: {
          ...own,
          code: 'P-NOTICE',
          notice: notice.id,
          purposes: own.purposes.map(({ id }: Row) => id),
        },
      });
      const code = await make({ plan: other.documentId });
      const form = await shown(code);
      expect(form.notice.version).toBe('7');
      expect(form.notice.text).toMatch(/^Enquiries\n/);
      const chinese = await app.request.get(`${API}/${code}?language=zh`).set('Origin', SITE);
      expect(chinese.body.data.notice).toMatchObject({
        hash: form.notice.hash,
        text: expect.stringMatching(/^咨询/),
      });
      expect((await enter(code)).status).toBe(201);
      const given = await query(CONSENT).count({
        where: { notice: { id: notice.id }, noticeHash: form.notice.hash },
      });
      expect(given).toBe(2);
    });

    it('are read by pages of the listed origins alone', async () => {
      const code = await make();
      const allowed = await fetchForm(code);
      expect(allowed.headers).toMatchObject({
        'access-control-allow-origin': SITE,
        'cache-control': 'no-store',
      });
      expect(allowed.headers.vary).toMatch(/Origin/);
      const other = await fetchForm(code, 'https://evil.example');
      expect(other.status).toBe(403);
      for (const header of ['access-control-allow-origin', 'access-control-allow-credentials'])
        expect(other.headers).not.toHaveProperty(header);
      const asked = (origin: string) =>
        app.request
          .options(`${API}/${code}`)
          .set({ Origin: origin, 'Access-Control-Request-Method': 'POST' });
      const preflight = await asked(SITE);
      expect(preflight.status).toBe(204);
      expect(preflight.headers).toMatchObject({
        'access-control-allow-origin': SITE,
        'access-control-allow-headers': 'Content-Type, Idempotency-Key',
      });
      const refused = await asked('https://evil.example');
      expect(refused.status).toBe(403);
      expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
    });

    it('are not shown once they are closed, and nothing is told of those that are not there', async () => {
      const code = await make({ state: 'closed' });
      expect((await fetchForm(code)).status).toBe(403);
      expect((await fetchForm('none')).status).toBe(404);
    });
  });

  describe('as they are sent', () => {
    it('make a customer with consents and an entry of the log, in the name of nobody', async () => {
      const code = await make();
      const answer = await enter(code, { language: 'zh' });
      expect(answer.status).toBe(201);
      const { receipt, notice, consents } = answer.body.data;
      expect(consents).toEqual([
        { purpose: 'customer-service', scope: 'general', state: 'given' },
        { purpose: 'marketing', scope: 'marketing', state: 'refused' },
      ]);
      const customer = await newest();
      expect(customer).toMatchObject({
        name: '王**',
        kind: 'person',
        source: 'website',
        method: 'online',
        owner: { id: company.rep.staffId },
        plan: { id: plan.id },
      });
      const recorded = await query(CONSENT).findMany({
        where: { customer: { id: customer.id } },
        orderBy: 'id',
      });
      expect(recorded).toEqual([
        expect.objectContaining({
          state: 'given',
          evidenceKind: 'electronic',
          noticeVersion: notice.version,
          evidence: expect.stringContaining(receipt),
          noticeHash: notice.hash,
          confirmedAt: expect.any(String),
          confirmedFrom: expect.stringMatching(/^127\.0\./),
          confirmedIn: 'zh',
        }),
        expect.objectContaining({ state: 'refused', scope: 'marketing' }),
      ]);
      const [entry] = await query(AUDIT).findMany({
        where: { action: 'web-form.enter' },
        orderBy: { id: 'desc' },
        limit: 1,
      });
      expect(entry).toMatchObject({
        actorKind: 'system',
        actorId: 'web-form',
        recordIds: [customer.documentId],
        details: { webForm: code, receipt },
      });
    });

    it('take sensitive fields in with their separate consent alone', async () => {
      const code = await make();
      const residentId = '11010519491231002X';
      const without = await enter(code, { fields: fields({ residentId }) });
      expect(without.status).toBe(400);
      expect(messages(without)).toEqual({
        residentId: expect.stringMatching(/identity-verification sensitive/),
      });
      expect(without.text).not.toContain(residentId);
      const before = await count(CUSTOMER);
      const agreed = await enter(code, {
        fields: fields({ residentId }),
        consents: [
          ...AGREED,
          { purpose: 'identity-verification', scope: 'sensitive', given: true },
        ],
      });
      expect(agreed.status).toBe(201);
      expect(await count(CUSTOMER)).toBe(before + 1);
      expect((await newest()).residentId).toMatch(/\*/);
    });

    it('name each field that is wrong, and leave nothing behind', async () => {
      const code = await make();
      const before = [await count(CUSTOMER), await count(CONSENT)];
      const beyond = await enter(code, { fields: fields({ hobby: 'chess', website: 'x' }) });
      expect(Object.keys(messages(beyond)).sort()).toEqual(['hobby', 'website']);
      const { token } = await shown(code);
      const wrong = await send(code, {
        token,
        fields: { name: '王小明', mobile: '12345', industry: 'x'.repeat(90) },
        consents: AGREED,
      });
      expect(Object.keys(messages(wrong)).sort()).toEqual(['industry', 'mobile']);
      expect(wrong.text).not.toMatch(/12345|王小明/);
      expect([await count(CUSTOMER), await count(CONSENT)]).toEqual(before);
      // The token is still good: the visitor corrects and sends again.
      const corrected = await send(code, { token, fields: fields(), consents: AGREED });
      expect(corrected.status).toBe(201);
    });

    it('never tell that somebody is known', async () => {
      const code = await make();
      const known = fields();
      const first = await enter(code, { fields: known });
      const second = await enter(code, { fields: known });
      expect([first.status, second.status]).toEqual([201, 201]);
      const shape = (answer: typeof first) => ({
        ...answer.body.data,
        receipt: answer.body.data.receipt.length,
        receivedAt: '',
      });
      expect(shape(second)).toEqual(shape(first));
    });

    it.each<[string, number, object, Record<string, string>]>([
      ['without an origin', 403, {}, { Origin: '' }],
      ['from another origin', 403, {}, { Origin: 'https://evil.example' }],
      ['from a page without origin', 403, {}, { Origin: 'null' }],
      ['with a forged token', 403, { token: 'a.b' }, {}],
      ['with an unknown key', 400, { debug: true }, {}],
      ['with a list as a value', 400, { fields: { name: ['x'] } }, {}],
      ['with a key that is none', 400, {}, { 'Idempotency-Key': 'x' }],
      ['as a form', 415, {}, { 'Content-Type': 'application/x-www-form-urlencoded' }],
      ['too large', 413, { fields: { name: 'x'.repeat(40_000) } }, {}],
    ])('are refused %s', async (_what, status, data, headers) => {
      const code = await make();
      const before = await count(CUSTOMER);
      expect((await enter(code, data, headers)).status).toBe(status);
      expect(await count(CUSTOMER)).toBe(before);
    });

    it('are taken once for each token, also when it is sent many times at once', async () => {
      const code = await make();
      const { token } = await shown(code);
      const before = await count(CUSTOMER);
      const body = { token, fields: fields(), consents: AGREED };
      const answers = await Promise.all(Array.from({ length: 5 }, () => send(code, body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
      expect(await count(CUSTOMER)).toBe(before + 1);
    });

    it('are answered again, and not taken again, under the key of before', async () => {
      const code = await make();
      const { token } = await shown(code);
      const before = await count(CUSTOMER);
      const key = { 'Idempotency-Key': randomUUID() };
      const body = { token, fields: fields(), consents: AGREED };
      const answers = await Promise.all([1, 2, 3].map(() => send(code, body, key)));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await count(CUSTOMER)).toBe(before + 1);
      const later = await send(code, body, key);
      expect(later.headers['idempotent-replayed']).toBe('true');
      const other = await send(code, { ...body, fields: fields() }, key);
      expect(other.status).toBe(422);
      expect(other.text).toMatch(/another entry/);
      const kept = await app.strapi.db.connection('governance_web_form_answers').select('*');
      expect(JSON.stringify(kept)).not.toMatch(new RegExp(`王|${body.fields.mobile}`));
    });

    it('are not taken under a notice that has changed meanwhile, nor after their time', async () => {
      const code = await make();
      const { token } = await shown(code);
      const change = (noticeVersion: string) =>
        query(PLAN).update({
          where: { id: plan.id },
          data: { noticeVersion },
        });
      await change('WEB-2');
      const answer = await send(code, { token, fields: fields(), consents: AGREED });
      expect([answer.status, answer.body.error.message]).toEqual([
        409,
        expect.stringMatching(/notice has changed/),
      ]);
      await change('WEB-1');
      const { entering } = services().service('web-forms') as unknown as {
        entering: { enter(row: object, sent: object, key: undefined, now: Date): Promise<unknown> };
      };
      const row = await query(WEB_FORM).findOne({
        where: { code },
        populate: { plan: true, owner: true, department: true },
      });
      const hour = new Date(Date.now() + 61 * 60 * 1000);
      await expect(
        entering.enter(row, { token, fields: fields(), consents: AGREED }, undefined, hour)
      ).rejects.toMatchObject({ status: 403, message: expect.stringMatching(/too long/) });
    });
  });

  describe('as they are flooded', () => {
    it('stop at the number of a day', async () => {
      const code = await make({ entriesPerDay: 2 });
      const answers = [await enter(code), await enter(code), await enter(code)];
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
      const { body } = await editor.get('/customer-governance/web-forms?limit=1');
      expect(body).toMatchObject({
        items: [{ code, entriesPerDay: 2, counts: { today: 2, month: 2, refused: 1 } }],
        nextCursor: expect.any(String),
      });
    });

    it('stop at the number of their span, and say when to go on', async () => {
      const code = await make();
      const { token } = await shown(code);
      const tried = await Promise.all(
        Array.from({ length: 41 }, () => send(code, { token, fields: {}, consents: [] }))
      );
      const limited = tried.filter(({ status }) => status === 429);
      expect(limited).toHaveLength(1);
      expect(Number(limited[0]?.headers['retry-after'])).toBeGreaterThan(0);
      expect(limited[0]?.headers['access-control-allow-origin']).toBe(SITE);
      const hits = await app.strapi.db.connection('governance_web_form_hits').select('bucket');
      expect(JSON.stringify(hits)).not.toContain('127.0.0.1');
    });

    it('forget tokens, answers and counts when their time is over', async () => {
      const { sweep } = services().service('web-forms') as unknown as {
        sweep(now: Date): Promise<number>;
      };
      expect(await sweep(new Date(Date.now() + 49 * 60 * 60 * 1000))).toBeGreaterThan(0);
      for (const table of ['nonces', 'answers', 'hits']) {
        const rows = await app.strapi.db.connection(`governance_web_form_${table}`).select('id');
        expect(rows).toEqual([]);
      }
    });
  });
});
