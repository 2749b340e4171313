import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import { accept, exact, foldDashes, masking, parsing, refuse, type Kind } from './kind';

const MAX_LENGTH = 40;

// The parts are told apart here and not by the library: it would read 0572-2345678-1 as one longer number. Area codes
// beginning with 1 or 2 have two digits after the trunk zero, all others three.
const WRITTEN_NUMBER = new RegExp(
  [
    '^(?:\\(?(?:\\+|00)?86\\)?[ -]*\\(?0?|\\(?0)', // country code, or trunk zero, or both
    '(10|2[0-9]|[3-9][0-9]{2})\\)?[ -]*', // area
    '([0-9]{7,8}|[0-9]{3,4}[ -][0-9]{4})', // subscriber
    '(?:(?: *- *| *,? *(?:ext\\.?|x|转|轉|分机|分機|#)[ :]*)([0-9]{1,6}))?$', // extension
  ].join(''),
  'i'
);

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  const [, area, written = '', extension] = WRITTEN_NUMBER.exec(foldDashes(text)) ?? [];
  const subscriber = written.replace(/[ -]/g, '');
  const number = area && parsePhoneNumberFromString(`+86${area}${subscriber}`);
  if (!number || !number.isValid() || number.getType() !== 'FIXED_LINE') {
    return refuse(
      'format',
      'Expected a landline number with its area code, such as 0571-88880000, with -123 for an extension. Add the area code; a mobile number has its own field.'
    );
  }
  return accept(`0${area}-${subscriber}${extension ? `-${extension}` : ''}`);
});

/** 0571-****00: the extension is left out, and neither length shows. */
function reveal(value: string): string | null {
  const [area, subscriber] = value.split('-');
  return `${area}-****${subscriber.slice(-2)}`;
}

/** A landline of mainland China with area code and optional extension. */
export const landline: Kind = {
  id: 'landline',
  classification: { category: 'contact', level: 'personal' },
  maxLength: MAX_LENGTH,
  example: '0571-88880000',
  parse,
  mask: masking(parse, reveal),
  transforms: { exact },
};
