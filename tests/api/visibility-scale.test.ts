import { createApiRole, createApiUser, type ApiCaller } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import {
  createCompany,
  createRole,
  createUser,
  CUSTOMER,
  fieldsOf,
  signIn,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const STAFF = 'governance_staff_profiles';
const DEPARTMENTS = 'governance_departments';
const LIST = '/api/customer-governance/customers';
const PANEL_LIST = `/content-manager/collection-types/${CUSTOMER}`;
const PEOPLE = 1000;
const DEPTH = 10;

interface Row {
  id: number;
}

describe('visibility in a company of a thousand, ten deep', () => {
  let app: BootedApp;
  let team: ApiCaller;
  let department: ApiCaller;
  let panel: Awaited<ReturnType<typeof signIn>>;
  /** The lowest of the longest line of reports. */
  let last: Row;
  let lastDepartment: Row;

  const table = (name: string) => app.strapi.db.connection(name);
  const organisation = () => app.strapi.plugin('customer-governance').service('organisation');
  const total = (body: Record<string, never>) => {
    const { meta, pagination } = body as unknown as Record<
      'meta',
      { pagination: { total: number } }
    > &
      Record<'pagination', { total: number }>;
    return (meta?.pagination ?? pagination).total;
  };

  /** The statements on staff and departments that a piece of work sends to the database. */
  const statements = async (work: () => Promise<unknown>): Promise<string[]> => {
    const seen: string[] = [];
    const note = ({ sql }: { sql: string }) => {
      if (sql.includes(STAFF) || sql.includes(DEPARTMENTS)) seen.push(sql);
    };
    app.strapi.db.connection.on('query', note);
    try {
      await work();
    } finally {
      app.strapi.db.connection.removeListener('query', note);
    }
    return seen;
  };
  const recursive = (sql: string[]) => sql.filter((one) => one.includes('recursive'));

  /** Rows in so many levels, each row under one of the level above. */
  const grow = async (
    name: string,
    count: number,
    start: number,
    rowOf: (index: number, above: number) => object
  ): Promise<number[]> => {
    let above = [start];
    const all: number[] = [];
    for (let level = 1; level < DEPTH; level += 1) {
      const size = Math.floor(count / (DEPTH - 1)) + (level <= count % (DEPTH - 1) ? 1 : 0);
      const rows = Array.from({ length: size }, (_, index) =>
        rowOf(all.length + index, above[index % above.length] ?? start)
      );
      above = ((await table(name).insert(rows).returning('id')) as Row[]).map(({ id }) => id);
      all.push(...above);
    }
    return all;
  };

  beforeAll(async () => {
    app = await bootApp({
      policy: { access: { apiVisibility: { roles: { team: 'team', department: 'department' } } } },
    });
    const company = await createCompany(app);
    const { staffId } = company.head;
    const departments = await grow(DEPARTMENTS, 90, company.east.id, (index, above) => ({
      document_id: `department${index}`,
      name: `Department ${index}`,
      code: `D${index}`,
      function: 'business',
      parent_id: above,
    }));
    const people = await grow(STAFF, PEOPLE, staffId, (index, above) => ({
      document_id: `person${index}`,
      display_name: `Person ${index}`,
      level: 'staff',
      active: true,
      superior_id: above,
      department_id: departments[index % departments.length],
    }));
    last = { id: people.at(-1) ?? 0 };
    lastDepartment = { id: departments.at(-1) ?? 0 };
    await company.customer(company.rep, { owner: last.id, department: lastDepartment.id });
    await company.customer(company.other, { mobile: '13900139000', residentId: null });

    const user = async (name: string) =>
      createApiUser(app, name, await createApiRole(app.strapi, name, [`${CUSTOMER}.find`]));
    team = await user('team');
    department = await user('department');
    const role = await createRole(app.strapi, 'Panel team', [
      {
        action: 'plugin::content-manager.explorer.read',
        subject: CUSTOMER,
        fields: fieldsOf(app.strapi, CUSTOMER),
        conditions: [`${GOVERNANCE}team`],
      },
    ]);
    const panelUser = await createUser(app.strapi, 'panel-team', role);
    panel = await signIn(app, panelUser.email);
    for (const account of [
      { user: panelUser.id },
      { apiUser: team.userId },
      { apiUser: department.userId },
    ]) {
      await app.strapi.db
        .query(`${GOVERNANCE}staff-account`)
        .create({ data: { staff: staffId, ...account } });
    }
  });
  afterAll(() => app.close());

  it.each(['team', 'department'])(
    'costs the content API one query for the person; the %s is part of the queries of the list',
    async (level) => {
      const caller = level === 'team' ? team : department;
      const sent = await statements(async () => {
        const { status, body } = await caller.get(LIST);
        expect([status, total(body)]).toEqual([200, 1]);
      });
      // Who asks; the rows; their number.
      expect(sent).toHaveLength(3);
      expect(recursive(sent)).toHaveLength(2);
    }
  );

  it('costs the panel one recursive query a request', async () => {
    const sent = await statements(async () => {
      const { status, body } = await panel.get(PANEL_LIST);
      expect([status, total(body)]).toEqual([200, 1]);
    });
    expect(recursive(sent)).toHaveLength(1);
  });

  it('finds everybody under a person, and the head above a department ten deep, in one recursive query each', async () => {
    const { id } = await app.strapi.db
      .query(`${GOVERNANCE}staff-profile`)
      .findOne({ where: { displayName: 'head' } });
    let found: number[] = [];
    const down = await statements(async () => {
      found = await organisation().subordinateIds(id);
    });
    // The head, the representative, and a thousand.
    expect(found).toHaveLength(PEOPLE + 2);
    expect(down).toHaveLength(1);
    let head: Row | null = null;
    const up = await statements(async () => {
      head = await organisation().departmentHeadFor({ ...last, departmentId: lastDepartment.id });
    });
    expect(head).toMatchObject({ id });
    expect(recursive(up)).toHaveLength(1);
  });

  it('goes down by the index of superiors', async () => {
    const { connection } = app.strapi.db;
    const { query } = await organisation().subordinates(last.id);
    const { sql, bindings } = query.toSQL();
    if (app.database === 'sqlite') {
      const plan: unknown = await connection.raw(`explain query plan ${sql}`, bindings);
      expect(JSON.stringify(plan)).toMatch(
        /SEARCH next USING \w+ INDEX \w*superior\w* \(superior_id/
      );
      return;
    }
    await connection.transaction(async (trx) => {
      // A thousand rows are a dozen pages, which PostgreSQL would rather read whole.
      await trx.raw('set local enable_seqscan = off');
      const plan = await trx.raw(`explain ${sql}`, bindings);
      expect(JSON.stringify(plan.rows)).toContain('Index Cond: (superior_id = ');
    });
  });
});
