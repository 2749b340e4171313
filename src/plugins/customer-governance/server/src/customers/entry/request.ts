import type { Core } from '@strapi/strapi';

interface RequestLike {
  params?: { model?: string; id?: string };
  request: { body?: unknown };
  state: {
    route?: { handler?: unknown };
    userAbility?: { can(action: string, subject: string, field?: string): boolean };
  };
}

type Data = Record<string, unknown>;

interface Write {
  uid: string;
  action: string;
  documentId: string | null;
}

const READ = 'plugin::content-manager.explorer.read';

const requestOf = (strapi: Core.Strapi) =>
  strapi.requestContext.get() as unknown as RequestLike | undefined;

/**
 * What the client sent for this very entry, before Strapi's permissions took anything from it; `undefined` when the entry
 * is not the one that the request is about.
 */
export function bodyFor(strapi: Core.Strapi, { uid, action, documentId }: Write): Data | undefined {
  const request = requestOf(strapi);
  const handler = request?.state.route?.handler;
  if (!request || (documentId !== null && request.params?.id !== documentId)) return undefined;
  const body = request.request.body as Data | undefined;
  if (handler === `collection-types.${action}` && request.params?.model === uid) {
    return plain(body);
  }
  return handler === `${uid}.${action}` ? plain(body?.data) : undefined;
}

/** Whether the panel gives the asker this attribute to read; outside the panel everybody reads what there is. */
export function mayReadAttribute(strapi: Core.Strapi, uid: string, attribute: string): boolean {
  const ability = requestOf(strapi)?.state.userAbility;
  return ability?.can(READ, uid, attribute) ?? true;
}

const plain = (value: unknown): Data | undefined =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Data) : undefined;
