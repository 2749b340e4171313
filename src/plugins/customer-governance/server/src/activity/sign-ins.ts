import type { Core } from '@strapi/strapi';
import type { AuditAction } from '../audit/actions';
import { auditOf, type AuditEvent } from '../audit/audit';
import { actorOf, type Actor } from '../organisation/actor';
import type { Call } from './call';
import type { Throttle } from './throttle';

const ADMIN = 'admin::user';
const USER = 'plugin::users-permissions.user';
/** What nobody's address is longer than; what is longer is not looked up. */
const MAX_IDENTIFIER = 320;

interface AccountRoute {
  action: AuditAction & `account.${string}`;
  recordType: typeof ADMIN | typeof USER;
  /** Where in the body stands who it is said to be. */
  identifier?: 'email' | 'identifier';
  method: 'password' | 'email' | 'provider';
}

const admin = (
  action: AccountRoute['action'],
  method: AccountRoute['method'],
  identifier?: AccountRoute['identifier']
): AccountRoute => ({ action, recordType: ADMIN, method, identifier });
const user = (
  action: AccountRoute['action'],
  method: AccountRoute['method'],
  identifier?: AccountRoute['identifier']
): AccountRoute => ({ action, recordType: USER, method, identifier });

/** The routes by which accounts come in, go out and get a new password, by plugin and handler. */
const ROUTES: Readonly<Record<string, AccountRoute>> = {
  'admin authentication.login': admin('account.sign-in', 'password', 'email'),
  'admin authentication.logout': admin('account.sign-out', 'password'),
  'admin authentication.register': admin('account.register', 'email'),
  'admin authentication.registerAdmin': admin('account.register', 'password'),
  'admin authentication.forgotPassword': admin('account.password-forgotten', 'email', 'email'),
  'admin authentication.resetPassword': admin('account.password-change', 'email'),
  'users-permissions auth.callback': user('account.sign-in', 'password', 'identifier'),
  'users-permissions auth.connect': user('account.sign-in', 'provider'),
  'users-permissions auth.register': user('account.register', 'password'),
  'users-permissions auth.logout': user('account.sign-out', 'password'),
  'users-permissions auth.forgotPassword': user('account.password-forgotten', 'email', 'email'),
  'users-permissions auth.resetPassword': user('account.password-change', 'email'),
  'users-permissions auth.changePassword': user('account.password-change', 'password'),
  'users-permissions auth.emailConfirmation': user('account.register', 'email'),
};

/** The account route that answered, or `undefined`. */
export function accountRouteOf({ state: { route } }: Call): AccountRoute | undefined {
  if (typeof route?.handler !== 'string') return undefined;
  return ROUTES[`${route.info?.pluginName ?? ''} ${route.handler}`];
}

/**
 * Writes who signed in, or tried to. What was typed stays out of the log: it may be anybody's, and a password was typed
 * in its place before. Whose account it would have been is looked up, and named by its id.
 */
export async function logAccount(
  strapi: Core.Strapi,
  throttle: Throttle,
  call: Call,
  route: AccountRoute
): Promise<void> {
  const done = call.status < 400;
  // Who was let in is named by the answer; of whoever has tried too often already nothing is looked up.
  const account = done
    ? (accountIn(call) ?? (await accountNamed(strapi, call, route)))
    : call.status === 429
      ? null
      : await accountNamed(strapi, call, route);
  const event: AuditEvent = {
    action: route.action,
    recordType: route.recordType,
    recordIds: account === null ? [] : [account],
    details: { method: isByProvider(call, route) ? 'provider' : route.method },
  };
  if (done) {
    const actor: Actor | null =
      account === null || route.action === 'account.password-forgotten'
        ? null
        : { kind: route.recordType === ADMIN ? 'admin' : 'user', id: account };
    const append = () => auditOf(strapi).append(event);
    return actor ? actorOf(strapi).asAccount(actor, append) : append();
  }
  // Refused is what the caller's credentials were refused for, not a fault of the server's.
  if (call.status >= 500) return;
  await throttle.note(
    `${route.action} ${route.recordType} ${call.ip} ${account ?? ''}`,
    (attempts) =>
      strapi.requestContext.run(call as never, () =>
        auditOf(strapi).refused({
          ...event,
          details:
            route.action === 'account.sign-in' ? { ...event.details, attempts } : event.details,
        })
      )
  );
}

const isByProvider = ({ params }: Call, { action }: AccountRoute): boolean =>
  action === 'account.sign-in' &&
  typeof params?.provider === 'string' &&
  params.provider !== 'local';

/** Of the account to which the answer is addressed. */
function accountIn({ body, state }: Call): string | null {
  const answer = body as { data?: { user?: unknown }; user?: unknown } | undefined;
  const found = answer?.data?.user ?? answer?.user ?? state.user;
  const id = (found as { id?: unknown } | undefined)?.id;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : null;
}

/** Of the account of which the body says that it is its own, if there is one. */
async function accountNamed(
  strapi: Core.Strapi,
  { request: { body } }: Call,
  { identifier, recordType }: AccountRoute
): Promise<string | null> {
  if (!identifier) return null;
  const given = (body as Record<string, unknown> | undefined)?.[identifier];
  if (typeof given !== 'string' || given.length > MAX_IDENTIFIER) return null;
  const email = { email: given.toLowerCase() };
  const where = identifier === 'email' ? email : { $or: [email, { username: given }] };
  const found = await strapi.db.query(recordType).findOne({ select: ['id'], where });
  return found ? String(found.id) : null;
}
