import type { StrapiApp } from '@strapi/strapi/admin';

import { isGoverned, type TypeSchema } from '../utils/schemas';

type AppMiddleware = ReturnType<StrapiApp['middlewares'][number]>;

interface PatchAction {
  type: string;
  payload: { queryCacheKey: string };
}

interface CachedQuery {
  endpointName?: string;
  data?: { contentTypes?: (TypeSchema & { uid: string })[] };
}

interface StoreState {
  adminApi?: { queries?: Record<string, CachedQuery | undefined> };
}

const PATCHED = 'adminApi/queries/queryResultPatched';
const DOCUMENT_KEY = /^getDocument\(.*"model":"([^"]+)"/;

const isPatch = (action: unknown): action is PatchAction =>
  typeof action === 'object' && action !== null && 'type' in action && action.type === PATCHED;

const isGovernedType = (state: StoreState, uid: string): boolean =>
  Object.values(state.adminApi?.queries ?? {}).some(
    (query) =>
      query?.endpointName === 'getInitialData' &&
      query.data?.contentTypes?.some((type) => type.uid === uid && isGoverned(type))
  );

/**
 * While a save is under way, the Content Manager writes what was typed into its cache of the stored
 * document, and takes it back when the server refuses: with it goes everything that the person has
 * entered (strapi/strapi#22646). A governed record is refused often and for good reasons, and clear
 * text has no place in that cache, so for governed types the cache only ever holds the server's answers.
 */
export const keepRefusedInput = (): AppMiddleware => (store) => (next) => (action) => {
  if (isPatch(action)) {
    const model = DOCUMENT_KEY.exec(action.payload.queryCacheKey)?.[1];
    if (model && isGovernedType(store.getState() as StoreState, model)) return undefined;
  }
  return next(action);
};
