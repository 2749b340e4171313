import { adminRoute, type Domain } from '../../domain';
import { explorerOf } from '../../explorer/explorer';
import { retentionOf } from '../../retention/retention';
import { mergesApiController, mergesApiRoutes } from './content-api';
import { mergesController } from './controller';
import { mergesOf, mergesService } from './merges';
import { registerMergeModels } from './models';

const PERMISSION = 'customers.merge';

/** Two files of one customer become one, by request and approval; and which files may be of one [COL-7]. */
export const merging: Domain = {
  name: 'merging',
  services: { merges: mergesService },
  controllers: { merges: mergesController, merge: mergesApiController },
  adminRoutes: [
    adminRoute('GET', '/duplicates', 'merges.suspicions', PERMISSION),
    adminRoute('POST', '/duplicates/distinct', 'merges.dismiss', PERMISSION),
    adminRoute('GET', '/merges', 'merges.find', PERMISSION),
    adminRoute('POST', '/merges', 'merges.submit', PERMISSION),
    adminRoute('GET', '/merges/compare', 'merges.compare', PERMISSION),
    adminRoute('POST', '/merges/preview', 'merges.preview', PERMISSION),
    adminRoute('GET', '/merges/by-number/:number', 'merges.locate', PERMISSION),
    adminRoute('POST', '/merges/:documentId/withdraw', 'merges.withdraw', PERMISSION),
  ],
  contentApiRoutes: mergesApiRoutes,
  actions: [
    {
      uid: PERMISSION,
      displayName: 'See suspected duplicates and ask for their merging',
      subCategory: 'customers',
    },
  ],

  register({ strapi }) {
    registerMergeModels(strapi);
    mergesOf(strapi).registerKind();
  },

  bootstrap({ strapi }) {
    retentionOf(strapi).onDestroyed((customers) => mergesOf(strapi).forget(customers));
    explorerOf(strapi).registerRelated((documentId, limit) =>
      mergesOf(strapi).partsOf(documentId, limit)
    );
  },
};
