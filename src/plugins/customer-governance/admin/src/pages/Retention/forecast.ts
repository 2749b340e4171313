import type { ByClass, RetentionForecast } from '../../api/retention';
import { CUSTOMER_CLASSES } from '../../api/vocabulary';

/** How the classes of customers are told apart in pictures. */
export const CLASS_COLORS = {
  ordinary: 'primary600',
  key: 'alternative500',
  disputed: 'warning500',
} as const satisfies Record<keyof ByClass, string>;

export const sumOf = (counts: ByClass): number =>
  CUSTOMER_CLASSES.reduce((sum, name) => sum + counts[name], 0);

/** The month `offset` months after the given one: `2026-12` and one is `2027-01`. */
export const monthAfter = (month: string, offset: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + offset, 1)).toISOString().slice(0, 7);
};

export interface CalendarDay {
  day: string;
  /** Customers who become due on this day; `null` where nobody asked: the past, and beyond the forecast. */
  count: number | null;
}

/** The weeks of a month, Monday first; `null` where a week begins before the month or ends after it. */
export const weeksOf = (
  month: string,
  counts: ReadonlyMap<string, number>
): Array<Array<CalendarDay | null>> => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const leading = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
  const cells: Array<CalendarDay | null> = [
    ...Array.from({ length: leading }, () => null),
    ...Array.from({ length }, (_, index) => {
      const day = `${month}-${String(index + 1).padStart(2, '0')}`;
      return { day, count: counts.get(day) ?? null };
    }),
  ];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
};

/** How dark a day is drawn, from 0 (nobody) to 4 (as many as on the fullest day). */
export const shadeOf = (count: number | null, fullest: number): 0 | 1 | 2 | 3 | 4 => {
  if (!count || fullest === 0) return 0;
  return Math.min(4, Math.max(1, Math.ceil((count / fullest) * 4))) as 1 | 2 | 3 | 4;
};

/** The customers who become due by day. */
export const countsByDay = ({ days }: RetentionForecast): Map<string, number> =>
  new Map(days.map((entry) => [entry.day, sumOf(entry)]));
