import { inReadingOrder, placeOf, spanOf } from './bounds';

const bound = (eventOn: string | null, dueOn: string | null) => ({
  rule: 'r',
  bound: 'at-most' as const,
  months: 12,
  event: 'created' as const,
  eventOn,
  dueOn,
});

describe('the picture of a due date', () => {
  it('reaches from the first event to the last bound', () => {
    const bounds = [bound('2024-05-01', '2025-05-01'), bound('2023-01-01', '2028-01-01')];
    expect(spanOf(bounds, '2026-01-01')).toEqual({ from: '2023-01-01', to: '2028-01-01' });
  });

  it('has today in it, whether before or after', () => {
    expect(spanOf([bound('2024-05-01', '2025-05-01')], '2026-01-01')?.to).toBe('2026-01-01');
  });

  it('is not drawn while no event has come', () => {
    expect(spanOf([bound(null, null)], '2026-01-01')).toBeNull();
  });

  it('puts days in their place, and those outside at its ends', () => {
    const span = { from: '2024-01-01', to: '2024-12-31' };
    expect(placeOf('2024-01-01', span)).toBe(0);
    expect(placeOf('2024-12-31', span)).toBe(1);
    expect(placeOf('2024-07-01', span)).toBeCloseTo(0.5, 1);
    expect(placeOf('2030-01-01', span)).toBe(1);
    expect(placeOf('2024-01-01', { from: '2024-01-01', to: '2024-01-01' })).toBe(0);
  });

  it('begins with what decided', () => {
    const standings = ['not-yet', 'outlasted', 'decides', 'later'] as const;
    const bounds = standings.map((standing) => ({ standing }));
    expect(inReadingOrder(bounds).map(({ standing }) => standing)).toEqual([
      'decides',
      'outlasted',
      'later',
      'not-yet',
    ]);
  });
});
