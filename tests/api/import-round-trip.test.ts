import fc from 'fast-check';
import iconv from 'iconv-lite';
import { csvLine, defused } from '../../src/plugins/customer-governance/server/src/explorer/csv';
import { createApiToken, type ApiCaller } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { importer, importPlan } from '../support/imports';
import { workbookOf } from '../support/workbook';

const PURPOSE = 'round-trip';
const SEALED = ['name', 'mobile', 'landline', 'email', 'wechat', 'address'];
const CLEAR = ['companyName', 'industry', 'needs'];
const COLUMNS = [...SEALED, ...CLEAR];

type Values = Record<string, string | null>;

const characters = (of: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...of), minLength, maxLength });
const digits = (length: number) => characters('0123456789', length, length);

/** A customer as somebody writes it into a list: with the separators, widths and cases that people use. */
const customer = fc.record({
  name: characters('王李张欧阳小明红龘', 2, 4),
  mobile: fc.tuple(
    fc.constantFrom('', '+86 ', '86'),
    fc.constantFrom('138', '159', '186'),
    digits(8)
  ),
  landline: fc.option(digits(7).map((number) => `0571-8${number}`)),
  email: fc.option(characters('abzXYZ019', 1, 12).map((local) => `${local}@Example.com`)),
  wechat: fc.option(characters('abz019_', 6, 18).map((rest) => `w${rest}`)),
  address: fc.option(digits(3).map((number) => `浙江省杭州市西湖区文三路${number}号`)),
  companyName: fc.option(
    characters('甲乙丙丁戊己庚辛壬癸', 4, 10).map((core) => `杭州${core}有限公司`)
  ),
  industry: fc.constantFrom('农业', '其他零售业'),
  // Blank space at the ends belongs to no value.
  needs: characters('甲乙,;"\'=+-@0aé😀 \n', 1, 40).map((text) => text.trim() || null),
});
const customers = fc.uniqueArray(
  customer.map(({ mobile, ...rest }): Values => ({ ...rest, mobile: mobile.join('') })),
  {
    minLength: 30,
    maxLength: 30,
    comparator: (one, other) =>
      one.mobile?.slice(-11) === other.mobile?.slice(-11) ||
      (one.companyName !== null && one.companyName === other.companyName),
  }
);

/** The file's heading and rows, as the product writes texts into files for spreadsheets. */
const cellsOf = (rows: Values[]): Array<Array<string | null>> => [
  COLUMNS,
  ...rows.map((row) => COLUMNS.map((name) => row[name] ?? null)),
];
const csvOf = (rows: Values[]): string => cellsOf(rows).map(csvLine).join('');
const sheetOf = (rows: Values[]) =>
  workbookOf(cellsOf(rows).map((cells) => cells.map((text) => text && defused(text))));

describe('what was imported and read in clear by the content API', () => {
  let app: BootedApp;
  let company: Company;
  let calls: Awaited<ReturnType<typeof importer>>;
  let plan: string;
  let token: ApiCaller;

  /** All that a program gets to see of the customers, in the order of their entry. */
  const exported = async (): Promise<Values[]> => {
    const clear = `reveal=${SEALED.join(',')}&purpose=${PURPOSE}`;
    const fields = COLUMNS.map((name, at) => `fields[${at}]=${name}`).join('&');
    const { status, body, text } = await token.get(
      `/api/customer-governance/customers?${clear}&${fields}&sort=id&pagination[pageSize]=100`
    );
    if (status !== 200) throw new Error(text);
    return (body.data as unknown as Values[]).map((row) =>
      Object.fromEntries(COLUMNS.map((name) => [name, row[name] ?? null]))
    );
  };
  const imported = async (content: Buffer) => {
    const run = await calls.stored(content);
    await calls.map(run, plan, COLUMNS);
    await calls.through(run, 'check');
    expect((await calls.told(run, 'check')).filter(({ state }) => state === 'faulty')).toEqual([]);
    return calls.through(run, 'start');
  };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    calls = await importer(app, company);
    await app.strapi.db.query('plugin::customer-governance.purpose').create({
      data: {
        code: PURPOSE,
        name: 'Round trip',
        legalBasis: 'contract',
        attributes: COLUMNS.map((name) => `customer.${name}`),
        origin: 'panel',
        active: true,
        publishedAt: new Date(),
      },
    });
    plan = await importPlan(app, 'P-ROUND-TRIP', COLUMNS);
    const access = 'plugin::customer-governance.access.reveal';
    token = await createApiToken(app, 'round trip', [`${CUSTOMER}.find`, access]);
  });
  afterAll(() => app?.close());

  it.each<[string, (rows: Values[]) => Promise<Buffer> | Buffer]>([
    ['CSV in UTF-8', (rows) => Buffer.from(csvOf(rows))],
    ['CSV in GB18030', (rows) => iconv.encode(csvOf(rows), 'gb18030')],
    ['a workbook', sheetOf],
  ])('comes back by %s as it was, and nothing of it is changed again', async (_name, fileOf) => {
    await fc.assert(
      fc.asyncProperty(customers, async (written) => {
        const before = await imported(await fileOf(written));
        expect(before.runCounts).toMatchObject({ good: written.length, faulty: 0 });
        const out = await exported();
        expect(out).toHaveLength(written.length);
        expect(out.map(({ needs }) => needs)).toEqual(written.map(({ needs }) => needs));
        await calls.through(before, 'undo');
        expect(await exported()).toEqual([]);
        const after = await imported(await fileOf(out));
        expect(after.runCounts).toMatchObject({ good: written.length, faulty: 0, normalised: 0 });
        expect(await exported()).toEqual(out);
        await calls.through(after, 'undo');
      }),
      { numRuns: 2, endOnFailure: true }
    );
  });
});
