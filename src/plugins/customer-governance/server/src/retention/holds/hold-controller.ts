import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../../domain';
import { organisationOf } from '../../organisation/organisation';
import { resolveType } from '../../policy';
import { pageOf, pagingKeys, type Paging } from '../../paging';
import { invalid } from '../../refusal';
import { validate, validateParams } from '../../validate';
import type { HoldSelection } from './hold-views';
import type { HoldScope } from './active-holds';
import { retentionOf } from '../retention';
import { CUSTOMER, HOLD, HOLDABLE } from '../uids';

const DEPARTMENT = resolveType('department');
const MAX_DEPARTMENTS = 500;
const SCOPES: HoldScope[] = ['customer', 'record', 'filter'];
const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });
const reason = Joi.string().trim().min(1).max(500).required();
const filter = Joi.object().unknown(true);
const idSchema = Joi.object<{ documentId: string }>({ documentId: documentId.required() });
const listSchema = Joi.object<Paging & HoldSelection>({
  state: Joi.string().valid('active', 'released'),
  scope: Joi.string().valid(...SCOPES),
  review: Joi.string().valid('due'),
  ...pagingKeys,
});
const nothing = Joi.object<Record<string, never>>({});
const pageSchema = Joi.object<Paging>(pagingKeys);
const previewSchema = Joi.object<{ filter: unknown }>({ filter: filter.required() });
const releaseSchema = Joi.object<{ reason: string }>({ reason });

interface NewHold {
  scope: HoldScope;
  reason: string;
  reviewOn: string;
  customer?: string;
  recordType?: string;
  recordId?: string;
  filter?: Record<string, unknown>;
}
const of = (scope: HoldScope, schema: Joi.Schema) =>
  Joi.when('scope', { is: scope, then: schema.required(), otherwise: Joi.forbidden() });
const issueSchema = Joi.object<NewHold>({
  scope: Joi.string()
    .valid(...SCOPES)
    .required(),
  reason,
  reviewOn: Joi.string()
    .pattern(/^\d{4}-\d{2}-\d{2}$/)
    .required()
    .messages({ 'string.pattern.base': '"reviewOn" must be a day, YYYY-MM-DD' }),
  customer: of('customer', documentId),
  recordType: of('record', Joi.string().valid(...HOLDABLE.filter((uid) => uid !== CUSTOMER))),
  recordId: of('record', documentId),
  filter: of('filter', filter),
});

/** Legal holds as the panel uses them. */
export const holdController = ({ strapi }: { strapi: Core.Strapi }) => {
  const retention = () => retentionOf(strapi);
  const today = () => retention().dueDates.dayAt(new Date());
  const view = (id: string) => retention().holdViews.one(id, today());

  const customerId = async (id: string): Promise<number> => {
    const row = (await strapi.db
      .query(CUSTOMER)
      .findOne({ select: ['id'], where: { documentId: id } })) as { id: number } | null;
    if (!row) throw invalid('customer', 'there is no such customer');
    return row.id;
  };

  return {
    async find(ctx: RequestContext) {
      const { cursor, limit, ...selection } = validate(listSchema, ctx.query);
      const after = cursor ? Number(cursor) : null;
      const rows = await retention().holdViews.page(selection, today(), after, limit);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items, nextCursor };
    },

    async customers(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const { cursor, limit } = validate(pageSchema, ctx.query);
      const after = cursor ? Number(cursor) : null;
      ctx.body = pageOf(await retention().holdViews.customers(id, after, limit), limit);
    },

    /** What the form of a filter offers. */
    async options(ctx: RequestContext) {
      validate(nothing, ctx.query);
      const departments = (await strapi.db.query(DEPARTMENT).findMany({
        select: ['id', 'documentId', 'name'],
        orderBy: 'name',
        limit: MAX_DEPARTMENTS,
      })) as Array<{ documentId: string; name: string }>;
      ctx.body = {
        departments: departments.map(({ documentId: id, name }) => ({ documentId: id, name })),
      };
    },

    /** How many customers a filter fits, before a hold is issued by it. */
    async preview(ctx: RequestContext) {
      const { filter: wanted } = validate(previewSchema, ctx.request.body);
      const { filterHolds } = retention();
      ctx.body = { customers: await filterHolds.count(filterHolds.checked(wanted)) };
    },

    async issue(ctx: RequestContext) {
      const { customer, reviewOn, ...hold } = validate(issueSchema, ctx.request.body);
      await organisationOf(strapi).requireStaff();
      const at = new Date(`${reviewOn}T00:00:00Z`);
      if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(reviewOn)) {
        throw invalid('reviewOn', 'there is no such day');
      }
      if (reviewOn < today()) throw invalid('reviewOn', 'must not lie in the past');
      const row = (await strapi.db.query(HOLD).create({
        data: {
          ...hold,
          reviewOn,
          ...(customer ? { customer: await customerId(customer) } : {}),
          publishedAt: new Date(),
        },
      })) as { documentId: string };
      ctx.body = await view(row.documentId);
    },

    /** Lets go what a hold covers; the hold stays with the reason of its end. */
    async release(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const { reason: releaseReason } = validate(releaseSchema, ctx.request.body);
      await organisationOf(strapi).requireStaff();
      const { id: rowId } = await retention().holdViews.require(id);
      const released = await strapi.db.query(HOLD).update({
        where: { id: rowId, state: 'active' },
        data: { state: 'released', releaseReason },
      });
      if (!released) {
        throw new errors.ApplicationError('This hold is released already. Reload the list.');
      }
      ctx.body = await view(id);
    },
  };
};
