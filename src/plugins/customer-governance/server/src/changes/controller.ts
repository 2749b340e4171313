import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { mayReadAttribute } from '../customers/entry/request';
import { visibleToAsker } from '../access/visibility';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf } from '../paging';
import { policyOf } from '../policy';
import { validate, validateParams } from '../validate';
import { vaultOf } from '../vault/vault';
import { storedRecord } from './change-request';
import { changesOf } from './changes';
import {
  historySchema,
  idSchema,
  listSchema,
  previewSchema,
  proposalSchema,
  recordSchema,
} from './schemas';

const NO_SUCH_RECORD = 'No such record, or not one that you may read.';

/** Changes of controlled attributes as people propose and see them. */
export const changesController = ({ strapi }: { strapi: Core.Strapi }) => {
  const assertVisible = async (type: string, documentId: string) => {
    const governed = vaultOf(strapi).isGoverned(type);
    if (!governed || !(await visibleToAsker(strapi, type, [documentId])).has(documentId)) {
      throw new errors.NotFoundError(NO_SUCH_RECORD);
    }
  };

  const viewsOf = async (ids: string[]) => {
    const views = await changesOf(strapi).views(ids);
    return ids.flatMap((id) => views.get(id) ?? []);
  };

  return {
    async submit(ctx: RequestContext) {
      const proposal = validate(proposalSchema, ctx.request.body);
      const requester = await organisationOf(strapi).requireStaff();
      await assertVisible(proposal.type, proposal.documentId);
      const id = await changesOf(strapi).submit(proposal, requester);
      ctx.status = 201;
      ctx.body = (await viewsOf([id]))[0];
    },

    async preview(ctx: RequestContext) {
      const { attributes, ...record } = validate(previewSchema, ctx.request.body);
      const requester = await organisationOf(strapi).requireStaff();
      await assertVisible(record.type, record.documentId);
      const values = Object.fromEntries(attributes.map((name) => [name, null]));
      ctx.body = await changesOf(strapi).preview({ ...record, values, reason: '' }, requester);
    },

    async find(ctx: RequestContext) {
      const { state, cursor, limit } = validate(listSchema, ctx.query);
      const person = await organisationOf(strapi).requireStaff();
      const after = cursor ? Number(cursor) : null;
      const rows = await changesOf(strapi).pageOf(person, state, after, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await viewsOf(items.map((row) => row.documentId)), nextCursor };
    },

    async withdraw(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      await changesOf(strapi).withdraw(documentId);
      ctx.body = (await viewsOf([documentId]))[0];
    },

    /** The changes of one record, and what of it is controlled; of both, what the asker's role may read. */
    async history(ctx: RequestContext) {
      const { type, documentId } = validateParams(recordSchema, ctx.params);
      const { cursor, limit } = validate(historySchema, ctx.query);
      await assertVisible(type, documentId);
      const mayRead = (attribute: string) => mayReadAttribute(strapi, type, attribute);
      const after = cursor ? Number(cursor) : null;
      const rows = await changesOf(strapi).historyOf(type, documentId, after, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      const views = await viewsOf(items.map((row) => row.documentId));
      const record = await storedRecord(strapi, type, documentId);
      const kinds = vaultOf(strapi).protectedAttributes(type);
      ctx.body = {
        items: views.flatMap((view) => {
          const changes = view.changes.filter(({ attribute }) => mayRead(attribute));
          return changes.length > 0 ? [{ ...view, changes }] : [];
        }),
        nextCursor,
        controlled: [...policyOf(strapi).controlledOf(type)].filter(mayRead).map((attribute) => ({
          attribute,
          kind: kinds[attribute]?.id ?? null,
          value: record?.[attribute] ?? null,
        })),
      };
    },
  };
};
