// A deep import: the main entry loads the numbers of a hundred countries and does not export the checksums.
import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum';

import {
  accept,
  exact,
  foldDashes,
  FULL_MASK,
  last4,
  masking,
  parsing,
  refuse,
  type Kind,
} from './kind';

const MAX_LENGTH = 40;

// No bank's cards begin with 0 (ISO/IEC 7812), which also keeps landlines out.
const FORM = /^[1-9][0-9]{11,18}$/;

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  const number = foldDashes(text).replace(/[ -]/g, '');
  if (!FORM.test(number)) {
    return refuse(
      'format',
      'Expected a bank card number of 12 to 19 digits. Copy it from the card again, digits only.'
    );
  }
  return luhnChecksumValidate(number)
    ? accept(number)
    : refuse(
        'check-digit',
        'The last digit of the card number does not fit the others (Luhn check). Look for a mistyped or swapped digit.'
      );
});

/** A bank card number with a Luhn check digit. */
export const bankCard: Kind = {
  id: 'bank-card',
  classification: { category: 'transactions', level: 'sensitive' },
  maxLength: MAX_LENGTH,
  example: '6200000000000005',
  parse,
  mask: masking(parse, (value) => `${value.slice(0, 4)}${FULL_MASK}${value.slice(-4)}`),
  transforms: { exact, last4 },
};
