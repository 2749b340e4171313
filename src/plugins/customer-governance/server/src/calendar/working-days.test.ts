import { processPreset } from '../policy/presets/process';
import { workingDays } from './working-days';
import { addDays, weekdayOf } from './zone';

const statusOf = workingDays(processPreset.calendar);

/** The days of a year that are worked on a weekend, or free on a weekday. */
function deviations(year: number): { worked: string[]; free: string[] } {
  const worked: string[] = [];
  const free: string[] = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const weekend = [0, 6].includes(weekdayOf(day));
    const { working } = statusOf(day);
    if (working === weekend) {
      (working ? worked : free).push(day.slice(5));
    }
  }
  return { worked, free };
}

it('2026 deviates from Monday to Friday exactly as the State Council announced', () => {
  expect(deviations(2026)).toEqual({
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
    free: [
      ...['01-01', '01-02'],
      ...['02-16', '02-17', '02-18', '02-19', '02-20', '02-23'],
      ...['04-06', '05-01', '05-04', '05-05', '06-19', '09-25'],
      ...['10-01', '10-02', '10-05', '10-06', '10-07'],
    ],
  });
});

it('2018 lost its last day to the New Year of 2019, which was announced only that December', () => {
  const { worked, free } = deviations(2018);
  expect(worked).toContain('12-29');
  expect(free).toContain('12-31');
});

it('a year without an announcement keeps the holidays that fall on the same day every year', () => {
  expect(deviations(2027)).toEqual({ worked: [], free: ['01-01', '10-01'] });
});
