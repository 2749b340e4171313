import type { DueItem } from '../../api/types';
import { allChosen, isProposable, toggled, toggledAll } from './selection';

const due = (documentId: string, change: Partial<DueItem> = {}): DueItem => ({
  documentId,
  label: '王**',
  filingNumber: null,
  department: null,
  dueOn: '2025-01-31',
  reason: null,
  hold: false,
  orderDocumentId: null,
  ...change,
});

const items = [
  due('a'),
  due('b'),
  due('held', { hold: true }),
  due('in', { orderDocumentId: 'o' }),
];

describe('the selection of due customers', () => {
  it('leaves out those on hold and those in an order', () => {
    expect(items.filter(isProposable).map(({ documentId }) => documentId)).toEqual(['a', 'b']);
    expect([...toggledAll(items, new Set())]).toEqual(['a', 'b']);
  });

  it('is shown as none, some or all of what can be chosen', () => {
    expect(allChosen(items, new Set())).toBe(false);
    expect(allChosen(items, new Set(['a']))).toBe('indeterminate');
    expect(allChosen(items, new Set(['a', 'b']))).toBe(true);
    expect(allChosen([due('held', { hold: true })], new Set(['held']))).toBe(false);
  });

  it('completes a part and empties a whole', () => {
    expect([...toggledAll(items, new Set(['a']))]).toEqual(['a', 'b']);
    expect([...toggledAll(items, new Set(['a', 'b']))]).toEqual([]);
  });

  it('adds and removes a single customer without changing the old selection', () => {
    const before = new Set(['a']);
    expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
    expect([...toggled(before, 'a')]).toEqual([]);
    expect([...before]).toEqual(['a']);
  });
});
