import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import type { RequestContext } from '../../domain';
import { pageOf, pagingKeys, type Paging } from '../../paging';
import { validate, validateParams } from '../../validate';
import { NOTICE_STATES, noticesOf, type NoticeState } from './notices';

const idSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string()
    .pattern(/^[a-z0-9]{1,60}$/i)
    .required()
    .messages({ 'string.pattern.base': '{{#label}} must be a documentId' }),
});
const listSchema = Joi.object<Paging & { state?: NoticeState; code?: string }>({
  state: Joi.valid(...NOTICE_STATES),
  code: Joi.string()
    .max(60)
    .pattern(/^[a-z0-9-]+$/),
  ...pagingKeys,
});
const text = (max: number) => Joi.string().trim().max(max).required();
const draftSchema = Joi.object<{ title: string; code: string; version: string; texts: unknown }>({
  title: text(160),
  code: text(60),
  version: text(40),
  // What is wrong with the texts, the rules of the notice say, each by its place.
  texts: Joi.object().unknown().required(),
});
const missingSchema = Joi.object<Paging>(pagingKeys);
const nothing = Joi.object<Record<string, never>>({});

/** Notices as the panel lists and publishes them. */
export const noticesController = ({ strapi }: { strapi: Core.Strapi }) => {
  const idOf = (ctx: RequestContext) => validateParams(idSchema, ctx.params).documentId;

  return {
    async find(ctx: RequestContext) {
      const { state, code, cursor, limit } = validate(listSchema, ctx.query);
      const before = cursor ? Number(cursor) : null;
      const rows = await noticesOf(strapi).page({ state, code }, before, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: items.map(({ id: _, ...view }) => view), nextCursor };
    },

    async findOne(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = await noticesOf(strapi).view(idOf(ctx));
    },

    async create(ctx: RequestContext) {
      const id = await noticesOf(strapi).draft(null, validate(draftSchema, ctx.request.body));
      ctx.status = 201;
      ctx.body = await noticesOf(strapi).view(id);
    },

    async update(ctx: RequestContext) {
      const id = idOf(ctx);
      await noticesOf(strapi).draft(id, validate(draftSchema, ctx.request.body));
      ctx.body = await noticesOf(strapi).view(id);
    },

    /** Customers in sight of whoever asks who have yet to answer. */
    async missing(ctx: RequestContext) {
      const { cursor, limit } = validate(missingSchema, ctx.query);
      const { code } = await noticesOf(strapi).view(idOf(ctx));
      const { missing } = noticesOf(strapi);
      const ability = ctx.state.userAbility;
      const now = new Date();
      const before = cursor ? Number(cursor) : null;
      const rows = await missing.page(code, ability, before, limit + 1, now);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = {
        items: items.map(({ id: _, ...view }) => view),
        nextCursor,
        ...(before === null ? { total: await missing.count(code, ability, now) } : {}),
      };
    },

    async publish(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(nothing, ctx.request.body);
      await noticesOf(strapi).publish(id);
      ctx.body = await noticesOf(strapi).view(id);
    },
  };
};
