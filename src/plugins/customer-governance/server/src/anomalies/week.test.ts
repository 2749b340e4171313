import fc from 'fast-check';
import { addDays, weekdayOf, zoneOf } from '../calendar/zone';
import { mondayOfWeek, spanOfWeek, weekBefore, weekOf } from './week';

it.each([
  ['2020-12-31', '2020-W53'],
  ['2021-01-03', '2020-W53'],
  ['2021-01-04', '2021-W01'],
  ['2024-12-30', '2025-W01'],
  ['2026-01-01', '2026-W01'],
  ['2027-01-01', '2026-W53'],
])('%s is in %s', (day, week) => {
  expect(weekOf(day)).toBe(week);
});

it('a week has the seven days from its Monday, and the one before ends there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), (offset) => {
      const day = addDays('2000-01-01', offset);
      const monday = mondayOfWeek(weekOf(day));
      expect(monday).not.toBeNull();
      if (!monday) return;
      expect(weekdayOf(monday)).toBe(1);
      expect(monday <= day && day <= addDays(monday, 6)).toBe(true);
      expect(weekBefore(monday)).toBe(weekOf(addDays(monday, -1)));
    })
  );
});

it.each(['2021-W53', '2026-W00', '2026-W54', '2026-1', 'W01', ''])('%j is no week', (week) => {
  expect(mondayOfWeek(week)).toBeNull();
});

it('begins and ends at midnight of the zone', () => {
  const span = spanOfWeek('2031-03-10', zoneOf('Asia/Shanghai'));
  expect(span.map((time) => time.toISOString())).toEqual([
    '2031-03-09T16:00:00.000Z',
    '2031-03-16T16:00:00.000Z',
  ]);
});
