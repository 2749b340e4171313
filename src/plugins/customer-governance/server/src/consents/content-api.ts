import { z } from '@strapi/utils';
import type { Route } from '../domain';
import { dataOf } from '../http/answer';

/** For the OpenAPI document; what is accepted is decided by the schemas of the controller. */
export const withdrawalApiRoutes: Route[] = [
  { method: 'POST', path: '/consents/:documentId/withdraw', handler: 'consent.withdraw' },
  {
    method: 'POST',
    path: '/customers/:documentId/consents/withdraw',
    handler: 'consent.withdrawAll',
    request: { params: { documentId: z.string() } },
    response: dataOf(z.object({ withdrawn: z.number().int() })),
  },
];
