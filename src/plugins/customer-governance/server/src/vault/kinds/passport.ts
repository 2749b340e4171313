import { accept, exact, maskWhole, parsing, refuse, type Kind } from './kind';

const MAX_LENGTH = 32;

// Chinese passports: E, G, D, S, P, K or H with eight digits, or with a second letter and seven digits (from 2017).
// Those are nine letters and digits, which is also what ICAO Doc 9303 gives every other country; the shortest numbers
// in use have six. The general form therefore covers the Chinese ones: by number alone the two cannot be told apart
// (German ones begin with G, H or K, too).
const FORM = /^(?=.*[0-9])[A-Z0-9]{6,9}$/;

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  // Hyphens are not taken out: a birth date would become a passport number.
  const number = text.replace(/ /g, '').toUpperCase();
  return FORM.test(number)
    ? accept(number)
    : refuse(
        'format',
        'Expected a passport number: 6 to 9 letters A-Z and digits without other signs, in China one or two letters and 7 or 8 digits. Copy it from the data page again.'
      );
});

/** A passport number of any country. */
export const passport: Kind = {
  id: 'passport',
  classification: { category: 'identity', level: 'sensitive' },
  maxLength: MAX_LENGTH,
  example: 'E00000000',
  parse,
  mask: maskWhole,
  transforms: { exact },
};
