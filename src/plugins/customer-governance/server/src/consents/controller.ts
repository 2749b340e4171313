import { factories, type Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import { mayReadCustomer } from '../customers/visibility';
import type { RequestContext } from '../domain';
import { validateParams } from '../validate';
import { CONSENT, consentsOf } from './consents';

const paramsSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string()
    .pattern(/^[\w-]{1,64}$/)
    .required()
    .messages({ 'string.pattern.base': '{{#label}} must be a documentId' }),
});

/** Withdrawal from the panel: by whoever may withdraw consents and read this customer. */
export const consentsController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async withdraw(ctx: RequestContext) {
    const { documentId } = validateParams(paramsSchema, ctx.params);
    const customer = await consentsOf(strapi).customerOf(documentId);
    if (!customer || !(await mayReadCustomer(strapi, ctx.state.userAbility, customer))) {
      throw new errors.NotFoundError(
        'There is no such consent, or not one of a customer that you may read.'
      );
    }
    ctx.body = await consentsOf(strapi).withdraw(documentId);
  },
});

/** The content API: Strapi's own actions, and the withdrawal as an action that a token or role is granted. */
export const consentApiController = factories.createCoreController(
  CONSENT as never,
  (({ strapi }: { strapi: Core.Strapi }) => ({
    async withdraw(ctx: RequestContext) {
      const { documentId } = validateParams(paramsSchema, ctx.params);
      ctx.body = { data: await consentsOf(strapi).withdraw(documentId), meta: {} };
    },
  })) as never
);
