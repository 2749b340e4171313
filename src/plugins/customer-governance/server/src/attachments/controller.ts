import { PassThrough } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { policyOf } from '../policy';
import { validate, validateParams } from '../validate';
import { attachmentsOf, type Download } from './attachments';
import { assertRaw, contentOf, CUT_OFF, type FileContext } from './body';
import { tooLarge } from './intake';

const documentId = Joi.string()
  .pattern(/^[a-z0-9]{1,60}$/i)
  .required()
  .messages({ 'string.pattern.base': '{{#label}} must be a documentId' });
const paramsSchema = Joi.object<{ documentId: string }>({ documentId });
const pageSchema = Joi.object<Paging>(pagingKeys);
const uploadSchema = Joi.object<{ kind: string; date?: string }>({
  kind: Joi.string()
    .max(60)
    .pattern(/^[\w-]+$/)
    .required(),
  date: Joi.string()
    .pattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
    .custom((value: string, helpers) => (isDay(value) ? value : helpers.error('date.none')))
    .messages({
      'string.pattern.base': '"date" must be a day: YYYY-MM-DD',
      'date.none': '"date" is a day that no calendar has',
    }),
});
const purposeSchema = Joi.object<{ purpose: string }>({
  purpose: Joi.string()
    .max(60)
    .pattern(/^[\w-]+$/)
    .required(),
});
const reasonSchema = Joi.object<{ reason: string }>({
  reason: Joi.string().trim().min(1).max(255).required(),
});

/** Attachments as the panel and the content API use them. */
export const attachmentsController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: RequestContext) {
    const { documentId: customer } = validateParams(paramsSchema, ctx.params);
    const { cursor, limit } = validate(pageSchema, ctx.query);
    const service = attachmentsOf(strapi);
    const rows = await service.ofCustomer(customer, cursor ? Number(cursor) : null, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit);
    ctx.body = { items: await service.views(items), nextCursor };
  },

  /** What the form of an upload offers. */
  options(ctx: RequestContext) {
    ctx.body = attachmentsOf(strapi).options();
  },

  /** The body is the file itself; kind and date stand in the address. */
  async upload(ctx: FileContext) {
    const { documentId: customer } = validateParams(paramsSchema, ctx.params);
    const asked = validate(uploadSchema, ctx.query);
    assertRaw(ctx);
    try {
      const { maxBytes } = policyOf(strapi).get().attachments;
      if (Number(ctx.req.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
      const id = await attachmentsOf(strapi).upload({ customer, ...asked }, contentOf(ctx.req));
      ctx.status = 201;
      ctx.body = await attachmentsOf(strapi).view(id);
    } catch (error) {
      throw ctx.req.complete || !ctx.req.destroyed ? error : new errors.ApplicationError(CUT_OFF);
    } finally {
      // A client that is still sending reads the answer only once all is taken from it.
      ctx.req.resume();
    }
  },

  async download(ctx: FileContext) {
    const { documentId: id } = validateParams(paramsSchema, ctx.params);
    const { purpose } = validate(purposeSchema, ctx.request.body);
    answerWith(ctx, await attachmentsOf(strapi).download(id, purpose));
  },

  async remove(ctx: RequestContext) {
    const { documentId: id } = validateParams(paramsSchema, ctx.params);
    const { reason } = validate(reasonSchema, ctx.request.body);
    await attachmentsOf(strapi).remove(id, reason);
    ctx.body = await attachmentsOf(strapi).view(id);
  },
});

/** A file as an answer that no browser shows, keeps or takes for something else; broken off where it does not open. */
function answerWith(ctx: FileContext, { content, name, mime, size }: Download): void {
  const plain = name.replace(/[^\w.-]/g, '_');
  ctx.set({
    'Content-Type': mime,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Accept-Ranges': 'none',
  });
  // Not the stream itself: Koa would only leave off where it fails, and the client take half a file for the whole.
  ctx.body = content.pipe(new PassThrough());
  ctx.length = size;
  content.once('error', () => ctx.res.destroy());
  ctx.res.once('close', () => content.destroy());
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
