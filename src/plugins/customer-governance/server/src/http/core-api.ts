import { factories } from '@strapi/strapi';
import type { Domain, Route } from '../domain';

type Action = 'find' | 'findOne' | 'create' | 'update' | 'delete';

const READ: Action[] = ['find', 'findOne'];

/**
 * Strapi's own service, controller and content-API routes for one content type, to be spread into a domain.
 * @param only the actions that get a route; all when left out.
 */
export function coreApi(
  uid: string,
  only?: Action[]
): Required<Pick<Domain, 'services' | 'controllers' | 'contentApiRoutes'>> {
  const name = uid.slice(uid.indexOf('.') + 1);
  const type = uid as never;
  return {
    services: { [name]: factories.createCoreService(type) as never },
    controllers: { [name]: factories.createCoreController(type) as never },
    // A core router builds its routes when they are asked for, which is once Strapi has its content types.
    contentApiRoutes: [
      (): Route[] => {
        const options = only ? { only } : {};
        const router = factories.createCoreRouter(type, options as never) as unknown as {
          routes: Route[];
        };
        return router.routes;
      },
    ],
  };
}

/** The same for a type that only the product itself writes. */
export const readApi = (uid: string) => coreApi(uid, READ);
