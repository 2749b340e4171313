import type { Core } from '@strapi/strapi';
import { errors, z } from '@strapi/utils';
import type { RequestContext, Route } from '../domain';
import { asData, asPage, dataOf, pagesOf, pagingQuery } from '../http/answer';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { pageOf } from '../paging';
import { RECIPIENTS } from '../policy';
import { validate, validateParams } from '../validate';
import { accessOf } from './access';
import { accessController } from './controller';
import { GRANT_STATES, REQUEST_STATES } from './models';
import { requestsOf } from './requests';
import { idSchema, requestsSchema, revealSchema } from './schemas';

type View = Record<string, unknown> & { records: Array<{ documentId: string }> };

/**
 * Requests of whoever is signed in, as in the panel. A token is nobody: it reads in which state the requests are, without what
 * would name a record, and asks for none.
 */
export const requestApiController = (context: { strapi: Core.Strapi }) => {
  const { strapi } = context;
  const panel = accessController(context);
  const byToken = () => actorOf(strapi).require().kind === 'api-token';

  const viewsFor = async (documentIds: string[]): Promise<View[]> => {
    const views = await requestsOf(strapi).views(documentIds);
    const found = documentIds.flatMap((id) => (views.get(id) as View | undefined) ?? []);
    return byToken() ? found.map(withoutLabels) : found;
  };

  return {
    find: asPage(async (ctx) => {
      if (!byToken()) return panel.findRequests(ctx);
      const { state, cursor, limit } = validate(requestsSchema, ctx.query);
      const rows = await requestsOf(strapi).pageOf(
        null,
        state,
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await viewsFor(items.map((row) => row.documentId)), nextCursor };
    }),

    findOne: asData(async (ctx) => {
      const { documentId } = validateParams(idSchema, ctx.params);
      const person = byToken() ? null : await organisationOf(strapi).requireStaff();
      const mine = await requestsOf(strapi).isThere(documentId, person);
      const [view] = mine ? await viewsFor([documentId]) : [];
      if (!view) throw new errors.NotFoundError('There is no such request of yours.');
      ctx.body = view;
    }),

    submit: asData(panel.submitRequest),
    preview: asData(panel.previewRequest),
    amend: asData(panel.amendRequest),
    withdraw: asData(panel.withdrawRequest),
  };
};

const withoutLabels = (view: View): View => ({
  ...view,
  records: view.records.map(({ documentId }) => ({ documentId, label: null })),
});

/** The grants of whoever is signed in, and their use. */
export const grantApiController = (context: { strapi: Core.Strapi }) => {
  const { strapi } = context;
  return {
    find: asPage(accessController(context).findGrants),
    /** Unlike the action of the standing right to reveal, this one gives no right: the grant does. */
    reveal: asData(async (ctx: RequestContext) => {
      await organisationOf(strapi).requireStaff();
      ctx.body = await accessOf(strapi).reveal(validate(revealSchema, ctx.request.body));
    }),
  };
};

const documentIds = z.array(z.string()).min(1);
const text = z.string().nullable();
const moment = z.string().nullable();
const draft = {
  type: z.string(),
  records: documentIds.max(500),
  purpose: z.string(),
  attributes: z.array(z.string()).min(1).max(50),
  termDays: z.number().int().min(1),
  revealLimit: z.number().int().min(1).nullable().optional(),
  recipient: z.enum(RECIPIENTS).optional(),
  renewalOf: text.optional(),
  draft: z.boolean().optional(),
};
const purpose = z.object({
  code: z.string(),
  name: z.union([z.string(), z.object({ en: z.string(), zh: z.string() })]),
});
const step = z.looseObject({ role: z.string(), state: z.string() });
const usage = { reveals: z.number().int(), revealLimit: z.number().int().nullable() };
const request = z.looseObject({
  documentId: z.string(),
  purpose: purpose.nullable(),
  recordType: z.string(),
  records: z.array(z.object({ documentId: z.string(), label: text })),
  recordCount: z.number().int(),
  attributes: z.array(z.string()),
  levels: z.record(z.string(), text),
  termDays: z.number().int(),
  reason: z.string(),
  state: z.enum(REQUEST_STATES),
  submittedAt: moment,
  requester: z.object({ name: z.string(), department: text }).nullable(),
  steps: z.array(step),
  grant: z
    .looseObject({
      documentId: z.string(),
      endsAt: z.string(),
      state: z.enum(GRANT_STATES),
      ...usage,
    })
    .nullable(),
});
const grant = z.looseObject({
  documentId: z.string(),
  holder: z.object({ name: z.string() }).nullable(),
  purpose: purpose.nullable(),
  recordType: z.string(),
  recordCount: z.number().int(),
  attributes: z.array(z.string()),
  startsAt: z.string(),
  endsAt: z.string(),
  state: z.enum(GRANT_STATES),
  ...usage,
});
const json = (body: unknown) => ({ 'application/json': body });
const params = { documentId: z.string() };
const submitted = json(z.object({ ...draft, reason: z.string().min(1).max(1000) }));

/** For the OpenAPI document; what is accepted is decided by the schemas of the controllers. */
export const requestApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/access-requests',
    handler: 'access-request.find',
    request: { query: { state: z.enum(REQUEST_STATES).optional(), ...pagingQuery } },
    response: pagesOf(request),
  },
  {
    method: 'GET',
    path: '/access-requests/:documentId',
    handler: 'access-request.findOne',
    request: { params },
    response: dataOf(request),
  },
  {
    method: 'POST',
    path: '/access-requests',
    handler: 'access-request.submit',
    request: { body: submitted },
    response: dataOf(request),
  },
  {
    method: 'POST',
    path: '/access-requests/preview',
    handler: 'access-request.preview',
    request: { body: json(z.object({ ...draft, reason: z.string().max(1000).optional() })) },
    response: dataOf(z.looseObject({ recordCount: z.number().int(), steps: z.array(z.unknown()) })),
  },
  {
    method: 'PUT',
    path: '/access-requests/:documentId',
    handler: 'access-request.amend',
    request: { params, body: submitted },
    response: dataOf(request),
  },
  {
    method: 'POST',
    path: '/access-requests/:documentId/withdraw',
    handler: 'access-request.withdraw',
    request: { params },
    response: dataOf(request),
  },
  {
    method: 'GET',
    path: '/access-grants',
    handler: 'access-grant.find',
    request: { query: { state: z.enum(GRANT_STATES).optional(), ...pagingQuery } },
    response: pagesOf(grant),
  },
  {
    method: 'POST',
    path: '/access-grants/reveal',
    handler: 'access-grant.reveal',
    request: {
      body: json(
        z.object({
          type: z.string(),
          documentIds: documentIds.max(100),
          attributes: z.array(z.string()).min(1),
          purpose: z.string(),
        })
      ),
    },
    response: dataOf(
      z.object({
        values: z.record(z.string(), z.record(z.string(), z.string())),
        basis: z.enum(['standing', 'grant']),
        until: moment,
      })
    ),
  },
];
