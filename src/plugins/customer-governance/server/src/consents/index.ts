import { adminRoute, type Domain } from '../domain';
import { explorerOf } from '../explorer/explorer';
import { coreApi } from '../http/core-api';
import { CONSENT, consentsService } from './consents';
import consent from './content-types/consent/schema.json';
import { consentApiController, consentsController } from './controller';
import notice from './content-types/notice/schema.json';
import { addConsentRules, protectConsents } from './documents';
import { logConsents } from './log';
import { noticesController } from './notices/controller';
import { addNoticeRules, protectNotices } from './notices/documents';
import { NOTICE, noticesService } from './notices/notices';

// A recorded consent is evidence, so there is no route that deletes one.
const api = coreApi(CONSENT, ['find', 'findOne', 'create', 'update']);
const noticeApi = coreApi(NOTICE);
const PUBLISH = 'notices.publish';

/** What data subjects agreed to, for which purpose, on which evidence; and their withdrawal. */
export const consents: Domain = {
  name: 'consents',
  contentTypes: { consent: { schema: consent }, notice: { schema: notice } },
  services: {
    consents: consentsService,
    notices: noticesService,
    ...api.services,
    ...noticeApi.services,
  },
  controllers: {
    consents: consentsController,
    consent: consentApiController as never,
    notices: noticesController,
    ...noticeApi.controllers,
  },
  adminRoutes: [
    adminRoute('POST', '/consents/:documentId/withdraw', 'consents.withdraw', 'consents.withdraw'),
    // What is shown to every data subject: whoever records a consent says which version it was.
    adminRoute('GET', '/notices', 'notices.find', null),
    adminRoute('GET', '/notices/:documentId', 'notices.findOne', null),
    adminRoute('POST', '/notices/:documentId/publish', 'notices.publish', PUBLISH),
  ],
  contentApiRoutes: [
    ...api.contentApiRoutes,
    ...noticeApi.contentApiRoutes,
    { method: 'POST', path: '/consents/:documentId/withdraw', handler: 'consent.withdraw' },
  ],
  actions: [
    { uid: 'consents.withdraw', displayName: 'Withdraw consents', subCategory: 'consents' },
    { uid: PUBLISH, displayName: 'Publish notices', subCategory: 'consents' },
  ],

  bootstrap({ strapi }) {
    addConsentRules(strapi);
    protectConsents(strapi);
    logConsents(strapi);
    addNoticeRules(strapi);
    protectNotices(strapi);
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
