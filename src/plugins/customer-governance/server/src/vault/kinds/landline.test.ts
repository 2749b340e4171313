import { landline } from './landline';

const canonical = (raw: string) => {
  const parsed = landline.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing a landline number', () => {
  it.each([
    ['0571-88880000', '0571-88880000'],
    ['057188880000', '0571-88880000'],
    ['(0571) 8888 0000', '0571-88880000'],
    ['（0571）８８８８－００００', '0571-88880000'],
    ['+86 571 8888 0000', '0571-88880000'],
    ['+86 (0571) 88880000', '0571-88880000'],
    ['010-88880000', '010-88880000'],
    ['02088880000', '020-88880000'],
    ['0572-2345678', '0572-2345678'],
    ['0571-88880000-123', '0571-88880000-123'],
    ['0571-88880000转123', '0571-88880000-123'],
    ['0571-88880000 分机 123', '0571-88880000-123'],
    ['0571-88880000 ext. 123', '0571-88880000-123'],
    ['0571-8888-0000 x123', '0571-88880000-123'],
  ])('reads %s as %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it('does not pull a short extension into a seven-digit number', () => {
    expect(canonical('0572-2345678-1')).toBe('0572-2345678-1');
  });

  it.each([
    '88880000',
    '571-88880000',
    '0571-8888000',
    '13800138000',
    '4008008000',
    '+44 20 7946 0958',
    '0571-88880000-1234567',
    '0571-',
    '0571-88880000-',
  ])('refuses %s', (raw) => {
    expect(canonical(raw)).toBe('format');
  });
});

describe('masking a landline number', () => {
  it('shows area code and two digits, whatever the length and the extension', () => {
    expect(landline.mask('0571-88880000')).toBe('0571-****00');
    expect(landline.mask('0571-88880000-123')).toBe('0571-****00');
    expect(landline.mask('0572-2345678')).toBe('0572-****78');
    expect(landline.mask('010-88880000')).toBe('010-****00');
  });
});
