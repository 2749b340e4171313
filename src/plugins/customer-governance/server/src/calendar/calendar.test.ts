import fc from 'fast-check';
import type { CalendarPolicy } from '../policy/policy';
import { processPreset } from '../policy/presets/process';
import { workCalendar } from './calendar';

const policy = processPreset.calendar;
const china = workCalendar(policy);

/** An instant as the clocks of Shanghai show it. */
const shanghai = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const instants = fc.date({
  min: new Date('2024-12-15T00:00:00Z'),
  max: new Date('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const minutes = fc.integer({ min: 1, max: 60 * 60 });

/** Whether a minute is worked in Shanghai, told without the code under test: China has one zone and no summer time. */
const isWorkedMinute = (time: number): boolean => {
  const clock = new Date(time + 8 * HOUR).toISOString();
  const minute = clock.slice(11, 16);
  const inHours =
    (minute >= '09:00' && minute < '12:00') || (minute >= '13:00' && minute < '18:00');
  return inHours && china.isWorkingDay(clock.slice(0, 10));
};

describe('working days', () => {
  it.each([
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'a Saturday that makes up for the National Day'],
    ['2026-02-14', true, 'a Saturday that makes up for the Spring Festival'],
    ['2026-02-15', false, 'a Sunday'],
    ['2026-02-24', true, 'an ordinary Tuesday'],
    ['2026-03-07', false, 'an ordinary Saturday'],
  ])('%s: working is %s, being %s', (day, working) => {
    expect(china.statusOf(day)).toEqual({ working, provisional: false });
  });

  it('a day belongs to the zone of the policy, not to that of the server', () => {
    // Late on Friday in London it is Saturday in Shanghai.
    const instant = new Date('2026-03-06T20:00:00Z');
    expect(china.isWorkingDay(instant)).toBe(false);
    expect(workCalendar({ ...policy, timezone: 'Europe/London' }).isWorkingDay(instant)).toBe(true);
  });

  it('a year without an announcement gives provisional answers only', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 * 365 }), (offset) => {
        const day = new Date(Date.UTC(2027, 0, 1 + offset)).toISOString().slice(0, 10);
        expect(china.statusOf(day).provisional).toBe(true);
      })
    );
  });

  it('National Day 2027 is no working day, though its announcement is still to come', () => {
    expect(china.statusOf('2027-10-01')).toEqual({ working: false, provisional: true });
  });

  it('the last days of December wait for the announcement of the next year', () => {
    expect(china.statusOf('2026-12-24').provisional).toBe(false);
    expect(china.statusOf('2026-12-31').provisional).toBe(true);
    expect(china.statusOf('2025-12-31').provisional).toBe(false);
  });

  it('the extra days of the policy go before the calendar of the country', () => {
    const own = workCalendar({
      ...policy,
      extraHolidays: ['2026-03-05', '2026-02-14'],
      extraWorkingDays: ['2026-03-07', '2026-10-01'],
    });
    expect(own.isWorkingDay('2026-03-05')).toBe(false);
    expect(own.isWorkingDay('2026-02-14')).toBe(false);
    expect(own.isWorkingDay('2026-03-07')).toBe(true);
    expect(own.isWorkingDay('2026-10-01')).toBe(true);
  });

  it('without a country the week alone counts, and nothing is provisional', () => {
    const own = workCalendar({ ...policy, country: 'none' });
    expect(own.statusOf('2026-10-01')).toEqual({ working: true, provisional: false });
    expect(own.statusOf('2031-10-04')).toEqual({ working: false, provisional: false });
  });
});

