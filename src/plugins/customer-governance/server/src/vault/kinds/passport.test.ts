import { passport } from './passport';

const canonical = (raw: string) => {
  const parsed = passport.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing a passport number', () => {
  it.each([
    ['E00000000', 'E00000000'],
    ['ea0000000', 'EA0000000'],
    ['G 0000 0000', 'G00000000'],
    ['Ｅ００００００００', 'E00000000'],
    ['C01X00T47', 'C01X00T47'],
    ['000000', '000000'],
  ])('reads %s as %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it.each([
    'E0000',
    'E000000000',
    'ABCDEFGH',
    '1985-01-31',
    'E0000-0000',
    '护照000000',
    '13800138000',
  ])('refuses %s', (raw) => {
    expect(canonical(raw)).toBe('format');
  });
});

describe('masking a passport number', () => {
  it('shows nothing', () => {
    expect(passport.mask('E00000000')).toBe('******');
  });
});
