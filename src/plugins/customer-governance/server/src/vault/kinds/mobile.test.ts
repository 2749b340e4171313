import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';

import { mobile } from './mobile';

const canonical = (raw: string) => {
  const parsed = mobile.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing a mobile number', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['0086 138 0013 8000', '13800138000'],
    ['8613800138000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
    ['138–0013–8000', '13800138000'],
    ['(+86)13800138000', 'format'],
    ['+852 9123 4567', '+85291234567'],
    ['00852 9123 4567', '+85291234567'],
    ['+886 912 345 678', '+886912345678'],
    ['+1 (415) 555-2671', '+14155552671'],
  ])('reads %s as %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it.each([
    '1380013800',
    '138001380000',
    '12000000000',
    '0571-88880000',
    '+44 20 7946 0958',
    '4008008000',
    '1-800-FLOWERS',
    '13800138000 ext 5',
    '13800138000;ext=5',
    'mobile: 13800138000',
    '٠١٢٣٤٥٦٧٨٩',
    '+',
  ])('refuses %s', (raw) => {
    expect(canonical(raw)).toBe('format');
  });

  it('accepts the example of every country and keeps it', () => {
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples)?.number ?? '';
      expect([country, canonical(number)]).toEqual([
        country,
        country === 'CN' ? number.slice(3) : number,
      ]);
    }
  });
});

describe('masking a mobile number', () => {
  it('shows three and four digits of a Chinese one', () => {
    expect(mobile.mask('13800138000')).toBe('138****8000');
  });

  it('shows country code and two digits of a foreign one', () => {
    expect(mobile.mask('+85291234567')).toBe('+852****67');
    expect(mobile.mask('+14155552671')).toBe('+1****71');
  });

  it('hides a number that is not canonical', () => {
    expect(mobile.mask('+8613800138000')).toBe('******');
    expect(mobile.mask('138 0013 8000')).toBe('******');
  });
});
