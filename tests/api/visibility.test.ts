import { createApiRole, createApiToken, createApiUser, type ApiCaller } from '../support/api';
import { bootApp, load, type BootedApp } from '../support/app';
import {
  CONTACT,
  createCompany,
  createRole,
  createUser,
  CUSTOMER,
  fieldsOf,
  signIn,
  type Company,
} from '../support/company';

const GOVERNANCE = 'plugin::customer-governance.';
const CONSENT = `${GOVERNANCE}consent`;
const STAFF = `${GOVERNANCE}staff-profile`;
const VISIT = 'api::visit.visit';
const API = '/api/customer-governance';
const READS = [CUSTOMER, CONTACT, CONSENT, VISIT, `${GOVERNANCE}department`].flatMap((uid) => [
  `${uid}.find`,
  `${uid}.findOne`,
]);
const WRITES = [CUSTOMER, CONTACT, VISIT].flatMap((uid) => [
  `${uid}.create`,
  `${uid}.update`,
  `${uid}.delete`,
]);
const WITHDRAWALS = [`${CONSENT}.withdraw`, `${CONSENT}.withdrawAll`];
const LOOKUP = `${GOVERNANCE}access.lookupCustomers`;
const REVEAL = `${GOVERNANCE}access.reveal`;

type Row = Record<string, never> & { id: number; documentId: string };
type Who = 'rep' | 'head' | 'director';
type Customers = 'mine' | 'juniors' | 'theirs' | 'nobodys';

/** A type of a project's own that points at customers. */
function addVisits(strapi: BootedApp['strapi']): void {
  const schema = {
    kind: 'collectionType',
    collectionName: 'visits',
    info: { singularName: 'visit', pluralName: 'visits', displayName: 'Visit' },
    options: { draftAndPublish: false },
    attributes: {
      topic: { type: 'string' },
      customer: { type: 'relation', relation: 'manyToOne', target: CUSTOMER },
      guests: { type: 'relation', relation: 'manyToMany', target: CUSTOMER },
    },
  };
  // Strapi reads its APIs from folders; this one is there in the test alone.
  const { factories } = load('@strapi/strapi') as typeof import('@strapi/strapi');
  strapi.get('apis').add('visit', {
    contentTypes: { visit: { schema: { ...schema, modelType: 'contentType', uid: VISIT } } },
    controllers: { visit: factories.createCoreController(VISIT as never) },
    services: { visit: factories.createCoreService(VISIT as never) },
    routes: { visit: factories.createCoreRouter(VISIT as never) },
  });
}

