import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { validate, validateParams } from '../validate';
import { CURSOR_PATTERN, readDueCursor } from './due-list';
import { MAX_CUSTOMERS, type OrderRow, type OrderState, type Proposal } from './orders';
import { retentionOf } from './retention';

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({
    'string.pattern.base': '{{#label}} must be a documentId',
  });
const idSchema = Joi.object<{ documentId: string }>({ documentId: documentId.required() });
const dueSchema = Joi.object<Paging>({
  ...pagingKeys,
  cursor: Joi.string().pattern(CURSOR_PATTERN).messages({
    'string.pattern.base': '"cursor" must be the nextCursor of an earlier answer',
  }),
});
const ordersSchema = Joi.object<Paging & { state?: OrderState }>({
  state: Joi.string().valid(
    'proposed',
    'approved',
    'rejected',
    'executing',
    'executed',
    'cancelled'
  ),
  ...pagingKeys,
});
const proposalSchema = Joi.object<Proposal>({
  customers: Joi.array().items(documentId).min(1).max(MAX_CUSTOMERS).unique().required(),
  reason: Joi.string().trim().min(1).max(1000).required(),
});
const forecastSchema = Joi.object<{ months: number; days: number }>({
  months: Joi.number().integer().min(1).max(120).default(24),
  days: Joi.number().integer().min(0).max(92).default(31),
});
const nothing = Joi.object<Record<string, never>>({});

/** The due list, orders and certificates as the panel uses them. */
export const retentionController = ({ strapi }: { strapi: Core.Strapi }) => {
  const retention = () => retentionOf(strapi);
  const viewOf = async (id: string) => (await retention().views.ofOrders([id])).get(id);

  return {
    async due(ctx: RequestContext) {
      const { cursor, limit } = validate(dueSchema, ctx.query);
      ctx.body = await retention().due(new Date(), cursor ? readDueCursor(cursor) : null, limit);
    },

    /** What becomes due in the next months and days. */
    async forecast(ctx: RequestContext) {
      ctx.body = await retention().forecast(new Date(), validate(forecastSchema, ctx.query));
    },

    /** Why a customer falls due when it does. */
    async explain(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      ctx.body = await retention().explain(id, new Date());
    },

    async findOrders(ctx: RequestContext) {
      const { state, cursor, limit } = validate(ordersSchema, ctx.query);
      const rows = await retention().ordersPage(state, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf<OrderRow>(rows, limit);
      ctx.body = { items: [...(await retention().views.ofRows(items)).values()], nextCursor };
    },

    async propose(ctx: RequestContext) {
      const proposal = validate(proposalSchema, ctx.request.body);
      const person = await organisationOf(strapi).requireStaff();
      ctx.body = await viewOf(await retention().propose(proposal, person));
    },

    async execute(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      validate(nothing, ctx.request.body);
      await retention().execute(id, await organisationOf(strapi).requireStaff());
      ctx.body = await viewOf(id);
    },

    async cancel(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      validate(nothing, ctx.request.body);
      await organisationOf(strapi).requireStaff();
      await retention().cancel(id);
      ctx.body = await viewOf(id);
    },

    async findCertificate(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      ctx.body = retention().views.ofCertificate(await retention().certificate(id));
    },
  };
};
