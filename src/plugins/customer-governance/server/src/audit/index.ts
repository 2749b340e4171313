import { adminRoute, type Domain } from '../domain';
import { protectTable, refuseChanges } from './append-only';
import { auditService } from './audit';
import auditEntry from './content-types/audit-entry/schema.json';
import { auditController } from './controller';

/** Who did what to whom and why; append-only, and free of personal data. */
export const audit: Domain = {
  name: 'audit',
  contentTypes: { 'audit-entry': { schema: auditEntry } },
  services: { audit: auditService },
  controllers: { audit: auditController },
  adminRoutes: [adminRoute('GET', '/audit-entries', 'audit.find', 'audit.read')],
  actions: [{ uid: 'audit.read', displayName: 'Read the audit log', subCategory: 'audit' }],
  async bootstrap({ strapi }) {
    refuseChanges(strapi);
    await protectTable(strapi);
  },
};
