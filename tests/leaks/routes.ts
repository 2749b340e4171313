import type { Core } from '@strapi/strapi';
import { governedTypes } from './canaries';
import { modelOf } from './records';
import type { World } from './world';

/** A route of the application, as its own router has it. */
export interface Route {
  method: string;
  template: string;
}

/** A route with its parameters filled in. */
export interface Target extends Route {
  path: string;
  /** The content type that the address names or stands for. */
  uid: string | null;
}

interface Layer {
  methods: string[];
  path: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every route that the server has, the panel's and the content API's alike, once each. */
export function listRoutes(strapi: Core.Strapi): Route[] {
  const server = strapi.server as unknown as {
    listRoutes(): Layer[];
    api(name: string): { listRoutes(): Layer[] };
  };
  const layers = [
    ...server.listRoutes(),
    ...server.api('admin').listRoutes(),
    ...server.api('content-api').listRoutes(),
  ];
  const routes = new Map<string, Route>();
  for (const { methods, path } of layers) {
    // A layer without methods is a middleware; one with all of them, such as a health check, is read.
    const own = METHODS.filter((method) => methods.includes(method));
    for (const method of own.length === METHODS.length ? ['GET'] : own) {
      routes.set(`${method} ${path}`, { method, template: path });
    }
  }
  return [...routes.values()];
}

/** What a path parameter may be, from the data that is there. */
export interface Fill {
  /** The documentIds to address records of a type by. */
  documentIds(uid: string): string[];
  /** The numeric ids of rows of a type. */
  ids(uid: string): string[];
  /** Whether records are to be read, and so every type and relation is wanted. */
  reading: boolean;
}

/** The channel in whose row of the table a route belongs. */
export function channelOf({ template, method }: Route): string {
  const writes = method === 'GET' ? 'read' : 'write';
  if (template.startsWith('/api/')) return `content API ${writes}`;
  if (template.startsWith('/content-manager/')) return `Content Manager ${writes}`;
  if (template.startsWith('/customer-governance/')) return `governance ${writes}`;
  return `other routes ${writes}`;
}

/** The addresses of a route: one for each content type, record and relation that its parameters can name. */
export function targetsOf(world: World, route: Route, fill: Fill): Target[] {
  const fixed = UNNAMED.get(route.template);
  if (fixed) return fixed.map((path) => ({ ...route, path, uid: null }));
  const start: Target = { ...route, path: route.template, uid: typeOf(world.strapi, route) };
  return (route.template.match(/:\w+\*?/g) ?? [])
    .reduce<Target[]>(
      (targets, parameter) =>
        targets.flatMap((target) =>
          valuesOf(world, target, parameter, fill).map(({ value, uid }) => ({
            ...target,
            path: target.path.replace(parameter, () => encodeURIComponent(value)),
            uid: uid ?? target.uid,
          }))
        ),
      [start]
    )
    .map((target) => ({ ...target, path: target.path.replace('/(.*)', '/google') }));
}

/** Paths that are patterns, not names. */
const UNNAMED = new Map([
  ...['/customer-governance', '/api/customer-governance'].flatMap(
    (prefix): Array<[string, string[]]> => [
      [`${prefix}/log/tile/:path*`, [`${prefix}/log/tile/0/000`, `${prefix}/log/tile/0/..%2f`]],
      [`${prefix}/log/tile/entries/:path*`, [`${prefix}/log/tile/entries/000`]],
    ]
  ),
  ['/((?!uploads/).+)', ['/robots.txt', '/favicon.ico', '/package.json', '/.env', '/data.db']],
  ['/uploads/(.*)', ['/uploads/', '/uploads/none.png', '/uploads/..%2f..%2fdata.db']],
  ['/admin/:path*', ['/admin', '/admin/', '/admin/content-manager', '/admin/../data.db']],
]);

/** The content type of a content-API route, by its plural name; of a panel route by the admin type that it edits. */
function typeOf(strapi: Core.Strapi, { template }: Route): string | null {
  const [, first = '', second = '', third = ''] = template.split('/');
  const types = Object.values(strapi.contentTypes) as unknown as Array<{
    uid: string;
    plugin?: string;
    info: { pluralName: string };
  }>;
  if (first !== 'api') return ADMIN_TYPES.get(`${first}/${second}`) ?? null;
  const named = types.find(({ plugin, info }) =>
    plugin && plugin === second ? info.pluralName === third : !plugin && info.pluralName === second
  );
  return named?.uid ?? ADMIN_TYPES.get(`${second}/${third}`) ?? ADMIN_TYPES.get(second) ?? null;
}

const ADMIN_TYPES = new Map([
  ['admin/users', 'admin::user'],
  ['admin/roles', 'admin::role'],
  ['admin/api-tokens', 'admin::api-token'],
  ['admin/admin-tokens', 'admin::api-token'],
  ['admin/transfer', 'admin::transfer-token'],
  ['upload/files', 'plugin::upload.file'],
  ['upload/folders', 'plugin::upload.folder'],
  ['i18n/locales', 'plugin::i18n.locale'],
  ['users-permissions/roles', 'plugin::users-permissions.role'],
  ['users', 'plugin::users-permissions.user'],
]);

const MISSING = ['missing0000000000000000a'];

interface Value {
  value: string;
  uid?: string;
}

function valuesOf({ strapi }: World, target: Target, parameter: string, fill: Fill): Value[] {
  const name = parameter.slice(1).replace('*', '');
  const types = typesFor(strapi, target, fill);
  const plain = (values: string[]): Value[] => values.map((value) => ({ value }));
  if (['model', 'contentType'].includes(name)) return types.map((uid) => ({ value: uid, uid }));
  if (name === 'uid') {
    const components = target.template.includes('/components/');
    return components ? plain(MISSING) : types.map((uid) => ({ value: uid, uid }));
  }
  if (name === 'type') return [...governedTypes(strapi).keys()].map((uid) => ({ value: uid, uid }));
  if (name === 'targetField') return plain(relationsOf(strapi, target.uid ?? ''));
  if (['documentId', 'sourceId', 'id', 'role', 'stepId'].includes(name)) {
    const uid = target.uid ?? OWNERS.find(([part]) => target.template.includes(part))?.[1] ?? null;
    if (!uid) return plain(['1']);
    // Types of the document service go by documentId, Strapi's own tables by row id.
    const byDocument = !/^(admin|plugin::(upload|users-permissions|i18n))/.test(uid);
    const inRelations = target.template.includes('/relations/');
    const values = byDocument ? fill.documentIds(uid) : fill.ids(uid);
    const both = inRelations && fill.reading ? [...values.slice(0, 1), ...fill.ids(uid)] : values;
    return plain(both.length > 0 ? both : byDocument ? MISSING : ['999999']);
  }
  return plain(['local']);
}

/**
 * The types to fill in. Where rows are read, every one; where rows are written, those that are not Strapi's own tables;
 * where it is about configuration and schemas, which know no rows, the governed ones and one other.
 */
function typesFor(strapi: Core.Strapi, { template }: Target, { reading }: Fill): string[] {
  const types = Object.keys(strapi.contentTypes);
  if (!reading) {
    return types.filter((uid) =>
      /^(api|plugin::(customer-governance|users-permissions))/.test(uid)
    );
  }
  if (ROWS.test(template)) return types;
  return [...governedTypes(strapi).keys(), 'plugin::customer-governance.consent'];
}

/** Answers with rows: lists, forms, relation pickers and the content API. */
export const ROWS =
  /^\/content-manager\/(collection-types\/:model(\/:id)?|relations\/.*)$|^\/api\/(?!content-type-builder)/;

/** Which records the governance routes are about. */
const OWNERS: Array<[string, string]> = [
  ['/access-requests/', 'plugin::customer-governance.access-request'],
  ['/access-grants/', 'plugin::customer-governance.access-grant'],
  ['/destruction-orders/', 'plugin::customer-governance.destruction-order'],
  ['/destruction-tasks/', 'plugin::customer-governance.destruction-task'],
  ['/destruction-certificates/', 'plugin::customer-governance.destruction-certificate'],
  ['/attachments/', 'plugin::customer-governance.attachment'],
  ['/imports/', 'plugin::customer-governance.import-run'],
  ['/consents/', 'plugin::customer-governance.consent'],
];

/** All relations of a governed type and those that lead to one; of any other type, one. */
function relationsOf(strapi: Core.Strapi, uid: string): string[] {
  const names = Object.entries(modelOf(strapi, uid)?.attributes ?? {})
    .filter(([, { type, target }]) => type === 'relation' && target)
    .map(([name]) => name);
  if (governedTypes(strapi).has(uid)) return names;
  const across = governedRelations(strapi, uid).map(([name]) => name);
  return [...new Set([...across, names[0] ?? 'createdBy'])];
}

/** Relations of a type that lead to a governed one. */
export function governedRelations(strapi: Core.Strapi, uid: string): Array<[string, string]> {
  const governed = governedTypes(strapi);
  return Object.entries(modelOf(strapi, uid).attributes).flatMap(
    ([name, { target }]): Array<[string, string]> =>
      target && governed.has(target) ? [[name, target]] : []
  );
}
