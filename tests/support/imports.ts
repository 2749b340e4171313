import type { BootedApp } from './app';
import { createRole, fieldsOf, CUSTOMER, type Answer, type Company } from './company';
import { fileCaller, tokenOf } from './attachments';

export const IMPORT_RUN = 'plugin::customer-governance.import-run';
export const IMPORTS = '/customer-governance/imports';
const PLAN = 'plugin::customer-governance.collection-plan';
const PURPOSE = 'plugin::customer-governance.purpose';
const CREATE = 'plugin::content-manager.explorer.create';

interface ImportsService {
  carryOut(documentId: string, onStep?: (step: string) => void | Promise<void>): Promise<void>;
  running: { settled(): Promise<void>; takeUp(now: Date): Promise<void> };
  upkeep: { sweep(now: Date): Promise<void> };
}
export const importsOf = (app: Pick<BootedApp, 'strapi'>) =>
  app.strapi.plugin('customer-governance').service('imports') as unknown as ImportsService;

export interface Run {
  documentId: string;
  number: string;
  state: string;
  format: string;
  encoding: string | null;
  fileState: string;
  total: number | null;
  failure: string | null;
  checkCounts: Record<string, number> | null;
  runCounts: Record<string, number> | null;
  undoCounts: Record<string, number> | null;
}
export interface RowTold {
  row: number;
  state: string;
  notes: Array<{ attribute: string | null; kind: string; reason: string }>;
}

/** What the files of these tests may carry, and what no plan of theirs collects: `passport`. */
export const PLANNED = ['name', 'mobile', 'industry', 'email', 'address', 'needs', 'companyName'];

/** A plan under which lists of customers are collected, written past the approval that it needs. */
export async function importPlan(
  app: BootedApp,
  code = 'P-IMPORT',
  planned: readonly string[] = PLANNED
): Promise<string> {
  const purposes: Array<{ id: number }> = await app.strapi.db
    .query(PURPOSE)
    .findMany({ where: { active: true } });
  const row = await app.strapi.db.query(PLAN).create({
    data: {
      code,
      title: code,
      state: 'active',
      attributes: planned.map((name) => `customer.${name}`),
      purposes: purposes.map(({ id }) => id),
      publishedAt: new Date(),
    },
  });
  return row.documentId;
}

/** Lets the representatives of a company import, and calls as one of them. */
export async function importer(app: BootedApp, company: Company) {
  const role = await createRole(app.strapi, 'Test importer', [
    { action: 'plugin::customer-governance.imports.run' },
    { action: CREATE, subject: CUSTOMER, fields: fieldsOf(app.strapi, CUSTOMER) },
  ]);
  for (const person of [company.rep, company.other]) {
    const user = await app.strapi.db
      .query('admin::user')
      .findOne({ where: { id: person.userId }, populate: { roles: true } });
    const roles = [...user.roles.map(({ id }: { id: number }) => id), role];
    await app.strapi.db
      .query('admin::user')
      .update({ where: { id: person.userId }, data: { roles } });
  }
  const files = fileCaller(app, await tokenOf(app, company.rep.email));
  const at = (run: Run, path = '') => `${IMPORTS}/${run.documentId}${path}`;
  const checked = (answer: Answer): Run => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body as unknown as Run;
  };

  const calls = {
    at,
    files,
    upload: (content: Buffer) => files.upload(IMPORTS, content),
    stored: async (content: Buffer | string) =>
      checked(await files.upload(IMPORTS, Buffer.from(content as string))),
    read: async (run: Run) => checked(await company.rep.get(at(run))),
    act: async (run: Run, act: string) => checked(await company.rep.post(at(run, `/${act}`), {})),
    map: async (run: Run, plan: string, mapping: Array<string | null>, constants = CONSTANTS) =>
      checked(await company.rep.put(at(run, '/mapping'), { plan, mapping, constants })),
    /** Begins an act and waits for its end. */
    async through(run: Run, act: string): Promise<Run> {
      await calls.act(run, act);
      await importsOf(app).running.settled();
      return calls.read(run);
    },
    /** Uploads a file, chooses its columns and runs it dry. */
    async checked(content: Buffer | string, plan: string, mapping: Array<string | null>) {
      const run = await calls.stored(content);
      await calls.map(run, plan, mapping);
      return calls.through(run, 'check');
    },
    async told(run: Run, phase: 'check' | 'run'): Promise<RowTold[]> {
      const rows: RowTold[] = [];
      for (let cursor: string | null = '0'; cursor;) {
        const answer = await company.rep.get(
          `${at(run, '/findings')}?phase=${phase}&limit=100&cursor=${cursor}`
        );
        const { items, nextCursor } = answer.body as unknown as {
          items: RowTold[];
          nextCursor: string | null;
        };
        rows.push(...items);
        cursor = nextCursor;
      }
      return rows;
    },
  };
  return calls;
}

/** What all rows have alike. */
export const CONSTANTS: Record<string, string> = { source: '销售', method: '直接' };
