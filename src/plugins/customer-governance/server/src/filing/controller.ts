import type { Core } from '@strapi/strapi';
import type { Ability } from '../access/abilities';
import { visibleToAsker } from '../access/visibility';
import { PLUGIN, type RequestContext } from '../domain';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { pageOf } from '../paging';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { translatorOfRequest } from '../translations';
import { validate, validateParams } from '../validate';
import { filingOf } from './filing';
import { notThere } from './refusals';
import { createFilingViews } from './views';
import { schemas } from './schemas';

/** Review and filing as the panel and applications use them. */
export const filingController = ({ strapi }: { strapi: Core.Strapi }) => {
  const views = createFilingViews(strapi);

  /**
   * @throws NotFoundError where one of them is out of the asker's sight. An application is of no team, and still submits what it
   * entered and hears of it.
   */
  const inSight = async (documentIds: string[]): Promise<string[]> => {
    const application = actorOf(strapi).identity()?.kind === 'api-token';
    const seen =
      application && policyOf(strapi).get().access.apiVisibility.tokens === 'all'
        ? await filingOf(strapi).find(documentIds)
        : await visibleToAsker(strapi, CUSTOMER, documentIds);
    if (!documentIds.every((id) => seen.has(id))) throw notThere();
    return documentIds;
  };
  const oneInSight = async (ctx: RequestContext): Promise<string> => {
    const { documentId } = validateParams(schemas.id, ctx.params);
    await inSight([documentId]);
    return documentId;
  };
  /** Who submits; an application is nobody. */
  const submitter = async () => {
    const actor = actorOf(strapi).require();
    return actor.kind === 'api-token' ? null : organisationOf(strapi).requireStaff();
  };
  const stateOf = async (ctx: RequestContext, documentId: string) => {
    const ability = ctx.state.userAbility as Ability | undefined;
    const reviewing = ability?.can(`plugin::${PLUGIN}.filing.review`, 'all') ?? false;
    const state = await views.state(documentId, reviewing);
    if (!state) throw notThere();
    return state;
  };

  return {
    /** What waits for its review, the oldest first. */
    async inbox(ctx: RequestContext) {
      const { cursor, limit } = validate(schemas.list, ctx.query);
      const rows = await views.inbox(ctx.state.userAbility, cursor ? Number(cursor) : 0, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await views.ofRows(items), nextCursor };
    },

    /** What the asker entered and is not filed yet, the newest first. */
    async own(ctx: RequestContext) {
      const { cursor, limit } = validate(schemas.list, ctx.query);
      const person = await organisationOf(strapi).requireStaff();
      const rows = await views.own(person.id, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await views.ofRows(items), nextCursor };
    },

    options(ctx: RequestContext) {
      validate(schemas.nothing, ctx.query);
      const { required, reviewer, checklist, unfiledUse } = policyOf(strapi).get().filing;
      ctx.body = { required, reviewer, checklist, unfiledUse };
    },

    async state(ctx: RequestContext) {
      validate(schemas.nothing, ctx.query);
      ctx.body = await stateOf(ctx, await oneInSight(ctx));
    },

    async submit(ctx: RequestContext) {
      const id = await oneInSight(ctx);
      validate(schemas.nothing, ctx.request.body);
      await filingOf(strapi).submit([id], await submitter());
      ctx.body = await stateOf(ctx, id);
    },

    async submitMany(ctx: RequestContext) {
      const { documentIds } = validate(schemas.submitMany, ctx.request.body);
      const person = await organisationOf(strapi).requireStaff();
      if (!documentIds) {
        ctx.body = { submitted: await filingOf(strapi).submitAllOf(person) };
        return;
      }
      await inSight(documentIds);
      ctx.body = { submitted: (await filingOf(strapi).submit(documentIds, person)).length };
    },

    async decide(ctx: RequestContext) {
      const id = validateParams(schemas.id, ctx.params).documentId;
      const decision = validate(schemas.decide, ctx.request.body);
      await inSight([id]);
      const person = await organisationOf(strapi).requireStaff();
      await filingOf(strapi).decide(id, decision, person);
      ctx.body = await stateOf(ctx, id);
    },

    async decideMany(ctx: RequestContext) {
      const { documentIds, ...decision } = validate(schemas.decideMany, ctx.request.body);
      await inSight(documentIds);
      const person = await organisationOf(strapi).requireStaff();
      const outcomes = await filingOf(strapi).decideMany(documentIds, decision, person);
      const translate = translatorOfRequest(strapi);
      ctx.body = {
        outcomes: outcomes.map((outcome) => ({
          ...outcome,
          problem: outcome.problem && translate(outcome.problem),
        })),
      };
    },
  };
};
