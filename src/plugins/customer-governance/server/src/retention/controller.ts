import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import { CUSTOMER_STAGES, type CustomerStage } from '../customers/stages';
import type { RequestContext } from '../domain';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { validate, validateParams } from '../validate';
import { CURSOR_PATTERN, readDueCursor } from './due/due-list';
import { retentionOf } from './retention';

const dueSchema = Joi.object<Paging & { stage?: CustomerStage }>({
  ...pagingKeys,
  stage: Joi.string().valid(...CUSTOMER_STAGES),
  cursor: Joi.string().pattern(CURSOR_PATTERN).messages({
    'string.pattern.base': '"cursor" must be the nextCursor of an earlier answer',
  }),
});

const forecastSchema = Joi.object<{ months: number; days: number }>({
  months: Joi.number().integer().min(1).max(120).default(24),
  days: Joi.number().integer().min(0).max(92).default(31),
});
const idSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string()
    .pattern(/^[a-z0-9]{1,60}$/i)
    .required()
    .messages({ 'string.pattern.base': '{{#label}} must be a documentId' }),
});

const proofsSchema = Joi.object<{
  order?: string;
  consent?: string;
  cursor?: string;
  limit: number;
}>({
  order: Joi.string()
    .pattern(/^[\w-]{1,60}$/)
    .messages({ 'string.pattern.base': '"order" must be the number of a destruction order' }),
  consent: Joi.string()
    .pattern(/^[a-z0-9]{1,60}$/i)
    .messages({ 'string.pattern.base': '"consent" must be the documentId that a consent had' }),
  ...pagingKeys,
});

/** What is due, and when and why, as the panel uses it. */
export const retentionController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async due(ctx: RequestContext) {
    const { cursor, limit, stage } = validate(dueSchema, ctx.query);
    ctx.body = await retentionOf(strapi).due(
      new Date(),
      cursor ? readDueCursor(cursor) : null,
      limit,
      stage
    );
  },

  /** What becomes due in the next months and days. */
  async forecast(ctx: RequestContext) {
    ctx.body = await retentionOf(strapi).forecast(new Date(), validate(forecastSchema, ctx.query));
  },

  /** Proofs of consents whose customers are destroyed: of an order, or of one consent by the id that the log has of it. */
  async consentProofs(ctx: RequestContext) {
    const { cursor, limit, ...which } = validate(proofsSchema, ctx.query);
    const rows = await retentionOf(strapi).consentProofs.page(
      which,
      cursor ? Number(cursor) : null,
      limit + 1
    );
    const { items, nextCursor } = pageOf(rows, limit);
    ctx.body = {
      items: items.map(({ digest, purpose, facts, order_number: order, ends_on: endsOn }) => ({
        digest,
        purpose,
        facts,
        order,
        endsOn,
      })),
      nextCursor,
    };
  },

  /** Why a customer falls due when it does. */
  async explain(ctx: RequestContext) {
    const { documentId: id } = validateParams(idSchema, ctx.params);
    ctx.body = await retentionOf(strapi).explain(id, new Date());
  },
});
