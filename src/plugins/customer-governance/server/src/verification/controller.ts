import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { filterFor, READ_ACTION, type Ability } from '../access/abilities';
import { visibleToAsker } from '../access/visibility';
import { mayReadAttribute } from '../customers/entry/request';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf } from '../paging';
import { policyOf } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { validate, validateParams } from '../validate';
import type { CustomerRow, FactView } from './customers';
import { schemas } from './schemas';
import { verificationOf } from './verification';

const NO_SUCH_CUSTOMER = 'No such customer, or not one that you may read.';

/** Verification of key facts as the panel and applications use it. */
export const verificationController = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => verificationOf(strapi);
  const mayRead = ({ attribute }: { attribute: string }) =>
    mayReadAttribute(strapi, CUSTOMER, attribute);

  /** The customer of the address, if the asker may read it. */
  const idOf = async (ctx: RequestContext): Promise<string> => {
    const { documentId } = validateParams(schemas.id, ctx.params);
    if (!(await visibleToAsker(strapi, CUSTOMER, [documentId])).has(documentId)) {
      throw new errors.NotFoundError(NO_SUCH_CUSTOMER);
    }
    return documentId;
  };

  const sightOf = (ctx: RequestContext) =>
    filterFor(ctx.state.userAbility as Ability, READ_ACTION, CUSTOMER);

  const factsOf = (views: Map<string, FactView[]>, documentId: string): FactView[] =>
    (views.get(documentId) ?? []).filter(mayRead);

  const items = async (rows: CustomerRow[], now: Date) => {
    const views = await service().facts.of(rows, now);
    const opened = await service().tasks.openedAt(rows.map(({ documentId }) => documentId));
    return rows.map((row) => ({
      documentId: row.documentId,
      label: String(row.companyName ?? row.name ?? row.filingNumber ?? row.documentId),
      filingNumber: (row.filingNumber as string | null) ?? null,
      owner: row.owner ? { name: row.owner.displayName } : null,
      department: row.department ? { name: row.department.name } : null,
      openedAt: opened.get(row.documentId) ?? null,
      // With each, as a page of items is all that a list keeps of an answer.
      methods: policyOf(strapi).get().verification.methods,
      facts: factsOf(views, row.documentId),
    }));
  };

  const standing = async (documentId: string, now: Date) => {
    const { facts, tasks } = service();
    const row = (await strapi.db.query(CUSTOMER).findOne({
      select: ['id', 'documentId', ...facts.names()],
      where: { documentId },
    })) as CustomerRow | null;
    if (!row) throw new errors.NotFoundError(NO_SUCH_CUSTOMER);
    const { everyMonths, methods } = policyOf(strapi).get().verification;
    return {
      everyMonths,
      methods,
      openedAt: (await tasks.openedAt([documentId])).get(documentId) ?? null,
      facts: factsOf(await facts.of([row], now), documentId),
      history: (await facts.history(documentId)).filter(mayRead),
    };
  };

  /** Notes what came of a verification, of a customer that waits or of one of the sample, and tells how its facts stand now. */
  const recording = (how: 'record' | 'callBack') => async (ctx: RequestContext) => {
    const given = validate(schemas.record, ctx.request.body);
    const person = await organisationOf(strapi).requireStaff();
    const customer = await idOf(ctx);
    const now = new Date();
    await service().recording[how]({ customer, ...given }, person, now);
    ctx.status = 201;
    ctx.body = await standing(customer, now);
  };

  return {
    /** What waits: of whoever asks, or of all whose customers they may read. */
    async tasks(ctx: RequestContext) {
      const { scope, cursor, limit } = validate(schemas.tasks, ctx.query);
      const sight = sightOf(ctx);
      const owner = scope === 'mine' ? await organisationOf(strapi).requireStaff() : null;
      const rows = sight
        ? await service().tasks.page(sight, owner, cursor ? Number(cursor) : null, limit + 1)
        : [];
      const page = pageOf(rows, limit);
      ctx.body = { items: await items(page.items, new Date()), nextCursor: page.nextCursor };
    },

    async findOne(ctx: RequestContext) {
      validate(schemas.nothing, ctx.query);
      ctx.body = await standing(await idOf(ctx), new Date());
    },

    record: recording('record'),

    /** The customers of the newest sample. */
    async sample(ctx: RequestContext) {
      const { state, cursor, limit } = validate(schemas.sample, ctx.query);
      const sight = sightOf(ctx);
      const rows = sight
        ? await service().sampling.page(sight, state, cursor ? Number(cursor) : null, limit + 1)
        : [];
      const page = pageOf(rows, limit);
      ctx.body = { items: await items(page.items, new Date()), nextCursor: page.nextCursor };
    },

    callBack: recording('callBack'),

    async accuracy(ctx: RequestContext) {
      validate(schemas.nothing, ctx.query);
      ctx.body = { periods: await service().sampling.figures() };
    },
  };
};
