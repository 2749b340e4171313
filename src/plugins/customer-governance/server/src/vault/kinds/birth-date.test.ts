import { createBirthDate } from './birth-date';

// 2020-03-01, half past midnight in China: by UTC still the last day of February.
const kind = createBirthDate(() => new Date('2020-02-29T16:30:00Z'));
const canonical = (raw: string) => {
  const parsed = kind.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing a birth date', () => {
  it.each([
    ['1985-01-31', '1985-01-31'],
    ['１９８５－０１－３１', '1985-01-31'],
    ['1985–01–31', '1985-01-31'],
    ['2000-02-29', '2000-02-29'],
    ['1900-01-01', '1900-01-01'],
    ['2020-03-01', '2020-03-01'],
  ])('reads %s as %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it.each([
    ['date', '2020-03-02'],
    ['date', '2021-01-01'],
    ['date', '1985-02-30'],
    ['date', '1900-02-29'],
    ['date', '1985-13-01'],
    ['date', '1985-00-10'],
    ['date', '1899-12-31'],
    ['format', '1985-1-31'],
    ['format', '19850131'],
    ['format', '1985/01/31'],
    ['format', '31-01-1985'],
    ['format', '1985-01-31T00:00:00Z'],
    ['format', '+001985-01-31'],
  ])('refuses with the code %s: %s', (code, raw) => {
    expect(canonical(raw)).toBe(code);
  });
});

describe('masking a birth date', () => {
  it('shows the year', () => {
    expect(kind.mask('1985-01-31')).toBe('1985-**-**');
  });

  it('hides a date that is none', () => {
    expect(kind.mask('1985-02-30')).toBe('******');
    expect(kind.mask('2030-01-01')).toBe('******');
  });
});
