/**
 * Whether every step can be filled by a different person (a matching in the bipartite graph of steps and candidates,
 * by Kuhn's augmenting paths). Segregation of duties is impossible to keep where this is false.
 * @param candidates for each step, the people who may fill it.
 */
export function canBeFilledByDistinctPeople(candidates: ReadonlyArray<readonly number[]>): boolean {
  const stepOf = new Map<number, number>();
  const tryFill = (step: number, seen: Set<number>): boolean => {
    for (const person of candidates[step] ?? []) {
      if (seen.has(person)) continue;
      seen.add(person);
      const taken = stepOf.get(person);
      if (taken === undefined || tryFill(taken, seen)) {
        stepOf.set(person, step);
        return true;
      }
    }
    return false;
  };
  return candidates.every((_, step) => tryFill(step, new Set()));
}
