import type { Attribute } from './attribute';

/** Half a page of any table; a list or object beyond it is a mistake, not an entry. */
const MAX_JSON_LENGTH = 100_000;
const MAX_INTEGER = 2_147_483_647;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
/** Line breaks and tabs are what people type; CR only as half of a line break. */
const CONTROL = /[^\P{Cc}\n\t]/u;

const TEXTS = new Set(['string', 'text', 'richtext', 'email', 'uid']);

/** Whether the attribute holds text that people type. */
export const isText = (attribute: Attribute): boolean => TEXTS.has(attribute.type);

/**
 * What is wrong with the form of a value, or `null`. Asked before Strapi's own validation, whose messages quote the value
 * and some of whose gaps end in a database error. The reason never repeats the value.
 */
export function shapeProblem(attribute: Attribute, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (isText(attribute)) return textProblem(attribute, value);
  switch (attribute.type) {
    case 'enumeration':
      return attribute.enum?.includes(value as string)
        ? null
        : `must be one of ${(attribute.enum ?? []).join(', ')}`;
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) <= MAX_INTEGER
        ? null
        : 'must be a whole number';
    case 'date':
      return isDay(value) ? null : "must be a day of the calendar, such as '2026-03-01'";
    case 'datetime':
      return isMoment(value) ? null : "must be a date and time, such as '2026-03-01T09:30:00Z'";
    case 'json':
      return jsonProblem(value);
    default:
      return null;
  }
}

function textProblem({ maxLength }: Attribute, value: unknown): string | null {
  if (typeof value !== 'string') return 'must be text';
  if (maxLength !== undefined && value.length > maxLength) {
    return `must be at most ${maxLength} characters long`;
  }
  return CONTROL.test(value.replace(/\r\n/g, '\n'))
    ? 'contains control characters. Only line breaks and tabs are allowed; remove the others'
    : null;
}

/**
 * A value of a JSON attribute as data. The panel's editor sends it as text, which Strapi stores unread; text that is no
 * JSON stays text, and is refused.
 */
export function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return null;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function jsonProblem(value: unknown): string | null {
  if (typeof value === 'string') return 'must be JSON: a list or an object';
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'must be JSON: a list or an object';
  if (text.length > MAX_JSON_LENGTH) return 'is too long';
  return text.includes('\\u0000') ? 'contains control characters. Remove them' : null;
}

function isDay(value: unknown): boolean {
  if (value instanceof Date) return isInCalendar(value);
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return isInCalendar(date) && date.toISOString().startsWith(value);
}

function isMoment(value: unknown): boolean {
  if (value instanceof Date) return isInCalendar(value);
  if (typeof value !== 'string' || !MOMENT.test(value)) return false;
  return isDay(value.slice(0, 10)) && isInCalendar(new Date(value));
}

/** The years that four digits write; PostgreSQL has no year 0. */
const isInCalendar = (date: Date): boolean =>
  date.getUTCFullYear() >= 1000 && date.getUTCFullYear() <= 9999;
