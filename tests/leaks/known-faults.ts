/**
 * Routes of Strapi's own at which Strapi 5.54 itself answers bad input, or what it cannot reach, with a 500. They ask for
 * nothing of a customer, and what they answer is searched like everything else. A fault on any other route has failed.
 */
const KNOWN = new Map([
  ['POST /admin/users', 'takes an e-mail address that is no text for one'],
  ['POST /users-permissions/roles', 'writes a given id without looking at it'],
  ['POST /api/users-permissions/roles', 'writes a given id without looking at it'],
  ['PUT /users-permissions/email-templates', 'takes the templates for granted'],
  ['POST /admin/webhooks/:id/trigger', 'takes the webhook for granted'],
  ['GET /admin/license-trial-time-left', 'asks a licence server, which a test does not reach'],
]);

/** Why Strapi answers a route with a 500; `undefined` where it has no business to. */
export const knownFault = (route: string): string | undefined => KNOWN.get(route);
