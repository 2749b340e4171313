import type { Context, Domain } from '../domain';
import { asData } from '../http/answer';
import { jobsOf } from '../jobs/jobs';
import { logController } from './controller';
import { registerTransparencyModels } from './models';
import { protectLog } from './protection';
import { logAdminRoutes, logApiRoutes } from './routes';
import { transparencyOf, transparencyService, witnessSettings } from './transparency';

/** What makes the audit log verifiable by an outsider: order, tree, signed checkpoints, witnesses, verification. */
export const transparency: Domain = {
  name: 'transparency',
  services: { transparency: transparencyService },
  controllers: { 'log-panel': logController, log: logApiController },
  adminRoutes: logAdminRoutes,
  contentApiRoutes: logApiRoutes,
  actions: [{ uid: 'audit.verify', displayName: 'Verify the audit log', subCategory: 'audit' }],
  register({ strapi }) {
    registerTransparencyModels(strapi);
    // Before the database is touched: wrong settings stop the start.
    witnessSettings(strapi);
  },
  async bootstrap({ strapi }) {
    await protectLog(strapi);
    await transparencyOf(strapi).start();
    transparencyOf(strapi).keepUp();
    jobsOf(strapi).register({
      name: 'log-pruning',
      cron: '50 3 * * *',
      run: async (now) => {
        const log = transparencyOf(strapi);
        await log.prune(log.keptSince(now));
      },
    });
    jobsOf(strapi).register({
      name: 'log-verification',
      cron: '20 4 * * 0',
      run: async () => {
        const { total } = await transparencyOf(strapi).verify();
        if (total === 0) return;
        strapi.log.error(
          `ALERT: the audit log is not as it was signed: ${total} findings. Run "npm run governance -- audit:verify".`
        );
      },
    });
  },
  async destroy({ strapi }) {
    await transparencyOf(strapi).stop();
  },
};

/** Files as they are; what is JSON in the form of the content API. */
function logApiController(context: Context) {
  const panel = logController(context);
  return {
    ...panel,
    inclusion: asData(panel.inclusion),
    consistency: asData(panel.consistency),
    state: asData(panel.state),
    keys: asData(panel.keys),
  };
}
