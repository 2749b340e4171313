import type { Core } from '@strapi/strapi';
import { bootApp, type BootedApp } from '../support/app';
import { createApiRole, createApiToken, createApiUser } from '../support/api';
import { createCaller, createRole, createUser, signIn } from '../support/company';
import { createHome, type Home } from '../support/home';

const ENTRY = 'plugin::customer-governance.audit-entry';
const PASSWORD = 'Governance-Test-1';

interface Entry {
  id: number;
  actorKind: string;
  actorId: string;
  action: string;
  outcome: string;
  recordType: string | null;
  recordIds: string[];
  attributes: string[];
  address: string | null;
  correlationId: string;
  details: Record<string, unknown>;
}

const entriesOf = (strapi: Core.Strapi, where: object = {}): Promise<Entry[]> =>
  strapi.db.query(ENTRY).findMany({ where, orderBy: { id: 'asc' } });
const newestId = async (strapi: Core.Strapi): Promise<number> =>
  (await strapi.db.query(ENTRY).findMany({ orderBy: { id: 'desc' }, limit: 1 }))[0]?.id ?? 0;

describe('what the application logs of itself', () => {
  let app: BootedApp;
  let home: Home;
  let root: Awaited<ReturnType<typeof signIn>>;
  let rootId: number;

  const boot = () => bootApp({ home });
  /** What was written while `work` ran. */
  const during = async (work: () => Promise<unknown>): Promise<Entry[]> => {
    const before = await newestId(app.strapi);
    await work();
    return entriesOf(app.strapi, { id: { $gt: before } });
  };
  const actions = (entries: Entry[]) => entries.map(({ action }) => action);

  beforeAll(async () => {
    home = await createHome();
    app = await boot();
    const superRole = await app.strapi.service('admin::role').getSuperAdmin();
    const { id, email } = await createUser(app.strapi, 'root', superRole.id);
    rootId = id;
    root = await signIn(app, email);
  });
  afterAll(async () => {
    await app?.close();
    await home?.remove();
  });

  describe('sign-in', () => {
    it('is of the account that signed in', async () => {
      const { id, email } = await createUser(
        app.strapi,
        'anna',
        await createRole(app.strapi, 'A', [])
      );
      const entries = await during(() => signIn(app, email));
      expect(entries).toHaveLength(1);
      expect(entries[0]).toMatchObject({
        action: 'account.sign-in',
        outcome: 'done',
        actorKind: 'admin',
        actorId: String(id),
        recordType: 'admin::user',
        recordIds: [String(id)],
        details: { method: 'password' },
      });
    });

    it('that failed names the account where there is one, and never what was typed', async () => {
      const { id, email } = await createUser(
        app.strapi,
        'berta',
        await createRole(app.strapi, 'B', [])
      );
      const entries = await during(async () => {
        const wrong = (address: string) =>
          app.request.post('/admin/login').send({ email: address, password: 'wrong-secret' });
        expect((await wrong(email)).status).toBe(400);
        expect((await wrong('13800138000@nowhere.example')).status).toBe(400);
      });
      expect(entries.map(({ outcome, recordIds }) => [outcome, recordIds])).toEqual([
        ['refused', [String(id)]],
        ['refused', []],
      ]);
      expect(JSON.stringify(entries)).not.toMatch(/berta|13800138000|wrong-secret/);
    });

    it('that fails again and again is counted, not written each time', async () => {
      const entries = await during(async () => {
        for (let at = 0; at < 4; at += 1) {
          await app.request
            .post('/api/auth/local')
            .send({ identifier: `nobody${at}@nowhere.example`, password: 'x' });
        }
      });
      expect(actions(entries)).toEqual(['account.sign-in']);
      expect(entries[0]).toMatchObject({ outcome: 'refused', details: { attempts: 1 } });
    });

    it('hands out no session where it cannot be written', async () => {
      const { email } = await createUser(
        app.strapi,
        'clara',
        await createRole(app.strapi, 'C', [])
      );
      const audit = app.strapi.plugin('customer-governance').service('audit');
      const append = jest.spyOn(audit, 'append').mockRejectedValue(new Error('full'));
      try {
        const answer = await app.request.post('/admin/login').send({ email, password: PASSWORD });
        expect(answer.status).toBe(503);
        expect(answer.body.data).toBeNull();
        expect(answer.headers['set-cookie']).toBeUndefined();
        expect(answer.text).not.toMatch(/eyJ/);
      } finally {
        append.mockRestore();
      }
    });

    it('by the content API is of the user, and so is signing out of the panel', async () => {
      const role = await createApiRole(app.strapi, 'plain', []);
      const entries = await during(() => createApiUser(app, 'dora', role));
      const found = entries.find(({ action }) => action === 'account.sign-in');
      expect(found).toMatchObject({
        actorKind: 'user',
        recordType: 'plugin::users-permissions.user',
      });
      expect(found?.recordIds).toEqual([found?.actorId]);

      const caller = await createCaller(app, 'leaver', []);
      const left = await during(() => caller.post('/admin/logout', {}));
      expect(left).toMatchObject([{ action: 'account.sign-out', actorId: String(caller.userId) }]);
    });

    it('with a forgotten password names who it is for, without the address', async () => {
      const { id, email } = await createUser(
        app.strapi,
        'erna',
        await createRole(app.strapi, 'E', [])
      );
      const entries = await during(() =>
        app.request.post('/admin/forgot-password').send({ email }).expect(204)
      );
      const asked = entries.filter(({ action }) => action === 'account.password-forgotten');
      expect(asked).toMatchObject([{ actorKind: 'anonymous', recordIds: [String(id)] }]);
      expect(JSON.stringify(entries)).not.toContain('erna');
    });
  });

  describe('what is refused', () => {
    it('is a token that is none, once a minute with a count', async () => {
      const entries = await during(async () => {
        for (let at = 0; at < 3; at += 1) {
          await app.request
            .get('/api/leads')
            .set('Authorization', `Bearer ${'f'.repeat(60 + at)}`)
            .expect(401);
        }
      });
      // Strapi notes the way to a new password after it has answered: its entry may come as late as now.
      expect(entries.filter(({ action }) => action !== 'user.update')).toMatchObject([
        {
          action: 'credential.refused',
          outcome: 'refused',
          actorKind: 'anonymous',
          details: { route: '/api/leads', method: 'GET', status: 401, attempts: 1 },
        },
      ]);
    });

    it('is a call without the permission, by whoever made it', async () => {
      const caller = await createCaller(app, 'curious', []);
      const entries = await during(async () => {
        expect((await caller.get('/customer-governance/audit-entries')).status).toBe(403);
        expect((await caller.get('/customer-governance/audit-entries')).status).toBe(403);
      });
      expect(entries).toMatchObject([
        {
          action: 'call.refused',
          actorId: String(caller.userId),
          details: { route: '/customer-governance/audit-entries', status: 403 },
        },
      ]);
    });

    it.each([
      ['push', 'data.import'],
      ['pull', 'data.export'],
    ])('is a transfer (%s), which would switch sealing and log off', async (way, action) => {
      const { accessKey, id } = await app.strapi
        .service('admin::transfer')
        .token.create({ name: `Transfer ${way}`, permissions: [way], lifespan: null });
      const entries = await during(async () => {
        const answer = await app.request
          .get(`/admin/transfer/runner/${way}`)
          .set({ authorization: `Bearer ${accessKey}` });
        expect(answer.status).toBe(403);
        expect(answer.body.error.message).toContain('backups');
      });
      expect(entries.filter((entry) => entry.action === action)).toEqual([
        expect.objectContaining({
          outcome: 'refused',
          actorId: `transfer-${id}`,
          details: { command: 'transfer' },
        }),
      ]);
    });
  });

  describe('changes', () => {
    it('of accounts and roles name attributes and hold no value', async () => {
      const role = await createRole(app.strapi, 'Plain', []);
      const entries = await during(async () => {
        const made = await root.post('/admin/users', {
          firstname: 'Secret',
          lastname: 'Person',
          email: 'secret.person@test.example',
          roles: [role],
        });
        expect(made.status).toBe(201);
        const id = (made.body.data as { id: number }).id;
        await root.put(`/admin/users/${id}`, { firstname: 'Other', isActive: false });
        await root.put(`/admin/roles/${role}`, { name: 'Renamed', description: 'x' });
        await root.delete(`/admin/users/${id}`);
        await root.delete(`/admin/roles/${role}`);
      });
      expect(actions(entries)).toEqual([
        'user.create',
        'user.update',
        'role.update',
        'user.delete',
        'role.delete',
      ]);
      expect(entries.every(({ actorId }) => actorId === String(rootId))).toBe(true);
      expect(entries[1]?.attributes).toContain('firstname');
      expect(JSON.stringify(entries)).not.toMatch(/Secret|secret|Other|Renamed/);
    });

    it('of permissions name the role and what it may', async () => {
      const role = await createRole(app.strapi, 'Growing', []);
      const give = (permissions: object[]) =>
        root.put(`/admin/roles/${role}/permissions`, { permissions });
      const read = {
        action: 'plugin::content-manager.explorer.read',
        subject: 'api::lead.lead',
        properties: { fields: ['topic'] },
        conditions: [],
      };
      const entries = await during(async () => {
        expect((await give([read])).status).toBe(200);
        await give([]);
      });
      expect(entries).toMatchObject([
        {
          action: 'permission.grant',
          recordType: 'admin::role',
          recordIds: [String(role)],
          attributes: [read.action],
          details: { subject: 'api::lead.lead' },
        },
        { action: 'permission.revoke', recordIds: [String(role)], attributes: [read.action] },
      ]);
    });

    it('of API tokens and what they may are written, and their use is not', async () => {
      let id = 0;
      const entries = await during(async () => {
        const made = await root.post('/admin/api-tokens', {
          name: 'reporting',
          description: '',
          type: 'custom',
          permissions: ['api::lead.lead.find'],
          lifespan: null,
        });
        expect(made.status).toBe(201);
        id = (made.body.data as { id: number }).id;
      });
      expect(actions(entries)).toEqual(['token.create', 'permission.grant']);
      expect(entries[1]).toMatchObject({
        recordType: 'admin::api-token',
        recordIds: [String(id)],
        attributes: ['api::lead.lead.find'],
      });
      const token = await createApiToken(app, 'reader', ['api::lead.lead.find']);
      expect(await during(() => token.get('/api/leads'))).toEqual([]);
    });

    it('of webhooks, settings and the rows of any other type are written', async () => {
      const entries = await during(async () => {
        const hook = {
          name: 'hook',
          url: 'https://example.com/',
          events: ['entry.create'],
          headers: {},
        };
        const made = await root.post('/admin/webhooks', hook);
        expect(made.status).toBe(201);
        await root.delete(`/admin/webhooks/${(made.body.data as { id: number }).id}`);
        const settings = '/users-permissions/advanced';
        const { body } = await root.get(settings);
        const changed = { ...(body.settings as object), unique_email: false };
        expect((await root.put(settings, changed)).status).toBe(200);
        const department = await root.post(
          '/content-manager/collection-types/plugin::customer-governance.department',
          { name: 'Fresh', code: 'fresh', function: 'business' }
        );
        expect(department.status).toBe(201);
      });
      expect(actions(entries)).toEqual([
        'webhook.create',
        'webhook.delete',
        'configuration.change',
        'record.create',
      ]);
      expect(entries[2]?.details).toEqual({
        setting: 'plugin_users-permissions_advanced',
      });
      expect(entries[3]).toMatchObject({
        recordType: 'plugin::customer-governance.department',
        attributes: expect.arrayContaining(['name', 'code', 'function']),
      });
      expect(JSON.stringify(entries)).not.toMatch(/example\.com|Fresh/);
    });

    it('do not happen where they cannot be written', async () => {
      const audit = app.strapi.plugin('customer-governance').service('audit');
      const append = jest.spyOn(audit, 'append').mockRejectedValue(new Error('full'));
      const roles = () => app.strapi.db.query('admin::role').count();
      const before = await roles();
      try {
        await root.post('/admin/roles', { name: 'Unlogged', description: '' });
      } finally {
        append.mockRestore();
      }
      expect(await roles()).toBe(before);
    });
  });

  describe('start and stop', () => {
    const runs = (entries: Entry[]) =>
      entries.filter(({ action }) => action.startsWith('system.') || /load|change$/.test(action));

    it('are written, with the policy and the types of the first start', async () => {
      const entries = runs(await entriesOf(app.strapi, { actorId: 'application' }));
      expect(actions(entries)).toEqual(['system.start', 'policy.load', 'schema.change']);
      expect(entries[0]?.details).toMatchObject({ command: 'other', unclean: false });
      expect(entries[1]?.details).toMatchObject({ preset: 'process' });
      expect(entries[2]?.attributes).toContain('plugin::customer-governance.customer');
    });

    it('tell of a run that ended without a stop, and of nothing that stayed as it was', async () => {
      const before = await newestId(app.strapi);
      await app.close();
      app = await boot();
      const entries = await entriesOf(app.strapi, { id: { $gt: before }, actorId: 'application' });
      expect(actions(entries)).toEqual(['system.stop', 'system.start']);
      expect(entries[1]?.details).toMatchObject({ unclean: false });

      // What a run leaves that is killed: its line is not crossed out.
      const store = app.strapi.db.query('strapi::core-store');
      const [line] = await store.findMany({
        where: { key: { $startsWith: 'plugin_customer-governance_run_' } },
      });
      const { id: _, ...lost } = line;
      await store.create({ data: { ...lost, key: `${line.key}-lost` } });
      const again = await newestId(app.strapi);
      await app.close();
      app = await boot();
      const started = await entriesOf(app.strapi, { id: { $gt: again }, action: 'system.start' });
      expect(started).toMatchObject([{ details: { unclean: true } }]);
    });
  });
});
