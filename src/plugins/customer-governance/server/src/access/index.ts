import { consentsOf } from '../consents/consents';
import { adminRoute, type Domain } from '../domain';
import { makeAppendOnly } from '../audit/append-only';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import { retentionOf } from '../retention/retention';
import { vaultOf } from '../vault/vault';
import { accessService } from './access';
import { accessApiController, accessApiRoutes } from './content-api';
import accessGrant from './content-types/access-grant/schema.json';
import accessRequest from './content-types/access-request/schema.json';
import { accessController } from './controller';
import { useRevealingReads } from './documents';
import { grantsOf, grantsService } from './grants';
import { endBaseless, narrowGrants, watchBasis } from './grant-ends';
import { ATTACHMENT, CONTACT, CUSTOMER } from './lawfulness';
import { GRANT, GRANT_RECORDS, registerAccessModels, REQUEST, USE_NOTES_TABLE } from './models';
import { requestsOf, requestsService } from './requests';
import { grantApiController, requestApiController, requestApiRoutes } from './requests-api';
import { useSightOfReads, useSightOfWrites } from './sight';
import { usesService } from './uses';

/** Reveal, requests and grants: who may see what, for which purpose, until when. */
export const access: Domain = {
  name: 'access',
  contentTypes: {
    'access-request': { schema: accessRequest },
    'access-grant': { schema: accessGrant },
  },
  services: {
    access: accessService,
    grants: grantsService,
    requests: requestsService,
    uses: usesService,
  },
  controllers: {
    'access-panel': accessController,
    access: accessApiController,
    'access-request': requestApiController,
    'access-grant': grantApiController,
  },
  adminRoutes: [
    adminRoute('GET', '/me', 'access-panel.me', null),
    adminRoute('GET', '/purposes', 'access-panel.purposes', null),
    adminRoute('GET', '/records/:type/:documentId', 'access-panel.record', null),
    adminRoute('POST', '/reveal', 'access-panel.reveal', null),
    adminRoute('POST', '/lookup', 'access-panel.lookup', 'lookup'),
    adminRoute('GET', '/access-requests', 'access-panel.findRequests', 'access.request'),
    adminRoute('POST', '/access-requests', 'access-panel.submitRequest', 'access.request'),
    adminRoute('POST', '/access-requests/preview', 'access-panel.previewRequest', 'access.request'),
    // For its requester and for approvers, whose roles differ: the service decides who sees it.
    adminRoute('GET', '/access-requests/:documentId', 'access-panel.findRequest', null),
    adminRoute(
      'PUT',
      '/access-requests/:documentId',
      'access-panel.amendRequest',
      'access.request'
    ),
    adminRoute(
      'POST',
      '/access-requests/:documentId/withdraw',
      'access-panel.withdrawRequest',
      'access.request'
    ),
    // Open to the requester, those who decided and those who read the log: the service tells them apart.
    adminRoute('GET', '/access-requests/:documentId/uses', 'access-panel.findUses', null),
    adminRoute(
      'POST',
      '/access-requests/:documentId/uses',
      'access-panel.noteUse',
      'access.request'
    ),
    adminRoute(
      'POST',
      '/audit-entries/:documentId/values',
      'access-panel.revealChange',
      'audit.read'
    ),
    adminRoute('GET', '/access-grants', 'access-panel.findGrants', 'access.request'),
    adminRoute(
      'POST',
      '/access-grants/:documentId/revoke',
      'access-panel.revokeGrant',
      'access.revoke'
    ),
    adminRoute(
      'POST',
      '/access-grants/:documentId/suspend',
      'access-panel.suspendGrant',
      'access.revoke'
    ),
    adminRoute(
      'POST',
      '/access-grants/:documentId/resume',
      'access-panel.resumeGrant',
      'access.revoke'
    ),
  ],
  contentApiRoutes: [...accessApiRoutes, ...requestApiRoutes],
  actions: [
    { uid: 'access.request', displayName: 'Request access', subCategory: 'access' },
    { uid: 'access.revoke', displayName: 'Revoke and suspend grants', subCategory: 'access' },
    { uid: 'lookup', displayName: 'Look up by exact value', subCategory: 'access' },
  ],

  register({ strapi }) {
    registerAccessModels(strapi);
    useSightOfWrites(strapi);
    requestsOf(strapi).register();
  },

  async bootstrap({ strapi }) {
    refuseForeignWrites(
      strapi,
      [REQUEST, GRANT, GRANT_RECORDS],
      'Access requests and grants are made by submitting, deciding and revoking requests, not by writing rows.'
    );
    await makeAppendOnly(
      strapi,
      USE_NOTES_TABLE,
      'governance_use_notes',
      'notes of use are append-only'
    );
    useRevealingReads(strapi);
    useSightOfReads(strapi);
    watchBasis(strapi);
    consentsOf(strapi).onWithdrawn((customer, purpose) =>
      narrowGrants(strapi, customer, purpose, new Date())
    );
    jobsOf(strapi).register({
      name: 'grant-ends',
      cron: '*/10 * * * *',
      run: async (now) => {
        await endBaseless(strapi, now);
      },
    });
    await registerRevealAction(strapi);
    await grantsOf(strapi).nameHolders();
    retentionOf(strapi).onDestroyed(async (customers, contacts, attachments) => {
      await grantsOf(strapi).forgetRecords(CUSTOMER, customers);
      await grantsOf(strapi).forgetRecords(CONTACT, contacts);
      await grantsOf(strapi).forgetRecords(ATTACHMENT, attachments);
      await endBaseless(strapi, new Date(), { reasons: ['records'] });
    });
  },
};

/** The Reveal column of Strapi's role editor, per attribute and with conditions, on every governed type. */
async function registerRevealAction(strapi: Parameters<typeof vaultOf>[0]): Promise<void> {
  await strapi.service('admin::permission').actionProvider.registerMany([
    {
      section: 'contentTypes',
      uid: 'reveal',
      pluginName: 'customer-governance',
      displayName: 'Reveal',
      subjects: [...vaultOf(strapi).governed().keys()],
      options: { applyToProperties: ['fields'] },
    },
  ]);
}
