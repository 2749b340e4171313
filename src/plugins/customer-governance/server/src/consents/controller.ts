import { factories, type Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { apiSight, seesCustomerByApi } from '../customers/api-sight';
import { customersInSightOf, mayReadCustomer } from '../customers/visibility';
import type { RequestContext } from '../domain';
import { actorOf } from '../organisation/actor';
import { pageOf } from '../paging';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { validate, validateParams } from '../validate';
import { CONSENT, consentsOf } from './consents';
import { marketablePage } from './marketable';
import { recordConsents, recordingOptions } from './recording';
import { idSchema, marketableSchema, nothing, recordSchema } from './schemas';

const NO_CONSENT = 'There is no such consent, or not one of a customer that you may read.';
const NO_CUSTOMER = 'There is no such customer, or not one that you may read.';

/** What the panel does with consents, as far as whoever asks may read the customer. */
export const consentsController = ({ strapi }: { strapi: Core.Strapi }) => {
  const idOf = (ctx: RequestContext) => validateParams(idSchema, ctx.params).documentId;
  const consentInSight = async (ctx: RequestContext): Promise<string> => {
    const documentId = idOf(ctx);
    const customer = await consentsOf(strapi).customerOf(documentId);
    if (!customer || !(await mayReadCustomer(strapi, ctx.state.userAbility, customer))) {
      throw new errors.NotFoundError(NO_CONSENT);
    }
    return documentId;
  };

  return {
    async withdraw(ctx: RequestContext) {
      ctx.body = await consentsOf(strapi).withdraw(await consentInSight(ctx));
    },

    async withdrawAll(ctx: RequestContext) {
      const customer = idOf(ctx);
      validate(nothing, ctx.request.body);
      if (!(await mayReadCustomer(strapi, ctx.state.userAbility, customer))) {
        throw new errors.NotFoundError(NO_CUSTOMER);
      }
      ctx.body = { withdrawn: await consentsOf(strapi).withdrawAll(customer) };
    },

    async history(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = { items: await consentsOf(strapi).history(await consentInSight(ctx)) };
    },

    async options(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = await recordingOptions(strapi, idOf(ctx));
    },

    async record(ctx: RequestContext) {
      const customer = idOf(ctx);
      const recorded = validate(recordSchema, ctx.request.body);
      const consents = await recordConsents(strapi, customer, recorded);
      ctx.status = 201;
      ctx.body = { consents };
    },

    async marketable(ctx: RequestContext) {
      const { channel, cursor, limit } = validate(marketableSchema, ctx.query);
      const sight = customersInSightOf(strapi, ctx.state.userAbility);
      const asked = { channel, sight, cursor: cursor ? Number(cursor) : null, limit: limit + 1 };
      const { items, nextCursor } = pageOf(await marketablePage(strapi, asked, new Date()), limit);
      ctx.body = { items: items.map(({ id: _, ...customer }) => customer), nextCursor };
    },
  };
};

/** The content API: Strapi's own actions, and those that a token or role is granted by themselves. */
export const consentApiController = factories.createCoreController(
  CONSENT as never,
  (({ strapi }: { strapi: Core.Strapi }) => ({
    async withdraw(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      const customer = await consentsOf(strapi).customerOf(documentId);
      if (!customer || !(await isInReach(strapi, customer))) {
        throw new errors.NotFoundError(NO_CONSENT);
      }
      ctx.body = { data: await consentsOf(strapi).withdraw(documentId), meta: {} };
    },

    /** The same of all that a customer agreed to. */
    async withdrawAll(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      validate(nothing, ctx.request.body);
      if (!(await isInReach(strapi, documentId))) throw new errors.NotFoundError(NO_CUSTOMER);
      ctx.body = { data: { withdrawn: await consentsOf(strapi).withdrawAll(documentId) } };
    },

    /** Who may be contacted: what a program that sends mails asks before it does. */
    async marketable(ctx: RequestContext) {
      const { channel, cursor, limit } = validate(marketableSchema, ctx.query);
      const actor = actorOf(strapi).identity();
      const sight = actor ? await apiSight(strapi, actor) : null;
      const asked = { channel, sight, cursor: cursor ? Number(cursor) : null, limit: limit + 1 };
      const { items, nextCursor } = pageOf(await marketablePage(strapi, asked, new Date()), limit);
      ctx.body = { data: items.map(({ id: _, ...customer }) => customer), meta: { nextCursor } };
    },
  })) as never
);

/** Of no team, an application still takes back the consents of customers that are not filed yet: its forms take them. */
async function isInReach(strapi: Core.Strapi, documentId: string): Promise<boolean> {
  if (actorOf(strapi).identity()?.kind !== 'api-token') {
    return seesCustomerByApi(strapi, documentId);
  }
  if (policyOf(strapi).get().access.apiVisibility.tokens !== 'all') return false;
  return (await strapi.db.query(CUSTOMER).count({ where: { documentId } })) > 0;
}
