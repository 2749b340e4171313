import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import Joi from 'joi';
import type { RequestContext } from '../domain';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { invalid } from '../refusal';
import { validate, validateParams } from '../validate';
import { actorOf } from '../organisation/actor';
import type { Sent } from './entering';
import { formByCode, LANGUAGES, type Language, type WebFormRow } from './form';
import { answerRefusal, Refused } from './refused';
import { noticeText } from './shown';
import { webFormsOf } from './web-forms';

interface WebContext extends RequestContext {
  get(header: string): string;
  set(header: string, value: string): void;
}

const CODE = /^[a-z0-9][a-z0-9-]{1,59}$/;
const KEY = /^[\x21-\x7e]{8,200}$/;
const MAX_FIELDS = 60;
const MAX_CONSENTS = 20;

const paramsSchema = Joi.object<{ code: string }>({
  code: Joi.string()
    .pattern(CODE)
    .required()
    .messages({ 'string.pattern.base': '{{#label}} must be the code of a web form' }),
});
const fetchSchema = Joi.object<{ language?: Language }>({ language: Joi.valid(...LANGUAGES) });
const sentSchema = Joi.object<Sent>({
  token: Joi.string().max(1000).required(),
  language: Joi.valid(...LANGUAGES),
  fields: Joi.object()
    .pattern(
      /^[A-Za-z]\w{0,60}$/,
      Joi.alternatives(Joi.string().allow('').max(20_000), Joi.boolean(), Joi.valid(null))
    )
    .max(MAX_FIELDS)
    .required(),
  consents: Joi.array()
    .items(
      Joi.object({
        purpose: Joi.string().max(60).required(),
        scope: Joi.valid('general', 'sensitive', 'sharing', 'marketing').required(),
        given: Joi.boolean().required(),
      })
    )
    .max(MAX_CONSENTS)
    .default([]),
});
const listSchema = Joi.object<Paging>(pagingKeys);

/** In the language of whoever asks; both where none was named. */
const inLanguage = (text: unknown, language: Language | undefined): unknown =>
  language && text && typeof text === 'object' ? (text as Record<string, string>)[language] : text;

/** The panel's list, and the two public routes that a company's own websites call. */
export const webFormController = ({ strapi }: { strapi: Core.Strapi }) => {
  const forms = () => webFormsOf(strapi);

  /**
   * The form that a request is for. Pages of other origins are refused here, too: what a browser may read it is told by the
   * headers, what may be sent is decided by us.
   */
  const formOf = async (ctx: WebContext, pageNeeded: boolean): Promise<WebFormRow> => {
    const { code } = validateParams(paramsSchema, ctx.params);
    const form = await formByCode(strapi, code);
    if (!form) throw new errors.NotFoundError('There is no such web form.');
    const origin = ctx.get('Origin');
    const isAllowed = form.allowedOrigins?.includes(origin) ?? false;
    if (origin === '' ? pageNeeded : !isAllowed) {
      throw new Refused(
        403,
        'ForbiddenError',
        'This form is not for pages of this origin. Its owner can add the origin in the panel.'
      );
    }
    return form;
  };

  /** Refusals with a status of their own become answers; everything else goes the way of all errors. */
  const answering =
    (work: (ctx: WebContext) => Promise<void>) =>
    async (context: RequestContext): Promise<void> => {
      const ctx = context as WebContext;
      ctx.set('Cache-Control', 'no-store');
      try {
        await work(ctx);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        answerRefusal(ctx, error);
      }
    };

  return {
    async list(ctx: RequestContext) {
      const { cursor, limit } = validate(listSchema, ctx.query);
      const rows = await forms().page(cursor ? Number(cursor) : null, limit + 1, new Date());
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: items.map(({ id: _, ...view }) => view), nextCursor };
    },

    /** What a page shows to a visitor, and the token that it sends back. */
    show: answering(async (ctx) => {
      const { language } = validate(fetchSchema, ctx.query);
      const row = await formOf(ctx, false);
      const now = new Date();
      await forms().limits.note('fetch', row.id, actorOf(strapi).address(), now);
      const form = await forms().entering.open(row, now);
      ctx.body = {
        data: {
          code: row.code,
          title: row.title,
          customerKind: row.customerKind,
          languages: row.languages ?? LANGUAGES,
          notice: {
            version: form.notice.version,
            hash: form.notice.hash,
            text: noticeText(form.notice, language ?? row.languages?.[0] ?? 'zh'),
          },
          fields: form.fields.map((field) => ({
            ...field,
            label: inLanguage(field.label, language),
          })),
          consents: form.consents.map((choice) => ({
            ...choice,
            name: inLanguage(choice.name, language),
          })),
          ...forms().entering.tokenFor(form, now),
        },
      };
    }),

    /** What a visitor sends. */
    enter: answering(async (ctx) => {
      const row = await formOf(ctx, true);
      const now = new Date();
      await forms().limits.note('entry', row.id, actorOf(strapi).address(), now);
      const key = ctx.get('Idempotency-Key') || undefined;
      if (key !== undefined && !KEY.test(key))
        throw invalid('Idempotency-Key', 'must be 8 to 200 visible characters, such as a UUID');
      const sent = validate(sentSchema, ctx.request.body);
      const { receipt, repeated } = await forms().entering.enter(row, sent, key, now);
      if (repeated) ctx.set('Idempotent-Replayed', 'true');
      ctx.status = 201;
      ctx.body = { data: receipt };
    }),
  };
};
