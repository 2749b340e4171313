import { z } from '@strapi/utils';
import { adminRoute, PLUGIN, type Route } from '../domain';
import { dataOf } from '../http/answer';

/** Hashes, roots and signatures tell nothing of an entry; the entries themselves are for who may read the log. */
const VERIFY = 'audit.verify';
const READ_ENTRIES = 'plugin::customer-governance.audit-entry.find';

const entriesRoute = adminRoute('GET', '/log/tile/entries/:path*', 'log-panel.entries', VERIFY);

export const logAdminRoutes: Route[] = [
  adminRoute('GET', '/log/checkpoint', 'log-panel.checkpoint', VERIFY),
  {
    ...entriesRoute,
    config: {
      policies: [
        'admin::isAuthenticatedAdmin',
        {
          name: 'admin::hasPermissions',
          config: { actions: [`plugin::${PLUGIN}.${VERIFY}`, `plugin::${PLUGIN}.audit.read`] },
        },
      ],
    },
  },
  adminRoute('GET', '/log/tile/:path*', 'log-panel.tile', VERIFY),
  adminRoute('GET', '/log/proof/inclusion', 'log-panel.inclusion', VERIFY),
  adminRoute('GET', '/log/proof/consistency', 'log-panel.consistency', VERIFY),
  adminRoute('GET', '/log/state', 'log-panel.state', VERIFY),
  adminRoute('GET', '/log/keys', 'log-panel.keys', VERIFY),
];

const text = z.string();
const whole = z.number().int();
const head = z.object({ treeSize: whole, rootHash: text, checkpoint: text.nullable() });
const size = z.number().int().min(1);

const route = (path: string, handler: string, more: Partial<Route> = {}): Route => ({
  method: 'GET',
  path: `/log/${path}`,
  handler: `log.${handler}`,
  ...more,
});

/** The same for monitors outside, by API token or role; each route is an action of its own. */
export const logApiRoutes: Route[] = [
  route('checkpoint', 'checkpoint', { response: text }),
  route('tile/entries/:path*', 'entries', {
    config: { auth: { scope: [`plugin::${PLUGIN}.log.entries`, READ_ENTRIES] } },
  }),
  route('tile/:path*', 'tile'),
  route('proof/inclusion', 'inclusion', {
    request: { query: { entry: text, size: size.optional() } },
    response: dataOf(
      z.object({
        entry: text,
        leafIndex: whole,
        treeSize: whole,
        leafHash: text,
        hashes: z.array(text),
        rootHash: text,
        checkpoint: text.nullable(),
      })
    ),
  }),
  route('proof/consistency', 'consistency', {
    request: { query: { from: size, to: size.optional() } },
    response: dataOf(z.object({ from: head, to: head, hashes: z.array(text) })),
  }),
  route('state', 'state', { response: dataOf(z.looseObject({ treeSize: whole, pending: whole })) }),
  route('keys', 'keys', {
    response: dataOf(
      z.object({ keys: z.array(z.object({ id: whole, name: text, verifierKey: text })) })
    ),
  }),
];
