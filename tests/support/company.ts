import type { Core } from '@strapi/strapi';
import type { BootedApp } from './app';

export const CUSTOMER = 'plugin::customer-governance.customer';
export const CONTACT = 'plugin::customer-governance.contact';
export const CONSENT = 'plugin::customer-governance.consent';
const GOVERNANCE = 'plugin::customer-governance.';
const EXPLORER = 'plugin::content-manager.explorer.';
const PASSWORD = 'Governance-Test-1';

interface Permission {
  action: string;
  subject?: string;
  fields?: string[];
  conditions?: string[];
}

/** Every attribute of a type that a role may name, as Strapi's role editor lists them. */
export function fieldsOf(strapi: Core.Strapi, uid: string): string[] {
  const hidden = [
    'id',
    'documentId',
    'createdAt',
    'updatedAt',
    'publishedAt',
    'createdBy',
    'updatedBy',
    'locale',
    'localizations',
  ];
  const type = strapi.contentTypes[uid as keyof typeof strapi.contentTypes];
  return Object.keys(type.attributes).filter((name) => !hidden.includes(name));
}

export async function createRole(
  strapi: Core.Strapi,
  name: string,
  permissions: Permission[]
): Promise<number> {
  const role = await strapi.service('admin::role').create({ name, description: name });
  await strapi.service('admin::role').assignPermissions(
    role.id,
    permissions.map(({ action, subject, fields, conditions }) => ({
      action,
      subject: subject ?? null,
      properties: fields ? { fields } : {},
      conditions: conditions ?? [],
    }))
  );
  return role.id;
}

/** An account of the panel with one role. */
export function createUser(
  strapi: Core.Strapi,
  name: string,
  role: number
): Promise<{ id: number; email: string }> {
  return strapi.service('admin::user').create({
    firstname: name,
    lastname: 'Test',
    email: `${name}@test.example`,
    password: PASSWORD,
    isActive: true,
    registrationToken: null,
    roles: [role],
  });
}

export interface Person {
  email: string;
  userId: number;
  staffId: number;
  /** Calls the panel's API as this person. */
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  put(path: string, body?: object): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  // The bodies of many routes: each test says what it expects of its own.
  body: Record<string, never>;
  text: string;
}

/** The attributes that a refusal names. */
export const named = ({ body }: Answer): string[] =>
  ((body.error as { details?: { errors?: Array<{ path: string[] }> } })?.details?.errors ?? []).map(
    ({ path }) => path.join('.')
  );

export const messageOf = ({ body }: Answer): string => (body.error as { message: string }).message;

/** A signed-in caller of the panel's API. */
export async function signIn(app: Pick<BootedApp, 'request'>, email: string, password = PASSWORD) {
  const answer = await app.request.post('/admin/login').send({ email, password });
  const token = answer.body.data?.token as string | undefined;
  if (!token) throw new Error(`${email} cannot sign in: ${answer.status} ${answer.text}`);
  const call =
    (method: 'get' | 'post' | 'put' | 'delete') => async (path: string, body?: object) => {
      const request = app.request[method](path).set('Authorization', `Bearer ${token}`);
      return (await (body ? request.send(body) : request)) as unknown as Answer;
    };
  return { get: call('get'), post: call('post'), put: call('put'), delete: call('delete') };
}

/** Somebody who is signed in and has just these permissions, and no staff profile. */
export async function createCaller(app: BootedApp, name: string, permissions: Permission[]) {
  const role = await createRole(app.strapi, `Test ${name}`, permissions);
  const { id: userId, email } = await createUser(app.strapi, name, role);
  return { userId, ...(await signIn(app, email)) };
}

export type Company = Awaited<ReturnType<typeof createCompany>>;

