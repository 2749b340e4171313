import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { Route } from '../domain';
import { asData, dataOf } from '../http/answer';
import { VERIFICATION_METHODS } from '../policy';
import { verificationController } from './controller';
import { FACT_STATES } from './facts';
import { OUTCOMES } from './models';

/** Verification by an application of whoever is signed in. A token is nobody, and verifies nothing. */
export const verificationApiController = (context: { strapi: Core.Strapi }) => {
  const { findOne, record } = verificationController(context);
  return { findOne: asData(findOne), record: asData(record) };
};

const standing = z.object({
  everyMonths: z.number(),
  methods: z.array(z.enum(VERIFICATION_METHODS)),
  openedAt: z.string().nullable(),
  facts: z.array(
    z.looseObject({ attribute: z.string(), value: z.string(), state: z.enum(FACT_STATES) })
  ),
  history: z.array(
    z.looseObject({ attribute: z.string(), outcome: z.enum(OUTCOMES), at: z.string() })
  ),
});
const params = { documentId: z.string() };

/** For the OpenAPI document; what is accepted is decided by the schemas of the controllers. */
export const verificationApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/customers/:documentId/verification',
    handler: 'verification-api.findOne',
    request: { params },
    response: dataOf(standing),
  },
  {
    method: 'POST',
    path: '/customers/:documentId/verification',
    handler: 'verification-api.record',
    request: {
      params,
      body: {
        'application/json': z.object({
          method: z.enum(VERIFICATION_METHODS),
          results: z.array(z.object({ attribute: z.string(), outcome: z.enum(OUTCOMES) })).min(1),
        }),
      },
    },
    response: dataOf(standing),
  },
];
