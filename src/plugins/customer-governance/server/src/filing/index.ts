import { adminRoute, type Domain } from '../domain';
import { asData } from '../http/answer';
import { coreApi } from '../http/core-api';
import { retentionOf } from '../retention/retention';
import { CUSTOMER } from '../policy/attribute-path';
import { filingApiRoutes } from './content-api';
import customerGroup from './content-types/customer-group/schema.json';
import { filingController } from './controller';
import { filingOf, filingService } from './filing';
import { limitPanel, unlimitPanel } from './limits';
import { GROUP, registerFilingModels } from './models';
import { addFilingRules } from './rules';

const groupApi = coreApi(GROUP);
const SUBMIT = 'filing.submit';
const REVIEW = 'filing.review';

/** Review of what was entered, and its filing under a number [COL-9]. */
export const filing: Domain = {
  name: 'filing',
  contentTypes: { 'customer-group': { schema: customerGroup } },
  services: { filing: filingService, ...groupApi.services },
  controllers: {
    filing: filingController,
    'filing-api': (context) => {
      const { state, submit } = filingController(context);
      return { state: asData(state), submit: asData(submit) };
    },
    ...groupApi.controllers,
  },
  adminRoutes: [
    adminRoute('GET', '/filing', 'filing.inbox', REVIEW),
    adminRoute('GET', '/filing-options', 'filing.options', null),
    adminRoute('GET', '/filing/own', 'filing.own', SUBMIT),
    adminRoute('POST', '/filing/submit', 'filing.submitMany', SUBMIT),
    adminRoute('POST', '/filing/decide', 'filing.decideMany', REVIEW),
    // What it tells, the record itself tells: whoever reads the customer.
    adminRoute('GET', '/filing/:documentId', 'filing.state', null),
    adminRoute('POST', '/filing/:documentId/submit', 'filing.submit', SUBMIT),
    adminRoute('POST', '/filing/:documentId/decide', 'filing.decide', REVIEW),
  ],
  contentApiRoutes: [...filingApiRoutes, ...groupApi.contentApiRoutes],
  actions: [
    { uid: SUBMIT, displayName: 'Submit customers for review', subCategory: 'filing' },
    { uid: REVIEW, displayName: 'Review and file customers', subCategory: 'filing' },
  ],

  register({ strapi }) {
    registerFilingModels(strapi);
  },

  bootstrap({ strapi }) {
    addFilingRules(strapi);
    limitPanel(strapi);
    retentionOf(strapi).onDestroyed((customers) => filingOf(strapi).reviews.forget(customers));
    strapi.db.lifecycles.subscribe({
      models: [CUSTOMER],
      async afterDelete({ result }) {
        const { documentId } = (result ?? {}) as { documentId?: string };
        if (documentId) await filingOf(strapi).reviews.forget([documentId]);
      },
    });
  },

  destroy({ strapi }) {
    unlimitPanel(strapi);
  },
};
