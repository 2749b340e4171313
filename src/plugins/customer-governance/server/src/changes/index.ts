import { entryOf } from '../customers/entry/entry';
import { onRecordDeleted } from '../deleted-records';
import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import { CONTACT, CUSTOMER } from '../policy/attribute-path';
import { retentionOf } from '../retention/retention';
import { vaultOf } from '../vault/vault';
import { CHANGE_REQUEST } from './change-request';
import { changesOf, changesService } from './changes';
import { changesApiController, changesApiRoutes } from './content-api';
import changeRequest from './content-types/change-request/schema.json';
import { changeGuard, controlledTypes } from './control';
import { changesController } from './controller';

const PERMISSION = 'changes.request';

/** Controlled attributes: changed by a request of one person and the approval of another, and by nothing else. */
export const changes: Domain = {
  name: 'changes',
  contentTypes: { 'change-request': { schema: changeRequest } },
  services: { changes: changesService },
  controllers: {
    'changes-panel': changesController,
    'change-request': changesApiController,
  },
  adminRoutes: [
    adminRoute('GET', '/change-requests', 'changes-panel.find', PERMISSION),
    adminRoute('POST', '/change-requests', 'changes-panel.submit', PERMISSION),
    adminRoute('POST', '/change-requests/preview', 'changes-panel.preview', PERMISSION),
    adminRoute(
      'POST',
      '/change-requests/:documentId/withdraw',
      'changes-panel.withdraw',
      PERMISSION
    ),
    adminRoute('GET', '/records/:type/:documentId/changes', 'changes-panel.history', null),
  ],
  contentApiRoutes: changesApiRoutes,
  actions: [
    {
      uid: PERMISSION,
      displayName: 'Propose changes of controlled attributes',
      subCategory: 'changes',
    },
  ],

  register({ strapi }) {
    changesOf(strapi).register();
  },

  bootstrap({ strapi }) {
    refuseForeignWrites(
      strapi,
      [CHANGE_REQUEST],
      'Change requests are made by proposing, deciding and withdrawing changes, not by writing rows.'
    );
    const types = controlledTypes(strapi);
    for (const uid of types) entryOf(strapi).addRule(uid, changesOf(strapi).control);
    vaultOf(strapi).guardChanges(changeGuard(strapi));
    // Masks stand in the change requests of a record.
    onRecordDeleted(strapi, types, (uid, documentId) =>
      changesOf(strapi).forgetRecords(uid, [documentId])
    );
    retentionOf(strapi).onDestroyed(async (customers, contacts) => {
      await changesOf(strapi).forgetRecords(CUSTOMER, customers);
      await changesOf(strapi).forgetRecords(CONTACT, contacts);
    });
    retentionOf(strapi).onAttributesDestroyed((type, documentIds, attributes) =>
      changesOf(strapi).forgetAttributes(type, documentIds, attributes)
    );
    jobsOf(strapi).register({
      name: 'late-changes',
      cron: '*/10 * * * *',
      run: async (now) => {
        await changesOf(strapi).noteLate(now);
      },
    });
  },
};
