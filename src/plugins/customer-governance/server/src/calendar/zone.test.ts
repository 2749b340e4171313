import fc from 'fast-check';
import { addDays, weekdayOf, zoneOf } from './zone';

const newYork = zoneOf('America/New_York');

describe('a time of the day', () => {
  it.each([
    ['2026-01-15', 9 * 60, '2026-01-15T14:00:00.000Z', 'in winter'],
    ['2026-07-15', 9 * 60, '2026-07-15T13:00:00.000Z', 'in summer'],
    ['2026-03-08', 60, '2026-03-08T06:00:00.000Z', 'before the clocks go forward'],
    ['2026-03-08', 9 * 60, '2026-03-08T13:00:00.000Z', 'after they went forward'],
    ['2026-03-08', 150, '2026-03-08T07:30:00.000Z', 'that the clocks skip, as much later'],
    ['2026-11-01', 90, '2026-11-01T05:30:00.000Z', 'that comes twice, at its first coming'],
    ['2026-11-01', 1440, '2026-11-02T05:00:00.000Z', 'that ends the day'],
  ])('on %s at minute %i is %s: %s', (day, minutes, instant) => {
    expect(newYork.instantOf(day, minutes).toISOString()).toBe(instant);
  });

  it('belongs to its own day, in whichever zone', () => {
    const zones = ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 1439 }),
        (name, offset, minutes) => {
          const zone = zoneOf(name);
          const day = addDays('2020-01-01', offset);
          expect(zone.dayAt(zone.instantOf(day, minutes))).toBe(day);
        }
      )
    );
  });
});

it('days are added across months, years and leap days', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  expect(weekdayOf('2026-03-01')).toBe(0);
});
