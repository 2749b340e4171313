import { z } from '@strapi/utils';
import type { Route } from '../domain';
import { dataOf } from '../http/answer';

const state = z.object({
  documentId: z.string(),
  state: z.enum(['entered', 'in-review', 'filed', 'returned']),
  filingNumber: z.string().nullable(),
  filedAt: z.string().nullable(),
  submittedAt: z.string().nullable(),
  returned: z
    .object({
      by: z.string().nullable(),
      at: z.string().nullable(),
      reasons: z.string().nullable(),
    })
    .nullable(),
});

/** For the OpenAPI document; what is accepted is decided by the schemas of the controller. */
export const filingApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/customers/:documentId/filing',
    handler: 'filing-api.state',
    request: { params: { documentId: z.string() } },
    response: dataOf(state),
  },
  {
    method: 'POST',
    path: '/customers/:documentId/filing',
    handler: 'filing-api.submit',
    request: { params: { documentId: z.string() } },
    response: dataOf(state),
  },
];
