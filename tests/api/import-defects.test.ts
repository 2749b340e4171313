// A file with 37 sorts of planted defects. IMPORT_ROWS=100000 makes it as long as a list of a company.
import { bootApp, type BootedApp } from '../support/app';
import { createCompany, CUSTOMER, type Company } from '../support/company';
import { importer, importPlan, importsOf } from '../support/imports';
import { COLLECTED, COLUMNS, DEFECTS, plantedFile } from '../support/planted-rows';

const ROWS = Number(process.env.IMPORT_ROWS ?? 1036);
const KILLS = 10;

describe('a file with planted defects', () => {
  let app: BootedApp;
  let company: Company;
  let calls: Awaited<ReturnType<typeof importer>>;

  const planted = plantedFile(ROWS);
  const content = () => Buffer.from([...planted.pieces()].join(''));
  const mapping = COLUMNS.map(([, name]) => name);

  beforeAll(async () => {
    app = await bootApp();
    company = await createCompany(app);
    calls = await importer(app, company);
  });
  afterAll(() => app?.close());

  it('has every sort of them', () => {
    expect(DEFECTS).toHaveLength(37);
    expect(new Set(planted.planted.map(({ name }) => name)).size).toBe(
      Math.min(37, planted.planted.length)
    );
  });

  it(
    'has each of them found and nothing else, and all other rows imported, though it is killed ten times',
    async () => {
      const plan = await importPlan(app, 'P-DEFECTS', COLLECTED);
      const run = await calls.stored(content());
      await calls.map(run, plan, mapping, {});
      const checked = await calls.through(run, 'check');
      const good = ROWS - planted.planted.length;
      expect(checked).toMatchObject({ state: 'checked', total: ROWS, checkCounts: { good } });
      const told = (await calls.told(run, 'check'))
        .filter(({ state }) => state !== 'good')
        .map(({ row, state, notes }) => ({
          row,
          state,
          attribute: notes.map(({ attribute }) => attribute).join(),
        }));
      expect(told).toEqual(
        planted.planted.map(({ row, state, attribute }) => ({
          row,
          state,
          attribute: attribute ?? '',
        }))
      );

      const runs = app.strapi.db.connection('governance_import_runs');
      const own = { document_id: run.documentId };
      await runs.clone().where(own).update({ state: 'running', phase: 'run', position: 0 });
      const steps = ['examined', 'keys-made', 'written', 'committed'];
      for (let kill = 0; kill < KILLS; kill++) {
        await importsOf(app).carryOut(run.documentId, (step) => {
          if (step === steps[(kill * 7) % steps.length]) throw new Error('killed');
        });
        await runs.clone().where(own).update({ lease_until: null });
      }
      await importsOf(app).running.takeUp(new Date());
      const ended = await calls.read(run);
      expect(ended).toMatchObject({ state: 'finished', runCounts: checked.checkCounts });
      expect(await app.strapi.db.query(CUSTOMER).count()).toBe(good);
      const after = (await calls.told(run, 'run')).filter(({ state }) => state !== 'good');
      expect(after.map(({ row }) => row)).toEqual(planted.planted.map(({ row }) => row));
    },
    10 * 60_000
  );
});
