import { pagePath } from '../navigation';

/** The printable page of one certificate. */
export const certificatePath = (documentId: string): string =>
  `${pagePath('retention')}/certificates/${encodeURIComponent(documentId)}`;

/** The list of certificates, from which one comes to a single one. */
export const certificatesPath = `${pagePath('retention')}?tab=certificates`;

/** The page of one order. */
export const orderPath = (documentId: string): string =>
  `${pagePath('retention')}/orders/${encodeURIComponent(documentId)}`;

export const ordersPath = `${pagePath('retention')}?tab=orders`;