describe('working hours', () => {
  it.each([
    ['2026-03-04 09:00', 8, '2026-03-04 18:00', 'a whole day ends when it closes'],
    ['2026-03-04 11:00', 2, '2026-03-04 14:00', 'the noon break does not count'],
    ['2026-03-04 17:00', 8, '2026-03-05 17:00', 'the night does not count'],
    ['2026-03-06 17:00', 2, '2026-03-09 10:00', 'the weekend does not count'],
    ['2026-03-07 03:00', 1, '2026-03-09 10:00', 'what begins on a weekend begins on Monday'],
    ['2026-09-30 17:00', 2, '2026-10-08 10:00', 'the National Day week does not count'],
    ['2026-02-13 17:00', 2, '2026-02-14 10:00', 'a made-up Saturday counts'],
    ['2026-03-04 12:30', 0.5, '2026-03-04 13:30', 'what begins in the break begins after it'],
  ])('%s and %s hours is %s: %s', (from, hours, at) => {
    const answer = china.addWorkingTime(shanghai(from), { hours });
    expect(answer).toEqual({ at: shanghai(at), provisional: false });
  });

  it('end where counting the worked minutes one by one ends', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 20 * 60 }), (from, span) => {
        const start = new Date(Math.floor(from.getTime() / MINUTE) * MINUTE);
        let at = start.getTime();
        for (let left = span; left > 0; at += MINUTE) {
          left -= Number(isWorkedMinute(at));
        }
        expect(china.addWorkingTime(start, { hours: span / 60 }).at).toEqual(new Date(at));
      }),
      { numRuns: 60 }
    );
  });

  it('lie between the two ends of the span that they were added over', () => {
    fc.assert(
      fc.property(instants, minutes, (from, span) => {
        const { at } = china.addWorkingTime(from, { hours: span / 60 });
        expect(china.workingTimeBetween(from, at).hours).toBeCloseTo(span / 60, 9);
        expect(china.workingTimeBetween(at, from).hours).toBeCloseTo(-span / 60, 9);
      })
    );
  });

  it('come to the same whether added at once or one after the other', () => {
    fc.assert(
      fc.property(instants, minutes, minutes, (from, first, second) => {
        const half = china.addWorkingTime(from, { hours: first / 60 });
        const stepwise = china.addWorkingTime(half.at, { hours: second / 60 });
        const atOnce = china.addWorkingTime(from, { hours: (first + second) / 60 });
        expect(atOnce.at).toEqual(stepwise.at);
        expect(atOnce.provisional).toBe(half.provisional || stepwise.provisional);
      })
    );
  });

  it('never end earlier for what begins later', () => {
    fc.assert(
      fc.property(instants, instants, minutes, (one, other, span) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        const end = (from: Date): number =>
          china.addWorkingTime(from, { hours: span / 60 }).at.getTime();
        expect(end(early)).toBeLessThanOrEqual(end(late));
      })
    );
  });

  it('are as long as the clock says when the clocks change within them', () => {
    const night: CalendarPolicy = {
      ...policy,
      country: 'none',
      timezone: 'America/New_York',
      workingHours: [['00:00', '24:00']],
      extraWorkingDays: ['2026-03-08', '2026-11-01'],
    };
    const { workingTimeBetween } = workCalendar(night);
    const hoursOf = (from: string, to: string): number =>
      workingTimeBetween(new Date(from), new Date(to)).hours;
    expect(hoursOf('2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z')).toBe(23);
    expect(hoursOf('2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z')).toBe(25);
  });

  it('are provisional as soon as one of their days is, and not before', () => {
    const lastWorked = shanghai('2026-12-24 17:00');
    expect(china.addWorkingTime(lastWorked, { hours: 1 }).provisional).toBe(false);
    expect(china.addWorkingTime(lastWorked, { hours: 2 }).provisional).toBe(true);
    expect(china.workingTimeBetween(lastWorked, shanghai('2027-01-05 10:00')).provisional).toBe(
      true
    );
  });
});

describe('whole working days', () => {
  it('leave out the day of the event and end with the hours of the last day', () => {
    const answer = china.addWorkingTime(shanghai('2026-03-04 10:00'), { days: 1 });
    expect(answer).toEqual({ at: shanghai('2026-03-05 18:00'), provisional: false });
  });

  it('fifteen of them from before the National Day end on 27 October', () => {
    // 30 September is the event; 8 to 10 and 12 to 16, 19 to 23, 26 and 27 October are worked: 10 is made up.
    const answer = china.addWorkingTime(shanghai('2026-09-30 10:00'), { days: 15 });
    expect(answer.at).toEqual(shanghai('2026-10-27 18:00'));
  });

  it('are as many as were asked for between the day of the event and the last one', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 40 }), (from, days) => {
        const { at } = china.addWorkingTime(from, { days });
        let counted = 0;
        const dayOf = (time: number): string =>
          new Date(time + 8 * HOUR).toISOString().slice(0, 10);
        for (let time = from.getTime() + 24 * HOUR; dayOf(time) <= dayOf(at.getTime());) {
          counted += Number(china.isWorkingDay(dayOf(time)));
          time += 24 * HOUR;
        }
        expect(counted).toBe(days);
        expect(china.isWorkingDay(at)).toBe(true);
        expect(new Date(at.getTime() + 8 * HOUR).toISOString()).toMatch(/T18:00:00\.000Z$/);
      })
    );
  });

  it('are provisional in a year without an announcement', () => {
    expect(china.addWorkingTime(shanghai('2027-09-30 10:00'), { days: 1 }).provisional).toBe(true);
  });
});

describe('a term of the policy', () => {
  const from = shanghai('2026-03-06 17:00');

  it('in hours runs by the clock, through nights and weekends', () => {
    expect(china.deadline(from, { hours: 24 })).toEqual({
      at: shanghai('2026-03-07 17:00'),
      provisional: false,
    });
  });

  it('in working hours or working days runs by the calendar', () => {
    expect(china.deadline(from, { workingHours: 8 }).at).toEqual(shanghai('2026-03-09 17:00'));
    expect(china.deadline(from, { workingDays: 2 }).at).toEqual(shanghai('2026-03-10 18:00'));
  });
});

describe('what cannot be reckoned', () => {
  it.each([0, -1, NaN, Infinity, 1e9])('refuses %s hours', (hours) => {
    expect(() => china.addWorkingTime(new Date(), { hours })).toThrow(RangeError);
    expect(() => china.deadline(new Date(), { hours })).toThrow(RangeError);
  });

  it('refuses half a working day', () => {
    expect(() => china.addWorkingTime(new Date(), { days: 1.5 })).toThrow('a whole number');
  });

  it('refuses an invalid date', () => {
    expect(() => china.addWorkingTime(new Date('x'), { hours: 1 })).toThrow('invalid date');
    expect(() => china.isWorkingDay(new Date('x'))).toThrow('invalid date');
  });
});
