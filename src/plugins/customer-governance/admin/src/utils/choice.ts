/** What is ticked of a list, by ids. */

/** The choice with one added or removed. */
export const toggled = <Id>(chosen: ReadonlySet<Id>, id: Id): Set<Id> => {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** Ticked, not ticked, or partly so: the state of the box that stands for all that can be chosen. */
export const allChosen = <Id>(
  choosable: readonly Id[],
  chosen: ReadonlySet<Id>
): boolean | 'indeterminate' => {
  const count = choosable.filter((id) => chosen.has(id)).length;
  if (count === 0) return false;
  return count === choosable.length ? true : 'indeterminate';
};

/** Everything that can be chosen, or nothing if all of it was. */
export const toggledAll = <Id>(choosable: readonly Id[], chosen: ReadonlySet<Id>): Set<Id> =>
  allChosen(choosable, chosen) === true ? new Set() : new Set(choosable);
