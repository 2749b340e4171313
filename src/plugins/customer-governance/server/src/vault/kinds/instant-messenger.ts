import {
  accept,
  exactIgnoringCase,
  foldSpaces,
  maskWhole,
  parsing,
  refuse,
  type Kind,
} from './kind';

const MAX_LENGTH = 64;

// WeChat, QQ, DingTalk and others each have their own rules, and a nickname has none.
const SOMETHING_TO_READ = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const NOT_PLAIN = /[^\S ]/u;

const parse = parsing({ maxLength: MAX_LENGTH, emoji: true }, (text) => {
  const handle = foldSpaces(text);
  return SOMETHING_TO_READ.test(handle) && !NOT_PLAIN.test(handle)
    ? accept(handle)
    : refuse(
        'format',
        'Expected the account of an instant messenger with at least one letter, digit or emoji. Enter the account or the nickname.'
      );
});

/** An account or nickname of an instant messenger, WeChat for the most part. */
export const instantMessenger: Kind = {
  id: 'instant-messenger',
  classification: { category: 'contact', level: 'personal' },
  maxLength: MAX_LENGTH,
  example: 'example_account',
  parse,
  mask: maskWhole,
  transforms: { exact: exactIgnoringCase },
};
