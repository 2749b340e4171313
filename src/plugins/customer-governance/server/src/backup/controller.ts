import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { policyOf } from '../policy';
import { translatorOfRequest } from '../translations';
import { validate, validateParams } from '../validate';
import { BackupFailed } from './failure';
import { RUN_KINDS, RUN_STATES, type RunKind, type RunRow, type RunState } from './runs';
import { backupOf } from './service';

interface ListQuery extends Paging {
  kind?: RunKind;
  state?: RunState;
}

const listSchema = Joi.object<ListQuery>({
  kind: Joi.valid(...RUN_KINDS),
  state: Joi.valid(...RUN_STATES),
  ...pagingKeys,
});
const idSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string().max(60).pattern(/^\w+$/).required(),
});
const startSchema = Joi.object<{ kind: RunKind }>({
  kind: Joi.valid(...RUN_KINDS).required(),
});
const nothing = Joi.object<Record<string, never>>({});

const number = (value: string | number | null) => (value === null ? null : Number(value));

/** Backups and drills as the panel shows and starts them. */
export const backupController = ({ strapi }: { strapi: Core.Strapi }) => {
  const views = async (rows: readonly RunRow[]) => {
    const people = await organisationOf(strapi).byIds(
      rows.flatMap(({ requestedById }) => requestedById ?? [])
    );
    const translate = translatorOfRequest(strapi);
    return rows.map((row) => ({
      documentId: row.documentId,
      kind: row.kind,
      state: row.state,
      startedAt: row.startedAt,
      finishedAt: row.finishedAt,
      requestedBy: row.requestedById ? (people.get(row.requestedById)?.displayName ?? null) : null,
      step: row.step,
      done: number(row.done),
      dataArchive: row.dataArchive,
      dataDigest: row.dataDigest,
      dataBytes: number(row.dataBytes),
      keysArchive: row.keysArchive,
      keysDigest: row.keysDigest,
      keysBytes: number(row.keysBytes),
      secondCopy: row.secondCopy,
      reason: row.reason,
      message: row.message && translate(row.message),
      drill: row.drill,
    }));
  };
  const view = async (row: RunRow | null) => (row ? (await views([row]))[0] : null);

  return {
    async state(ctx: RequestContext) {
      validate(nothing, ctx.query);
      const state = await backupOf(strapi).state();
      ctx.body = {
        ...state,
        running: await view(state.running),
        lastBackup: await view(state.lastBackup),
        lastDrill: await view(state.lastDrill),
        policy: policyOf(strapi).get().backup,
      };
    },

    async find(ctx: RequestContext) {
      const { cursor, limit, ...filter } = validate(listSchema, ctx.query);
      const rows = await backupOf(strapi).runs.page(
        filter,
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await views(items), nextCursor };
    },

    async findOne(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      const row = await backupOf(strapi).runs.find(documentId);
      if (!row) throw new errors.NotFoundError('There is no such backup or drill.');
      ctx.body = await view(row);
    },

    /** Begins a backup or a drill and answers at once; its record tells how it gets on. */
    async start(ctx: RequestContext) {
      const { kind } = validate(startSchema, ctx.request.body);
      const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      try {
        ctx.body = await view(await backupOf(strapi).start(kind, staff?.id ?? null));
        ctx.status = 202;
      } catch (error) {
        if (error instanceof BackupFailed) {
          throw new errors.ApplicationError(error.message, { reason: error.code });
        }
        throw error;
      }
    },
  };
};
