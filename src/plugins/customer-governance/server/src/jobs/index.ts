import type { Domain } from '../domain';
import { vaultUpkeepOf } from '../vault/upkeep';
import { jobsOf, jobsService, registerJobModels } from './jobs';

/** Scheduled work. */
export const jobs: Domain = {
  name: 'jobs',
  services: { jobs: jobsService },
  register({ strapi }) {
    registerJobModels(strapi);
  },
  bootstrap({ strapi }) {
    jobsOf(strapi).register({
      name: 'orphan-sweep',
      cron: '30 3 * * *',
      run: async (now) => {
        await vaultUpkeepOf(strapi).sweepOrphans(now);
      },
    });
  },
};
