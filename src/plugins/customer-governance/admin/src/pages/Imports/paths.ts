import { apiPath } from '../../api/paths';
import { pagePath } from '../navigation';

/** The page of one import. */
export const importPath = (documentId: string): string =>
  `${pagePath('imports')}/${encodeURIComponent(documentId)}`;

/** A route of one import, without the plugin's prefix. */
export const importRoute = (documentId: string, path = ''): string =>
  `/imports/${encodeURIComponent(documentId)}${path}`;

export const importApi = (documentId: string, path = '', query: Record<string, string> = {}) =>
  apiPath(importRoute(documentId, path), query);
