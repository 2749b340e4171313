import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import { visibleToAsker } from '../access/visibility';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { PLAN } from '../collection/uids';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { validate, validateParams } from '../validate';
import { registerOf } from './service';
import { customerViews, departmentNames } from './views';

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });

const pageSchema = Joi.object<Paging>(pagingKeys);
const handOutSchema = Joi.object<{ customers: string[]; why: string | null }>({
  customers: Joi.array().items(documentId).min(1).max(100).unique().required(),
  why: Joi.string().trim().max(500).allow('', null).empty('').default(null),
});
const disputeSchema = Joi.object<{ customer?: string; visit?: number; reason: string }>({
  customer: documentId,
  visit: Joi.number().integer().min(1).max(2_147_483_647),
  reason: Joi.string().trim().min(1).max(1000).required(),
})
  .xor('customer', 'visit')
  .messages({ 'object.xor': 'name the customer or the visit, not both' });
const referenceSchema = Joi.object<{ reference: string }>({ reference: documentId.required() });
const peopleSchema = Joi.object<{ text: string }>({
  text: Joi.string().trim().min(1).max(120).required(),
});

const PEOPLE = 20;
const PLANS = 100;

/** Leads, the pool and disputes as people use them. */
export const leadController = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => registerOf(strapi);
  const asker = () => organisationOf(strapi).requireStaff();

  /** The customer of a visit that the person took or wrote down, or one in sight. */
  const claimed = async (
    { customer, visit }: { customer?: string; visit?: number },
    personId: number
  ): Promise<string> => {
    const row = visit === undefined ? null : await service().visits.find(visit);
    const own = row && (row.staffId === personId || row.registeredBy === personId);
    if (own && row.customerId !== null) return row.customerId;
    if (customer !== undefined) {
      const visible = await visibleToAsker(strapi, CUSTOMER, [customer]);
      if (visible.has(customer)) return customer;
    }
    throw new errors.NotFoundError('No such customer, or not one that you have to do with.');
  };

  const viewOfDispute = async (reference: string) =>
    (await service().disputes.views([reference])).get(reference);

  return {
    /** The asker's own leads that wait for a follow-up. */
    async mine(ctx: RequestContext) {
      const { cursor, limit } = validate(pageSchema, ctx.query);
      const person = await asker();
      const after = cursor ? Number(cursor) : null;
      const rows = await service().leads.page(person.id, after, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      const customers = await customerViews(
        strapi,
        items.map((row) => row.customer_id)
      );
      ctx.body = {
        items: items.map((row) => ({
          id: String(row.id),
          customer: customers.get(row.customer_id) ?? null,
          rule: row.rule,
          assignedAt: new Date(row.assigned_at).toISOString(),
          validUntil: row.valid_until,
        })),
        nextCursor,
      };
    },

    async pool(ctx: RequestContext) {
      const { cursor, limit } = validate(pageSchema, ctx.query);
      const departments = await service().pool.departmentsOf(await asker());
      const after = cursor ? Number(cursor) : null;
      const rows = await service().pool.page(departments, after, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      const ids = items.map((row) => row.documentId);
      const customers = await customerViews(strapi, ids);
      const lapsed = await service().leads.returnedOf(ids);
      const names = await departmentNames(
        strapi,
        items.flatMap(({ departmentId }) => departmentId ?? [])
      );
      ctx.body = {
        items: items.map((row) => ({
          // Whoever hands out needs to name what they do not see.
          documentId: row.documentId,
          customer: customers.get(row.documentId) ?? null,
          department: names.get(row.departmentId ?? 0) ?? null,
          createdAt: row.createdAt,
          lapsed: lapsed.has(row.documentId),
        })),
        nextCursor,
        total: await service().pool.count(departments),
      };
    },

    async handOut(ctx: RequestContext) {
      const { customers, why } = validate(handOutSchema, ctx.request.body);
      const person = await asker();
      const departments = await service().pool.departmentsOf(person);
      const given = await service().pool.handOut(customers, departments, person, why, new Date());
      ctx.body = {
        items: given.map(({ customer, to }) => ({ customer, owner: to && { name: to.name } })),
      };
    },

    async disputes(ctx: RequestContext) {
      const { cursor, limit } = validate(pageSchema, ctx.query);
      const person = await asker();
      const after = cursor ? Number(cursor) : null;
      const rows = await service().disputes.page(person, after, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      const views = await service().disputes.views(items.map(({ reference }) => reference));
      ctx.body = {
        items: items.flatMap(({ reference }) => views.get(reference) ?? []),
        nextCursor,
      };
    },

    async raise(ctx: RequestContext) {
      const { reason, ...of } = validate(disputeSchema, ctx.request.body);
      const person = await asker();
      const customer = await claimed(of, person.id);
      const reference = await service().disputes.raise(customer, reason, person, new Date());
      ctx.status = 201;
      ctx.body = await viewOfDispute(reference);
    },

    async withdraw(ctx: RequestContext) {
      const { reference } = validateParams(referenceSchema, ctx.params);
      await service().disputes.withdraw(reference, await asker(), new Date());
      ctx.body = await viewOfDispute(reference);
    },

    /** What the counter's form offers: the plans under which something may be entered, and the sources. */
    async options(ctx: RequestContext) {
      await asker();
      const plans = (await strapi.db.query(PLAN).findMany({
        select: ['documentId', 'title'],
        where: { state: 'active' },
        orderBy: 'code',
        limit: PLANS,
      })) as Array<{ documentId: string; title: string }>;
      const { attributes } = strapi.contentTypes[CUSTOMER as keyof typeof strapi.contentTypes];
      const { barredSources } = policyOf(strapi).get().collection;
      const { enum: sources } = attributes.source as unknown as { enum: string[] };
      ctx.body = {
        plans: plans.map(({ documentId: id, title }) => ({ documentId: id, title })),
        sources: sources.filter((source) => !barredSources.includes(source)),
      };
    },

    /** Colleagues by a part of their name: who took a visit, or who is to own a customer. */
    async people(ctx: RequestContext) {
      const { text } = validate(peopleSchema, ctx.request.body);
      await asker();
      const found = await organisationOf(strapi).named(text, PEOPLE);
      ctx.body = {
        items: found.map(({ documentId: id, displayName, departmentName }) => ({
          documentId: id,
          name: displayName,
          department: departmentName,
        })),
      };
    },
  };
};
