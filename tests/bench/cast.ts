import type { Core } from '@strapi/strapi';
import type { Client } from './load';
import { ATTRIBUTES, SIDES, UIDS } from './types';

/** Who sends the requests, and what the customers hang on. */
export interface Cast {
  /** Headers of an API token that may read and create both types. */
  token: Record<string, string>;
  /** Headers of admins who may read both types; fresh ones, for a session ends after half an hour. */
  signIn(client: Client): Promise<Admins>;
  relations: { plan: number; owner: number; department: number };
  /** A purpose to which every customer has consented. */
  purpose: number;
  /** The admin user who owns what `own` lets through. */
  ownerUserId: number;
}

export interface Admins {
  /** Without Reveal. */
  masked: Record<string, string>;
  /** With Reveal on name and mobile. */
  revealing: Record<string, string>;
  /** The same, with every permission limited to the own customers. */
  revealingOwn: Record<string, string>;
}

const PLUGIN = 'plugin::customer-governance';
const PASSWORD = 'Benchmark-2026';
const AMBIENT = ['name', 'mobile'];
/** Together they justify all that the entries of the benchmark hold. */
const PURPOSES = ['contract-performance', 'customer-service', 'marketing'];

const CONSENTED = 'customer-service';

interface Permission {
  action: string;
  subject: string;
  properties: { fields: string[] };
  conditions: string[];
}

/** Sets up an active collection plan, a department with one of its staff, an API token and three admins. */
export async function createCast(strapi: Core.Strapi): Promise<Cast> {
  const department = await strapi.db.query(`${PLUGIN}.department`).create({
    data: { name: 'Sales', code: 'bench-sales', function: 'business' },
  });
  const own = [`${PLUGIN}.own`];
  await createAdmin(strapi, 'masked', readPermissions([]));
  await createAdmin(strapi, 'revealing', [...readPermissions([]), revealPermission([])]);
  const ownerUserId = await createAdmin(strapi, 'revealing-own', [
    ...readPermissions(own),
    revealPermission(own),
  ]);
  const owner = await strapi.db.query(`${PLUGIN}.staff-profile`).create({
    data: { displayName: 'Sales', level: 'staff', user: ownerUserId, department: department.id },
  });
  const plan = await createPlan(strapi, owner.id);
  const purpose = await strapi.db
    .query(`${PLUGIN}.purpose`)
    .findOne({ where: { code: CONSENTED } });
  return {
    purpose: purpose.id,
    token: await createToken(strapi),
    relations: { plan, owner: owner.id, department: department.id },
    ownerUserId,
    async signIn(client) {
      return {
        masked: await signIn(client, 'masked'),
        revealing: await signIn(client, 'revealing'),
        revealingOwn: await signIn(client, 'revealing-own'),
      };
    },
  };
}

const emailOf = (name: string) => `${name}@example.com`;

const readPermissions = (conditions: string[]): Permission[] =>
  SIDES.map((side) => ({
    action: 'plugin::content-manager.explorer.read',
    subject: UIDS[side],
    properties: { fields: ATTRIBUTES },
    conditions,
  }));

const revealPermission = (conditions: string[]): Permission => ({
  action: `${PLUGIN}.reveal`,
  subject: UIDS.governed,
  properties: { fields: AMBIENT },
  conditions,
});

async function createAdmin(
  strapi: Core.Strapi,
  name: string,
  permissions: Permission[]
): Promise<number> {
  const role = await strapi
    .service('admin::role')
    .create({ name: `bench-${name}`, description: 'Benchmark' });
  await strapi.service('admin::role').assignPermissions(role.id, permissions);
  const user = await strapi.service('admin::user').create({
    firstname: 'Bench',
    lastname: name,
    email: emailOf(name),
    password: PASSWORD,
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
  return user.id;
}

async function signIn(client: Client, name: string): Promise<Record<string, string>> {
  const { status, text } = await client.one({
    method: 'POST',
    path: '/admin/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: emailOf(name), password: PASSWORD }),
  });
  const token = status === 200 ? JSON.parse(text).data?.token : undefined;
  if (!token) throw new Error(`The admin ${name} could not sign in: ${status} ${text}`);
  return { authorization: `Bearer ${token}` };
}

async function createPlan(strapi: Core.Strapi, responsible: number): Promise<number> {
  const purposes = await strapi.db
    .query(`${PLUGIN}.purpose`)
    .findMany({ where: { code: { $in: PURPOSES } } });
  const attributes = purposes.flatMap((purpose: { attributes: string[] }) => purpose.attributes);
  const plan = await strapi.documents(`${PLUGIN}.collection-plan` as never).create({
    data: {
      title: 'Benchmark',
      code: 'bench',
      purposes: purposes.map(({ documentId }: { documentId: string }) => documentId),
      attributes: [...new Set(attributes)],
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

async function createToken(strapi: Core.Strapi): Promise<Record<string, string>> {
  const relations = ['collection-plan', 'staff-profile', 'department'];
  const { accessKey } = await strapi.service('admin::api-token').create({
    name: 'Benchmark',
    description: '',
    type: 'custom',
    lifespan: null,
    permissions: [
      ...SIDES.flatMap((side) => ['find', 'findOne', 'create'].map((a) => `${UIDS[side]}.${a}`)),
      ...relations.map((type) => `${PLUGIN}.${type}.find`),
    ],
  });
  return { authorization: `Bearer ${accessKey}` };
}
