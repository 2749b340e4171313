import type { Domain } from '../domain';
import { readApi } from '../http/core-api';
import { refuseChanges } from './append-only';
import { AUDIT_ENTRY, auditService } from './audit';
import auditEntry from './content-types/audit-entry/schema.json';

const api = readApi(AUDIT_ENTRY);

/** Who did what to whom and why; append-only, and free of personal data. */
export const audit: Domain = {
  name: 'audit',
  contentTypes: { 'audit-entry': { schema: auditEntry } },
  services: { audit: auditService, ...api.services },
  controllers: api.controllers,
  contentApiRoutes: api.contentApiRoutes,
  actions: [{ uid: 'audit.read', displayName: 'Read the audit log', subCategory: 'audit' }],
  bootstrap({ strapi }) {
    refuseChanges(strapi);
  },
};
