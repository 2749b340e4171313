import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { Route } from '../domain';
import { asData, asPage, dataOf, pagesOf, pagingQuery } from '../http/answer';
import { approvalsController } from './controller';

/** The inbox of those who approve, for applications that they are signed in to. A token is nobody, and decides nothing. */
export const approvalApiController = (context: { strapi: Core.Strapi }) => {
  const { find, decide } = approvalsController(context);
  return { find: asPage(find), decide: asData(decide) };
};

const person = z.object({ name: z.string(), department: z.string().nullable() });
const step = z.object({
  stepId: z.number().int(),
  kind: z.string(),
  role: z.string(),
  state: z.string(),
  dueAt: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decision: z.enum(['approved', 'rejected']).nullable(),
  comment: z.string().nullable(),
  subject: z.record(z.string(), z.unknown()).nullable(),
  onBehalfOf: z.object({ name: z.string() }).nullable(),
  requester: person.nullable(),
});

/** For the OpenAPI document; what is accepted is decided by the schemas of the controller. */
export const approvalApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/approvals',
    handler: 'approval.find',
    request: { query: { state: z.enum(['pending', 'decided']).optional(), ...pagingQuery } },
    response: pagesOf(step),
  },
  {
    method: 'POST',
    path: '/approvals/:stepId/decide',
    handler: 'approval.decide',
    request: {
      params: { stepId: z.number().int() },
      body: {
        'application/json': z.object({
          decision: z.enum(['approve', 'reject', 'return']),
          comment: z.string().max(1000).nullable().optional(),
        }),
      },
    },
    response: dataOf(step),
  },
];
