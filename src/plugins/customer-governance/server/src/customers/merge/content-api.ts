import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { Route } from '../../domain';
import { asData, asPage, dataOf, pagesOf, pagingQuery } from '../../http/answer';
import { mergesController } from './controller';
import { MERGE_STATES } from './models';

/** Merges that whoever is signed in asks for, as in the panel. A token is nobody, and asks for none. */
export const mergesApiController = (context: { strapi: Core.Strapi }) => {
  const { find, submit, withdraw, locate } = mergesController(context);
  return {
    find: asPage(find),
    submit: asData(submit),
    withdraw: asData(withdraw),
    locate: asData(locate),
  };
};

const file = z.looseObject({
  documentId: z.string().nullable(),
  label: z.string().nullable(),
  filingNumber: z.string().nullable(),
  department: z.string().nullable(),
});
const merge = z.looseObject({
  documentId: z.string(),
  state: z.enum(MERGE_STATES),
  survivor: file.nullable(),
  merged: file.nullable(),
  mergedNumber: z.string().nullable(),
  taken: z.array(z.string()),
});

/** For the OpenAPI document; what is accepted is decided by the schemas of the controllers. */
export const mergesApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/merges',
    handler: 'merge.find',
    request: { query: { customer: z.string().optional(), ...pagingQuery } },
    response: pagesOf(merge),
  },
  {
    method: 'POST',
    path: '/merges',
    handler: 'merge.submit',
    request: {
      body: {
        'application/json': z.object({
          survivor: z.string(),
          merged: z.string(),
          taken: z.array(z.string()).optional(),
          reason: z.string().min(1).max(1000),
        }),
      },
    },
    response: dataOf(merge),
  },
  {
    method: 'POST',
    path: '/merges/:documentId/withdraw',
    handler: 'merge.withdraw',
    request: { params: { documentId: z.string() } },
    response: dataOf(merge),
  },
  {
    method: 'GET',
    path: '/merges/by-number/:number',
    handler: 'merge.locate',
    request: { params: { number: z.string() } },
    response: dataOf(file),
  },
];
