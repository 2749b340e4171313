import type { Core } from '@strapi/strapi';
import type { Client } from '../load';
import { ATTRIBUTES, UIDS } from '../types';

const PLUGIN = 'plugin::customer-governance';
const PASSWORD = 'Benchmark-2026';
/** Staff besides those whose requests are measured. */
const OTHERS = 1000;

export interface People {
  asker: number;
  approver: number;
  others: number[];
  headers: Record<'asker' | 'approver', Record<string, string>>;
}

/** Somebody with a grant, somebody who approves, and a thousand others. */
export async function createPeople(strapi: Core.Strapi, client: Client): Promise<People> {
  const read = {
    action: 'plugin::content-manager.explorer.read',
    subject: UIDS.governed,
    properties: { fields: ATTRIBUTES },
  };
  const asker = await createPerson(strapi, client, 'asker', [read]);
  const approver = await createPerson(strapi, client, 'approver', [
    { action: `${PLUGIN}.approvals.decide`, subject: null, properties: {} },
  ]);
  const staff = strapi.db.query(`${PLUGIN}.staff-profile`);
  await staff.createMany({
    data: Array.from({ length: OTHERS }, (_, index) => ({
      displayName: `Staff ${index}`,
      level: 'staff',
      active: true,
      publishedAt: new Date(),
    })),
  });
  const others = (await staff.findMany({
    select: ['id'],
    where: { displayName: { $startsWith: 'Staff ' } },
  })) as Array<{ id: number }>;
  return {
    asker: asker.staffId,
    approver: approver.staffId,
    others: others.map(({ id }) => id),
    headers: { asker: asker.headers, approver: approver.headers },
  };
}

async function createPerson(
  strapi: Core.Strapi,
  client: Client,
  name: string,
  permissions: Array<{ action: string; subject: string | null; properties: object }>
) {
  const role = await strapi
    .service('admin::role')
    .create({ name: `bench-${name}`, description: 'Benchmark' });
  await strapi.service('admin::role').assignPermissions(
    role.id,
    permissions.map((permission) => ({ ...permission, conditions: [] }))
  );
  const email = `${name}@example.com`;
  const user = await strapi.service('admin::user').create({
    firstname: 'Bench',
    lastname: name,
    email,
    password: PASSWORD,
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
  const { id } = await strapi.db.query(`${PLUGIN}.staff-profile`).create({
    data: { displayName: name, level: 'leadership', active: true, user: user.id },
  });
  const { status, text } = await client.one({
    method: 'POST',
    path: '/admin/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (status !== 200) throw new Error(`${name} could not sign in: ${status}`);
  return {
    staffId: id as number,
    headers: { authorization: `Bearer ${JSON.parse(text).data.token}` },
  };
}
