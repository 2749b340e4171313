import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { Route } from '../domain';
import { asData, asPage, dataOf, pagesOf, pagingQuery } from '../http/answer';
import { CHANGE_STATES } from './change-request';
import { changesController } from './controller';

/** Changes that whoever is signed in proposes, as in the panel. A token is nobody, and proposes none. */
export const changesApiController = (context: { strapi: Core.Strapi }) => {
  const { find, preview, submit, withdraw } = changesController(context);
  return {
    find: asPage(find),
    preview: asData(preview),
    submit: asData(submit),
    withdraw: asData(withdraw),
  };
};

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const record = { type: z.string(), documentId: z.string() };
const change = z.looseObject({
  documentId: z.string(),
  recordType: z.string(),
  record: z.object({ documentId: z.string(), label: value }),
  changes: z.array(
    z.object({
      attribute: z.string(),
      before: value,
      after: value,
      level: z.string().nullable(),
    })
  ),
  reason: z.string(),
  state: z.enum(CHANGE_STATES),
  late: z.boolean(),
  steps: z.array(z.looseObject({ role: z.string(), state: z.string() })),
});
const json = (body: unknown) => ({ 'application/json': body });

/** For the OpenAPI document; what is accepted is decided by the schemas of the controllers. */
export const changesApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/change-requests',
    handler: 'change-request.find',
    request: { query: { state: z.enum(CHANGE_STATES).optional(), ...pagingQuery } },
    response: pagesOf(change),
  },
  {
    method: 'POST',
    path: '/change-requests',
    handler: 'change-request.submit',
    request: {
      body: json(
        z.object({
          ...record,
          values: z.record(z.string(), value),
          reason: z.string().min(1).max(1000),
        })
      ),
    },
    response: dataOf(change),
  },
  {
    method: 'POST',
    path: '/change-requests/preview',
    handler: 'change-request.preview',
    request: { body: json(z.object({ ...record, attributes: z.array(z.string()).min(1) })) },
    response: dataOf(z.looseObject({ steps: z.array(z.unknown()) })),
  },
  {
    method: 'POST',
    path: '/change-requests/:documentId/withdraw',
    handler: 'change-request.withdraw',
    request: { params: { documentId: z.string() } },
    response: dataOf(change),
  },
];
