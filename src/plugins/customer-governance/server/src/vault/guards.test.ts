import { changedValues, isWatched } from './guards';

describe('a stored value', () => {
  it.each<[unknown, unknown, boolean]>([
    ['a', 'a', false],
    ['b', 'a', true],
    [null, 'a', true],
    ['', 'a', true],
    [undefined, 'a', true],
    ['a', null, false],
    ['a', '', false],
    ['a', undefined, false],
    [false, true, true],
    [0, 1, true],
    ['2026-03-01T08:00:00+08:00', '2026-03-01T00:00:00.000Z', false],
    ['2026-03-01T00:00:00.000Z', new Date('2026-03-01T00:00:00Z'), false],
    [new Date('2026-03-01T00:00:00Z'), Date.parse('2026-03-01T00:00:00Z'), false],
    ['2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z', true],
    [['a'], ['a'], false],
    [['b'], ['a'], true],
  ])('with %j written over %j becomes another one: %s', (written, stored, changed) => {
    expect(changedValues({ it: written }, { it: stored })).toEqual(changed ? ['it'] : []);
  });

  it('that a write does not name stays', () => {
    expect(changedValues({ other: 'b' }, { it: 'a', other: 'b' })).toEqual([]);
  });
});

it('a write is watched as soon as one guard watches one of its attributes', () => {
  const guard = (name: string) => ({
    watches: (uid: string, attribute: string) => uid === 'x' && attribute === name,
    check: () => undefined,
  });
  const guards = [guard('a'), guard('b')];
  expect(isWatched(guards, 'x', { b: 1 })).toBe(true);
  expect(isWatched(guards, 'y', { b: 1 })).toBe(false);
  expect(isWatched(guards, 'x', { c: 1 })).toBe(false);
});
