import { PassThrough } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { assertRaw, contentOf, CUT_OFF, type FileContext } from '../attachments/body';
import { PLAN } from '../collection/uids';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf } from '../paging';
import { policyOf } from '../policy';
import { translatorOfRequest } from '../translations';
import { validate, validateParams } from '../validate';
import { importsOf } from './imports';
import { tooLarge } from './file';
import { schemas } from './schemas';
import type { RunRow } from './runs';

const PLANS = 100;

/** Imports as the panel's wizard uses them: everybody their own. */
export const importsController = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => importsOf(strapi);
  const asker = () => organisationOf(strapi).requireStaff();
  const ownRun = async (ctx: RequestContext): Promise<RunRow> => {
    const { documentId } = validateParams(schemas.id, ctx.params);
    return service().runs.own(documentId, await asker());
  };
  const answer = async (ctx: RequestContext, run: RunRow) => {
    ctx.body = viewOf(await service().runs.require(run.documentId));
  };
  /** An act on a run without anything to be said of it. */
  const act =
    (work: (run: RunRow, ctx: RequestContext) => Promise<void>) => async (ctx: RequestContext) => {
      validate(schemas.nothing, ctx.request.body);
      const run = await ownRun(ctx);
      await work(run, ctx);
      await answer(ctx, run);
    };

  return {
    async find(ctx: RequestContext) {
      const { cursor, limit } = validate(schemas.list, ctx.query);
      const page = await service().runs.page(
        await asker(),
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(page, limit);
      ctx.body = { items: items.map(viewOf), nextCursor };
    },

    async findOne(ctx: RequestContext) {
      ctx.body = viewOf(await ownRun(ctx));
    },

    /** What the wizard offers. */
    async options(ctx: RequestContext) {
      await asker();
      const plans = (await strapi.db.query(PLAN).findMany({
        select: ['documentId', 'code', 'title'],
        where: { state: 'active' },
        orderBy: 'code',
        limit: PLANS,
      })) as Array<{ documentId: string; code: string; title: string }>;
      const { maxBytes, maxRows, maxColumns } = policyOf(strapi).get().imports;
      ctx.body = {
        plans: plans.map(({ documentId, code, title }) => ({ documentId, code, title })),
        attributes: service().columns.offered(ctx.state.userAbility),
        limits: { maxBytes, maxRows, maxColumns },
      };
    },

    /** The body is the file itself. */
    async upload(ctx: FileContext) {
      const person = await asker();
      assertRaw(ctx);
      try {
        const { maxBytes } = policyOf(strapi).get().imports;
        if (Number(ctx.req.headers['content-length'] ?? 0) > maxBytes) {
          throw new errors.PayloadTooLargeError(tooLarge(maxBytes).message);
        }
        const id = await service().upload(contentOf(ctx.req), person);
        ctx.status = 201;
        ctx.body = viewOf(await service().runs.require(id));
      } catch (error) {
        throw ctx.req.complete || !ctx.req.destroyed ? error : new errors.ApplicationError(CUT_OFF);
      } finally {
        // A client that is still sending reads the answer only once all is taken from it.
        ctx.req.resume();
      }
    },

    async columns(ctx: RequestContext) {
      const { plan } = validate(schemas.columns, ctx.query);
      const run = await ownRun(ctx);
      const row: { id: number } | null = plan
        ? await strapi.db.query(PLAN).findOne({ select: ['id'], where: { documentId: plan } })
        : null;
      ctx.body = { columns: await service().describe(run, await asker(), row?.id ?? null) };
    },

    async map(ctx: RequestContext) {
      const mapping = validate(schemas.mapping, ctx.request.body);
      const run = await ownRun(ctx);
      await service().map(run, mapping, await asker(), ctx.state.userAbility);
      await answer(ctx, run);
    },

    check: act((run) => service().check(run)),
    start: act((run, ctx) => service().start(run, ctx.state.userAbility)),
    pause: act((run) => service().pause(run)),
    resume: act((run) => service().resume(run)),
    cancel: act((run) => service().cancel(run)),
    undo: act((run) => service().undo(run)),

    /** What is to be told of rows, without their values. */
    async findings(ctx: RequestContext) {
      const { phase, cursor, limit } = validate(schemas.findings, ctx.query);
      const run = await ownRun(ctx);
      const found = await service().rows.notable(run.id, phase, Number(cursor ?? 0), limit + 1);
      const { items, nextCursor } = pageOf(
        found.map((row) => ({ id: row.row, ...row })),
        limit
      );
      const translate = translatorOfRequest(strapi);
      ctx.body = {
        items: items.map(({ row, state, notes }) => ({
          row,
          state,
          notes: notes.map((note) => ({ ...note, reason: translate(note.reason) })),
        })),
        nextCursor,
      };
    },

    async report(ctx: FileContext) {
      const { phase, language } = validate(schemas.report, ctx.request.body);
      const run = await ownRun(ctx);
      const content = await service().report(run, phase, language);
      ctx.set({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${run.number}.csv"; filename*=UTF-8''${run.number}.csv`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      });
      // Not the stream itself: Koa would only leave off where it fails, and the client take half a file for the whole.
      ctx.body = content.pipe(new PassThrough());
      content.once('error', () => ctx.res.destroy());
      ctx.res.once('close', () => content.destroy());
    },
  };
};

/** A run as the panel shows it. */
function viewOf(run: RunRow) {
  const { documentId, number, state, phase, failure, format, encoding, fileState } = run;
  return {
    documentId,
    number,
    state,
    phase,
    failure,
    format,
    encoding,
    bytes: Number(run.bytes ?? 0),
    fileState,
    plan: run.plan
      ? { documentId: run.plan.documentId, code: run.plan.code, title: run.plan.title }
      : null,
    mapping: run.mapping,
    constants: run.constants,
    total: run.total,
    checkCounts: run.checkCounts,
    runCounts: run.runCounts,
    undoCounts: run.undoCounts,
    uploadedAt: run.createdAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    stalled: run.stalledAt !== null,
  };
}
