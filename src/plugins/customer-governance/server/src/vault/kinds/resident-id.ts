// Deep imports: the main entry loads the numbers of a hundred countries and does not export the exceptions.
import * as ric from 'stdnum/lib/cjs/cn/ric';
import { InvalidChecksum } from 'stdnum/lib/cjs/exceptions';

import {
  accept,
  exact,
  FULL_MASK,
  last4,
  masking,
  parsing,
  refuse,
  type Kind,
  type Parsed,
} from './kind';

const MAX_LENGTH = 32;

// The library does not look at the first digit (a region, or 9 for foreign permanent residents) and takes the years
// 0000 to 0099 for recent ones.
const FORM = /^[1-9][0-9]{5}[0-9]{4}[0-9]{7}[0-9X]$/;
const CENTURY = /^[0-9]{6}(?:19|20)/;
const OLD_FORM = /^[0-9]{15}$/;

const wrongForm: Parsed = refuse(
  'format',
  'Expected a resident ID of 18 characters: 17 digits and a last digit or X. Copy it from the card again.'
);
const wrongDate: Parsed = refuse(
  'date',
  'Digits 7 to 14 of a resident ID are a birth date, and these are not a date in the past. Copy the number from the card again.'
);

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  const number = text.replace(/ /g, '').toUpperCase();
  if (OLD_FORM.test(number)) {
    return refuse(
      'obsolete',
      'The 15-digit resident ID has been invalid since 2013 and has no check digit. Ask for the 18-digit number of the present card.'
    );
  }
  if (!FORM.test(number)) return wrongForm;
  if (!CENTURY.test(number)) return wrongDate;
  const { isValid, error } = ric.validate(number);
  if (isValid) return accept(number);
  return error instanceof InvalidChecksum
    ? refuse(
        'check-digit',
        'The check digit of the resident ID does not fit the other 17 digits (GB 11643). Look for a mistyped or swapped digit.'
      )
    : wrongDate;
});

/** A resident identity card number of mainland China, GB 11643. */
export const residentId: Kind = {
  id: 'resident-id',
  classification: { category: 'identity', level: 'sensitive' },
  maxLength: MAX_LENGTH,
  example: '110101190001010006',
  parse,
  mask: masking(parse, (value) => `${value.slice(0, 3)}${FULL_MASK}${value.slice(-4)}`),
  transforms: { exact, last4 },
};
