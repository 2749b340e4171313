import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';

import { accept, exact, foldDashes, last4, masking, parsing, refuse, type Kind } from './kind';

const MAX_LENGTH = 32;
const HOME_COUNTRY = 'CN';
const HOME_CALLING_CODE = '86';

// The library also reads letters ("1-800-FLOWERS") and extensions; a mobile has neither.
const WRITTEN_NUMBER = /^\+?[0-9 ().-]+$/;
const HOME_MOBILE = /^1[0-9]{10}$/;

// In North America a number does not tell whether it is a mobile.
const MOBILE_TYPES: readonly unknown[] = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

const phoneNumberOf = (text: string): PhoneNumber | undefined =>
  parsePhoneNumberFromString(text, { defaultCountry: HOME_COUNTRY, extract: false });

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  const written = foldDashes(text);
  const number = WRITTEN_NUMBER.test(written) ? phoneNumberOf(written) : undefined;
  // A number of a type is valid; asking for that as well would have it looked at twice.
  if (!number || !MOBILE_TYPES.includes(number.getType())) {
    return refuse(
      'format',
      'Expected a mobile number: the 11 digits of a number in mainland China, or a foreign number with + and its country code. Check the digits; a landline has its own field.'
    );
  }
  return accept(
    number.countryCallingCode === HOME_CALLING_CODE ? number.nationalNumber : number.number
  );
});

/** 138****8000; of a foreign number the country code and the last two digits, since its length differs by country. */
function reveal(value: string): string | null {
  if (HOME_MOBILE.test(value)) return `${value.slice(0, 3)}****${value.slice(-4)}`;
  const number = phoneNumberOf(value);
  return number ? `+${number.countryCallingCode}****${value.slice(-2)}` : null;
}

/** A mobile number: 11 digits for mainland China, E.164 for every other country. */
export const mobile: Kind = {
  id: 'mobile',
  classification: { category: 'contact', level: 'personal' },
  maxLength: MAX_LENGTH,
  example: '13012345678',
  parse,
  mask: masking(parse, reveal),
  transforms: { exact, last4 },
};
