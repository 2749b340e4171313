import { adminRoute, type Domain } from '../../domain';
import { asData } from '../../http/answer';
import { standardsApiRoutes } from './content-api';
import { standardsController } from './controller';
import { logLateEntries } from './late-entries';
import { standardsService } from './standards';

/** Standards of entry: one form for each kind of value, how complete a file is, and how soon it was made. */
export const standards: Domain = {
  name: 'standards',
  services: { standards: standardsService },
  controllers: {
    standards: standardsController,
    'standards-api': (context) => {
      const { all, regions, examineByApi } = standardsController(context);
      return { all: asData(all), regions: asData(regions), examine: asData(examineByApi) };
    },
  },
  adminRoutes: [
    // They hold nothing of anybody; whoever may enter customers is looked at by the service.
    adminRoute('GET', '/standards', 'standards.all', null),
    adminRoute('GET', '/standards/regions', 'standards.regions', null),
    adminRoute('POST', '/customers/examine', 'standards.examine', null),
    adminRoute('GET', '/standards/timeliness', 'standards.timeliness', 'plans.read'),
  ],
  contentApiRoutes: standardsApiRoutes,

  bootstrap({ strapi }) {
    logLateEntries(strapi);
  },
};
