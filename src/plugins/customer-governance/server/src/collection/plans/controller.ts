import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../../domain';
import { organisationOf } from '../../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../../paging';
import { validate, validateParams } from '../../validate';
import { assessmentsOf } from '../assessments/assessments';
import { minimalityReport } from '../minimality/report';
import { entryForm } from './entry-form';
import { plansOf } from './plans';
import { PLAN_STATES, type PlanState } from './stages';

const idSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string()
    .pattern(/^[a-z0-9]{1,60}$/i)
    .required()
    .messages({ 'string.pattern.base': '{{#label}} must be a documentId' }),
});
const listSchema = Joi.object<Paging & { state?: PlanState }>({
  state: Joi.valid(...PLAN_STATES),
  ...pagingKeys,
});
const nothing = Joi.object<Record<string, never>>({});

/** Plans, their approval and what follows from them, as the panel and applications use them. */
export const planController = ({ strapi }: { strapi: Core.Strapi }) => {
  const plans = () => plansOf(strapi);
  const idOf = (ctx: RequestContext) => validateParams(idSchema, ctx.params).documentId;
  const viewOf = async (id: string) => {
    const view = (await plans().views([id])).get(id);
    if (!view) throw new errors.NotFoundError('There is no such collection plan.');
    return view;
  };

  return {
    async find(ctx: RequestContext) {
      const { state, cursor, limit } = validate(listSchema, ctx.query);
      const rows = await plans().page(state, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      const views = await plans().views(items.map(({ documentId }) => documentId));
      ctx.body = {
        items: items.flatMap(({ documentId }) => views.get(documentId) ?? []),
        nextCursor,
      };
    },

    async findOne(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = await viewOf(idOf(ctx));
    },

    async submit(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(nothing, ctx.request.body);
      const person = await organisationOf(strapi).requireStaff();
      await plans().submit(id, person, new Date());
      ctx.body = await viewOf(id);
    },

    async withdraw(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(nothing, ctx.request.body);
      await plans().withdraw(id);
      ctx.body = await viewOf(id);
    },

    async approveAssessment(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(nothing, ctx.request.body);
      await assessmentsOf(strapi).approve(id, new Date());
      ctx.body = { documentId: id, state: 'approved' };
    },

    /** What an entry under the plan may hold: of the panel's entry page, of applications, of an import. */
    async form(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = await entryForm(strapi, idOf(ctx), new Date());
    },

    async minimality(ctx: RequestContext) {
      validate(nothing, ctx.query);
      ctx.body = await minimalityReport(strapi, new Date());
    },
  };
};
