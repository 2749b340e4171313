import chineseDays from 'chinese-days/dist/chinese-days.json';
import type { CalendarPolicy } from '../policy/policy';
import { addDays, weekdayOf, type Day } from './zone';

/** Whether a day is worked, and whether that may still change. */
export interface DayStatus {
  working: boolean;
  /** The data does not know the public holidays of the year yet, or of the next year where the day is close to it. */
  provisional: boolean;
}

// The data of chinese-days is read, not its functions: those reckon in the server's own zone, and answer for years that
// they know nothing about as for any other.
const HOLIDAYS = new Set(Object.keys(chineseDays.holidays));
const MAKE_UP_DAYS = new Set(Object.keys(chineseDays.workdays));
const KNOWN_YEARS = new Set([...HOLIDAYS].map(yearOf));

/** Public holidays that fall on the same day every year; the others wait for the announcement of their year. */
const FIXED_HOLIDAYS = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

const NEW_YEAR_REACHES_BACK_TO = '12-25';

/** Tells for any day whether it is worked under the policy's calendar. */
export function workingDays(policy: CalendarPolicy): (day: Day) => DayStatus {
  const extraHolidays = new Set(policy.extraHolidays);
  const extraWorkingDays = new Set(policy.extraWorkingDays);
  const base = policy.country === 'CN' ? chineseStatus : weekdayStatus;
  return (day) => {
    const { working, provisional } = base(day);
    if (extraHolidays.has(day)) {
      return { working: false, provisional };
    }
    return { working: working || extraWorkingDays.has(day), provisional };
  };
}

function chineseStatus(day: Day): DayStatus {
  const provisional = !isAnnounced(day);
  if (!KNOWN_YEARS.has(yearOf(day))) {
    return { working: isWeekday(day) && !FIXED_HOLIDAYS.has(day.slice(5)), provisional };
  }
  const working = MAKE_UP_DAYS.has(day) || (isWeekday(day) && !HOLIDAYS.has(day));
  return { working, provisional };
}

// A year's announcement also moves days of the December before it: 31 December 2018 became a day off that way.
function isAnnounced(day: Day): boolean {
  const governing = day.slice(5) >= NEW_YEAR_REACHES_BACK_TO ? addDays(day, 7) : day;
  return KNOWN_YEARS.has(yearOf(day)) && KNOWN_YEARS.has(yearOf(governing));
}

function yearOf(day: Day): string {
  return day.slice(0, 4);
}

function weekdayStatus(day: Day): DayStatus {
  return { working: isWeekday(day), provisional: false };
}

function isWeekday(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday >= 1 && weekday <= 5;
}
