import { z } from '@strapi/utils';
import type { Route } from '../../domain';
import { dataOf } from '../../http/answer';

const attribute = z.object({
  type: z.string(),
  name: z.string(),
  level: z.string().nullable(),
  kind: z.string().nullable(),
  choices: z.array(z.string()).nullable(),
  required: z.object({ person: z.boolean(), company: z.boolean() }),
  recommended: z.boolean(),
  needsConsent: z.boolean(),
  purposes: z.array(z.object({ code: z.string(), name: z.unknown() })),
});

/** What an application needs to build an entry form of its own. */
export const planApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/collection-plans/:documentId/form',
    handler: 'plans-api.form',
    request: { params: { documentId: z.string() } },
    response: dataOf(
      z.object({
        plan: z.object({ documentId: z.string(), code: z.string(), title: z.string() }),
        inactive: z.string().nullable(),
        notice: z.object({
          documentId: z.string().nullable(),
          code: z.string().nullable(),
          version: z.string().nullable(),
          hash: z.string().nullable(),
          texts: z.record(z.string(), z.record(z.string(), z.string())),
          text: z.string().nullable(),
        }),
        attributes: z.array(attribute),
      })
    ),
  },
];
