import { adminRoute, type Domain } from '../domain';
import { explorerOf } from '../explorer/explorer';
import { coreApi } from '../http/core-api';
import { CONSENT, consentsService } from './consents';
import consent from './content-types/consent/schema.json';
import { consentApiController, consentsController } from './controller';
import { addConsentRules, protectConsents } from './documents';

// A recorded consent is evidence, so there is no route that deletes one.
const api = coreApi(CONSENT, ['find', 'findOne', 'create', 'update']);

/** What data subjects agreed to, for which purpose, on which evidence; and their withdrawal. */
export const consents: Domain = {
  name: 'consents',
  contentTypes: { consent: { schema: consent } },
  services: { consents: consentsService, ...api.services },
  controllers: { consents: consentsController, consent: consentApiController as never },
  adminRoutes: [
    adminRoute('POST', '/consents/:documentId/withdraw', 'consents.withdraw', 'consents.withdraw'),
  ],
  contentApiRoutes: [
    ...api.contentApiRoutes,
    { method: 'POST', path: '/consents/:documentId/withdraw', handler: 'consent.withdraw' },
  ],
  actions: [
    { uid: 'consents.withdraw', displayName: 'Withdraw consents', subCategory: 'consents' },
  ],

  bootstrap({ strapi }) {
    addConsentRules(strapi);
    protectConsents(strapi);
    explorerOf(strapi).registerRelated(async (documentId, limit) => {
      const found: Array<{ documentId: string }> = await strapi.db.query(CONSENT).findMany({
        select: ['documentId'],
        where: { customer: { documentId } },
        orderBy: 'id',
        limit,
      });
      return found.map((row) => row.documentId);
    });
  },
};
