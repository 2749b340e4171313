import { adminRoute, type Domain } from '../domain';
import { dataMapController } from './controller';

const READ = 'data-map.read';

/** The data map: what is held of customers, from the running application itself [HLD-1]. */
export const dataMapDomain: Domain = {
  name: 'data-map',
  controllers: { 'data-map': dataMapController },
  adminRoutes: [
    adminRoute('GET', '/data-map', 'data-map.find', READ),
    adminRoute('GET', '/data-map/export', 'data-map.export', READ),
  ],
  actions: [{ uid: READ, displayName: 'Read the data map', subCategory: 'data map' }],
};
