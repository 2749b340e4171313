import type { Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { policyOf } from '../policy';
import { registerTransparencyModels } from './models';
import { protectLog } from './protection';
import { transparencyOf, transparencyService } from './transparency';

/** What makes the audit log verifiable by an outsider: order, tree, signed checkpoints, witnesses, verification. */
export const transparency: Domain = {
  name: 'transparency',
  services: { transparency: transparencyService },
  register({ strapi }) {
    registerTransparencyModels(strapi);
  },
  async bootstrap({ strapi }) {
    await protectLog(strapi);
    await transparencyOf(strapi).start();
    transparencyOf(strapi).keepUp();
    jobsOf(strapi).register({
      name: 'log-pruning',
      cron: '50 3 * * *',
      run: async (now) => {
        const before = new Date(now);
        before.setUTCMonth(before.getUTCMonth() - policyOf(strapi).get().audit.keepMonths);
        await transparencyOf(strapi).prune(before);
      },
    });
  },
  async destroy({ strapi }) {
    await transparencyOf(strapi).stop();
  },
};
