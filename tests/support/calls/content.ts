import { dataOf, type Calls, type CallerName, type Chapter, type WellFormedCall } from './types';

const GOVERNANCE = 'plugin::customer-governance.';
const HOOK = { name: 'hook', url: 'https://example.com/', events: ['entry.create'], headers: {} };

const NOTICE_TEXT = {
  purposes: 'p',
  method: 'm',
  kinds: 'k',
  term: 't',
  rights: 'r',
  contact: 'c',
};

/** Settings, files and records as Strapi itself keeps them. */
export function contentChapters({ app, send }: Calls): Chapter[] {
  const { strapi } = app;
  const query = (uid: string) => strapi.db.query(uid);
  const data = dataOf;
  const idOf = async (call: WellFormedCall) => String(data(await send(call)).id);

  const settings = async () => {
    const hook = await idOf({ route: 'POST /admin/webhooks', body: HOOK });
    await send({
      route: 'PUT /admin/webhooks/:id',
      path: [hook],
      body: { ...HOOK, name: 'other' },
    });
    await send({ route: 'DELETE /admin/webhooks/:id', path: [hook] });
    const next = await idOf({ route: 'POST /admin/webhooks', body: HOOK });
    await send({ route: 'POST /admin/webhooks/batch-delete', body: { ids: [Number(next)] } });
    const locale = await idOf({
      route: 'POST /i18n/locales',
      body: { name: 'French', code: 'fr', isDefault: false },
    });
    await send({ route: 'PUT /i18n/locales/:id', path: [locale], body: { name: 'Français' } });
    await send({ route: 'DELETE /i18n/locales/:id', path: [locale] });
    const users = strapi.store({ type: 'plugin', name: 'users-permissions' });
    const advanced = (await users.get({ key: 'advanced' })) as object;
    await send({
      route: 'PUT /users-permissions/advanced',
      body: { ...advanced, unique_email: false },
    });
    const templates = (await users.get({ key: 'email' })) as object;
    await send({
      route: 'PUT /users-permissions/email-templates',
      body: { 'email-templates': templates },
    });
    const providers = await users.get({ key: 'grant' });
    await send({ route: 'PUT /users-permissions/providers', body: { providers } });
    await send({
      route: 'PUT /upload/settings',
      body: {
        sizeOptimization: false,
        responsiveDimensions: false,
        autoOrientation: false,
        aiMetadata: false,
      },
    });
    await send({ route: 'PUT /upload/configuration', body: { sort: 'name:ASC', pageSize: 20 } });
    await send({
      route: 'PUT /admin/homepage/layout',
      body: { version: 1, widgets: [], updatedAt: new Date().toISOString() },
    });
    const layout = { route: 'PUT /content-manager/content-types/:uid/configuration' };
    const service = strapi.plugin('content-manager').service('content-types');
    const {
      settings: shown,
      metadatas,
      layouts,
    } = await service.findConfiguration({
      ...service.findContentType('api::lead.lead'),
    });
    await send({
      ...layout,
      path: ['api::lead.lead'],
      body: { settings: { ...shown, pageSize: 20 }, metadatas, layouts },
    });
  };

  const files = async () => {
    const folder = await idOf({
      route: 'POST /upload/folders',
      body: { name: 'Folder', parent: null },
    });
    await send({
      route: 'PUT /upload/folders/:id',
      path: [folder],
      body: { name: 'Renamed', parent: null },
    });
    const upload = async (route: string, by: CallerName): Promise<number> => {
      const answer = await send({ route, by, file: 'note.txt' });
      const [file] = [answer.body].flat() as unknown as Array<{ id: number }>;
      return (file as { id: number }).id;
    };
    const one = await upload('POST /upload', 'root');
    const two = await upload('POST /api/upload', 'token');
    const three = await upload('POST /upload/files', 'root').catch(() => two);
    await send({
      route: 'PUT /upload/files/:id',
      path: [String(one)],
      body: { name: 'renamed.txt', alternativeText: null, caption: null },
    });
    await send({
      route: 'POST /upload/actions/bulk-update',
      body: { updates: [{ id: one, fileInfo: { alternativeText: 'x' } }] },
    });
    await send({ route: 'POST /upload/files/:id/replace', path: [String(one)], file: 'other.txt' });
    await send({
      route: 'POST /upload/actions/bulk-move',
      body: { fileIds: [one], destinationFolderId: Number(folder) },
    });
    await send({ route: 'DELETE /upload/files/:id', path: [String(one)] });
    await send({ route: 'DELETE /api/upload/files/:id', by: 'token', path: [String(two)] });
    await send({
      route: 'POST /upload/actions/bulk-delete',
      body: { fileIds: three === two ? [] : [three], folderIds: [Number(folder)] },
    });
  };

  const records = async () => {
    const model = 'POST /content-manager/collection-types/:model';
    const made = data(
      await send({
        route: model,
        path: ['api::lead.lead'],
        body: { topic: 'a', mobile: '13811138111' },
      })
    );
    const path = ['api::lead.lead', made.documentId];
    await send({
      route: 'PUT /content-manager/collection-types/:model/:id',
      path,
      body: { topic: 'b', mobile: '13811138112' },
    });
    await send({ route: 'DELETE /content-manager/collection-types/:model/:id', path });
    const next = data(await send({ route: model, path: ['api::lead.lead'], body: { topic: 'a' } }));
    await send({
      route: 'POST /content-manager/collection-types/:model/actions/bulkDelete',
      path: ['api::lead.lead'],
      body: { documentIds: [next.documentId] },
    });
    await send({
      route: 'POST /content-manager/collection-types/:model/actions/bulkFindForValidation',
      path: ['api::lead.lead'],
      body: { documentIds: [made.documentId] },
    });
    await send({
      route: 'POST /admin/permissions/check',
      body: { permissions: [{ action: 'admin::users.read' }] },
    });
    const purpose = await query(`${GOVERNANCE}purpose`).findOne({
      where: { code: 'contract-performance' },
    });
    const own: Array<[string, Record<string, unknown>, Record<string, unknown>]> = [
      ['/api/leads', { topic: 'a', mobile: '13811138113' }, { topic: 'b' }],
      [
        '/api/customer-governance/departments',
        { name: 'D', code: 'D', function: 'business' },
        { name: 'E' },
      ],
      [
        '/api/customer-governance/partners',
        { name: 'Partner', kind: 'agency' },
        { state: 'suspended' },
      ],
      ['/api/customer-governance/customer-groups', { name: 'Group' }, { name: 'Other group' }],
      [
        '/api/customer-governance/collection-plans',
        {
          title: 'P',
          code: 'P',
          goal: 'g',
          attributes: ['customer.mobile'],
          purposes: [purpose.documentId],
          state: 'draft',
        },
        { title: 'Q' },
      ],
      [
        '/api/customer-governance/notices',
        { title: 'N', code: 'called', version: '1', texts: { en: NOTICE_TEXT } },
        { title: 'M' },
      ],
    ];
    for (const [base, body, change] of own) {
      const answer = await send({ route: `POST ${base}`, by: 'token', body: { data: body } });
      if (answer.status >= 400) continue;
      const one = [data(answer).documentId];
      await send({ route: `PUT ${base}/:id`, by: 'token', path: one, body: { data: change } });
      await send({ route: `DELETE ${base}/:id`, by: 'token', path: one });
    }
  };

  return [settings, files, records];
}