describe('visibility', () => {
  let app: BootedApp;
  let company: Company;
  const staffIds = {} as Record<Who, number>;
  const customers = {} as Record<Customers, Row>;
  const contacts = {} as Record<Customers, Row>;
  const users = {} as Record<string, ApiCaller>;
  let visits: Row[];

  const query = (uid: string) => app.strapi.db.query(uid);
  const idsIn = (body: unknown) => {
    const { data, results } = body as { data?: Row[]; results?: Row[] };
    return new Set((data ?? results ?? []).map(({ documentId }) => documentId));
  };
  const total = (body: unknown): number => {
    type Paged = { meta?: { pagination: { total: number } }; pagination?: { total: number } };
    const { meta, pagination } = body as Paged;
    return (meta?.pagination ?? pagination)?.total ?? -1;
  };
  const named = (of: Record<Customers, Row>, names: Customers[]) =>
    new Set(names.map((name) => of[name].documentId));
  const data = (body: unknown) => (body as { data: Record<string, unknown> }).data;

  beforeAll(async () => {
    app = await bootApp({
      configure: addVisits,
      policy: {
        access: {
          apiVisibility: {
            default: 'own',
            roles: { team: 'team', department: 'department', all: 'all', none: 'none' },
          },
        },
      },
    });
    company = await createCompany(app);
    const profile = (displayName: string, over: object): Promise<{ id: number }> =>
      query(STAFF).create({ data: { displayName, level: 'staff', active: true, ...over } });
    const sales = await query(`${GOVERNANCE}department`).findOne({ where: { code: 'S' } });
    const junior = await profile('junior', {
      superior: company.rep.staffId,
      department: company.east.id,
    });
    const director = await profile('director', { department: sales.id });
    Object.assign(staffIds, {
      rep: company.rep.staffId,
      head: company.head.staffId,
      director: director.id,
    });

    const customer = (mobile: string, over: object = {}) =>
      company.customer(company.rep, { mobile, residentId: null, ...over });
    Object.assign(customers, {
      mine: await customer('13800138001'),
      juniors: await customer('13800138002', { owner: junior.id }),
      theirs: await customer('13800138003', {
        name: '李四',
        owner: company.other.staffId,
        department: company.west.id,
      }),
      nobodys: await customer('13800138004', { owner: null, department: null }),
    });
    for (const [name, { id }] of Object.entries(customers)) {
      contacts[name as Customers] = await query(CONTACT).create({
        data: { name: '王五', mobile: '13900139001', customer: id, publishedAt: new Date() },
      });
      await company.consent(id, 'marketing');
    }
    visits = [];
    for (const name of ['mine', 'theirs'] as const) {
      const { id } = customers[name];
      visits.push(
        await query(VISIT).create({
          data: { topic: name, customer: id, guests: [id, customers.nobodys.id] },
        })
      );
    }

    const actions = [...READS, ...WRITES, ...WITHDRAWALS, LOOKUP, REVEAL];
    const roles: Record<string, number> = {};
    for (const type of ['plain', 'team', 'department', 'all', 'none']) {
      roles[type] = await createApiRole(app.strapi, type, actions);
    }
    const add = async (name: string, role: string, who?: number) => {
      users[name] = await createApiUser(app, name, roles[role] ?? 0, who);
    };
    await add('own', 'plain', staffIds.rep);
    await add('team', 'team', staffIds.head);
    await add('department', 'department', staffIds.director);
    // Further accounts: a person's second one sees no less and no more than its role gives.
    for (const [name, role] of [
      ['all', 'all'],
      ['none', 'none'],
    ] as const) {
      await add(name, role);
      await query(`${GOVERNANCE}staff-account`).create({
        data: { staff: staffIds.rep, apiUser: users[name]?.userId },
      });
    }
    await add('nobody', 'all');
    const left = await profile('left', { active: false });
    await add('left', 'all', left.id);
  });
  afterAll(() => app.close());

  const LEVELS: Array<[string, Who, Customers[]]> = [
    ['own', 'rep', ['mine']],
    ['team', 'head', ['mine', 'juniors']],
    ['department', 'director', ['mine', 'juniors', 'theirs', 'nobodys'].slice(0, 3) as Customers[]],
    ['all', 'rep', ['mine', 'juniors', 'theirs', 'nobodys']],
  ];

  describe.each(LEVELS)('of the level %s', (level, who, seen) => {
    const unseen = (['mine', 'juniors', 'theirs', 'nobodys'] as const).filter(
      (name) => !seen.includes(name)
    );

    it('is, by the content API, the same customers, contacts and consents in lists, totals and single records', async () => {
      const user = users[level] as ApiCaller;
      const list = await user.get(`${API}/customers`);
      expect(list.status).toBe(200);
      expect(idsIn(list.body)).toEqual(named(customers, seen));
      expect(total(list.body)).toBe(seen.length);
      const of = await user.get(`${API}/contacts?populate=customer`);
      expect(idsIn(of.body)).toEqual(named(contacts, seen));
      expect(total(of.body)).toBe(seen.length);
      expect(total((await user.get(`${API}/consents`)).body)).toBe(seen.length);
      for (const name of seen) {
        const one = await user.get(`${API}/customers/${customers[name].documentId}`);
        expect(one.status).toBe(200);
      }
      for (const name of unseen) {
        const { documentId } = customers[name];
        expect((await user.get(`${API}/customers/${documentId}`)).status).toBe(404);
      }
    });

    it('is the same by the role conditions of the panel', async () => {
      const fields = (uid: string) => fieldsOf(app.strapi, uid);
      const conditions = level === 'all' ? [] : [GOVERNANCE + level];
      const role = await createRole(
        app.strapi,
        `Panel ${level}`,
        [CUSTOMER, CONTACT].map((subject) => ({
          action: 'plugin::content-manager.explorer.read',
          subject,
          fields: fields(subject),
          conditions,
        }))
      );
      const user = await createUser(app.strapi, `panel-${level}`, role);
      await query(`${GOVERNANCE}staff-account`).create({
        data: { staff: staffIds[who], user: user.id },
      });
      const panel = await signIn(app, user.email);
      const list = await panel.get(`/content-manager/collection-types/${CUSTOMER}`);
      expect(idsIn(list.body)).toEqual(named(customers, seen));
      expect(total(list.body)).toBe(seen.length);
      const of = await panel.get(`/content-manager/collection-types/${CONTACT}`);
      expect(idsIn(of.body)).toEqual(named(contacts, seen));
      const picker = await panel.get(`/content-manager/relations/${CONTACT}/customer`);
      expect(idsIn(picker.body)).toEqual(named(customers, seen));
      expect(total(picker.body)).toBe(seen.length);
    });
  });

  it.each(['none', 'nobody', 'left'])(
    'shows nothing to a users-permissions user who is %s',
    async (name) => {
      const user = users[name] as ApiCaller;
      for (const plural of ['customers', 'contacts', 'consents']) {
        const { status, body } = await user.get(`${API}/${plural}`);
        expect(status).toBe(200);
        expect([idsIn(body).size, total(body)]).toEqual([0, 0]);
      }
    }
  );

  it('shows a token all, because it serves an application', async () => {
    const token = await createApiToken(app, 'reads', READS);
    expect(total((await token.get(`${API}/customers`)).body)).toBe(4);
  });

  describe('out of sight', () => {
    const own = () => users.own as ApiCaller;
    const list = async (uid: string, search: string) => {
      const answer = await own().get(`${uid}?${search}`);
      return { status: answer.status, ids: idsIn(answer.body), body: answer.body };
    };

    it('does not come along with a record of another type', async () => {
      for (const populate of [
        'populate=*',
        'populate[customer]=true&populate[guests][fields][0]=id',
        'populate[0]=customer&populate[1]=guests',
      ]) {
        const { body } = await own().get(`/api/visits?sort=topic&${populate}`);
        const rows = data(body) as unknown as Array<{
          topic: string;
          customer: Row | null;
          guests: Row[];
        }>;
        expect(rows.map(({ topic }) => topic)).toEqual(['mine', 'theirs']);
        expect(rows[0]?.customer?.documentId).toBe(customers.mine.documentId);
        expect(rows[0]?.guests).toHaveLength(1);
        expect(rows[1]?.customer).toBeNull();
        expect(rows[1]?.guests).toHaveLength(0);
      }
    });

    it('is not found out by filters on a relation, whatever their form', async () => {
      const theirs = customers.theirs;
      for (const filter of [
        'filters[customer][mobile][$startsWith]=138',
        'filters[guests][mobile][$startsWith]=138',
        'filters[$or][0][customer][mobile][$startsWith]=138',
        `filters[customer]=${theirs.id}`,
        `filters[customer][$in][0]=${theirs.id}`,
        `filters[customer][id][$eq]=${theirs.id}`,
        `filters[customer][documentId][$eq]=${theirs.documentId}`,
        `filters[customer][department][id][$eq]=${company.west.id}`,
      ]) {
        const { status, ids } = await list('/api/visits', filter);
        expect([filter, status, ids.has(visits[1]?.documentId ?? '')]).toEqual([
          filter,
          200,
          false,
        ]);
      }
      // What is said of a negation is the same whatever is denied.
      for (const value of ['138', '999']) {
        const { ids } = await list(
          '/api/visits',
          `filters[$not][customer][mobile][$startsWith]=${value}`
        );
        expect(ids.has(visits[1]?.documentId ?? '')).toBe(true);
      }
      const mine = await list('/api/visits', 'filters[customer][mobile][$startsWith]=138');
      expect(mine.ids).toEqual(new Set([visits[0]?.documentId]));
    });

    it('is not found out by filters of what comes along, nor by an order', async () => {
      const { body } = await own().get(
        `/api/visits?populate[customer][filters][owner][id][$eq]=${company.other.staffId}`
      );
      expect(
        (data(body) as unknown as Array<{ customer: unknown }>).map((row) => row.customer)
      ).toEqual([null, null]);
      const sorted = await own().get('/api/visits?sort=customer.mobile');
      expect(sorted.status).toBe(400);
      expect(sorted.text).toContain('sort');
      expect((await own().get(`${API}/contacts?sort=customer.mobile`)).status).toBe(200);
    });

    it('is answered for, when written to, as a record that does not exist', async () => {
      const { documentId } = customers.theirs;
      for (const path of ['customers', 'contacts']) {
        const id = (path === 'customers' ? customers : contacts).theirs.documentId;
        const there = await own().put(`${API}/${path}/${id}`, { data: { mobile: '13700137000' } });
        const nowhere = await own().put(`${API}/${path}/nosuchrecord`, {
          data: { mobile: '13700137000' },
        });
        expect([there.status, there.body]).toEqual([nowhere.status, nowhere.body]);
      }
      const gone = await own().delete(`${API}/customers/${documentId}`);
      expect(gone.status).toBe((await own().delete(`${API}/customers/nosuchrecord`)).status);
      const stored = await query(CUSTOMER).findOne({ where: { documentId } });
      expect(stored.mobile).toBe('138****8003');
    });

    it('cannot be pointed at by a new record', async () => {
      const { documentId, id } = customers.theirs;
      for (const reference of [documentId, id, { connect: [documentId] }]) {
        for (const [path, record] of [
          [`${API}/contacts`, { name: '王五', mobile: '13900139009' }],
          ['/api/visits', { topic: 'new' }],
        ] as const) {
          const { status, text } = await own().post(path, {
            data: { ...record, customer: reference },
          });
          expect([path, status]).toEqual([path, 400]);
          expect(text).toContain('there is no such record, or not one that you may see');
        }
      }
      const mine = { data: { topic: 'mine too', customer: customers.mine.documentId } };
      const made = await own().post('/api/visits?populate=customer', mine);
      expect(made.status).toBe(201);
      expect((data(made.body).customer as Row).documentId).toBe(customers.mine.documentId);
      await query(VISIT).delete({ where: { documentId: data(made.body).documentId } });
    });

    it('is neither looked up nor revealed', async () => {
      const found = async (value: string) =>
        data((await own().post(`${API}/customers/lookup`, { attribute: 'mobile', value })).body)
          .documentIds;
      expect(await found('13800138001')).toEqual([customers.mine.documentId]);
      expect(await found('13800138003')).toEqual([]);
      const reveal = (documentId: string) =>
        own().post(`${API}/reveal`, {
          type: CUSTOMER,
          documentIds: [documentId],
          attributes: ['mobile'],
          purpose: 'contract-performance',
        });
      expect((await reveal(customers.mine.documentId)).status).toBe(200);
      expect((await reveal(customers.theirs.documentId)).status).toBe(404);
    });

    it('is not withdrawn from: neither one consent nor all', async () => {
      const consentsOf = (name: Customers): Promise<Array<Row & { withdrawnAt: unknown }>> =>
        query(CONSENT).findMany({ where: { customer: { id: customers[name].id } } });
      const withdraw = async (name: Customers) => {
        const [consent] = await consentsOf(name);
        const paths = [
          `consents/${consent?.documentId}/withdraw`,
          `customers/${customers[name].documentId}/consents/withdraw`,
        ];
        const statuses: number[] = [];
        for (const path of paths) statuses.push((await own().post(`${API}/${path}`, {})).status);
        return statuses;
      };
      expect(await withdraw('theirs')).toEqual([404, 404]);
      expect((await consentsOf('theirs')).map(({ withdrawnAt }) => withdrawnAt)).toEqual([null]);
      expect(await withdraw('mine')).toEqual([200, 200]);
    });

    it('is not in the panel either: not with records of other types, not in pickers, not in bulk', async () => {
      const visitFields = fieldsOf(app.strapi, VISIT);
      const EXPLORER = 'plugin::content-manager.explorer.';
      const role = await createRole(app.strapi, 'Panel visits', [
        { action: `${EXPLORER}read`, subject: VISIT, fields: visitFields },
        { action: `${EXPLORER}update`, subject: VISIT, fields: visitFields },
        ...['read', 'delete'].map((action) => ({
          action: EXPLORER + action,
          subject: CUSTOMER,
          fields: fieldsOf(app.strapi, CUSTOMER),
          conditions: [`${GOVERNANCE}own`],
        })),
      ]);
      const blind = await createRole(app.strapi, 'Panel visits alone', [
        { action: `${EXPLORER}read`, subject: VISIT, fields: visitFields },
      ]);
      const [user, stranger] = [
        await createUser(app.strapi, 'panel-visits', role),
        await createUser(app.strapi, 'panel-blind', blind),
      ];
      await query(`${GOVERNANCE}staff-account`).create({
        data: { staff: staffIds.rep, user: user.id },
      });
      const panel = await signIn(app, user.email);
      const nobody = await signIn(app, stranger.email);
      const picked = await panel.get(`/content-manager/relations/${VISIT}/customer`);
      expect(idsIn(picked.body)).toEqual(named(customers, ['mine']));
      const pickedBlind = await nobody.get(`/content-manager/relations/${VISIT}/customer`);
      expect(pickedBlind.status === 200 ? idsIn(pickedBlind.body).size : 0).toBe(0);
      const LIST = `/content-manager/collection-types/${VISIT}`;
      const searched = await panel.get(
        `${LIST}?filters[$and][0][customer][mobile][$startsWith]=138`
      );
      expect(idsIn(searched.body)).toEqual(new Set([visits[0]?.documentId]));
      const listed = await panel.get(`${LIST}?sort=topic:ASC`);
      expect(
        (listed.body.results as unknown as Array<{ customer: unknown }>)[1]?.customer ?? null
      ).toBeNull();
      const existing = await panel.get(
        `/content-manager/relations/${VISIT}/${visits[1]?.documentId}/customer`
      );
      expect(existing.text).not.toMatch(/李|138\*/);
      const bulk = await panel.post(
        `/content-manager/collection-types/${CUSTOMER}/actions/bulkDelete`,
        { documentIds: [customers.theirs.documentId] }
      );
      expect([403, 404]).toContain(bulk.status);
      expect(await query(CUSTOMER).count({ where: { id: customers.theirs.id } })).toBe(1);
    });
  });
});
