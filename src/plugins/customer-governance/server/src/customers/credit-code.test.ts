import fc from 'fast-check';
import * as uscc from 'stdnum/lib/cjs/cn/uscc';
import { checkDigitOf, readCreditCode } from './credit-code';

const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const character = fc.constantFrom(...LETTERS);
const digit = fc.constantFrom(...'0123456789');
const front = fc
  .tuple(
    digit,
    digit,
    fc.array(digit, { minLength: 6, maxLength: 6 }),
    fc.array(character, { minLength: 9, maxLength: 9 })
  )
  .map(([a, b, region, body]) => a + b + region.join('') + body.join(''));

describe('a unified social credit code', () => {
  it('is accepted with the check digit of the standard', () => {
    // The example of GB 32100-2015.
    expect(readCreditCode('91350100M000100Y43')).toEqual({ ok: true, value: '91350100M000100Y43' });
  });

  it('is stored in one form', () => {
    expect(readCreditCode(' ９１３５０１００-m000100y43 ')).toEqual({
      ok: true,
      value: '91350100M000100Y43',
    });
  });

  it.each(['', '123', '91350100M000100Y44', '91350100I000100Y43', 'x'.repeat(18)])(
    'is refused when it is %j',
    (raw) => {
      const read = readCreditCode(raw);
      expect(read.ok).toBe(false);
      if (raw) expect('reason' in read && read.reason).not.toContain(raw);
    }
  );

  it('is told apart where only its check character is wrong', () => {
    expect(readCreditCode('91350100m000100y44')).toMatchObject({ nearest: '91350100M000100Y44' });
    expect(readCreditCode('91350100I000100Y43')).not.toHaveProperty('nearest');
  });

  it('agrees with stdnum wherever the check digit is not 0, and accepts that one as well', () => {
    fc.assert(
      fc.property(front, (start) => {
        const code = start + checkDigitOf(start);
        expect(readCreditCode(code).ok).toBe(true);
        if (!code.endsWith('0')) expect(uscc.validate(code).isValid).toBe(true);
      })
    );
  });

  it('does not survive a mistyped character', () => {
    fc.assert(
      fc.property(front, fc.nat(16), character, (start, at, other) => {
        const code = start + checkDigitOf(start);
        const mistyped = code.slice(0, at) + other + code.slice(at + 1);
        expect(readCreditCode(mistyped).ok).toBe(mistyped === code);
      })
    );
  });

  it('answers at once to a text whose normalisation takes minutes', () => {
    const start = Date.now();
    expect(readCreditCode('\u0301\u0323'.repeat(250_000)).ok).toBe(false);
    expect(Date.now() - start).toBeLessThan(2000);
  });
});
