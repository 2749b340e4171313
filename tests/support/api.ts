import type { Core } from '@strapi/strapi';
import type { BootedApp } from './app';
import type { Answer } from './company';

const STAFF = 'plugin::customer-governance.staff-profile';
const PASSWORD = 'Governance-Test-1';

export interface ApiCaller {
  /** Id of the users-permissions user; `null` for a token. */
  userId: number | null;
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  put(path: string, body?: object): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

function caller(app: BootedApp, credential: string, userId: number | null): ApiCaller {
  const call =
    (method: 'get' | 'post' | 'put' | 'delete') => async (path: string, body?: object) => {
      const request = app.request[method](path).set('Authorization', `Bearer ${credential}`);
      return (await (body ? request.send(body) : request)) as unknown as Answer;
    };
  return { userId, get: call('get'), post: call('post'), put: call('put'), delete: call('delete') };
}

/** A role of the users-permissions plugin that may do just this. */
export async function createApiRole(
  strapi: Core.Strapi,
  type: string,
  actions: string[]
): Promise<number> {
  const role = await strapi.db
    .query('plugin::users-permissions.role')
    .create({ data: { name: type, type, description: type } });
  for (const action of actions) {
    await strapi.db
      .query('plugin::users-permissions.permission')
      .create({ data: { action, role: role.id } });
  }
  return role.id;
}

/** A signed-in users-permissions user; the API account of a staff profile where one is given. */
export async function createApiUser(
  app: BootedApp,
  name: string,
  role: number,
  staffId?: number
): Promise<ApiCaller> {
  const { strapi } = app;
  const email = `${name}@users.example`;
  const user = await strapi.plugin('users-permissions').service('user').add({
    username: name,
    email,
    password: PASSWORD,
    provider: 'local',
    confirmed: true,
    blocked: false,
    role,
  });
  if (staffId !== undefined) {
    await strapi.db.query(STAFF).update({ where: { id: staffId }, data: { apiUser: user.id } });
  }
  const answer = await app.request
    .post('/api/auth/local')
    .send({ identifier: email, password: PASSWORD });
  if (!answer.body.jwt) throw new Error(`${name} cannot sign in: ${answer.status} ${answer.text}`);
  return caller(app, answer.body.jwt, user.id);
}

/** An API token that may do just this. */
export async function createApiToken(
  app: BootedApp,
  name: string,
  permissions: string[]
): Promise<ApiCaller> {
  const { accessKey } = await app.strapi.service('admin::api-token').create({
    name,
    type: 'custom',
    permissions,
    lifespan: null,
    description: '',
  });
  return caller(app, accessKey, null);
}
