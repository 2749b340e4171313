import { HOUR_MS, spanOfDay, volumeOf, type HourCount } from './heat';

const hourAt = (iso: string): number => Date.parse(iso) / HOUR_MS;
const count = (iso: string, entries = 1): HourCount => ({
  hour: Math.floor(hourAt(iso)),
  group: 'reading',
  entries,
});
const MONDAY = '2026-03-02';

describe('the volume of the log by day and hour', () => {
  it('counts by the clock of the time zone', () => {
    const { days, heat } = volumeOf(
      [
        count('2026-03-01T16:00:00Z', 2),
        count('2026-03-02T01:00:00Z', 3),
        count('2026-03-02T15:00:00Z', 5),
        { ...count('2026-03-02T15:00:00Z', 7), group: 'requests' },
      ],
      'Asia/Shanghai',
      MONDAY,
      MONDAY
    );
    expect(days).toEqual([{ day: MONDAY, groups: { reading: 10, requests: 7 } }]);
    expect(heat[0][0]).toBe(2);
    expect(heat[0][9]).toBe(3);
    expect(heat[0][23]).toBe(12);
  });

  it('leaves out what lies before and after, and has a row for a day without entries', () => {
    const { days, heat } = volumeOf(
      [count('2026-03-01T15:00:00Z'), count('2026-03-03T16:00:00Z')],
      'Asia/Shanghai',
      MONDAY,
      '2026-03-03'
    );
    expect(days.map(({ day, groups }) => [day, groups])).toEqual([
      [MONDAY, {}],
      ['2026-03-03', {}],
    ]);
    expect(heat.flat().every((entries) => entries === 0)).toBe(true);
  });

  it('loses and doubles no hour where the clocks are changed', () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      const { from, to } = spanOfDay(day, 'Europe/Berlin');
      const hours = (to.getTime() + 1 - from.getTime()) / HOUR_MS;
      expect(hours).toBe(day === '2026-03-29' ? 23 : 25);
      const counts = Array.from({ length: hours }, (_, index) => ({
        hour: from.getTime() / HOUR_MS + index,
        group: 'reading' as const,
        entries: 1,
      }));
      const { days, heat } = volumeOf(counts, 'Europe/Berlin', day, day);
      expect(days[0].groups.reading).toBe(hours);
      // Sunday; two o'clock there never was in March, and twice in October.
      expect(heat[6].reduce((a, b) => a + b, 0)).toBe(hours);
      expect(heat[6][2]).toBe(day === '2026-03-29' ? 0 : 2);
      expect(heat[6][23]).toBe(1);
    }
  });

  it('gives an hour that a zone cuts in two to the one in which it begins there', () => {
    const { days, heat } = volumeOf(
      [count('2026-03-01T18:00:00Z', 4), count('2026-03-01T19:00:00Z', 5)],
      'Asia/Kolkata',
      MONDAY,
      MONDAY
    );
    // 00:30 there; the hour before it began on Sunday.
    expect(heat[0][0]).toBe(5);
    expect(days[0].groups.reading).toBe(5);
  });

  it('spans a day up to its last millisecond', () => {
    expect(spanOfDay(MONDAY, 'Asia/Shanghai')).toEqual({
      from: new Date('2026-03-01T16:00:00.000Z'),
      to: new Date('2026-03-02T15:59:59.999Z'),
    });
  });
});
