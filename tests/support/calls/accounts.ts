import { dataOf, type Calls, type Chapter, type WellFormedCall } from './types';

const PASSWORD = 'Governance-Test-1';

/** Accounts, roles and tokens, of the panel and of the content API. */
export function accountChapters({ app, send }: Calls): Chapter[] {
  const { strapi } = app;
  const query = (uid: string) => strapi.db.query(uid);
  const data = dataOf;
  const idOf = async (call: WellFormedCall) => String(data(await send(call)).id);

  const accounts = async () => {
    const role = await idOf({ route: 'POST /admin/roles', body: { name: 'New', description: '' } });
    await send({
      route: 'PUT /admin/roles/:id',
      path: [role],
      body: { name: 'Newer', description: '' },
    });
    await send({
      route: 'PUT /admin/roles/:id/permissions',
      path: [role],
      body: {
        permissions: [
          {
            action: 'plugin::content-manager.explorer.read',
            subject: 'api::lead.lead',
            properties: { fields: ['topic'] },
            conditions: [],
          },
        ],
      },
    });
    const made = data(
      await send({
        route: 'POST /admin/users',
        body: { firstname: 'A', lastname: 'B', email: 'made@test.example', roles: [Number(role)] },
      })
    );
    const user = String(made.id);
    await send({ route: 'PUT /admin/users/:id', path: [user], body: { firstname: 'C' } });
    await send({
      route: 'POST /admin/register',
      by: 'anonymous',
      body: {
        registrationToken: made['registrationToken'],
        userInfo: { firstname: 'A', lastname: 'B', password: PASSWORD },
      },
    });
    const account = { email: 'made@test.example', password: PASSWORD };
    await send({ route: 'POST /admin/login', by: 'anonymous', body: account });
    await send({
      route: 'POST /admin/forgot-password',
      by: 'anonymous',
      body: { email: account.email },
    });
    const token = await strapi.service('admin::token').createToken();
    await query('admin::user').update({
      where: { id: made.id },
      data: {
        resetPasswordToken: token,
        resetPasswordTokenExpiresAt: new Date(Date.now() + 60_000),
      },
    });
    await send({
      route: 'POST /admin/reset-password',
      by: 'anonymous',
      body: { resetPasswordToken: token, password: `${PASSWORD}x` },
    });
    await send({ route: 'PUT /admin/users/me', body: { firstname: 'Root' } });
    const second = await idOf({
      route: 'POST /admin/users',
      body: { firstname: 'A', lastname: 'B', email: 'second@test.example', roles: [Number(role)] },
    });
    await send({ route: 'DELETE /admin/users/:id', path: [user] });
    await send({ route: 'POST /admin/users/batch-delete', body: { ids: [Number(second)] } });
    await send({ route: 'DELETE /admin/roles/:id', path: [role] });
    const other = await idOf({
      route: 'POST /admin/roles',
      body: { name: 'Other', description: '' },
    });
    await send({ route: 'POST /admin/roles/batch-delete', body: { ids: [Number(other)] } });
  };

  const tokens = async () => {
    const kinds: Array<[string, object]> = [
      ['api-tokens', { type: 'custom', permissions: ['api::lead.lead.find'] }],
      [
        'admin-tokens',
        {
          adminPermissions: [
            { action: 'plugin::content-manager.explorer.read', subject: 'api::lead.lead' },
          ],
        },
      ],
      ['transfer/tokens', { permissions: ['pull'] }],
    ];
    for (const [kind, attributes] of kinds) {
      const body = { name: `a ${kind}`, description: '', lifespan: null, ...attributes };
      const id = await idOf({ route: `POST /admin/${kind}`, body });
      const { lifespan: _, ...stays } = body;
      await send({
        route: `PUT /admin/${kind}/:id`,
        path: [id],
        body: { ...stays, description: 'x' },
      });
      await send({ route: `POST /admin/${kind}/:id/regenerate`, path: [id], body: {} });
      await send({ route: `DELETE /admin/${kind}/:id`, path: [id] });
    }
  };

  const apiUsers = async () => {
    for (const base of ['/users-permissions/roles', '/api/users-permissions/roles']) {
      const by = base.startsWith('/api') ? 'token' : 'root';
      const body = { name: `Role ${by}`, description: 'x', permissions: {} };
      await send({ route: `POST ${base}`, by, body });
      const { id } = await query('plugin::users-permissions.role').findOne({
        where: { name: body.name },
      });
      const permissions = { 'api::lead': { controllers: { lead: { find: { enabled: true } } } } };
      await send({
        route: `PUT ${base}/:role`,
        by,
        path: [String(id)],
        body: { ...body, permissions },
      });
      await send({ route: `DELETE ${base}/:role`, by, path: [String(id)] });
    }
    const role = await query('plugin::users-permissions.role').findOne({
      where: { type: 'authenticated' },
    });
    const body = {
      username: 'made',
      email: 'made@users.example',
      password: PASSWORD,
      role: role.id,
    };
    const id = await idOf({ route: 'POST /api/users', by: 'token', body });
    await send({
      route: 'PUT /api/users/:id',
      by: 'token',
      path: [id],
      body: { username: 'remade' },
    });
    await send({ route: 'DELETE /api/users/:id', by: 'token', path: [id] });
    const fresh = { username: 'fresh', email: 'fresh@users.example', password: PASSWORD };
    await send({ route: 'POST /api/auth/local/register', by: 'anonymous', body: fresh });
    await send({
      route: 'POST /api/auth/local',
      by: 'anonymous',
      body: { identifier: fresh.email, password: PASSWORD },
    });
    await query('plugin::users-permissions.user').update({
      where: { email: fresh.email },
      data: { resetPasswordToken: 'reset-code' },
    });
    await send({
      route: 'POST /api/auth/reset-password',
      by: 'anonymous',
      body: { code: 'reset-code', password: `${PASSWORD}x`, passwordConfirmation: `${PASSWORD}x` },
    });
    await send({
      route: 'POST /api/auth/change-password',
      by: 'user',
      body: {
        currentPassword: PASSWORD,
        password: `${PASSWORD}y`,
        passwordConfirmation: `${PASSWORD}y`,
      },
    });
  };

  return [accounts, tokens, apiUsers];
}
