import type { ApprovalItem } from '../../api/types';
import { isOpen, nextOf } from './selection';

const item = (stepId: number, change: Partial<ApprovalItem> = {}): ApprovalItem =>
  ({
    stepId,
    kind: 'use',
    role: 'superior',
    dueAt: null,
    decidedAt: null,
    decision: null,
    requester: null,
    subject: null,
    ...change,
  }) as ApprovalItem;

describe('the choice of steps to decide together', () => {
  it('takes what is open', () => {
    expect(isOpen(item(1))).toBe(true);
    expect(isOpen(item(1, { decision: 'approved', decidedAt: '2030-03-01T00:00:00Z' }))).toBe(
      false
    );
  });

  it('is sent in parts, and goes on where it was broken off', () => {
    const items = Array.from({ length: 12 }, (_, index) => item(index + 1));
    const first = nextOf(items, []);
    expect(first).toHaveLength(10);
    const results = first.map(({ stepId }) => ({
      stepId,
      outcome: 'decided' as const,
      message: null,
    }));
    expect(nextOf(items, results).map(({ stepId }) => stepId)).toEqual([11, 12]);
  });
});
