import type { Core } from '@strapi/strapi';
import schema from '../../src/plugins/customer-governance/server/src/customers/content-types/customer/schema.json';

/** What is compared: the governed customer and a content type of Strapi's own that holds the same in clear. */
export type Side = 'governed' | 'plain';
export const SIDES: readonly Side[] = ['governed', 'plain'];

export const UIDS: Record<Side, string> = {
  governed: 'plugin::customer-governance.customer',
  plain: 'api::bench-customer.bench-customer',
};

export const API_PATHS: Record<Side, string> = {
  governed: '/api/customer-governance/customers',
  plain: '/api/bench-customers',
};

const NAME = 'bench-customer';

/** The attributes that both types have, in the order of the schema. */
export const ATTRIBUTES = Object.keys(schema.attributes);

/** The schema of the governed customer with its protected attributes as the strings that they are stored as. */
function plainSchema() {
  const attributes = Object.entries(schema.attributes).map(([name, attribute]) => [
    name,
    attribute.type === 'customField' ? { type: 'string' } : attribute,
  ]);
  return {
    ...schema,
    collectionName: 'bench_customers',
    info: { singularName: NAME, pluralName: `${NAME}s`, displayName: 'Benchmark customer' },
    indexes: schema.indexes.map((index) => ({
      ...index,
      name: index.name.replace('gov_', 'bench_'),
    })),
    attributes: Object.fromEntries(attributes),
  };
}

/**
 * Adds the plain type to an application that is about to load, as if it had a folder under `src/api` with Strapi's core
 * controller, service and router.
 */
export function addPlainType(strapi: Core.Strapi): void {
  // By require, as tests/support/app.ts does: Strapi reads .env when it is first loaded.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { factories } = require('@strapi/strapi') as typeof import('@strapi/strapi');
  const uid = UIDS.plain as never;
  const apis = strapi.get('apis') as { add(name: string, api: object): void };
  apis.add(NAME, {
    contentTypes: { [NAME]: { schema: plainSchema() } },
    controllers: { [NAME]: factories.createCoreController(uid) },
    services: { [NAME]: factories.createCoreService(uid) },
    routes: { [NAME]: factories.createCoreRouter(uid) },
  });
}
