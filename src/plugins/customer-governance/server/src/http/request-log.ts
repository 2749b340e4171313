import type { Core } from '@strapi/strapi';

interface Context {
  method: string;
  path: string;
  status: number;
}

/**
 * In place of `strapi::logger`: method, path and status, without the query string, in which clients put what they
 * search for.
 */
export const requestLog =
  (_config: unknown, { strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context, next: () => Promise<void>) => {
    const start = Date.now();
    await next();
    strapi.log.http(
      `${ctx.method} ${printable(ctx.path)} (${Date.now() - start} ms) ${ctx.status}`
    );
  };

/** A path is the client's text too: only what our routes are made of is written down. */
function printable(path: string): string {
  return path
    .split('/')
    .map((part) => (/^[a-z][a-z0-9.:_-]{0,119}$|^\d{0,10}$/i.test(part) ? part : '…'))
    .join('/');
}
