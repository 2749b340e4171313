import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { policyOf } from '../policy';
import { formByCode } from './form';
import { answerRefusal, Refused } from './refused';

interface Context {
  method: string;
  path: string;
  status: number;
  body?: unknown;
  get(header: string): string;
  set(header: string, value: string): void;
  remove(header: string): void;
  vary(header: string): void;
  is(type: string): string | false | null;
}

const ALLOWED = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'Content-Type, Idempotency-Key',
  'Access-Control-Max-Age': '600',
};
const READABLE = 'Retry-After, Idempotent-Replayed';
const CODE = /^[a-z0-9][a-z0-9-]{1,59}$/;

/**
 * Stands before everything that answers: of the web forms, pages of the listed origins alone are told that they may read, in
 * place of `strapi::cors`, which tells all. And a body that is too large, or none of JSON, is refused before it is read.
 */
export const webFormGate = (_config: unknown, { strapi }: { strapi: Core.Strapi }) => {
  const start = `${String(strapi.config.get('api.rest.prefix', '/api'))}/${PLUGIN}/web-forms/`;

  const isListed = async (ctx: Context): Promise<boolean> => {
    const code = ctx.path.slice(start.length);
    const origin = ctx.get('Origin');
    if (origin === '' || !CODE.test(code)) return false;
    const form = await formByCode(strapi, code);
    return form?.allowedOrigins?.includes(origin) ?? false;
  };

  return async (ctx: Context, next: () => Promise<void>) => {
    if (!ctx.path.startsWith(start)) return next();
    const listed = await isListed(ctx);
    if (ctx.method === 'OPTIONS') {
      ctx.status = listed ? 204 : 403;
      if (listed) for (const [header, value] of Object.entries(ALLOWED)) ctx.set(header, value);
    } else {
      const refused = ctx.method === 'POST' ? bodyRefusal(ctx) : null;
      if (refused) answerRefusal(ctx, refused);
      else await next();
    }
    ctx.remove('Access-Control-Allow-Origin');
    ctx.remove('Access-Control-Allow-Credentials');
    ctx.vary('Origin');
    if (!listed) return;
    ctx.set('Access-Control-Allow-Origin', ctx.get('Origin'));
    ctx.set('Access-Control-Expose-Headers', READABLE);
  };

  function bodyRefusal(ctx: Context): Refused | null {
    const { maxBodyBytes } = policyOf(strapi).get().webForms;
    const length = ctx.get('Content-Length');
    if (length === '')
      return new Refused(411, 'LengthRequiredError', 'Send the length of the body with it.');
    if (Number(length) > maxBodyBytes) {
      return new Refused(
        413,
        'PayloadTooLargeError',
        `The body is too large. A form may send ${maxBodyBytes} bytes.`
      );
    }
    return ctx.is('application/json')
      ? null
      : new Refused(
          415,
          'UnsupportedMediaTypeError',
          'Send JSON, and say so: Content-Type: application/json.'
        );
  }
};