/** Two sales teams, an information department, leadership and an auditor, with the roles that they need. */
export async function createCompany(app: BootedApp) {
  const { strapi } = app;
  const department = (data: object): Promise<{ id: number }> =>
    strapi.db.query(`${GOVERNANCE}department`).create({ data });
  const sales = await department({ name: 'Sales', code: 'S' });
  const east = await department({ name: 'Sales East', code: 'SE', parent: sales.id });
  const west = await department({ name: 'Sales West', code: 'SW', parent: sales.id });
  const information = await department({ name: 'Information', code: 'I', function: 'information' });
  const board = await department({ name: 'Leadership', code: 'L', function: 'leadership' });

  const customerFields = fieldsOf(strapi, CUSTOMER);
  const contactFields = fieldsOf(strapi, CONTACT);
  const own = [`${GOVERNANCE}own`];
  const plain = (...actions: string[]): Permission[] =>
    actions.map((action) => ({ action: GOVERNANCE + action }));
  const on = (conditions: string[], ...actions: string[]): Permission[] =>
    actions.flatMap((action) => [
      { action: EXPLORER + action, subject: CUSTOMER, fields: customerFields, conditions },
      { action: EXPLORER + action, subject: CONTACT, fields: contactFields, conditions },
    ]);
  const reveal = (conditions: string[]): Permission[] =>
    [CUSTOMER, CONTACT].map((subject) => ({
      action: `${GOVERNANCE}reveal`,
      subject,
      fields: ['name', 'mobile'],
      conditions,
    }));

  const roles = {
    rep: await createRole(strapi, 'Test representative', [
      ...on(own, 'read', 'create', 'update'),
      ...reveal(own),
      ...plain('overview.read', 'access.request', 'changes.request', 'lookup'),
      ...plain('verification.record', 'customers.merge'),
      ...plain('register.write'),
    ]),
    head: await createRole(strapi, 'Test head', [
      ...on([`${GOVERNANCE}department`], 'read'),
      ...plain('overview.read', 'access.request', 'changes.request'),
      ...plain('approvals.decide', 'access.revoke'),
      ...plain('verification.record', 'verification.sample', 'customers.merge'),
      ...plain('register.write', 'register.read', 'register.assign'),
    ]),
    leader: await createRole(strapi, 'Test leadership', plain('overview.read', 'approvals.decide')),
    information: await createRole(strapi, 'Test information', [
      ...on([], 'read', 'delete'),
      ...plain('retention.read', 'retention.propose', 'retention.review', 'retention.execute'),
      ...plain('holds.manage'),
      ...plain('retention.supervise', 'retention.rules', 'consents.withdraw'),
      ...plain('plans.read', 'plans.submit', 'assessments.approve'),
    ]),
    supervisor: await createRole(
      strapi,
      'Test supervisor of destruction',
      plain('retention.read', 'retention.supervise')
    ),
    auditor: await createRole(strapi, 'Test auditor', plain('audit.read')),
  };

  const person = async (
    name: string,
    role: number,
    departmentId: number,
    level: string,
    superior?: Person
  ): Promise<Person> => {
    const user = await createUser(strapi, name, role);
    const staff = await strapi.db.query(`${GOVERNANCE}staff-profile`).create({
      data: {
        displayName: name,
        level,
        active: true,
        user: user.id,
        department: departmentId,
        superior: superior?.staffId ?? null,
      },
    });
    return {
      email: user.email,
      userId: user.id,
      staffId: staff.id,
      ...(await signIn(app, user.email)),
    };
  };

  const head = await person('head', roles.head, east.id, 'head');
  const people = {
    head,
    rep: await person('rep', roles.rep, east.id, 'staff', head),
    other: await person('other', roles.rep, west.id, 'staff'),
    westHead: await person('westhead', roles.head, west.id, 'head'),
    leader: await person('leader', roles.leader, board.id, 'leadership'),
    secondLeader: await person('secondleader', roles.leader, board.id, 'leadership'),
    proposer: await person('proposer', roles.information, information.id, 'staff'),
    executor: await person('executor', roles.information, information.id, 'staff'),
    supervisor: await person('supervisor', roles.supervisor, board.id, 'staff'),
    auditor: await person('auditor', roles.auditor, board.id, 'staff'),
  };
  const setHead = (id: number, by: Person) =>
    strapi.db
      .query(`${GOVERNANCE}department`)
      .update({ where: { id }, data: { head: by.staffId } });
  await setHead(east.id, people.head);
  await setHead(west.id, people.westHead);

  const departmentOf = new Map([
    [people.rep, east.id],
    [people.other, west.id],
  ]);
  /** A customer of one of the representatives, written past the collection rules. */
  const customer = (
    owner: Person,
    data: object = {}
  ): Promise<{ id: number; documentId: string }> =>
    strapi.db.query(CUSTOMER).create({
      data: {
        kind: 'person',
        name: '王小明',
        mobile: '13800138000',
        residentId: '11010519491231002X',
        owner: owner.staffId,
        department: departmentOf.get(owner) ?? null,
        publishedAt: new Date(),
        ...data,
      },
    });

  const purposeId = async (code: string): Promise<number> =>
    (await strapi.db.query(`${GOVERNANCE}purpose`).findOne({ where: { code } })).id;
  const consent = async (
    customerId: number,
    purpose: string,
    scope = 'general'
  ): Promise<{ documentId: string }> =>
    strapi.db.query(CONSENT).create({
      data: {
        customer: customerId,
        purpose: await purposeId(purpose),
        scope,
        state: 'given',
        evidenceKind: 'electronic',
        evidence: 'form 1',
        noticeVersion: '1',
        givenAt: new Date(),
        publishedAt: new Date(),
      },
    });

  return { ...people, roles, east, west, customer, consent };
}
