import { monthAfter, shadeOf, weeksOf } from './forecast';

describe('the calendar of what becomes due', () => {
  it('has weeks from Monday to Sunday', () => {
    const weeks = weeksOf('2026-11', new Map([['2026-11-30', 7]]));
    expect(weeks).toHaveLength(6);
    // The first of November 2026 is a Sunday.
    expect(weeks[0]?.map((cell) => cell?.day ?? null)).toEqual([
      ...Array.from({ length: 6 }, () => null),
      '2026-11-01',
    ]);
    expect(weeks[5]?.[0]).toEqual({ day: '2026-11-30', count: 7 });
    expect(weeks.flat()).toHaveLength(42);
  });

  it('knows the length of February', () => {
    expect(weeksOf('2028-02', new Map()).flat().filter(Boolean)).toHaveLength(29);
    expect(weeksOf('2027-02', new Map())).toHaveLength(4);
  });

  it('goes on into the next year, and back', () => {
    expect(monthAfter('2026-12', 1)).toBe('2027-01');
    expect(monthAfter('2027-01', -1)).toBe('2026-12');
  });

  it('draws a day the darker the more become due', () => {
    expect([null, 0, 1, 25, 60, 100].map((count) => shadeOf(count, 100))).toEqual([
      0, 0, 1, 1, 3, 4,
    ]);
    expect(shadeOf(5, 0)).toBe(0);
  });
});
