import type { GovernancePage } from '../permissions';
import { PANEL_PATH } from '../pluginId';

/** The pages in the order of the side navigation; the page's name is its address and its message id. */
export const PAGES: readonly GovernancePage[] = [
  'overview',
  'approvals',
  'requests',
  'notifications',
  'filing',
  'register',
  'imports',
  'collection',
  'duplicates',
  'verification',
  'retention',
  'anomalies',
  'audit',
  'audits',
  'data-map',
  'backup',
];

/** The address of a page. */
export const pagePath = (page: GovernancePage): string => `${PANEL_PATH}/${page}`;

/** The page of one request. */
export const requestPath = (documentId: string): string =>
  `${pagePath('requests')}/${encodeURIComponent(documentId)}`;
