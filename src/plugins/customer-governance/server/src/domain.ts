import type { Core } from '@strapi/strapi';

export const PLUGIN = 'customer-governance';

export interface Context {
  strapi: Core.Strapi;
}
type Phase = (context: Context) => void | Promise<void>;
export type Factory<T> = (context: Context) => T;

/** A permission of the panel's role editor, beside those that content types bring by themselves. */
export interface AdminAction {
  /** Becomes `plugin::customer-governance.<uid>`. */
  uid: string;
  displayName: string;
  subCategory: string;
}

/** What a request carries that a controller may use. */
export interface RequestContext {
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown };
  state: Record<string, unknown>;
  body?: unknown;
  status?: number;
}

export type Handler = (context: RequestContext) => unknown;

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  handler: string;
  config?: { policies?: unknown[]; auth?: unknown; [key: string]: unknown };
  /** Zod schemas of what is sent and answered, which Strapi turns into the OpenAPI document. */
  request?: {
    params?: Record<string, unknown>;
    query?: Record<string, unknown>;
    body?: Record<string, unknown>;
  };
  response?: unknown;
}

/**
 * A chapter of the product. It looks like a Strapi plugin of its own, and `index.ts` merges all of them into the
 * one that Strapi loads; so a domain can be read, and left out, without reading the others.
 */
export interface Domain {
  name: string;
  register?: Phase;
  bootstrap?: Phase;
  destroy?: Phase;
  contentTypes?: Record<string, { schema: unknown }>;
  services?: Record<string, Factory<unknown>>;
  controllers?: Record<string, Factory<unknown>>;
  middlewares?: Record<string, (config: unknown, context: Context) => unknown>;
  policies?: Record<string, unknown>;
  /** Routes of the panel; each also needs `admin::isAuthenticatedAdmin`, which `adminRoute` adds. */
  adminRoutes?: Route[];
  /** Routes of `/api/customer-governance`. */
  contentApiRoutes?: Array<Route | Factory<Route[]>>;
  actions?: AdminAction[];
}

/**
 * A route of the panel for signed-in admins. It also needs the permission; `null` where what may be
 * seen hangs on the record and is decided by the service (reveal, the record's side panel), or is the asker's own.
 */
export function adminRoute(
  method: Route['method'],
  path: string,
  handler: string,
  permission: string | null
): Route {
  const policies: unknown[] = ['admin::isAuthenticatedAdmin'];
  if (permission !== null) {
    policies.push({
      name: 'admin::hasPermissions',
      config: { actions: [`plugin::${PLUGIN}.${permission}`] },
    });
  }
  return { method, path, handler, config: { policies } };
}
