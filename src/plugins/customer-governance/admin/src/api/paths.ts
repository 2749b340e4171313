import { PLUGIN_ID } from '../pluginId';

type QueryValue = string | number | null | undefined;

/**
 * A path of the plugin's admin routes with its query, encoded here because Strapi's
 * fetch client sends parameters as they are.
 */
export const apiPath = (path: string, query: Record<string, QueryValue> = {}): string => {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string | number] =>
      pair[1] !== undefined && pair[1] !== null && pair[1] !== ''
  );
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  const base = `/${PLUGIN_ID}${path}`;
  return search === '' ? base : `${base}${base.includes('?') ? '&' : '?'}${search}`;
};

/** The status of one governed record: side panel and field inputs share it. */
export const recordPath = (type: string, documentId: string): string =>
  apiPath(`/records/${encodeURIComponent(type)}/${encodeURIComponent(documentId)}`);

/** The changes of one governed record. */
export const changesPath = (type: string, documentId: string): string =>
  apiPath(`/records/${encodeURIComponent(type)}/${encodeURIComponent(documentId)}/changes`);
