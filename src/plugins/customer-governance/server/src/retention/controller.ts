import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import { CUSTOMER_STAGES, type CustomerStage } from '../customers/stages';
import type { RequestContext } from '../domain';
import { pagingKeys, type Paging } from '../paging';
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

  /** Why a customer falls due when it does. */
  async explain(ctx: RequestContext) {
    const { documentId: id } = validateParams(idSchema, ctx.params);
    ctx.body = await retentionOf(strapi).explain(id, new Date());
  },
});
