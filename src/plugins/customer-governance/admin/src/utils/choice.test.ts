import { allChosen, toggled, toggledAll } from './choice';

const choosable = ['a', 'b'];

describe('what is ticked of a list', () => {
  it('is none, some or all of what can be chosen', () => {
    expect(allChosen(choosable, new Set())).toBe(false);
    expect(allChosen(choosable, new Set(['a']))).toBe('indeterminate');
    expect(allChosen(choosable, new Set(['a', 'b']))).toBe(true);
  });

  it('is none where nothing can be chosen, whatever was before', () => {
    expect(allChosen([], new Set(['held']))).toBe(false);
    expect(allChosen(choosable, new Set(['held']))).toBe(false);
  });

  it('is completed from a part, and emptied from the whole', () => {
    expect([...toggledAll(choosable, new Set(['a']))]).toEqual(['a', 'b']);
    expect([...toggledAll(choosable, new Set(['a', 'b']))]).toEqual([]);
  });

  it('changes by one without changing what it was', () => {
    const before = new Set(['a']);
    expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
    expect([...toggled(before, 'a')]).toEqual([]);
    expect([...before]).toEqual(['a']);
  });
});
