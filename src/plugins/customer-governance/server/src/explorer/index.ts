import { adminRoute, type Domain } from '../domain';
import { explorerController } from './controller';
import { explorerService } from './explorer';

/** The reading side of the audit log: pages by any filter, histories, days, charts, exports. */
export const explorer: Domain = {
  name: 'explorer',
  services: { explorer: explorerService },
  controllers: { explorer: explorerController },
  adminRoutes: [
    adminRoute('GET', '/audit-entries', 'explorer.find', 'audit.read'),
    adminRoute('GET', '/audit-entries/actors', 'explorer.actors', 'audit.read'),
    adminRoute('GET', '/audit-entries/figures', 'explorer.figures', 'audit.read'),
    adminRoute('GET', '/audit-entries/day', 'explorer.day', 'audit.read'),
    adminRoute('GET', '/audit-entries/state', 'explorer.state', 'audit.verify'),
    adminRoute('GET', '/audit-entries/export', 'explorer.export', 'audit.export'),
    adminRoute('GET', '/audit-entries/:entryId/proof', 'explorer.proof', 'audit.verify'),
  ],
  actions: [{ uid: 'audit.export', displayName: 'Export the audit log', subCategory: 'audit' }],
};
