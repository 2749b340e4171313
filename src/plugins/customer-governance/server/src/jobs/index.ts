import type { Domain } from '../domain';
import { keyEpochsOf } from '../vault/epochs-service';
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
    // Every hour: an end that was interrupted or refused does not wait for another day.
    jobsOf(strapi).register({
      name: 'key-epoch',
      cron: '10 * * * *',
      run: async (now) => {
        await keyEpochsOf(strapi).endWhenDue(now);
      },
    });
  },
};
