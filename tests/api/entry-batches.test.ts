// A row of a batch gets what it gets alone: the same findings and the same values.
import fc from 'fast-check';
import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { importPlan } from '../support/imports';

interface Finding {
  attribute: string;
  reason: string;
}
interface Entry {
  examineMany(uid: string, rows: object[]): Promise<Array<{ data: object; findings: Finding[] }>>;
}
type Row = Record<string, unknown>;

const fields: Record<string, fc.Arbitrary<unknown>> = {
  name: fc.constantFrom('王小明', '', '王', 'A'.repeat(400), '王*', 7),
  mobile: fc.constantFrom('13800138000', '+86 138 0013 8000', '136', '', undefined),
  industry: fc.constantFrom('农业', '', 'x'.repeat(90)),
  source: fc.constantFrom('sales', 'bought', undefined, 'nowhere'),
  method: fc.constantFrom('direct', 'indirect', undefined),
  kind: fc.constantFrom('person', 'company', undefined, 'thing'),
  email: fc.constantFrom('a@example.com', 'A.B@Example.COM', 'no', undefined),
  residentId: fc.constantFrom(undefined, '11010519491231002X'),
  firstContactAt: fc.constantFrom(undefined, '2026-01-15T02:30:00Z', 'yesterday'),
  creditCode: fc.constantFrom(undefined, '91330106ma27x0yq5f', '1'),
  owner: fc.constantFrom(undefined, 1, 999_999),
};

describe('many entries at once', () => {
  let app: BootedApp;
  let company: Company;
  let plan: number;

  const entry = () => app.strapi.plugin('customer-governance').service('entry') as unknown as Entry;
  const asRep = <T>(work: () => Promise<T>): Promise<T> =>
    (
      app.strapi.plugin('customer-governance').service('actor') as unknown as {
        asAccount<U>(actor: object, work: () => Promise<U>): Promise<U>;
      }
    ).asAccount({ kind: 'admin', id: String(company.rep.userId) }, work);
  const examine = (rows: Row[]) => asRep(() => entry().examineMany(CUSTOMER, rows));
  const named = (findings: Finding[]) =>
    [...new Map(findings.map((each) => [each.attribute, each.reason] as const).reverse())].sort();

  /** What the gate answers to a row that is written by itself. */
  const alone = async (row: Row) => {
    try {
      await asRep(() =>
        app.strapi.db.transaction(async () => {
          await app.strapi.documents(CUSTOMER as never).create({ data: row } as never);
          throw new Error('accepted');
        })
      );
    } catch (error) {
      const { message, details } = error as Error & {
        details?: { errors: Array<{ path: string[]; message: string }> };
      };
      if (message === 'accepted') return [];
      if (!details) throw error;
      return details.errors
        .map(({ path, message: told }) => [path[0], told.slice(String(path[0]).length + 2)])
        .sort();
    }
    return [];
  };

  /** Without the minutes since the first contact, of which one may pass between the two. */
  const timeless = (examined: Awaited<ReturnType<typeof examine>>[number] | undefined) =>
    examined && { ...examined, data: { ...examined.data, entryDelayMinutes: null } };

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    const documentId = await importPlan(app);
    plan = (
      await app.strapi.db
        .query('plugin::customer-governance.collection-plan')
        .findOne({ where: { documentId } })
    ).id;
  });
  afterAll(() => app?.close());

  it('give each row the findings and the values that it gets alone', async () => {
    const row = fc.record({ ...fields, plan: fc.constantFrom(0, 1) }).map((one) => {
      const { plan: planned, ...data } = one;
      const filled = Object.entries(data).filter(([, value]) => value !== undefined);
      return { ...Object.fromEntries(filled), ...(planned ? { plan } : {}) } as Row;
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
        const together = await examine(rows.map((each) => ({ ...each })));
        for (const [index, each] of rows.entries()) {
          const [single] = await examine([{ ...each }]);
          expect(timeless(together[index])).toEqual(timeless(single));
        }
      }),
      { numRuns: 40 }
    );
  });

  it('find of each row what the gate says to it', async () => {
    const row = fc.record(fields).map((data) => {
      const filled = Object.entries(data).filter(([, value]) => value !== undefined);
      return { ...Object.fromEntries(filled), plan } as Row;
    });
    await fc.assert(
      fc.asyncProperty(row, async (one) => {
        const [examined] = await examine([{ ...one }]);
        expect(named(examined?.findings ?? [])).toEqual(await alone(one));
      }),
      { numRuns: 40 }
    );
  });
});
