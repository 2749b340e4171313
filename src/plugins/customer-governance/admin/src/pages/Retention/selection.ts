import type { DueItem } from '../../api/types';

/** A customer on hold stays, and one in an order is already on its way. */
export const isProposable = ({ hold, orderDocumentId }: DueItem): boolean =>
  !hold && orderDocumentId === null;
