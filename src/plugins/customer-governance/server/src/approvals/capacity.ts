/** As whom a person decides a step: for themselves, or in the place of somebody who is away. */
export interface Capacity {
  person: number;
  /** The staff id of the one who is away, or `null`. */
  onBehalfOf: number | null;
}

/**
 * In which capacity a person may fill a step, or `null`. The own one comes first; a deputy fills the place of one who has
 * no other part in the request, so that nobody decides twice, once in person and once by deputy.
 * @param candidates staff ids that the step names.
 * @param principals staff ids in whose place the person decides at this moment.
 * @param barred staff ids that already have a part in the request: its requester, and all who decided or for whom it was done.
 */
export function capacityOf(
  person: number,
  candidates: readonly number[],
  principals: readonly number[],
  barred: ReadonlySet<number>
): Capacity | null {
  if (candidates.includes(person)) return { person, onBehalfOf: null };
  const principal = principals.find((id) => candidates.includes(id) && !barred.has(id));
  return principal === undefined ? null : { person, onBehalfOf: principal };
}
