import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import importRun from './content-types/import-run/schema.json';
import { importsController } from './controller';
import { importsOf, importsService } from './imports';
import { registerImportModels } from './models';
import { IMPORT_ACTOR } from './running';
import { IMPORT_RUN } from './uids';

const RUN = 'imports.run';
const of = (path: string) => `/imports/:documentId${path}`;

/** Many customers at once, from a file [COL-10]. */
export const imports: Domain = {
  name: 'imports',
  contentTypes: { 'import-run': { schema: importRun } },
  services: { imports: importsService },
  controllers: { imports: importsController as never },
  adminRoutes: [
    adminRoute('GET', '/imports', 'imports.find', RUN),
    adminRoute('POST', '/imports', 'imports.upload', RUN),
    adminRoute('GET', '/import-options', 'imports.options', RUN),
    adminRoute('GET', of(''), 'imports.findOne', RUN),
    adminRoute('GET', of('/columns'), 'imports.columns', RUN),
    adminRoute('PUT', of('/mapping'), 'imports.map', RUN),
    adminRoute('POST', of('/check'), 'imports.check', RUN),
    adminRoute('POST', of('/start'), 'imports.start', RUN),
    adminRoute('POST', of('/pause'), 'imports.pause', RUN),
    adminRoute('POST', of('/resume'), 'imports.resume', RUN),
    adminRoute('POST', of('/cancel'), 'imports.cancel', RUN),
    adminRoute('POST', of('/undo'), 'imports.undo', RUN),
    adminRoute('GET', of('/findings'), 'imports.findings', RUN),
    adminRoute('POST', of('/report'), 'imports.report', RUN),
  ],
  actions: [{ uid: RUN, displayName: 'Import customers from files', subCategory: 'imports' }],

  register({ strapi }) {
    registerImportModels(strapi);
  },

  bootstrap({ strapi }) {
    refuseForeignWrites(
      strapi,
      [IMPORT_RUN],
      'Imports are made by uploading a file and move by their own actions, not by writing rows.'
    );
    importsOf(strapi).keepKeys();
    jobsOf(strapi).register({
      name: IMPORT_ACTOR,
      cron: '* * * * *',
      run: (now) => importsOf(strapi).running.takeUp(now),
    });
    jobsOf(strapi).register({
      name: 'import-files',
      cron: '20 * * * *',
      run: (now) => importsOf(strapi).upkeep.sweep(now),
    });
  },

  async destroy({ strapi }) {
    await importsOf(strapi).running.stop();
  },
};
