import type { Core } from '@strapi/strapi';
import { z } from '@strapi/utils';
import type { RequestContext, Route } from '../domain';
import { validate } from '../validate';
import { accessOf } from './access';
import { CUSTOMER } from './lawfulness';
import { lookupSchema, revealSchema } from './schemas';

/** The address says the type. */
const apiLookupSchema = lookupSchema.fork(['type'], (type) => type.forbidden());

const CONTACT = 'plugin::customer-governance.contact';

/** Look-ups and reveals for applications. Values travel in bodies, never in addresses. */
export const accessApiController = ({ strapi }: { strapi: Core.Strapi }) => {
  const lookup = (type: string) => async (ctx: RequestContext) => {
    const request = validate(apiLookupSchema, ctx.request.body);
    ctx.body = { data: { documentIds: await accessOf(strapi).lookup({ ...request, type }) } };
  };
  return {
    lookupCustomers: lookup(CUSTOMER),
    lookupContacts: lookup(CONTACT),
    /** Also the action that `?reveal=` asks for. */
    async reveal(ctx: RequestContext) {
      ctx.body = { data: await accessOf(strapi).reveal(validate(revealSchema, ctx.request.body)) };
    },
  };
};

const documentIds = z.array(z.string()).min(1).max(100);
const lookupRoute = (path: string, handler: string): Route => ({
  method: 'POST',
  path,
  handler,
  // For the OpenAPI document; what is accepted is decided by the schemas above.
  request: {
    body: {
      'application/json': z.object({
        attribute: z.string(),
        value: z.string(),
        transform: z.string().optional(),
      }),
    },
  },
  response: z.object({ data: z.object({ documentIds: z.array(z.string()) }) }),
});

export const accessApiRoutes: Route[] = [
  lookupRoute('/customers/lookup', 'access.lookupCustomers'),
  lookupRoute('/contacts/lookup', 'access.lookupContacts'),
  {
    method: 'POST',
    path: '/reveal',
    handler: 'access.reveal',
    request: {
      body: {
        'application/json': z.object({
          type: z.string(),
          documentIds,
          attributes: z.array(z.string()).min(1),
          purpose: z.string(),
        }),
      },
    },
    response: z.object({
      data: z.object({
        values: z.record(z.string(), z.record(z.string(), z.string())),
        basis: z.enum(['standing', 'grant']),
        until: z.string().nullable(),
      }),
    }),
  },
];
