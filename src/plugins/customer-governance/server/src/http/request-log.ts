import type { Core } from '@strapi/strapi';

interface Context {
  method: string;
  path: string;
  status: number;
  /** Set by the router: the path of the route that answered, with its parameters by name. */
  _matchedRoute?: unknown;
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
    strapi.log.http(`${ctx.method} ${printable(ctx)} (${Date.now() - start} ms) ${ctx.status}`);
  };

/** What the product itself puts into a path: row ids, documentIds and names of types. */
const OWN = /^(\d{1,10}|[a-z0-9]{24}|(api|plugin|admin)::[a-z.-]+)$/;

/** A path is the client's text too: only the words of the route that answered are written down, and ids. */
function printable({ path, _matchedRoute: route }: Context): string {
  if (typeof route !== 'string' || /[(*]/.test(route)) return '/…';
  const given = path.split('/');
  return route
    .split('/')
    .map((part, at) => {
      if (!part.startsWith(':')) return part;
      return OWN.test(decoded(given[at] ?? '')) ? given[at] : '…';
    })
    .join('/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
