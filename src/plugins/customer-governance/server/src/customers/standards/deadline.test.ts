import fc from 'fast-check';
import { workCalendar } from '../../calendar/calendar';
import { calendar as policy } from '../../policy/presets/shared';
import { entryDelays } from './deadline';

const calendar = workCalendar(policy);
/** Of Shanghai. */
const at = (text: string) => new Date(`${text}+08:00`);

describe('the time from first contact to record', () => {
  it.each([
    // A Friday evening: eight working hours end on Monday at 18.
    ['2026-03-06T18:30', '2026-03-09T17:59', false],
    ['2026-03-06T18:30', '2026-03-09T18:01', true],
    ['2026-03-09T10:00', '2026-03-09T16:00', false],
    ['2026-03-09T10:00', '2026-03-10T10:00', false],
    ['2026-03-09T10:00', '2026-03-10T10:01', true],
  ])('from %s to %s is late by working hours: %s', (from, to, late) => {
    expect(entryDelays(calendar, { workingHours: 8 })(at(from), at(to)).enteredLate).toBe(late);
  });

  it('is late by the clock after as many hours, day and night', () => {
    const from = at('2026-03-06T18:30');
    const reckon = entryDelays(calendar, { hours: 24 });
    const delay = (to: string) => reckon(from, at(to));
    expect(delay('2026-03-07T18:30')).toEqual({ enteredLate: false, entryDelayMinutes: 1440 });
    expect(delay('2026-03-07T18:31')).toEqual({ enteredLate: true, entryDelayMinutes: 1441 });
  });

  it('is none where the first contact is said to come after the record', () => {
    const reckon = entryDelays(calendar, { hours: 24 });
    const delay = reckon(at('2026-03-08T00:00'), at('2026-03-07T00:00'));
    expect(delay).toEqual({ enteredLate: false, entryDelayMinutes: 0 });
  });

  it('is late as soon as the deadline has passed, whatever was reckoned before', () => {
    const moments = fc.date({
      min: at('2025-01-01T00:00'),
      max: at('2026-12-01T00:00'),
      noInvalidDate: true,
    });
    const minutes = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(moments, minutes), { minLength: 1, maxLength: 8 }),
        (entries) => {
          const term = { workingHours: 8 };
          const reckon = entryDelays(calendar, term);
          for (const [from, waited] of entries) {
            const to = new Date(from.getTime() + waited * 60_000);
            const { enteredLate, entryDelayMinutes } = reckon(from, to);
            expect(enteredLate).toBe(to > calendar.deadline(from, term).at);
            expect(entryDelayMinutes).toBe(waited);
          }
        }
      ),
      { numRuns: 50 }
    );
  });
});
