import { adminRoute, type Domain } from '../domain';
import { overviewController } from './controller';

/** The first page of the panel. */
export const overview: Domain = {
  name: 'overview',
  controllers: { overview: overviewController },
  adminRoutes: [adminRoute('GET', '/overview', 'overview.find', 'overview.read')],
  actions: [{ uid: 'overview.read', displayName: 'See the overview', subCategory: 'overview' }],
};
