import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { forbidden } from '../refusal';

export type ActorKind = 'admin' | 'user' | 'api-token' | 'system' | 'anonymous';
export type Channel = 'content-manager' | 'panel' | 'api' | 'mcp' | 'system';

/** Who acts. The id is that of the account, never a name. */
export interface Actor {
  kind: ActorKind;
  id: string;
}

interface RequestState {
  path: string;
  /** The client's network address, by Koa. */
  ip?: string;
  state: {
    user?: { id: number | string; roles?: Array<{ code?: string }> };
    isAuthenticatedAdmin?: boolean;
    isAuthenticated?: boolean;
    auth?: { strategy?: { name?: string }; credentials?: { id?: number | string } | null };
    governanceCorrelation?: string;
    userAbility?: unknown;
  };
}

const SUPER_ADMIN = 'strapi-super-admin';

const claimed = new AsyncLocalStorage<Actor>();

const requestOf = (strapi: Core.Strapi): RequestState | undefined =>
  strapi.requestContext.get() as unknown as RequestState | undefined;

/**
 * Who is asking: an admin user, a users-permissions user, an API token, or a system actor that was claimed by name.
 * Without a request and without such a claim there is nobody, and nobody is revealed nothing.
 */
export function actorService({ strapi }: { strapi: Core.Strapi }) {
  const identity = (): Actor | null => {
    const claim = claimed.getStore();
    if (claim) return claim;
    const request = requestOf(strapi);
    if (!request) return null;
    const { user, auth } = request.state;
    const strategy = auth?.strategy?.name;
    if (strategy === 'api-token' || strategy === 'content-api-token') {
      return { kind: 'api-token', id: String(auth?.credentials?.id ?? 'unknown') };
    }
    if (strategy === 'users-permissions') {
      const id = auth?.credentials?.id ?? user?.id;
      return id === undefined
        ? { kind: 'anonymous', id: 'anonymous' }
        : { kind: 'user', id: String(id) };
    }
    if (user?.id !== undefined) return { kind: 'admin', id: String(user.id) };
    return { kind: 'anonymous', id: 'anonymous' };
  };

  return {
    /** The actor, or `null` where there is neither a request nor a claimed system actor. */
    identity,

    /** The actor. @throws ForbiddenError when there is nobody, or nobody that signed in. */
    require(): Actor {
      const actor = identity();
      if (!actor || actor.kind === 'anonymous') {
        throw forbidden('This needs somebody who is signed in. Sign in and try again.');
      }
      return actor;
    },

    /** Whether an admin token asks: it has the permissions of its owner, but is no person who decides or was granted anything. */
    byAdminToken: (): boolean => requestOf(strapi)?.state.auth?.strategy?.name === 'admin-token',

    isSuperAdmin: (): boolean =>
      requestOf(strapi)?.state.user?.roles?.some(({ code }) => code === SUPER_ADMIN) ?? false,

    /** Runs `work` as a system actor, whose name stands in the log for what it does. */
    asSystem<T>(name: string, work: () => Promise<T>): Promise<T> {
      return claimed.run({ kind: 'system', id: name }, work);
    },

    /** Runs `work` as the account that has just proved who it is, in a request that began with nobody. */
    asAccount<T>(account: Actor, work: () => Promise<T>): Promise<T> {
      return claimed.run(account, work);
    },

    /** Where the request came in. */
    channel(): Channel {
      if (claimed.getStore()?.kind === 'system') return 'system';
      const path = requestOf(strapi)?.path;
      if (!path) return 'system';
      if (path.startsWith('/content-manager')) return 'content-manager';
      if (path.startsWith('/mcp')) return 'mcp';
      if (path.startsWith(`${strapi.config.get('api.rest.prefix', '/api')}/`)) return 'api';
      return 'panel';
    },

    /** The client's network address, as it came; nothing for what the system does by itself. */
    address: (): string | undefined =>
      claimed.getStore()?.kind === 'system' ? undefined : requestOf(strapi)?.ip,

    /** One id for all that happens in one request. */
    correlationId(): string {
      const state = requestOf(strapi)?.state;
      if (!state) return randomUUID();
      state.governanceCorrelation ??= randomUUID();
      return state.governanceCorrelation;
    },
  };
}

export type ActorService = ReturnType<typeof actorService>;

export const actorOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('actor') as ActorService;
