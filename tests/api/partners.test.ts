// Where a customer comes from: an indirect source needs a qualified partner with a valid NDA [COL-3].
import { bootApp, type BootedApp } from '../support/app';
import {
  createCaller,
  createCompany,
  CUSTOMER,
  fieldsOf,
  type Answer,
  type Company,
} from '../support/company';
import { createHome, type Home } from '../support/home';
import { importer, importPlan } from '../support/imports';
import { refusalOf } from '../support/refusal';

const PARTNER = 'plugin::customer-governance.partner';
const FORMS = '/content-manager/collection-types/';
const EXPLORER = 'plugin::content-manager.explorer.';

interface Row {
  id: number;
  documentId: string;
}

const errorsIn = ({ body }: Answer): Record<string, string> =>
  Object.fromEntries(
    (
      (
        body as unknown as {
          error?: { details?: { errors?: Array<{ path: string[]; message: string }> } };
        }
      ).error?.details?.errors ?? []
    ).map(({ path, message }) => [path[0], message])
  );

describe('partners', () => {
  let home: Home;
  let app: BootedApp;
  let company: Company;
  let registrar: Awaited<ReturnType<typeof createCaller>>;
  let plan: string;
  const entered: string[] = [];

  const TERMS = {
    state: 'active',
    qualifiedUntil: '2026-06-30',
    ndaReference: 'NDA-1',
    ndaSignedOn: '2026-01-01',
    ndaValidUntil: '2026-12-31',
  };
  const register = (data: object) => registrar.post(`${FORMS}${PARTNER}`, data);
  const registered = async (data: object): Promise<Row> => {
    const answer = await register(data);
    if (answer.status !== 201) throw new Error(answer.text);
    return (answer.body as unknown as { data: Row }).data;
  };
  const enter = async (data: object): Promise<Answer> => {
    const answer = await company.rep.post(`${FORMS}${CUSTOMER}`, {
      kind: 'person',
      name: '王小明',
      mobile: '13800138000',
      industry: 'Trade',
      source: 'partner',
      method: 'indirect',
      firstContactAt: '2026-03-02T09:00:00+08:00',
      plan,
      ...data,
    });
    if (answer.status === 201)
      entered.push((answer.body as unknown as { data: Row }).data.documentId);
    return answer;
  };

  beforeAll(async () => {
    home = await createHome();
    app = await bootApp({ home });
    company = await createCompany(app);
    registrar = await createCaller(app, 'registrar', [
      ...['read', 'create', 'update', 'delete'].map((action) => ({
        action: EXPLORER + action,
        subject: PARTNER,
        ...(action === 'delete' ? {} : { fields: fieldsOf(app.strapi, PARTNER) }),
      })),
    ]);
    plan = await importPlan(app);
  });
  afterAll(async () => {
    await app.close();
    await home.remove();
  });

  it('are active only with their qualification and NDA', async () => {
    const answer = await register({ name: 'Without terms', kind: 'agency', state: 'active' });
    expect(answer.status).toBe(400);
    expect(Object.keys(errorsIn(answer)).sort()).toEqual([
      'ndaSignedOn',
      'ndaValidUntil',
      'qualifiedUntil',
    ]);
    const backwards = { ...TERMS, name: 'Backwards', ndaValidUntil: '2025-01-01' };
    expect(Object.keys(errorsIn(await register(backwards)))).toEqual(['ndaValidUntil']);
    expect((await register({ name: 'Candidate', kind: 'agency' })).status).toBe(201);
    expect(Object.keys(errorsIn(await register({ name: 'Candidate', kind: 'agency' })))).toEqual([
      'name',
    ]);
  });

  describe('of an indirect source', () => {
    let partner: Row;
    beforeAll(async () => {
      partner = await registered({ ...TERMS, name: 'Channel Ltd' });
    });

    it('are named, or nothing is taken in', async () => {
      const answer = await enter({});
      expect(answer.status).toBe(400);
      expect(errorsIn(answer)).toEqual({ partner: expect.stringMatching(/name the partner/) });
    });

    it('are asked for nothing by a direct one', async () => {
      expect((await enter({ method: 'direct', source: 'sales' })).status).toBe(201);
    });

    it.each([
      ['the last day of its qualification', '2026-06-30T20:00:00+08:00', null],
      ['the day after it', '2026-07-01T00:30:00+08:00', /not qualified/],
      ['the day on which it signed', '2026-01-01T00:30:00+08:00', null],
      ['the day before it', '2025-12-31T23:30:00+08:00', /signed no NDA/],
    ])('are relied on as of the first contact: %s', async (_what, firstContactAt, reason) => {
      const answer = await enter({ partner: partner.documentId, firstContactAt });
      expect(errorsIn(answer)).toEqual(reason ? { partner: expect.stringMatching(reason) } : {});
      expect(answer.status).toBe(reason ? 400 : 201);
    });

    it.each([
      ['that are suspended', { state: 'suspended' }, /suspended/],
      ['that are candidates', { state: 'candidate' }, /not qualified yet/],
      ['whose NDA has ended', { ndaValidUntil: '2026-02-01' }, /NDA .* not valid/],
    ])('are refused, those %s', async (what, terms, reason) => {
      const other = await registered({ ...TERMS, name: what, ...terms });
      const answer = await enter({ partner: other.documentId });
      expect(errorsIn(answer)).toEqual({ partner: expect.stringMatching(reason) });
      const [entry] = await app.strapi.db
        .query('plugin::customer-governance.audit-entry')
        .findMany({
          where: { action: 'collection.refused' },
          orderBy: { id: 'desc' },
          limit: 1,
        });
      expect(entry).toMatchObject({ outcome: 'refused', attributes: ['partner'] });
    });

    it('stay while customers came from them, and go when nobody did', async () => {
      const answer = await registrar.delete(`${FORMS}${PARTNER}/${partner.documentId}`);
      expect(answer.status).toBe(403);
      expect(answer.text).toMatch(/Suspend it instead/);
      expect(
        await refusalOf(
          app.strapi.db.query(PARTNER).deleteMany({ where: { name: { $startsWith: 'Chan' } } })
        )
      ).toMatch(/Suspend it instead/);
      const spare = await registered({ name: 'Never used', kind: 'agency' });
      expect((await registrar.delete(`${FORMS}${PARTNER}/${spare.documentId}`)).status).toBe(200);
    });

    it('may end without a customer of theirs being locked', async () => {
      const id = entered.at(-1) as string;
      await registrar.put(`${FORMS}${PARTNER}/${partner.documentId}`, { state: 'suspended' });
      const answer = await company.rep.put(`${FORMS}${CUSTOMER}/${id}`, { needs: 'A tractor' });
      expect(answer.status).toBe(200);
      await registrar.put(`${FORMS}${PARTNER}/${partner.documentId}`, { state: 'active' });
    });

    it('are known to files by their names', async () => {
      const calls = await importer(app, company);
      const from = (name: string, at: number) =>
        `王小明,1380013900${at},Trade,${name},2026-03-02 09:00`;
      const run = await calls.stored(
        [
          'name,mobile,industry,partner,first contact',
          from('Channel Ltd', 1),
          from('Nobody Ltd', 2),
          from('that are suspended', 3),
        ].join('\n')
      );
      const mapping = ['name', 'mobile', 'industry', 'partner', 'firstContactAt'];
      await calls.map(run, plan, mapping, { source: 'partner', method: 'indirect' });
      const checked = await calls.through(run, 'check');
      expect(checked).toMatchObject({ checkCounts: { good: 1, rows: 3 } });
      const told = await calls.told(checked, 'check');
      expect(told.filter(({ state }) => state !== 'good')).toEqual([
        expect.objectContaining({
          row: 3,
          notes: [expect.objectContaining({ reason: expect.stringMatching(/of this name/) })],
        }),
        expect.objectContaining({
          row: 4,
          notes: [expect.objectContaining({ reason: expect.stringMatching(/suspended/) })],
        }),
      ]);
      await calls.through(run, 'start');
      expect(
        await app.strapi.db.query(CUSTOMER).count({ where: { partner: { name: 'Channel Ltd' } } })
      ).toBe(3);
    });
  });

  it('are made of the texts that customers had of them before', async () => {
    const { connection } = app.strapi.db;
    await app.strapi.db.getSchemaConnection().alterTable('governance_customers', (table) => {
      table.string('partner', 200);
    });
    const [known, other] = [
      await company.customer(company.rep),
      await company.customer(company.rep, { mobile: '13800138001' }),
    ];
    const text = (id: number, partner: string) =>
      connection('governance_customers').where({ id }).update({ partner });
    await text(known.id, 'Channel Ltd');
    await text(other.id, ' Of old ');
    // As after an update: Strapi knows the column of old, and drops it.
    const [stored] = await connection('strapi_database_schema').select('*');
    const before = typeof stored.schema === 'string' ? JSON.parse(stored.schema) : stored.schema;
    before.tables
      .find(({ name }: { name: string }) => name === 'governance_customers')
      .columns.push({ name: 'partner', type: 'string', args: [200] });
    await connection('strapi_database_schema').update({
      schema: JSON.stringify(before),
      hash: 'of old',
    });
    await app.close();
    app = await bootApp({ home });
    const partnerOf = async ({ id }: { id: number }) =>
      (await app.strapi.db.query(CUSTOMER).findOne({ where: { id }, populate: { partner: true } }))
        .partner;
    expect(await partnerOf(known)).toMatchObject({ name: 'Channel Ltd', state: 'active' });
    expect(await partnerOf(other)).toMatchObject({ name: 'Of old', state: 'candidate' });
    const schema = () => app.strapi.db.getSchemaConnection();
    expect(await schema().hasTable('governance_former_partner_texts')).toBe(false);
    expect(await schema().hasColumn('governance_customers', 'partner')).toBe(false);
  });
});
