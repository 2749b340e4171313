import type { Core } from '@strapi/strapi';
import { errors, z } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext, Route } from '../../domain';
import { asPage, pagesOf, pagingQuery } from '../../http/answer';
import { organisationOf } from '../../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../../paging';
import { DEPARTMENT } from '../../organisation/organisation';
import { validate, validateParams } from '../../validate';
import { askersAbility, mayReadCustomer } from '../visibility';
import { seesCustomerByApi } from '../api-sight';
import { OWNERSHIP_RULES, type OwnershipRow } from './models';
import { ownershipOf } from './ownership';

const idSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string()
    .pattern(/^[a-z0-9]{1,60}$/i)
    .required()
    .messages({ 'string.pattern.base': '{{#label}} must be a documentId' }),
});
const listSchema = Joi.object<Paging>(pagingKeys);

const idsOf = (rows: readonly OwnershipRow[], ...names: Array<keyof OwnershipRow>): number[] =>
  rows.flatMap((row) => names.flatMap((name) => (row[name] as number | null) ?? []));

/** Who a customer belonged to, for whoever may read the customer. */
export const ownershipController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: RequestContext) {
    const { documentId } = validateParams(idSchema, ctx.params);
    const { cursor, limit } = validate(listSchema, ctx.query);
    const ability = askersAbility(strapi);
    const inSight = ability
      ? await mayReadCustomer(strapi, ability, documentId)
      : await seesCustomerByApi(strapi, documentId);
    if (!inSight) {
      throw new errors.NotFoundError('No such customer, or not one that you may read.');
    }
    const after = cursor ? Number(cursor) : null;
    const rows = await ownershipOf(strapi).page(documentId, after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit);
    ctx.body = { items: await viewsOf(strapi, items), nextCursor };
  },
});

/** The rows with names; the actor is a person where an account has a profile. */
async function viewsOf(strapi: Core.Strapi, rows: readonly OwnershipRow[]) {
  const staff = await organisationOf(strapi).byIds(idsOf(rows, 'fromStaff', 'toStaff'));
  const departments = (await strapi.db.query(DEPARTMENT).findMany({
    select: ['id', 'name'],
    where: { id: { $in: idsOf(rows, 'fromDepartment', 'toDepartment') } },
  })) as Array<{ id: number; name: string }>;
  const departmentNames = new Map(departments.map(({ id, name }) => [id, name]));
  const nameOf = await organisationOf(strapi).namesOfActors(rows);
  const person = (id: number | null, department: number | null) =>
    id === null
      ? null
      : {
          name: staff.get(id)?.displayName ?? null,
          department: departmentNames.get(department ?? 0) ?? null,
        };
  return rows.map((row) => ({
    id: String(row.id),
    at: row.at,
    from: person(row.fromStaff, row.fromDepartment),
    to: person(row.toStaff, row.toDepartment),
    rule: row.rule,
    why: row.why,
    requestId: row.requestId,
    by: { kind: row.actorKind, name: nameOf(row) },
  }));
}

export const ownershipApiController = (context: { strapi: Core.Strapi }) => ({
  find: asPage(ownershipController(context).find),
});

const person = z.object({ name: z.string().nullable(), department: z.string().nullable() });

export const ownershipApiRoutes: Route[] = [
  {
    method: 'GET',
    path: '/customers/:documentId/ownership',
    handler: 'ownership-api.find',
    request: { params: { documentId: z.string() }, query: pagingQuery },
    response: pagesOf(
      z.looseObject({
        id: z.string(),
        at: z.string(),
        from: person.nullable(),
        to: person.nullable(),
        rule: z.enum(OWNERSHIP_RULES),
        why: z.string().nullable(),
      })
    ),
  },
];
