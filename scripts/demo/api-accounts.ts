import type { Core } from '@strapi/strapi';
import { documentsOf, type Demo, type Row } from './context';
import { CONTACT, CUSTOMER, PLUGIN, STAFF } from './uids';

/** What the application of the sales people asks of the API: to read, to request access, to propose changes, to decide, and to use grants. */
const ACTIONS = [
  ...[CUSTOMER, CONTACT].flatMap((uid) => [`${uid}.find`, `${uid}.findOne`]),
  ...['find', 'findOne', 'preview', 'submit', 'amend', 'withdraw'].map(
    (action) => `plugin::${PLUGIN}.access-request.${action}`
  ),
  ...['find', 'preview', 'submit', 'withdraw'].map(
    (action) => `plugin::${PLUGIN}.change-request.${action}`
  ),
  ...['find', 'reveal'].map((action) => `plugin::${PLUGIN}.access-grant.${action}`),
  ...['find', 'decide'].map((action) => `plugin::${PLUGIN}.approval.${action}`),
];

/** An account of the API for people of the panel, tied to the same staff profile: one person, whichever way they come. */
export async function createApiAccounts(
  { strapi, progress }: Demo,
  people: ReadonlyArray<{ email: string; password: string; staff: Row }>
): Promise<void> {
  const role = await createApiRole(strapi);
  for (const { email, password, staff } of people) {
    const user = await strapi.plugin('users-permissions').service('user').add({
      username: email,
      email,
      password,
      provider: 'local',
      confirmed: true,
      blocked: false,
      role,
    });
    await documentsOf(strapi, STAFF).update({
      documentId: staff.documentId,
      data: { apiUser: user.id },
    });
  }
  progress('API accounts', people.length, people.length);
}

async function createApiRole(strapi: Core.Strapi): Promise<number> {
  const role = await strapi.db.query('plugin::users-permissions.role').create({
    data: {
      name: 'Sales application',
      type: 'sales-application',
      description: 'What sales people do by an application of their own',
    },
  });
  for (const action of ACTIONS) {
    await strapi.db
      .query('plugin::users-permissions.permission')
      .create({ data: { action, role: role.id } });
  }
  return role.id;
}
