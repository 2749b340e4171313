import fc from 'fast-check';
import { capacityOf } from './capacity';

const staff = fc.integer({ min: 1, max: 8 });
const people = fc.uniqueArray(staff);

describe('the capacity in which somebody decides', () => {
  it('is their own where the step names them, and needs nobody to be away', () => {
    expect(capacityOf(1, [1, 2], [2], new Set())).toEqual({ person: 1, onBehalfOf: null });
  });

  it('is that of the one who is away where the step names only them', () => {
    expect(capacityOf(3, [1, 2], [2], new Set())).toEqual({ person: 3, onBehalfOf: 2 });
  });

  it('is none without a place to fill', () => {
    expect(capacityOf(3, [1, 2], [4], new Set())).toBeNull();
  });

  it('never is the place of somebody who has another part in the request', () => {
    fc.assert(
      fc.property(staff, people, people, people, (person, candidates, principals, parts) => {
        const found = capacityOf(person, candidates, principals, new Set(parts));
        if (found?.onBehalfOf == null) return;
        expect(parts).not.toContain(found.onBehalfOf);
        expect(candidates).toContain(found.onBehalfOf);
        expect(principals).toContain(found.onBehalfOf);
      })
    );
  });
});
