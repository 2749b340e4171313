/** A day of the calendar, written `YYYY-MM-DD`. It has no zone and no hour. */
export type Day = string;

/** Reckons between instants and the days and hours of one time zone. */
export interface Zone {
  /** The day that it is in the zone at this instant. */
  dayAt(instant: Date): Day;
  /** The instant of a time of the day, in minutes after midnight; 1440 is the midnight that ends the day. */
  instantOf(day: Day, minutes: number): Date;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const zones = new Map<string, Zone>();

/**
 * A time zone by its IANA name. Only the platform's own `Intl` is asked, never the zone of the server, so that every
 * instance of the application reckons alike. A zone is made once: its formatter costs more than all that is asked of it.
 */
export function zoneOf(timezone: string): Zone {
  const zone = zones.get(timezone) ?? makeZone(timezone);
  zones.set(timezone, zone);
  return zone;
}

function makeZone(timezone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  /** The zone's own clock at an instant, as if it were UTC. */
  const clockAt = (time: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)])
    );
    const { year, month, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };

  const offsetAt = (time: number): number => clockAt(time) - Math.floor(time / 1000) * 1000;

  let minute = Number.NaN;
  let day: Day = '';

  return {
    /** Many ask for the same moment, and no day begins in the middle of a minute. */
    dayAt(instant) {
      const asked = Math.floor(instant.getTime() / MINUTE);
      if (asked !== minute) {
        day = isoDay(clockAt(instant.getTime()));
        minute = asked;
      }
      return day;
    },
    instantOf(day, minutes) {
      const clock = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
      // The offset is wanted at the instant that is being looked for, so it is guessed from the day before and the day
      // after: a change of clocks lies between them, if there is one.
      const before = clock - offsetAt(clock - DAY);
      const after = clock - offsetAt(clock + DAY);
      const found = [before, after].find((time) => clockAt(time) === clock);
      // No such time: the clocks were put forward over it, and the span begins as much later.
      return new Date(found ?? Math.max(before, after));
    },
  };
}

/** The day that lies so many days after another. */
export function addDays(day: Day, days: number): Day {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + days * DAY);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

function isoDay(clock: number): Day {
  return new Date(clock).toISOString().slice(0, 10);
}
