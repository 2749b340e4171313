import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../../domain';
import { CUSTOMER } from '../../policy/attribute-path';
import { forbidden } from '../../refusal';
import { validate } from '../../validate';
import { seesCustomerByApi } from '../api-sight';
import { mayReadCustomer } from '../visibility';
import { regionAt, regionsBelow } from './regions';
import { standardsOf } from './standards';

interface Asked {
  documentId: string | null;
  data: Record<string, unknown>;
  duplicates: boolean;
}

interface Ability {
  can(action: string, subject: string, field?: string): boolean;
}

const EXPLORER = 'plugin::content-manager.explorer.';
/** More attributes than any customer has. */
const MAX_ATTRIBUTES = 200;

const examineSchema = Joi.object<Asked>({
  documentId: Joi.string()
    .pattern(/^[a-z0-9]{1,60}$/i)
    .allow(null)
    .default(null),
  // The gate names each key that is no attribute.
  data: Joi.object().unknown().max(MAX_ATTRIBUTES).required(),
  duplicates: Joi.boolean().default(false),
});
const withinSchema = Joi.object<{ within?: string }>({
  within: Joi.string().pattern(/^\d{6}$/),
});
const nothing = Joi.object<Record<string, never>>({});
const NO_SUCH_CUSTOMER = 'There is no such customer.';

/** The standards of entry, and what an entry comes to by them, as the panel and applications ask for them. */
export const standardsController = ({ strapi }: { strapi: Core.Strapi }) => ({
  all(ctx: RequestContext) {
    validate(nothing, ctx.query);
    ctx.body = standardsOf(strapi).all();
  },

  /** The divisions below one; the provinces when none is named. */
  regions(ctx: RequestContext) {
    const { within } = validate(withinSchema, ctx.query);
    if (within !== undefined && !regionAt(within)) {
      throw new errors.NotFoundError('There is no such administrative division.');
    }
    ctx.body = {
      region: within === undefined ? null : regionAt(within),
      items: regionsBelow(within ?? null),
    };
  },

  /** For whoever may enter customers, and changes one that they see. */
  async examine(ctx: RequestContext) {
    const asked = validate(examineSchema, ctx.request.body);
    const ability = ctx.state.userAbility as Ability;
    const action = EXPLORER + (asked.documentId === null ? 'create' : 'update');
    if (!ability.can(action, CUSTOMER)) {
      throw forbidden(
        'Your role may not enter customers. Ask an administrator for the permission.'
      );
    }
    if (asked.documentId !== null && !(await mayReadCustomer(strapi, ability, asked.documentId))) {
      throw new errors.NotFoundError(NO_SUCH_CUSTOMER);
    }
    ctx.body = await standardsOf(strapi).examine({
      ...asked,
      maySet: (attribute) => ability.can(action, CUSTOMER, attribute),
    });
  },

  async examineByApi(ctx: RequestContext) {
    const asked = validate(examineSchema, ctx.request.body);
    if (asked.documentId !== null && !(await seesCustomerByApi(strapi, asked.documentId))) {
      throw new errors.NotFoundError(NO_SUCH_CUSTOMER);
    }
    ctx.body = await standardsOf(strapi).examine(asked);
  },

  async timeliness(ctx: RequestContext) {
    validate(nothing, ctx.query);
    ctx.body = await standardsOf(strapi).timeliness(new Date());
  },
});
