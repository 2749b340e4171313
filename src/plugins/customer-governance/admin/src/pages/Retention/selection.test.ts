import type { DueItem } from '../../api/types';
import { isProposable } from './selection';

const due = (documentId: string, change: Partial<DueItem> = {}): DueItem => ({
  documentId,
  label: '王**',
  filingNumber: null,
  department: null,
  dueOn: '2025-01-31',
  reason: null,
  stage: 'active',
  hold: false,
  orderDocumentId: null,
  ...change,
});

describe('the due customers', () => {
  it('can be proposed but for those on hold and those in an order', () => {
    const items = [
      due('a'),
      due('b'),
      due('held', { hold: true }),
      due('in', { orderDocumentId: 'o' }),
    ];
    expect(items.filter(isProposable).map(({ documentId }) => documentId)).toEqual(['a', 'b']);
  });
});
