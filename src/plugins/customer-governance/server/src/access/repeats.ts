import { createHash } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { REQUEST } from './models';

/** What is asked for: two pending requests of one person may not ask for the same. */
export interface Asked {
  type: string;
  records: readonly string[];
  purpose: string;
  attributes: readonly string[];
  recipient?: string;
}

/**
 * The same for the same scope and recipient, in whatever order it was named. A unique index over it lets one of two requests that are
 * submitted at the same moment in; who has no pending request has none.
 */
export function pendingKeyOf(requesterId: number, asked: Asked) {
  const { type, records, purpose, attributes, recipient = 'self' } = asked;
  const named = [[...records].sort(), [...attributes].sort()];
  const scope = [requesterId, type, purpose, recipient, ...named];
  return createHash('sha256').update(JSON.stringify(scope)).digest('hex');
}

/**
 * @param own the request that is changed, which may keep its key.
 * @throws ApplicationError that names the pending request of this key, if there is one.
 */
export async function refuseRepeat(
  strapi: Core.Strapi,
  pendingKey: string,
  own?: string
): Promise<void> {
  const same: { documentId: string } | null = await strapi.db
    .query(REQUEST)
    .findOne({ select: ['documentId'], where: { pendingKey } });
  if (!same || same.documentId === own) return;
  throw new errors.ApplicationError(
    `You have asked for the same already: the request ${same.documentId} is pending. Wait for its decision, or withdraw it first.`,
    { pendingRequest: same.documentId }
  );
}
