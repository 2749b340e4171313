import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import { policyOf } from '../policy';
import backupRun from './content-types/backup-run/schema.json';
import { backupController } from './controller';
import { offline } from './offline';
import { RUN } from './runs';
import { backupOf, backupService } from './service';
import { backupSettings } from './settings';

const READ = 'backup.read';
const RUN_RIGHT = 'backup.run';

/** Backups of data and keys, apart and encrypted, and drills of their restore [HLD-4]. */
export const backup: Domain = {
  name: 'backup',
  contentTypes: { 'backup-run': { schema: backupRun } },
  services: { backup: backupService, 'backup-offline': () => offline },
  controllers: { backup: backupController },
  adminRoutes: [
    adminRoute('GET', '/backups', 'backup.find', READ),
    adminRoute('POST', '/backups', 'backup.start', RUN_RIGHT),
    // Before the one with a documentId, for which the router would take it.
    adminRoute('GET', '/backups/state', 'backup.state', READ),
    adminRoute('GET', '/backups/:documentId', 'backup.findOne', READ),
  ],
  actions: [
    { uid: READ, displayName: 'Read backups and drills', subCategory: 'backup' },
    { uid: RUN_RIGHT, displayName: 'Start backups and drills', subCategory: 'backup' },
  ],

  register({ strapi }) {
    // Before the database is touched: settings that are wrong stop the start.
    if (backupSettings(strapi) === null) {
      strapi.log.warn('Nothing is backed up: GOVERNANCE_BACKUP_DIRECTORY is not set.');
    }
  },

  bootstrap({ strapi }) {
    refuseForeignWrites(
      strapi,
      [RUN],
      'Records of backups and drills are written by the backups and drills themselves.'
    );
    const { incrementalCron, fullCron } = policyOf(strapi).get().backup;
    const jobs = jobsOf(strapi);
    jobs.register({
      name: 'backup-full',
      cron: fullCron,
      run: () => backupOf(strapi).scheduled('full'),
    });
    jobs.register({
      name: 'backup-incremental',
      cron: incrementalCron,
      run: () => backupOf(strapi).scheduled('incremental'),
    });
    jobs.register({
      name: 'backup-keys',
      cron: '*/10 * * * *',
      run: (now) => backupOf(strapi).renewKeys(now),
    });
    jobs.register({
      name: 'backup-drill',
      cron: '40 4 * * *',
      run: (now) => backupOf(strapi).scheduledDrill(now),
    });
    jobs.register({
      name: 'backup-watch',
      cron: '50 7 * * *',
      run: async (now) => {
        await backupOf(strapi).watch(now);
      },
    });
  },
};
