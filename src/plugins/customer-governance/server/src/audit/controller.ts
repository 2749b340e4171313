import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { validate } from '../validate';
import { AUDIT_ACTIONS } from './actions';
import { auditOf, type AuditFilter } from './audit';

const id = Joi.string()
  .max(60)
  .pattern(/^[\w:-]+$/);

const schema = Joi.object<AuditFilter & Paging>({
  actor: id,
  action: Joi.string().valid(...Object.keys(AUDIT_ACTIONS)),
  recordId: id,
  purpose: id,
  outcome: Joi.string().valid('done', 'refused'),
  from: Joi.date().iso(),
  to: Joi.date().iso(),
  ...pagingKeys,
});

/** The log as the panel reads it. Names are joined at reading; the log itself holds account ids only. */
export const auditController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: RequestContext) {
    const { cursor, limit, ...filter } = validate(schema, ctx.query);
    const rows = await auditOf(strapi).page(filter, cursor ? Number(cursor) : null, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit);
    const nameOf = await organisationOf(strapi).namesOfActors(items);
    ctx.body = {
      items: items.map((row) => ({
        id: row.id,
        at: row.at,
        actor: {
          kind: row.actorKind,
          id: row.actorId,
          name: nameOf(row),
        },
        action: row.action,
        outcome: row.outcome,
        recordType: row.recordType,
        recordIds: row.recordIds,
        recordCount: row.recordIds?.length ?? 0,
        attributes: row.attributes,
        purpose: row.purpose,
        requestId: row.requestId,
        basis: row.basis,
        channel: row.channel,
        details: row.details,
      })),
      nextCursor,
    };
  },
});
