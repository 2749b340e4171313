/** An attribute of a type, as far as the values hang on it that it can be compared with. */
export interface TypedAttribute {
  type: string;
  enum?: readonly string[];
}

/** What the ids of rows are, which are whole numbers of 32 bits. */
export const ROW_ID: TypedAttribute = { type: 'integer' };
export const DOCUMENT_ID: TypedAttribute = { type: 'string' };

const LARGEST = 2_147_483_647;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;
const WORDS: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  integer: `a whole number of at most ${LARGEST}`,
  decimal: 'a number',
  date: 'a day such as 2026-01-31',
  datetime: 'a day or a moment such as 2026-01-31T12:00:00Z',
  string: 'a text',
};

/**
 * Whether an attribute can be compared with a value. The databases differ in what they refuse, and do so only when they are
 * asked.
 */
export function isComparable(value: unknown, { type, enum: values }: TypedAttribute): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) <= LARGEST;
    case 'decimal':
      return Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && isDay(value);
    case 'datetime':
      return typeof value === 'string' && (isDay(value) || isMoment(value));
    case 'enumeration':
      return typeof value === 'string' && (values ?? []).includes(value);
    default:
      // PostgreSQL has no text with this character in it.
      return typeof value === 'string' && !value.includes('\0');
  }
}

/** What an attribute can be compared with, in words. */
export const comparableWith = ({ type, enum: values }: TypedAttribute): string =>
  type === 'enumeration'
    ? `one of ${(values ?? []).join(', ')}`
    : (WORDS[type] ?? (WORDS.string as string));

/** A day that there is: 30 February is none, and the databases' calendars begin with the year 1. */
function isDay(value: string): boolean {
  if (!DAY.test(value) || value < '0001') return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

const isMoment = (value: string): boolean =>
  MOMENT.test(value) && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));
