// One life of an application that imports a file, in a process of its own: run by kill.ts, which kills it. It says on standard
// output which steps it has done and how it came out; it stops when its standard input ends.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { bootApp, type BootedApp } from '../../support/app';
import { createCompany, CUSTOMER } from '../../support/company';
import type { Home } from '../../support/home';
import { importer, importPlan, importsOf, type Run } from '../../support/imports';
import { COLLECTED, COLUMNS, plantedFile } from '../../support/planted-rows';

export interface ImportLife {
  home: Omit<Home, 'remove'>;
  /** The file of what is expected: written where the import is prepared, read in the lives after that. */
  model: string;
  /** Prepares the import of a file of so many rows instead of carrying it out. */
  prepare?: number;
}

interface Expected {
  documentId: string;
  counts: Run['checkCounts'];
  rows: number;
  /** Rows with a defect, which are told in the report. */
  planted: number[];
}

const RUNS = 'governance_import_runs';
const say = (what: object) => writeSync(1, `${JSON.stringify(what)}\n`);

async function main() {
  const { home, model, prepare } = JSON.parse(process.env.LIFE ?? '{}') as ImportLife;
  const app = await bootApp({
    home: { ...home, remove: async () => undefined },
    logLevel: 'error',
  });
  process.stdin.resume().once('end', () => {
    void app.close().finally(() => process.exit());
  });
  if (prepare !== undefined) {
    writeFileSync(model, JSON.stringify(await prepareImport(app, prepare)));
    say({ ready: true });
    return;
  }
  const expected = JSON.parse(readFileSync(model, 'utf8')) as Expected;
  const own = { document_id: expected.documentId };
  // The lease of a process that was killed is not waited for.
  await app.strapi.db.connection(RUNS).where(own).update({ lease_until: null });
  say({ ready: true });
  await importsOf(app).carryOut(expected.documentId, (step) => void say({ step }));
  say({ ended: true, problems: await problemsOf(app, expected) });
}

/** Uploads a file with planted defects and runs it dry; the import itself is left to the lives after this one. */
async function prepareImport(app: BootedApp, rows: number): Promise<Expected> {
  const calls = await importer(app, await createCompany(app));
  const { pieces, planted } = plantedFile(rows);
  const run = await calls.stored(Buffer.from([...pieces()].join('')));
  const mapping = COLUMNS.map(([, name]) => name);
  await calls.map(run, await importPlan(app, 'P-KILLED', COLLECTED), mapping, {});
  const { checkCounts } = await calls.through(run, 'check');
  await app.strapi.db
    .connection(RUNS)
    .where({ document_id: run.documentId })
    .update({ state: 'running', phase: 'run', position: 0 });
  return {
    documentId: run.documentId,
    counts: checkCounts,
    rows,
    planted: planted.map(({ row }) => row),
  };
}

/** What differs from an import that nobody has interrupted. */
async function problemsOf({ strapi }: BootedApp, expected: Expected): Promise<string[]> {
  const tables = strapi.db.connection;
  const problems: string[] = [];
  const check = (what: string, found: unknown, wanted: unknown) => {
    const [is, was] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (is !== was) problems.push(`${what}: ${is} instead of ${was}`);
  };
  const count = async (table: string, where: object = {}) => {
    const [row] = (await tables(table).where(where).count({ n: '*' })) as Array<{ n: unknown }>;
    return Number(row?.n);
  };
  const run = (await strapi.db
    .query('plugin::customer-governance.import-run')
    .findOne({ where: { documentId: expected.documentId } })) as Run & { id: number };
  const good = expected.counts?.good;
  check('state', run.state, 'finished');
  check('counts', sorted(run.runCounts), sorted(expected.counts));
  check('customers', await count('governance_customers'), good);
  check('sealed rows', await count('governance_sealed_records', { record_type: CUSTOMER }), good);
  const outcomes = { run: run.id, phase: 'run' };
  check('rows of the report', await count('governance_import_rows', outcomes), expected.rows);
  const told = (await tables('governance_import_rows')
    .where(outcomes)
    .whereNot({ state: 'good' })
    .orderBy('row_number')) as Array<{ row_number: number }>;
  check(
    'rows with defects',
    told.map((row) => Number(row.row_number)),
    expected.planted
  );
  const known = (await tables('governance_customers').select('document_id')) as Array<{
    document_id: string;
  }>;
  const keys = await keysOf(strapi);
  const without = known.filter(({ document_id: id }) => !keys.has(id)).length;
  check('customers without a key', without, 0);
  check('keys', keys.size, good);
  return problems;
}

const sorted = (counts: Record<string, number> | null) => Object.entries(counts ?? {}).sort();

/** The records whose keys the key store has. */
async function keysOf(strapi: BootedApp['strapi']): Promise<Set<string>> {
  const vault = strapi.plugin('customer-governance').service('vault') as unknown as {
    keyStore(): {
      dataKeysPage(
        after: { type: string; documentId: string } | null,
        before: string,
        limit: number
      ): Promise<Array<{ record_type: string; document_id: string }>>;
    };
  };
  const ids = new Set<string>();
  for (let after: { type: string; documentId: string } | null = null; ;) {
    const page = await vault.keyStore().dataKeysPage(after, '9999', 1000);
    for (const row of page) if (row.record_type === CUSTOMER) ids.add(row.document_id);
    const last = page.at(-1);
    if (!last) return ids;
    after = { type: last.record_type, documentId: last.document_id };
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
