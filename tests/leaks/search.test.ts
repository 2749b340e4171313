import type { Canary } from './canaries';
import { createSearch } from './search';

const MOBILE: Canary = {
  uid: 'plugin::customer-governance.lead',
  attribute: 'mobile',
  kind: 'mobile',
  label: 'own',
  value: '13912345678',
  mask: '139****5678',
  twin: '13987655678',
};
const search = createSearch([MOBILE]);
const isFound = (text: string) => search(text).length > 0;

describe('the search of the leak sweep', () => {
  test.each([
    ['as it is', 'Call 13912345678.'],
    ['in groups', 'Call 139 1234 5678.'],
    ['within a longer number', 'order 8813912345678'],
    ['right after letters of hexadecimal', 'cafe13912345678beef'],
    [
      'as bytes of UTF-16',
      '1\u00003\u00009\u00001\u00002\u00003\u00004\u00005\u00006\u00007\u00008\u0000',
    ],
    ['as hexadecimal of its bytes', Buffer.from(MOBILE.value).toString('hex')],
  ])('finds a value %s', (_how, text) => {
    expect(isFound(text)).toBe(true);
  });

  test.each([
    ['its beginning', 'Call 1391234****.'],
    ['its end', 'Call ****2345678.'],
    ['its end after an escaped sign of a mask', '\\u2022\\u20222345678'],
    ['its end after a country code and a letter', 'tel2345678'],
  ])('finds more of a value than its mask shows: %s', (_what, text) => {
    expect(isFound(text)).toBe(true);
  });

  test.each([
    ['the mask', MOBILE.mask],
    ['another value with the same mask', MOBILE.twin],
    ['the end of a value within a longer number', '23456789'],
    ['digits at the end of a digest', '5478da3a29b1434d8b3c12345678'],
    ['digits at the beginning of a digest', '1391234d8b3c29b1434d8b3c12c9'],
    ['digits at the end of a digest, other digits before them', 'da3a29b14992345678'],
  ])('takes for no leak %s', (_what, text) => {
    expect(isFound(text)).toBe(false);
  });
});
