import type { FilingItem } from '../../api/filing';

/** What a customer is called in these lists: by company and the masked name of its main contact. */
export const titleOf = ({ companyName, name, documentId }: FilingItem): string =>
  [companyName, name].filter(Boolean).join(' · ') || documentId;
