import type { Core } from '@strapi/strapi';
import type { World } from './world';

/** A row of Strapi's permission table, of a role or of an admin token. */
export interface Permission {
  action: string;
  subject: string | null;
  properties: { fields?: string[] };
  conditions: string[];
}

/** Somebody, or something, that calls the application. */
export interface Caller {
  name: string;
  kind: 'anonymous' | 'api-token' | 'user' | 'admin' | 'admin-token';
  headers: Record<string, string>;
  /** Of admin users and their tokens. */
  userId: number | null;
  staff: { id: number; departmentId: number | null } | null;
  permissions: Permission[];
  /** An admin token with the caller's own permissions: what MCP wants. */
  mcpToken: string | null;
  /** Whether an API token or a users-permissions role holds the content API's reveal action. */
  mayRevealByApi: boolean;
}

const nobody: Omit<Caller, 'name' | 'kind'> = {
  headers: {},
  userId: null,
  staff: null,
  permissions: [],
  mcpToken: null,
  mayRevealByApi: false,
};
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Names of the callers, known before any of them exists: throw-away records are made for each. */
export const callerNames = (logins: Array<{ role: string }>): string[] => [
  'anonymous',
  'full-access token',
  'read-only token',
  'custom token',
  'API user',
  ...rolesOf(logins),
  'admin token',
];

const rolesOf = (logins: Array<{ role: string }>) => [...new Set(logins.map(({ role }) => role))];

/** Everybody whom the sweep calls as; one admin user for each role of the demo. */
export async function createCallers(world: World): Promise<Caller[]> {
  const { strapi, logins } = world;
  const reads = readActions(strapi);
  const token = async (name: string, attributes: Record<string, unknown>) => ({
    ...nobody,
    name,
    kind: 'api-token' as const,
    headers: bearer(await createApiToken(strapi, name, attributes)),
  });
  const admins: Caller[] = [];
  for (const role of rolesOf(logins)) {
    const login = logins.find((one) => one.role === role);
    if (login) admins.push(await signIn(world, role, login));
  }
  const superAdmin = admins.find(({ name }) => name === 'Super Admin');
  return [
    { ...nobody, name: 'anonymous', kind: 'anonymous' },
    { ...(await token('full-access token', { type: 'full-access' })), mayRevealByApi: true },
    await token('read-only token', { type: 'read-only' }),
    await token('custom token', { type: 'custom', permissions: reads }),
    await createApiUser(world, reads),
    ...admins,
    ...(superAdmin ? [await createAdminToken(strapi, superAdmin)] : []),
  ];
}

/** Every action of the content API that reads. */
const readActions = (strapi: Core.Strapi): string[] =>
  (strapi.contentAPI.permissions.providers.action.keys() as string[]).filter((action) =>
    /\.(find|findOne)$/.test(action)
  );

async function createApiToken(
  strapi: Core.Strapi,
  name: string,
  attributes: Record<string, unknown>
): Promise<string> {
  const service = strapi.service('admin::api-token-content-api' as never) as unknown as {
    create(data: unknown): Promise<{ accessKey: string }>;
  };
  const data = { name: `sweep ${name}`, description: '', kind: 'content-api', ...attributes };
  return (await service.create({ lifespan: null, ...data })).accessKey;
}

/**
 * A user of the users-permissions plugin whose role may read everything and reveal nothing: the second account of a sales
 * representative, without whose staff profile they would see no customers.
 */
async function createApiUser({ strapi, app, logins }: World, actions: string[]): Promise<Caller> {
  const role = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' } });
  for (const action of actions) {
    const permissions = strapi.db.query('plugin::users-permissions.permission');
    const known = await permissions.findOne({ where: { action, role: role.id } });
    if (!known) await permissions.create({ data: { action, role: role.id } });
  }
  const credentials = { email: 'sweep@users.example', password: 'Leak-Sweep-1' };
  const user = await strapi
    .plugin('users-permissions')
    .service('user')
    .add({
      ...credentials,
      username: 'sweep',
      provider: 'local',
      confirmed: true,
      blocked: false,
      role: role.id,
    });
  const staff = strapi.db.query('plugin::customer-governance.staff-profile');
  const owner = await staff.findOne({
    where: { user: { email: logins.find(({ role }) => role === 'Sales representative')?.email } },
  });
  await staff.update({ where: { id: owner.id }, data: { apiUser: user.id } });
  const answer = await app.request
    .post('/api/auth/local')
    .send({ identifier: credentials.email, password: credentials.password });
  if (!answer.body.jwt) throw new Error(`The API user cannot sign in: ${answer.status}`);
  return { ...nobody, name: 'API user', kind: 'user', headers: bearer(answer.body.jwt) };
}

async function signIn(
  { strapi, app }: World,
  role: string,
  { email, password }: { email: string; password: string }
): Promise<Caller> {
  const answer = await app.request.post('/admin/login').send({ email, password });
  const jwt: unknown = answer.body.data?.accessToken ?? answer.body.data?.token;
  if (typeof jwt !== 'string') throw new Error(`${role} cannot sign in: ${answer.status}`);
  const user = await strapi.db
    .query('admin::user')
    .findOne({ where: { email }, populate: { roles: true } });
  const permissions = await strapi.db.query('admin::permission').findMany({
    where: { role: { id: { $in: user.roles.map((one: { id: number }) => one.id) } } },
  });
  const staff = await strapi.db
    .query('plugin::customer-governance.staff-profile')
    .findOne({ where: { user: user.id }, populate: { department: true } });
  return {
    ...nobody,
    name: role,
    kind: 'admin',
    headers: bearer(jwt),
    userId: user.id,
    staff: staff && { id: staff.id, departmentId: staff.department?.id ?? null },
    permissions,
    mcpToken: await createTokenOf(strapi, user, `mcp ${role}`, permissions),
  };
}

/** An admin token of the super admin with every permission but Reveal. */
async function createAdminToken(strapi: Core.Strapi, superAdmin: Caller): Promise<Caller> {
  const permissions = superAdmin.permissions.filter(({ action }) => !action.endsWith('.reveal'));
  const user = await strapi.db
    .query('admin::user')
    .findOne({ where: { id: superAdmin.userId }, populate: { roles: true } });
  const token = await createTokenOf(strapi, user, 'admin token', permissions);
  return {
    ...superAdmin,
    name: 'admin token',
    kind: 'admin-token',
    headers: bearer(token),
    permissions,
    mcpToken: token,
  };
}

/**
 * An admin token of a caller for one content type only: MCP makes its tools anew for each call, and takes most of a second
 * to make those of everything that a super admin may do.
 */
export async function createNarrowToken(
  strapi: Core.Strapi,
  { name, userId, permissions }: Caller,
  uid: string
): Promise<string> {
  const user = await strapi.db
    .query('admin::user')
    .findOne({ where: { id: userId }, populate: { roles: true } });
  const own = permissions.filter(({ subject }) => (subject ?? '') === uid);
  return createTokenOf(strapi, user, `mcp ${name} ${uid}`, own);
}

async function createTokenOf(
  strapi: Core.Strapi,
  user: unknown,
  name: string,
  permissions: Permission[]
): Promise<string> {
  const service = strapi.service('admin::api-token-admin' as never) as unknown as {
    create(data: unknown, user: unknown): Promise<{ accessKey: string }>;
  };
  const adminPermissions = permissions.map(({ action, subject, properties, conditions }) => ({
    action,
    subject,
    properties,
    conditions,
  }));
  const data = { kind: 'admin', name: `sweep ${name}`, description: '', lifespan: null };
  return (await service.create({ ...data, adminPermissions }, user)).accessKey;
}
