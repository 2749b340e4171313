import { z } from '@strapi/utils';
import type { Route } from '../../domain';
import { dataOf } from '../../http/answer';

const localText = z.object({ en: z.string(), zh: z.string() });
const remark = z.object({ attribute: z.string(), reason: z.string() });
const share = z.object({ filled: z.number(), of: z.number(), missing: z.array(z.string()) });
const duplicate = z.object({
  key: z.string(),
  attribute: z.string(),
  filingNumber: z.string().nullable(),
  department: z.string().nullable(),
});
const region = z.object({
  code: z.string(),
  name: z.string(),
  path: z.string(),
  level: z.enum(['province', 'prefecture', 'county']),
  lowest: z.boolean(),
});

/** What an application needs to ask for the same as the panel, in the same form. */
export const standardsApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/standards',
    handler: 'standards-api.all',
    response: dataOf(
      z.object({
        attributes: z.array(
          z.object({
            type: z.string(),
            attribute: z.string(),
            format: z.string(),
            maxLength: z.number().nullable(),
            hint: localText.optional(),
            example: z.string().optional(),
            choices: z
              .array(z.object({ value: z.string(), code: z.string(), name: z.unknown() }))
              .optional(),
            required: z.object({ person: z.boolean(), company: z.boolean() }),
            recommended: z.boolean(),
          })
        ),
        strictness: z.record(z.string(), z.string()),
        deadline: z.record(z.string(), z.number()),
      })
    ),
  },
  {
    method: 'GET',
    path: '/standards/regions',
    handler: 'standards-api.regions',
    request: { query: { within: z.string().optional() } },
    response: dataOf(z.object({ region: region.nullable(), items: z.array(region) })),
  },
  {
    method: 'POST',
    path: '/customers/examine',
    handler: 'standards-api.examine',
    request: {
      body: {
        'application/json': z.object({
          documentId: z.string().nullable().optional(),
          data: z.record(z.string(), z.unknown()),
          duplicates: z.boolean().optional(),
        }),
      },
    },
    response: dataOf(
      z.object({
        completeness: z.object({ required: share, recommended: share, percent: z.number() }),
        problems: z.array(remark),
        warnings: z.array(remark),
        normalisations: z.array(
          z.object({ attribute: z.string(), from: z.string().nullable(), to: z.string() })
        ),
        duplicates: z.array(duplicate).nullable(),
        near: z.array(duplicate).nullable(),
      })
    ),
  },
];
