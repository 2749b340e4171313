import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { validate, validateParams } from '../validate';
import { approvalsOf, DECISIONS, type Decision, type StepRow } from './approvals';

const listSchema = Joi.object<Paging & { state: 'pending' | 'decided' }>({
  state: Joi.string().valid('pending', 'decided').default('pending'),
  ...pagingKeys,
});
const stepSchema = Joi.object<{ stepId: number }>({
  stepId: Joi.number().integer().min(1).max(2_147_483_647).required(),
});
const decisionSchema = Joi.object<{ decision: Decision; comment: string | null }>({
  decision: Joi.string()
    .valid(...DECISIONS)
    .required(),
  comment: Joi.string().trim().max(1000).allow('', null).default(null),
});

/** The inbox of those who approve. */
export const approvalsController = ({ strapi }: { strapi: Core.Strapi }) => {
  const itemsOf = async (rows: StepRow[]) => {
    const views = new Map<string, unknown>();
    for (const kind of new Set(rows.map((row) => row.kind))) {
      const ids = rows.filter((row) => row.kind === kind).map((row) => row.subjectId);
      for (const [id, view] of await approvalsOf(strapi).viewsOf(kind, ids))
        views.set(`${kind} ${id}`, view);
    }
    const people = await organisationOf(strapi).byIds(
      rows.flatMap((row) => [row.requesterId, row.onBehalfOf ?? 0])
    );
    return rows.map((row) => {
      const requester = people.get(row.requesterId);
      const principal = people.get(row.onBehalfOf ?? 0);
      return {
        stepId: row.id,
        kind: row.kind,
        role: row.role,
        state: row.state,
        dueAt: row.dueAt,
        decidedAt: row.decidedAt,
        decision: ['approved', 'rejected', 'returned'].includes(row.state) ? row.state : null,
        comment: row.comment,
        subject: views.get(`${row.kind} ${row.subjectId}`) ?? null,
        onBehalfOf: principal ? { name: principal.displayName } : null,
        requester: requester
          ? { name: requester.displayName, department: requester.departmentName }
          : null,
      };
    });
  };

  return {
    async find(ctx: RequestContext) {
      const { state, cursor, limit } = validate(listSchema, ctx.query);
      const person = await organisationOf(strapi).requireStaff();
      const rows = await approvalsOf(strapi).inbox(
        person,
        state,
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await itemsOf(items), nextCursor };
    },

    async decide(ctx: RequestContext) {
      const { stepId } = validateParams(stepSchema, ctx.params);
      const { decision, comment } = validate(decisionSchema, ctx.request.body);
      const row = await approvalsOf(strapi).decide(stepId, decision, comment || null);
      ctx.body = (await itemsOf([row]))[0];
    },
  };
};
