import { adminRoute, type Domain } from '../../domain';
import { ownershipApiController, ownershipApiRoutes, ownershipController } from './controller';
import { registerOwnershipModels } from './models';
import { ownershipOf, ownershipService } from './ownership';

/** Who customers belong to, and every change of it [COL-11]. */
export const ownership: Domain = {
  name: 'ownership',
  services: { ownership: ownershipService },
  controllers: { ownership: ownershipController, 'ownership-api': ownershipApiController },
  adminRoutes: [
    // Whoever may read the customer may know whom it belonged to.
    adminRoute('GET', '/customers/:documentId/ownership', 'ownership.find', null),
  ],
  contentApiRoutes: ownershipApiRoutes,
  register({ strapi }) {
    registerOwnershipModels(strapi);
  },
  bootstrap({ strapi }) {
    ownershipOf(strapi).subscribe();
  },
};
