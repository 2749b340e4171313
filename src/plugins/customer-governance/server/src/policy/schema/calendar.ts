import Joi from 'joi';
import type { CalendarPolicy } from '../policy';
import { listOf, shape } from './terms';

/** The calendar by which deadlines are reckoned. */

const timezone = Joi.string()
  .custom((value: string, helpers) => (isTimezone(value) ? value : helpers.error('timezone')))
  .messages({ timezone: "must be the IANA name of a time zone, such as 'Asia/Shanghai'" });

const clockTime = Joi.string()
  .pattern(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
  .messages({ 'string.pattern.base': "must be a time of the day, such as '09:00'" });

// Times of the form HH:MM compare as texts.
const workingHours = Joi.array()
  .items(Joi.array().ordered(clockTime.required(), clockTime.required()))
  .min(1)
  .custom((spans: [string, string][], helpers) => {
    const times = spans.flat();
    const inOrder = times.every((time, at) => at === 0 || precedes(times[at - 1], time, at));
    return inOrder ? spans : helpers.error('hours.order');
  })
  .messages({
    'array.includesRequiredUnknowns': "must be two times, such as ['09:00', '12:00']",
    'array.orderedLength': "must be two times, such as ['09:00', '12:00']",
    'hours.order': 'must be spans that end after they begin, in order, none within another',
  });

const day = Joi.string()
  .custom((value: string, helpers) => (isDay(value) ? value : helpers.error('day')))
  .messages({ day: "must be a day of the calendar, such as '2026-02-14'" });

export const calendar = shape<CalendarPolicy>({
  country: Joi.valid('CN', 'none').required(),
  timezone: timezone.required(),
  workingHours: workingHours.required(),
  extraHolidays: listOf(day).required(),
  extraWorkingDays: listOf(day).required(),
})
  .custom((value: CalendarPolicy, helpers) => {
    const both = value.extraHolidays.filter((date) => value.extraWorkingDays.includes(date));
    return both.length > 0 ? helpers.error('days.both', { both: both.join(', ') }) : value;
  })
  .messages({ 'days.both': 'has {{#both}} both in extraHolidays and in extraWorkingDays' });

/** Within a span the second time is later; between spans it may be the same moment. */
function precedes(earlier: string, later: string, at: number): boolean {
  return at % 2 === 1 ? earlier < later : earlier <= later;
}

function isTimezone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return false;
  }
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
