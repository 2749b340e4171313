import type { Core } from '@strapi/strapi';
import { actorOf } from '../organisation/actor';
import { CUSTOMER } from '../policy/attribute-path';

/** The life of a customer in use. */
export const CUSTOMER_STAGES = ['active', 'dormant', 'invalid', 'ended'] as const;
export type CustomerStage = (typeof CUSTOMER_STAGES)[number];

/** Customers in ordinary use: dormant and invalid ones are shown to those who ask for them [END-3]. */
const ORDINARY_STAGES: readonly CustomerStage[] = ['active', 'ended'];
/** Whoever names one of these asks for particular customers, or for particular stages. */
const CHOOSING = new Set(['stage', 'documentId', 'id']);
const LISTS = new Set(['findMany', 'count']);
const API_ACTORS = new Set(['user', 'api-token', 'anonymous']);

/** The condition on customers in ordinary use, for `strapi.db.query` and document filters alike. */
export const ordinaryUse = () => ({ stage: { $in: [...ORDINARY_STAGES] } });

/** Filters of a list of customers: those that choose neither stage nor customer leave out who is not in ordinary use. */
export function withOrdinaryUse(filters: unknown): unknown {
  if (chooses(filters)) return filters;
  return isFilled(filters) ? { $and: [filters, ordinaryUse()] } : ordinaryUse();
}

/** Leaves dormant and invalid customers out of the lists of the Content Manager and of the content API. */
export function useOrdinaryStages(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    if ((context.uid as string) === CUSTOMER && LISTS.has(context.action) && isListed(strapi)) {
      const params = context.params as { filters?: unknown };
      params.filters = withOrdinaryUse(params.filters);
    }
    return next();
  });
}

/** Whether somebody looks at a list; what the product itself reads, it reads whole. */
function isListed(strapi: Core.Strapi): boolean {
  const actor = actorOf(strapi).identity();
  if (!actor) return false;
  return (
    API_ACTORS.has(actor.kind) ||
    (actor.kind === 'admin' && actorOf(strapi).channel() === 'content-manager')
  );
}

function chooses(filters: unknown): boolean {
  if (Array.isArray(filters)) return filters.some(chooses);
  if (typeof filters !== 'object' || filters === null) return false;
  return Object.entries(filters).some(
    ([key, value]) => CHOOSING.has(key) || (GROUPS.has(key) && chooses(value))
  );
}

const GROUPS = new Set(['$and', '$or', '$not']);

const isFilled = (filters: unknown): boolean =>
  typeof filters === 'object' && filters !== null && Object.keys(filters).length > 0;
