import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const LIST = `/content-manager/collection-types/${CUSTOMER}`;
const NOW = new Date('2030-06-15T03:00:00Z');

interface Row {
  id: number;
  documentId: string;
}
interface Service {
  dormancy: { run(now: Date, today: string): Promise<{ dormant: number; invalid: number }> };
}

describe('customers of whom nobody heard', () => {
  let app: BootedApp;
  let company: Company;
  let token: string;
  let active: Row;
  let dormant: Row;
  let invalid: Row;
  let ended: Row;

  const customers = () => app.strapi.db.query(CUSTOMER);
  const stageOf = async ({ id }: Row): Promise<string> =>
    (await customers().findOne({ where: { id } })).stage;
  const run = () =>
    (app.strapi.plugin('customer-governance').service('retention') as Service).dormancy.run(
      NOW,
      '2030-06-15'
    );
  const listed = async (query = ''): Promise<string[]> => {
    const { status, body } = await company.rep.get(`${LIST}?page=1&pageSize=50${query}`);
    expect(status).toBe(200);
    const { results, pagination } = body as unknown as {
      results: Row[];
      pagination: { total: number };
    };
    expect(pagination.total).toBe(results.length);
    return results.map(({ documentId }) => documentId).sort();
  };
  const byApi = async (query = ''): Promise<string[]> => {
    const { status, body } = await app.request
      .get(`/api/customer-governance/customers?fields[0]=kind${query}`)
      .set('Authorization', `Bearer ${token}`);
    expect(status).toBe(200);
    expect(body.meta.pagination.total).toBe(body.data.length);
    return body.data.map(({ documentId }: Row) => documentId).sort();
  };
  const ids = (...rows: Row[]) => rows.map(({ documentId }) => documentId).sort();
  const make = (lastContactOn: string, data: object = {}) =>
    company.customer(company.rep, { lastContactOn, ...data }) as unknown as Promise<Row>;

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    token = (
      await app.strapi.service('admin::api-token').create({
        name: 'reader',
        type: 'full-access',
        lifespan: null,
        description: '',
      })
    ).accessKey;
    active = await make('2029-06-15');
    dormant = await make('2029-06-14', { mobile: '13611136111' });
    invalid = await make('2028-12-14');
    ended = await make('2020-01-01', { stage: 'ended' });
  });
  afterAll(() => app?.close());

  it('become dormant, and later invalid, by the months of the policy', async () => {
    expect(await run()).toEqual({ dormant: 2, invalid: 1 });
    expect(await stageOf(active)).toBe('active');
    expect(await stageOf(dormant)).toBe('dormant');
    expect(await stageOf(invalid)).toBe('invalid');
    expect(await stageOf(ended)).toBe('ended');
    expect(await run()).toEqual({ dormant: 0, invalid: 0 });
    const entries = await app.strapi.db
      .query(`${GOVERNANCE}audit-entry`)
      .findMany({ where: { action: 'retention.dormancy' } });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ details: { dormant: 2, invalid: 1 } });
  });

  it('are left out of lists, unless a stage is asked for', async () => {
    expect(await listed()).toEqual(ids(active, ended));
    expect(await listed('&filters[$and][0][stage][$eq]=dormant')).toEqual(ids(dormant));
    expect(await listed('&filters[$and][0][stage][$in][0]=invalid')).toEqual(ids(invalid));
    expect(await byApi()).toEqual(ids(active, ended));
    expect(await byApi('&filters[stage][$in][0]=dormant&filters[stage][$in][1]=invalid')).toEqual(
      ids(dormant, invalid)
    );
  });

  it('open by their address, and by their id', async () => {
    expect((await company.rep.get(`${LIST}/${invalid.documentId}`)).status).toBe(200);
    expect(await byApi(`&filters[documentId]=${dormant.documentId}`)).toEqual(ids(dormant));
  });

  it('are answered by a look-up that asks for them', async () => {
    const body = { type: CUSTOMER, attribute: 'mobile', value: '13611136111' };
    const lookup = async (more: object) =>
      (await company.rep.post('/customer-governance/lookup', { ...body, ...more })).body
        .documentIds;
    expect(await lookup({})).toEqual([]);
    expect(await lookup({ dormant: true })).toEqual(ids(dormant));
  });

  it('come back by a follow-up, whatever a form sends along', async () => {
    await customers().update({
      where: { id: dormant.id },
      data: { lastContactOn: '2029-06-14', stage: 'dormant' },
    });
    expect(await stageOf(dormant)).toBe('dormant');
    await customers().update({
      where: { id: dormant.id },
      data: { lastContactOn: '2030-06-15', stage: 'dormant' },
    });
    expect(await stageOf(dormant)).toBe('active');
    await customers().update({
      where: { id: invalid.id },
      data: { lastContactOn: '2030-06-15', stage: 'ended' },
    });
    expect(await stageOf(invalid)).toBe('ended');
  });
});
