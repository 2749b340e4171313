import fc from 'fast-check';
import { canBeFilledByDistinctPeople } from './assignment';

/** The same question answered by trying every choice. */
function byTrying(candidates: number[][], used: number[] = []): boolean {
  const [first, ...rest] = candidates;
  if (!first) return true;
  return first.some((person) => !used.includes(person) && byTrying(rest, [...used, person]));
}

describe('filling steps with distinct people', () => {
  it('is possible when one person could fill both steps but another can take the first', () => {
    expect(canBeFilledByDistinctPeople([[1, 2], [1]])).toBe(true);
  });

  it('is impossible when two steps have the same single candidate', () => {
    expect(canBeFilledByDistinctPeople([[1], [1]])).toBe(false);
  });

  it('is impossible when a step has no candidate', () => {
    expect(canBeFilledByDistinctPeople([[1], []])).toBe(false);
  });

  it('agrees with trying every choice', () => {
    const people = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(people, { maxLength: 5 }), (candidates) => {
        expect(canBeFilledByDistinctPeople(candidates)).toBe(byTrying(candidates));
      })
    );
  });
});
