import type { Core } from '@strapi/strapi';
import { CUSTOMER } from '../policy/attribute-path';

/** What is used of a CASL ability. */
interface Ability {
  can(action: string, subject: string): boolean;
}

const READ = 'plugin::content-manager.explorer.read';

/** Whether an admin user with this ability may read the customer, by the role's permission and its conditions. */
export async function mayReadCustomer(
  strapi: Core.Strapi,
  ability: unknown,
  documentId: string
): Promise<boolean> {
  // Without any permission Strapi's query below has no filter at all, and would let everything through.
  if (!(ability as Ability).can(READ, CUSTOMER)) return false;
  const permissions = strapi
    .service('admin::permission')
    .createPermissionsManager({ ability, model: CUSTOMER });
  const query = permissions.addPermissionsQueryTo({ filters: { documentId } }, READ);
  const { where } = strapi.get('query-params').transform(CUSTOMER, query) as { where: object };
  return (await strapi.db.query(CUSTOMER).count({ where })) > 0;
}

/** The customers that an ability lets somebody read, as a filter of `strapi.db.query`; `null` when none. */
export function customersInSightOf(
  strapi: Core.Strapi,
  ability: unknown
): Record<string, unknown> | null {
  if (!(ability as Ability | undefined)?.can(READ, CUSTOMER)) return null;
  const permissions = strapi
    .service('admin::permission')
    .createPermissionsManager({ ability, model: CUSTOMER });
  const query = permissions.addPermissionsQueryTo({ filters: {} }, READ);
  const { where } = strapi.get('query-params').transform(CUSTOMER, query) as { where?: object };
  return { ...where };
}

/** The ability of the admin user who asks; `undefined` outside a request of the panel. */
export function askersAbility(strapi: Core.Strapi): unknown {
  const request = strapi.requestContext.get() as unknown as
    { state: { userAbility?: unknown } } | undefined;
  return request?.state.userAbility;
}
