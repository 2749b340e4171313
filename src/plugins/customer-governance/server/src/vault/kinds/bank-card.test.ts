import { bankCard } from './bank-card';

const canonical = (raw: string) => {
  const parsed = bankCard.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing a bank card number', () => {
  it.each([
    ['6200000000000005', '6200000000000005'],
    ['6200 0000 0000 0005', '6200000000000005'],
    ['6200-0000-0000-0005', '6200000000000005'],
    ['4111111111111111', '4111111111111111'],
    ['６２０００００００００００００５', '6200000000000005'],
  ])('reads %s as %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it.each([
    ['check-digit', '6200000000000006'],
    ['check-digit', '4111111111111112'],
    ['format', '0000000000000000'],
    ['format', '62000000000'],
    ['format', '62000000000000000000'],
    ['format', '6200x00000000005'],
    ['format', '0571-88880000'],
    ['format', '13800138000'],
  ])('refuses with the code %s: %s', (code, raw) => {
    expect(canonical(raw)).toBe(code);
  });
});

describe('masking a bank card number', () => {
  it('shows four and four digits and not the length', () => {
    expect(bankCard.mask('6200000000000005')).toBe('6200******0005');
    expect(bankCard.mask('6200000000000000005')).toBe('******');
    expect(bankCard.mask('620000000005')).toBe('6200******0005');
  });
});
