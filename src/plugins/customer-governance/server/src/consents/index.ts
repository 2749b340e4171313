import { adminRoute, type Domain } from '../domain';
import { explorerOf } from '../explorer/explorer';
import { coreApi } from '../http/core-api';
import { CONSENT, consentsService } from './consents';
import { withdrawalApiRoutes } from './content-api';
import consent from './content-types/consent/schema.json';
import { consentApiController, consentsController } from './controller';
import notice from './content-types/notice/schema.json';
import { addConsentRules, protectConsents } from './documents';
import { logConsents } from './log';
import { noticesController } from './notices/controller';
import { addNoticeRules, protectNotices } from './notices/documents';
import { NOTICE, noticesOf, noticesService } from './notices/notices';
import { notificationsOf } from '../notifications/notifications';

// A recorded consent is evidence, so there is no route that deletes one.
const api = coreApi(CONSENT, ['find', 'findOne', 'create', 'update']);
const noticeApi = coreApi(NOTICE);
const READ = 'notices.read';
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
    adminRoute(
      'POST',
      '/customers/:documentId/consents/withdraw',
      'consents.withdrawAll',
      'consents.withdraw'
    ),
    // What of these may be done hangs on the customer: the service asks the role's permissions on customers and consents.
    adminRoute('GET', '/customers/:documentId/consent-options', 'consents.options', null),
    adminRoute('POST', '/customers/:documentId/consents', 'consents.record', null),
    adminRoute('GET', '/consents/:documentId/history', 'consents.history', null),
    adminRoute('GET', '/marketable', 'consents.marketable', READ),
    // What is shown to every data subject: whoever records a consent says which version it was.
    adminRoute('GET', '/notices', 'notices.find', null),
    adminRoute('GET', '/notices/:documentId', 'notices.findOne', null),
    adminRoute('GET', '/notices/:documentId/missing', 'notices.missing', READ),
    adminRoute('POST', '/notices', 'notices.create', PUBLISH),
    adminRoute('PUT', '/notices/:documentId', 'notices.update', PUBLISH),
    adminRoute('POST', '/notices/:documentId/publish', 'notices.publish', PUBLISH),
  ],
  contentApiRoutes: [
    // Before the core routes, of which one takes any documentId.
    { method: 'GET', path: '/consents/marketable', handler: 'consent.marketable' },
    ...api.contentApiRoutes,
    ...noticeApi.contentApiRoutes,
    ...withdrawalApiRoutes,
  ],
  actions: [
    { uid: 'consents.withdraw', displayName: 'Withdraw consents', subCategory: 'consents' },
    {
      uid: READ,
      displayName: 'Read notices, who has yet to answer, and who may be contacted',
      subCategory: 'consents',
    },
    { uid: PUBLISH, displayName: 'Write and publish notices', subCategory: 'consents' },
  ],

  bootstrap({ strapi }) {
    addConsentRules(strapi);
    protectConsents(strapi);
    logConsents(strapi);
    addNoticeRules(strapi);
    protectNotices(strapi);
    // Whoever owns such customers asks them again; they are told in the transaction of the publication.
    noticesOf(strapi).onPublished(async ({ code, documentId }, now) => {
      const recipients = await noticesOf(strapi).missing.owners(code, now);
      await notificationsOf(strapi).announce(
        'notice-changed',
        { kind: 'notice', requestId: documentId, recipients },
        now
      );
    });
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
