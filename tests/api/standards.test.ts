import { createApiToken, type ApiCaller } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  type Answer,
  type Company,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const PANEL = '/customer-governance';
const API = '/api/customer-governance';
const HOUR = 3_600_000;

interface Examined {
  completeness: {
    required: { filled: number; of: number; missing: string[] };
    recommended: { filled: number; of: number; missing: string[] };
    percent: number;
  };
  problems: Array<{ attribute: string; reason: string }>;
  warnings: Array<{ attribute: string; reason: string }>;
  normalisations: Array<{ attribute: string; from: string | null; to: string }>;
  duplicates: Array<{ key: string }> | null;
  near: Array<{ key: string; filingNumber: string | null; department: string | null }> | null;
}
type Row = Record<string, unknown> & { id: number; documentId: string };

describe('the standards of entry', () => {
  let app: BootedApp;
  let company: Company;
  let token: ApiCaller;
  let plan: Row;

  const person = (data: object = {}) => ({
    kind: 'person',
    name: '王小明',
    mobile: '13800138000',
    industry: '批发和零售业',
    source: 'sales',
    method: 'direct',
    plan: plan.documentId,
    ...data,
  });
  const examine = async (data: object, more: object = {}, by = company.rep): Promise<Examined> => {
    const answer = await by.post(`${PANEL}/customers/examine`, { data, ...more });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body as unknown as Examined;
  };
  const named = (list: Array<{ attribute: string }>) => list.map(({ attribute }) => attribute);
  const created = ({ body }: Answer): Row => body.data as unknown as Row;
  const enter = async (data: object): Promise<Row> => {
    const answer = await company.rep.post(LIST, person(data));
    if (answer.status !== 201) throw new Error(answer.text);
    return created(answer);
  };
  const stored = ({ documentId }: Row) =>
    app.strapi.db.query(CUSTOMER).findOne({ where: { documentId } });
  const entries = (action: string): Promise<Row[]> =>
    app.strapi.db
      .query(`${GOVERNANCE}audit-entry`)
      .findMany({ where: { action }, orderBy: { id: 'desc' } });

  beforeAll(async () => {
    app = await bootApp({
      policy: {
        changes: { controlled: [] },
        duplicates: { keys: ['contact'], near: ['company-core'], lookupsPerHour: 3 },
      },
    });
    company = await createCompany(app);
    const purposes: Row[] = await app.strapi.db.query(`${GOVERNANCE}purpose`).findMany({
      where: { code: { $in: ['contract-performance', 'customer-service'] } },
    });
    plan = await app.strapi.db.query(`${GOVERNANCE}collection-plan`).create({
      data: {
        code: 'P-STANDARDS',
        title: 'Standards',
        state: 'active',
        purposes: purposes.map(({ id }) => id),
        attributes: [
          ...['companyName', 'creditCode', 'name', 'mobile', 'industry', 'address', 'email'],
          ...['landline', 'needs'],
        ].map((name) => `customer.${name}`),
        publishedAt: new Date(),
      },
    });
    token = await createApiToken(app, 'standards', [
      `${GOVERNANCE}standards-api.all`,
      `${GOVERNANCE}standards-api.regions`,
      `${GOVERNANCE}standards-api.examine`,
    ]);
  });
  afterAll(() => app?.close());

  it('are served with their form, an example and what the policy asks for', async () => {
    const panel = await company.auditor.get(`${PANEL}/standards`);
    const { attributes, deadline } = panel.body as unknown as {
      attributes: Array<{ type: string; attribute: string; choices?: unknown[] }>;
      deadline: object;
    };
    const of = (name: string) =>
      attributes.find(({ type, attribute }) => type === CUSTOMER && attribute === name);
    expect(of('mobile')).toMatchObject({
      format: 'mobile',
      example: '13012345678',
      hint: { en: expect.stringContaining('11 digits'), zh: expect.stringContaining('11 位') },
      required: { person: true, company: true },
      recommended: false,
    });
    expect(of('industry')?.choices).toHaveLength(20);
    expect(of('industry')?.choices).toContainEqual({
      value: '批发和零售业',
      code: 'F',
      name: { en: 'Wholesale and retail trade', zh: '批发和零售业' },
    });
    expect(of('website')).toMatchObject({ format: 'website', recommended: true });
    expect(of('source')).toMatchObject({ format: 'choice' });
    expect(of('plan')).toBeUndefined();
    expect(deadline).toEqual({ workingHours: 8 });
    const api = await token.get(`${API}/standards`);
    expect(api.body.data).toEqual(panel.body);
  });

  it('know the divisions of the state by their codes', async () => {
    const all = await company.rep.get(`${PANEL}/standards/regions`);
    expect(all.body).toMatchObject({ region: null, items: { length: 34 } });
    const city = await token.get(`${API}/standards/regions?within=330100`);
    expect(city.body.data).toMatchObject({ region: { path: '浙江省杭州市' } });
    expect(city.text).toContain('"330106"');
    expect((await company.rep.get(`${PANEL}/standards/regions?within=999999`)).status).toBe(404);
    expect((await company.rep.get(`${PANEL}/standards/regions?within=x`)).status).toBe(400);
  });

  describe('of an entry that is being typed', () => {
    it('tell how complete it is, without what its plan does not collect', async () => {
      const { completeness, problems } = await examine(
        person({ mobile: '', industry: ' ', needs: '采购' })
      );
      expect(completeness.required).toEqual({
        filled: 2,
        of: 4,
        missing: ['mobile', 'industry'],
      });
      // The plan asks for three of them; the ways of contact we note ourselves.
      expect(completeness.recommended).toEqual({
        filled: 1,
        of: 5,
        missing: ['address', 'email', 'firstContactMethod', 'plannedFollowUp'],
      });
      expect(completeness.percent).toBe(33);
      expect(named(problems)).toEqual(expect.arrayContaining(['mobile']));
    });

    it('name everything that is wrong, at once', async () => {
      const { problems, normalisations } = await examine(
        person({
          mobile: '138',
          email: 'nobody',
          creditCode: '91350100M000100Y44',
          website: 'https://example.com',
          source: 'bought',
          hobby: 'x',
        })
      );
      expect(named(problems).sort()).toEqual([
        'creditCode',
        'email',
        'hobby',
        'mobile',
        'source',
        'website',
      ]);
      expect(JSON.stringify(problems)).not.toContain('nobody');
      expect(normalisations).toEqual([]);
    });

    it('show what is written in another form: protected values as their masks', async () => {
      const { normalisations, warnings, problems } = await examine(
        person({
          mobile: '+86 138-0013-8000',
          creditCode: '91350100m000100y43',
          industry: 'F',
          address: '浙江省杭州市西湖区示例路1号',
        })
      );
      expect(problems).toEqual([]);
      expect(warnings).toEqual([]);
      expect(normalisations).toEqual(
        expect.arrayContaining([
          { attribute: 'mobile', from: null, to: '138****8000' },
          { attribute: 'creditCode', from: '91350100m000100y43', to: '91350100M000100Y43' },
          { attribute: 'industry', from: 'F', to: '批发和零售业' },
          { attribute: 'region', from: null, to: '330106' },
        ])
      );
      expect(normalisations).toHaveLength(4);
    });

    it('warn of what is taken, but should be looked at', async () => {
      const { warnings, problems } = await examine(
        person({ industry: 'Farming', address: '示例路1号' })
      );
      expect(problems).toEqual([]);
      expect(named(warnings)).toEqual(['industry', 'address']);
    });

    it('write nothing, and nothing in the log', async () => {
      const log = () => app.strapi.db.query(`${GOVERNANCE}audit-entry`).count();
      const customers = () => app.strapi.db.query(CUSTOMER).count();
      const before = [await customers(), await log()];
      await examine(person({ residentId: '11010519491231002X', source: 'bought' }));
      expect([await customers(), await log()]).toEqual(before);
    });

    it('tell of a file that is there already only when asked, and of no more than the policy allows', async () => {
      // Not of those who enter customers below, for whom the limit holds as well.
      const look = (data: object, more: object = { duplicates: true }) =>
        examine(data, more, company.other);
      await company.customer(company.other, {
        kind: 'company',
        companyName: '上海龙腾贸易有限公司',
        name: '李娜娜',
        mobile: '13900139000',
        filingNumber: 'F-STANDARDS-1',
      });
      const like = person({ kind: 'company', companyName: '龙腾贸易（上海）股份有限公司' });
      expect(await look(like, {})).toMatchObject({ duplicates: null, near: null, problems: [] });

      const asked = await look(like);
      expect(asked.duplicates).toEqual([]);
      expect(asked.near).toEqual([
        expect.objectContaining({ filingNumber: 'F-STANDARDS-1', department: 'Sales West' }),
      ]);
      const same = person({ name: '李娜娜', mobile: '139 0013 9000' });
      const found = await look(same);
      expect(found.duplicates).toEqual([expect.objectContaining({ key: 'contact' })]);
      expect(found.problems).toEqual([
        { attribute: 'mobile', reason: expect.stringContaining('F-STANDARDS-1') },
      ]);
      expect(await entries('duplicate.lookup')).toHaveLength(2);

      await look(person({ mobile: '13900139001' }));
      const beyond = person({ mobile: '13900139002', email: 'nobody' });
      expect(await look(beyond)).toMatchObject({
        duplicates: null,
        near: null,
        problems: [{ attribute: 'email' }],
      });
    });

    it('hold a change against the file as it is', async () => {
      const mine = await company.customer(company.rep, {
        ...person({ plan: plan.id }),
        residentId: null,
      });
      const { documentId } = mine;
      const typed = { email: 'Wang@EXAMPLE.com', mobile: '138****8000', industry: '' };
      const examined = await examine(typed, { documentId });
      expect(named(examined.problems)).toEqual(['industry']);
      expect(examined.completeness.required.missing).toEqual(['industry']);
      expect(examined.normalisations).toEqual([
        { attribute: 'email', from: null, to: 'W***@example.com' },
      ]);
    });

    it('are for those who may enter the customer', async () => {
      const path = `${PANEL}/customers/examine`;
      const theirs = await company.customer(company.other, { mobile: '13700137123' });
      const asked = { data: {}, documentId: theirs.documentId };
      expect((await company.rep.post(path, asked)).status).toBe(404);
      expect((await company.head.post(path, { data: person() })).status).toBe(403);
      expect((await company.rep.post(path, { data: person(), more: 1 })).status).toBe(400);
      expect((await company.rep.post(path, { data: [] })).status).toBe(400);
      expect((await company.rep.post(path, {})).status).toBe(400);
      const explorer = { action: 'plugin::content-manager.explorer.create', subject: CUSTOMER };
      const clerk = await createCaller(app, 'standards-clerk', [
        { ...explorer, fields: ['kind', 'name', 'mobile', 'source', 'method', 'plan'] },
      ]);
      const answer = await clerk.post(path, { data: person() });
      expect(answer.body.problems).toEqual([
        { attribute: 'industry', reason: expect.stringContaining('your role may not set it') },
      ]);
    });

    it('are the same for an application', async () => {
      const answer = await token.post(`${API}/customers/examine`, {
        data: person({ mobile: '138 0013 8000', email: 'nobody' }),
      });
      expect(answer.status).toBe(200);
      expect(answer.body.data).toMatchObject({
        problems: [{ attribute: 'email' }],
        normalisations: [{ attribute: 'mobile', to: '138****8000' }],
      });
      const unknown = { data: {}, documentId: 'none' };
      expect((await token.post(`${API}/customers/examine`, unknown)).status).toBe(404);
    });
  });

  describe('of an entry that is saved', () => {
    it('give it one form, and its region from the address', async () => {
      const made = await enter({
        mobile: '138 0013 8111',
        industry: 'wholesale and retail trade',
        address: '浙江省 杭州市 西湖区 示例路1号',
        creditCode: '91350100m000100y43',
      });
      expect(await stored(made)).toMatchObject({
        industry: '批发和零售业',
        region: '330106',
        creditCode: '91350100M000100Y43',
        address: expect.stringMatching(/^浙江省 ?杭州市 ?西湖区\*+$/),
      });
    });

    it('refuse a region that there is not', async () => {
      const answer = await company.rep.post(LIST, person({ region: '990000' }));
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('region: is not an administrative division of GB/T 2260');
    });
  });

  describe('of the time of an entry', () => {
    const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();

    it('note how late it came, in the file and in the log', async () => {
      // A month holds more than eight working hours, whatever the day of the test.
      const late = await enter({ mobile: '13800138222', firstContactAt: ago(31 * 24) });
      expect(await stored(late)).toMatchObject({ enteredLate: true });
      const { entryDelayMinutes } = await stored(late);
      expect(Math.abs(entryDelayMinutes - 31 * 24 * 60)).toBeLessThan(5);
      const soon = await enter({ mobile: '13800138333', firstContactAt: ago(1) });
      expect(await stored(soon)).toMatchObject({ enteredLate: false });
      const unknown = await enter({ mobile: '13800138444' });
      expect(await stored(unknown)).toMatchObject({ enteredLate: null, entryDelayMinutes: null });
      const [entry, ...others] = await entries('collection.late');
      expect(entry).toMatchObject({ recordIds: [late.documentId] });
      expect(others).toEqual([]);
    });

    it("are nobody's to say", async () => {
      const made = await enter({ mobile: '13800138555', firstContactAt: ago(31 * 24) });
      const path = `${LIST}/${made.documentId}`;
      const answer = await company.rep.put(path, { enteredLate: false, entryDelayMinutes: 1 });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('enteredLate: is noted by the system');
      expect(answer.text).toContain('entryDelayMinutes: is noted by the system');
      const { entryDelayMinutes } = await stored(made);
      const kept = await company.rep.put(path, { enteredLate: true, entryDelayMinutes });
      expect(kept.status).toBe(200);
      const corrected = await company.rep.put(path, { firstContactAt: made.createdAt });
      expect(corrected.status).toBe(200);
      expect(await stored(made)).toMatchObject({ enteredLate: false, entryDelayMinutes: 0 });
    });

    it('are counted by team and month', async () => {
      const path = `${PANEL}/standards/timeliness`;
      expect((await company.rep.get(path)).status).toBe(403);
      const { body } = await company.proposer.get(path);
      const report = body as unknown as {
        months: string[];
        teams: Array<{ department: { name: string } | null; entered: number; late: number }>;
      };
      expect(report.months).toHaveLength(6);
      const rows = await app.strapi.db
        .query(CUSTOMER)
        .findMany({ where: { enteredLate: { $notNull: true } } });
      const late = rows.filter(({ enteredLate }: { enteredLate: boolean }) => enteredLate);
      expect(report.teams).toEqual([
        expect.objectContaining({
          department: expect.objectContaining({ name: 'Sales East' }),
          entered: rows.length,
          late: late.length,
        }),
      ]);
      expect(late).toHaveLength(1);
    });
  });
});
