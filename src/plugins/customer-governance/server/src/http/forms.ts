import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { PLUGIN } from '../domain';

interface Context {
  path: string;
  get(header: string): string;
}

/**
 * Refuses forms with files before Strapi's parser reads them: it writes each file to the temporary directory as it is, and
 * leaves it there unless its field is called `files`. No route of the product takes a form; files are sent as the body.
 * It stands before `strapi::body`.
 */
export const refuseForms = (_config: unknown, { strapi }: { strapi: Core.Strapi }) => {
  const prefix = String(strapi.config.get('api.rest.prefix', '/api'));
  const own = [`/${PLUGIN}/`, `${prefix}/${PLUGIN}/`];
  return async (ctx: Context, next: () => Promise<void>) => {
    const form = /^multipart\//i.test(ctx.get('content-type').trim());
    if (form && own.some((path) => ctx.path.toLowerCase().startsWith(path))) {
      throw new errors.ValidationError(
        'Forms with files are not taken here. Send the file itself as the body, with the content type application/octet-stream.'
      );
    }
    return next();
  };
};
