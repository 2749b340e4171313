import type { DueItem } from '../../api/types';

/** A customer on hold stays, and one in an order is already on its way. */
export const isProposable = ({ hold, orderDocumentId }: DueItem): boolean =>
  !hold && orderDocumentId === null;

/** The selection with one customer added or removed. */
export const toggled = (chosen: ReadonlySet<string>, documentId: string): Set<string> => {
  const next = new Set(chosen);
  if (!next.delete(documentId)) next.add(documentId);
  return next;
};

/** Ticked, not ticked, or partly so: the state of the box that stands for all. */
export const allChosen = (
  items: DueItem[],
  chosen: ReadonlySet<string>
): boolean | 'indeterminate' => {
  const proposable = items.filter(isProposable);
  const count = proposable.filter(({ documentId }) => chosen.has(documentId)).length;
  if (count === 0) return false;
  return count === proposable.length ? true : 'indeterminate';
};

/** Everything that can be proposed, or nothing if all of it was chosen. */
export const toggledAll = (items: DueItem[], chosen: ReadonlySet<string>): Set<string> =>
  allChosen(items, chosen) === true
    ? new Set()
    : new Set(items.filter(isProposable).map(({ documentId }) => documentId));
