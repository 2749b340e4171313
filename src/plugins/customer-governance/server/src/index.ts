import type { Core } from '@strapi/strapi';
import { access } from './access';
import { activity } from './activity';
import { anomalies } from './anomalies';
import { approvals } from './approvals';
import { attachments } from './attachments';
import { audit } from './audit';
import { backup } from './backup';
import calendar from './calendar';
import { changes } from './changes';
import { collection } from './collection';
import { consents } from './consents';
import { customers } from './customers';
import { standards } from './customers/standards';
import { merging } from './customers/merge';
import { ownership } from './customers/ownership';
import { dataMapDomain } from './data-map';
import { PLUGIN, type Context, type Domain, type Route } from './domain';
import { explorer } from './explorer';
import { filing } from './filing';
import { cleanInput } from './http/clean-input';
import { refuseDrafts } from './http/drafts';
import { refuseForms } from './http/forms';
import { quietErrors } from './http/quiet-errors';
import { requestLog } from './http/request-log';
import { imports } from './imports';
import { internalAudit } from './internal-audit';
import { jobs } from './jobs';
import { notifications } from './notifications';
import { organisation } from './organisation';
import { overview } from './overview';
import { partners } from './partners';
import policy from './policy';
import { assertPolicyFits } from './policy-model';
import { register } from './register';
import { retention } from './retention';
import { translations } from './translations';
import { transparency } from './transparency';
import { vault, vaultCheck } from './vault';
import { verification } from './verification';
import { webForms } from './web-forms';

/** Ground floor first: a domain finds what it stands on already there. */
const domains: Domain[] = [
  translations,
  policy,
  calendar,
  organisation,
  audit,
  vault,
  transparency,
  explorer,
  notifications,
  approvals,
  jobs,
  backup,
  customers,
  standards,
  partners,
  ownership,
  consents,
  collection,
  access,
  changes,
  anomalies,
  attachments,
  // After whoever must hear of destructions: at its start it repeats those that a restore has undone.
  retention,
  filing,
  verification,
  merging,
  imports,
  webForms,
  register,
  internalAudit,
  dataMapDomain,
  overview,
  vaultCheck,
  // Last, and so first to stop: what the others do in their beginning and end is the application's start and stop.
  activity,
];

const merged = <K extends 'contentTypes' | 'services' | 'controllers' | 'middlewares' | 'policies'>(
  key: K
) => Object.assign({}, ...domains.map((domain) => domain[key])) as NonNullable<Domain[K]>;

const inOrder = (phase: 'register' | 'bootstrap') => async (context: Context) => {
  for (const domain of domains) await domain[phase]?.(context);
};

const plugin: Record<string, unknown> = {
  async register(context: Context) {
    refuseUnsupportedDatabase(context.strapi);
    await inOrder('register')(context);
    // Before the database is touched: a policy that does not fit stops the start with nothing done under it.
    assertPolicyFits(context.strapi);
  },

  async bootstrap(context: Context) {
    const actions = domains.flatMap((domain) => domain.actions ?? []);
    await context.strapi
      .service('admin::permission')
      .actionProvider.registerMany(
        actions.map((action) => ({ ...action, section: 'plugins', pluginName: PLUGIN }))
      );
    await inOrder('bootstrap')(context);
  },

  async destroy(context: Context) {
    for (const domain of [...domains].reverse()) await domain.destroy?.(context);
  },

  contentTypes: merged('contentTypes'),
  services: merged('services'),
  controllers: merged('controllers'),
  policies: merged('policies'),
  middlewares: {
    ...merged('middlewares'),
    'request-log': requestLog,
    'clean-input': cleanInput,
    'quiet-errors': quietErrors,
    'refuse-drafts': refuseDrafts,
    'refuse-forms': refuseForms,
  },
  routes: {
    admin: { type: 'admin', routes: domains.flatMap((domain) => domain.adminRoutes ?? []) },
    'content-api': (context: Context) => ({
      type: 'content-api',
      routes: domains
        .flatMap((domain) => domain.contentApiRoutes ?? [])
        .flatMap((routes): Route[] => (typeof routes === 'function' ? routes(context) : [routes])),
    }),
  },
};

export default plugin;

function refuseUnsupportedDatabase(strapi: Core.Strapi): void {
  const client = String(strapi.db.dialect.client);
  if (client !== 'sqlite' && client !== 'postgres') {
    throw new Error(
      `The database "${client}" is not supported: use SQLite or PostgreSQL. Row locks and the append-only log are built for these two.`
    );
  }
}
