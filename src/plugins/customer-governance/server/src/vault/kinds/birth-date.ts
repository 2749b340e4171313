import { accept, exact, foldDashes, masking, parsing, refuse, type Kind } from './kind';

const MAX_LENGTH = 32;
const EARLIEST = '1900-01-01';
const ISO_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const HOUR = 60 * 60 * 1000;

const isoDate = (at: Date): string => at.toISOString().slice(0, 10);

/** Today by China Standard Time, which has no daylight saving: by UTC it would still be yesterday until 8 in the morning. */
const todayInChina = (now: Date): string => isoDate(new Date(now.getTime() + 8 * HOUR));

function isRealDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  // Date moves 30 February into March instead of refusing it.
  return !Number.isNaN(at.getTime()) && isoDate(at) === text;
}

/** The birth-date kind with the given clock. */
export function createBirthDate(now: () => Date = () => new Date()): Kind {
  const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
    const date = foldDashes(text);
    if (!ISO_DATE.test(date)) {
      return refuse(
        'format',
        'Expected a date of the form year-month-day with ten characters, such as 1985-01-31. Write it like that.'
      );
    }
    return isRealDate(date) && date >= EARLIEST && date <= todayInChina(now())
      ? accept(date)
      : refuse(
          'date',
          'Expected a date that exists, not before 1900 and not in the future. Check year, month and day.'
        );
  });

  return {
    id: 'birth-date',
    classification: { category: 'identity', level: 'personal' },
    maxLength: MAX_LENGTH,
    example: '1985-01-31',
    parse,
    mask: masking(parse, (value) => `${value.slice(0, 4)}-**-**`),
    transforms: { exact },
  };
}

/** A date of birth, ISO 8601. */
export const birthDate: Kind = createBirthDate();
