import { pagePath } from '../navigation';

/** The page of one internal audit. */
export const auditPath = (documentId: string): string =>
  `${pagePath('audits')}/${encodeURIComponent(documentId)}`;

/** Its report, ready to be printed. */
export const reportPath = (documentId: string): string => `${auditPath(documentId)}/report`;

/** The page of one finding, for whoever is responsible for it. */
export const findingPath = (documentId: string): string =>
  `${pagePath('audits')}/findings/${encodeURIComponent(documentId)}`;

/** The list of a person's own findings. */
export const myFindingsPath = `${pagePath('audits')}?tab=mine`;
