import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { LEVELS } from '../policy';
import { invalid } from '../refusal';
import { translatorOfRequest } from '../translations';
import { validate, validateParams } from '../validate';
import { approvalsOf, DECISIONS, type Decision, type StepRow } from './approvals';
import type { InboxFilter } from './inbox';
import { marksOf } from './marks';

const MOST_STEPS = 50;
/** States that somebody's decision has brought about. */
const DECIDED: readonly string[] = ['approved', 'rejected', 'returned'];

interface Decided {
  decision: Decision;
  comment: string | null;
}

const listSchema = Joi.object<Paging & InboxFilter & { state: 'pending' | 'decided' }>({
  state: Joi.string().valid('pending', 'decided').default('pending'),
  kind: Joi.string()
    .max(60)
    .pattern(/^[\w-]+$/),
  sensitivity: Joi.string().valid(...LEVELS),
  overdue: Joi.boolean(),
  inPlace: Joi.boolean(),
  requester: Joi.string().trim().min(1).max(100),
  ...pagingKeys,
});
const stepId = Joi.number().integer().min(1).max(2_147_483_647).required();
const stepSchema = Joi.object<{ stepId: number }>({ stepId });
const decisionKeys = {
  decision: Joi.string()
    .valid(...DECISIONS)
    .required(),
  // That nobody is turned down without a reason, the service sees to.
  comment: Joi.string().trim().max(1000).allow('', null).default(null),
};
const decisionSchema = Joi.object<Decided>(decisionKeys);
const manySchema = Joi.object<Decided & { stepIds: number[] }>({
  stepIds: Joi.array().items(stepId).min(1).max(MOST_STEPS).unique().required(),
  ...decisionKeys,
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
        decision: DECIDED.includes(row.state) ? row.state : null,
        comment: row.comment,
        marks: marksOf(row),
        subject: views.get(`${row.kind} ${row.subjectId}`) ?? null,
        onBehalfOf: principal ? { name: principal.displayName } : null,
        requester: requester
          ? { name: requester.displayName, department: requester.departmentName }
          : null,
      };
    });
  };

  /** Decides one of several; what refuses it must not keep the others from being decided. */
  const outcomeOf = async (id: number, { decision, comment }: Decided) => {
    const translate = translatorOfRequest(strapi);
    try {
      await approvalsOf(strapi).decide(id, decision, comment || null);
      return { stepId: id, outcome: 'decided', message: null };
    } catch (error) {
      if (error instanceof errors.ApplicationError) {
        return { stepId: id, outcome: 'refused', message: translate(error.message) };
      }
      // The error itself may quote what the database was given.
      strapi.log.error(`Step ${id} could not be decided: ${(error as Error)?.name}`);
      const message = 'This step could not be decided because of a fault of the server. Try again.';
      return { stepId: id, outcome: 'refused', message: translate(message) };
    }
  };

  return {
    async find(ctx: RequestContext) {
      const { state, cursor, limit, ...filter } = validate(listSchema, ctx.query);
      if (filter.kind && !approvalsOf(strapi).kinds().includes(filter.kind)) {
        throw invalid('kind', 'there is no such kind of request');
      }
      const person = await organisationOf(strapi).requireStaff();
      const rows = await approvalsOf(strapi).inbox(
        person,
        state,
        cursor ? Number(cursor) : null,
        limit + 1,
        filter
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await itemsOf(items), nextCursor };
    },

    /** The kinds of request that there are, for the filter. */
    kinds(ctx: RequestContext) {
      ctx.body = { kinds: approvalsOf(strapi).kinds() };
    },

    async decide(ctx: RequestContext) {
      const { stepId: id } = validateParams(stepSchema, ctx.params);
      const { decision, comment } = validate(decisionSchema, ctx.request.body);
      const row = await approvalsOf(strapi).decide(id, decision, comment || null);
      ctx.body = (await itemsOf([row]))[0];
    },

    /** Decides several steps alike, each in a transaction of its own, and tells of each what came of it. */
    async decideMany(ctx: RequestContext) {
      const { stepIds, ...decision } = validate(manySchema, ctx.request.body);
      await organisationOf(strapi).requireStaff();
      const results: Array<Awaited<ReturnType<typeof outcomeOf>>> = [];
      for (const id of stepIds) results.push(await outcomeOf(id, decision));
      ctx.body = { results };
    },
  };
};
