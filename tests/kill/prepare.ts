import type { Core } from '@strapi/strapi';
import { bootApp } from '../support/app';
import type { Home } from '../support/home';

const PLUGIN = 'plugin::customer-governance';
/** Together they justify all that the load enters. */
const PURPOSES = ['contract-performance', 'customer-service', 'marketing'];

/** What the load needs of an installation. */
export interface Prepared {
  token: string;
  relations: { plan: number; owner: number; department: number };
}

/** Sets an installation up: somebody who owns customers, a plan for them, and a token that enters and reads. */
export async function prepare(home: Home): Promise<Prepared> {
  const app = await bootApp({ home, logLevel: 'error' });
  try {
    const { strapi } = app;
    const department = await strapi.db.query(`${PLUGIN}.department`).create({
      data: { name: 'Sales', code: 'kill-sales', function: 'business' },
    });
    const owner = await strapi.db.query(`${PLUGIN}.staff-profile`).create({
      data: { displayName: 'Sales', level: 'staff', department: department.id },
    });
    return {
      token: await createToken(strapi),
      relations: {
        plan: await createPlan(strapi, owner.id),
        owner: owner.id,
        department: department.id,
      },
    };
  } finally {
    await app.close();
  }
}

async function createPlan(strapi: Core.Strapi, responsible: number): Promise<number> {
  const purposes: Array<{ documentId: string; attributes: string[] }> = await strapi.db
    .query(`${PLUGIN}.purpose`)
    .findMany({ where: { code: { $in: PURPOSES } } });
  const plan = await strapi.documents(`${PLUGIN}.collection-plan` as never).create({
    data: {
      title: 'Load',
      code: 'kill',
      purposes: purposes.map(({ documentId }) => documentId),
      attributes: [...new Set(purposes.flatMap(({ attributes }) => attributes))],
      responsible,
      noticeVersion: '1',
    },
  } as never);
  const { id } = plan as { id: number };
  await strapi.db
    .query(`${PLUGIN}.collection-plan`)
    .update({ where: { id }, data: { state: 'active' } });
  return id;
}

async function createToken(strapi: Core.Strapi): Promise<string> {
  const actions = [
    'customer.find',
    'customer.create',
    'customer.update',
    'collection-plan.find',
    'staff-profile.find',
    'department.find',
    'log.state',
  ];
  const { accessKey } = await strapi.service('admin::api-token').create({
    name: 'Load',
    description: '',
    type: 'custom',
    lifespan: null,
    permissions: actions.map((action) => `${PLUGIN}.${action}`),
  });
  return accessKey;
}
