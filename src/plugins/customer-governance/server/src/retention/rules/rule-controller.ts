import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import type { RequestContext } from '../../domain';
import { organisationOf } from '../../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../../paging';
import { CATEGORIES, CUSTOMER_CLASSES, RETENTION_EVENTS, type RetentionRule } from '../../policy';
import { validate, validateParams } from '../../validate';
import { retentionOf } from '../retention';
import type { RuleChange, RuleChangeState } from './rule-changes';

const months = (least: number) => Joi.number().integer().min(least).max(1200);
const rule = Joi.object<Omit<RetentionRule, 'code'>>({
  category: Joi.valid('all', ...CATEGORIES).required(),
  attributes: Joi.array()
    .items(Joi.string().pattern(/^customer\.[A-Za-z]\w{0,60}$/))
    .min(1)
    .max(30)
    .unique(),
  purpose: Joi.string().pattern(/^[a-z0-9-]{1,60}$/),
  event: Joi.valid(...RETENTION_EVENTS).required(),
  atMostMonths: months(0),
  atLeastMonths: months(1),
  customerClass: Joi.valid('all', ...CUSTOMER_CLASSES).required(),
});
const changeKeys = {
  operation: Joi.valid('create', 'change', 'delete').required(),
  code: Joi.string()
    .max(60)
    .pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .required()
    .messages({ 'string.pattern.base': '"code" must be lower-case words joined by hyphens' }),
  rule: Joi.when('operation', {
    is: 'delete',
    then: Joi.forbidden(),
    otherwise: rule.required(),
  }),
};
const previewSchema = Joi.object<RuleChange>(changeKeys);
const proposalSchema = Joi.object<RuleChange & { reason: string }>({
  ...changeKeys,
  reason: Joi.string().trim().min(1).max(1000).required(),
});
const listSchema = Joi.object<Paging & { state?: RuleChangeState }>({
  state: Joi.valid('pending', 'applied', 'rejected', 'withdrawn', 'expired'),
  ...pagingKeys,
});
const idSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string()
    .pattern(/^[a-z0-9]{1,60}$/i)
    .required()
    .messages({ 'string.pattern.base': '{{#label}} must be a documentId' }),
});
const nothing = Joi.object<Record<string, never>>({});

/** The retention rules and their changes as the panel uses them. */
export const ruleController = ({ strapi }: { strapi: Core.Strapi }) => {
  const retention = () => retentionOf(strapi);
  const viewOf = async (id: string) => (await retention().ruleChanges.views([id])).get(id);

  return {
    /** All rules in force: they are few. */
    async find(ctx: RequestContext) {
      ctx.body = await retention().ruleList();
    },

    async preview(ctx: RequestContext) {
      const change = validate(previewSchema, ctx.request.body);
      ctx.body = await retention().ruleChanges.preview(change, new Date());
    },

    async findChanges(ctx: RequestContext) {
      const { state, cursor, limit } = validate(listSchema, ctx.query);
      const { ruleChanges } = retention();
      const rows = await ruleChanges.page(state, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      const views = await ruleChanges.views(items.map(({ documentId }) => documentId));
      ctx.body = { items: [...views.values()], nextCursor };
    },

    async propose(ctx: RequestContext) {
      const { reason, ...change } = validate(proposalSchema, ctx.request.body);
      const person = await organisationOf(strapi).requireStaff();
      const id = await retention().ruleChanges.propose(change, reason, person, new Date());
      ctx.status = 201;
      ctx.body = await viewOf(id);
    },

    async withdraw(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      validate(nothing, ctx.request.body);
      await retention().ruleChanges.withdraw(id);
      ctx.body = await viewOf(id);
    },
  };
};
