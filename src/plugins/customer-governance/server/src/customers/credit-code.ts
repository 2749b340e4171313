/** A unified social credit code by GB 32100: five parts of digits and letters without I, O, S, V and Z. */
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Spaces and hyphens between the characters included; normalising an endless text would take as long. */
const MAX_TYPED = 100;
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type CreditCode =
  | { ok: true; value: string }
  /** With the code itself where only its check character is wrong: some early ones are like that. */
  | { ok: false; reason: string; nearest?: string };

const refuse = (reason: string, nearest?: string): CreditCode => ({
  ok: false,
  reason,
  ...(nearest === undefined ? {} : { nearest }),
});

/**
 * Cleans and checks a credit code. Reckoned here and not by `stdnum`, whose `cn/uscc` refuses every code that ends in the
 * check digit 0.
 */
export function readCreditCode(raw: string): CreditCode {
  const typed = raw.slice(0, MAX_TYPED + 1);
  const code = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (typed.length > MAX_TYPED || !FORM.test(code)) {
    return refuse(
      'must be a unified social credit code of 18 digits and letters (GB 32100). Copy it from the business licence'
    );
  }
  if (checkDigitOf(code) !== code[17]) {
    return refuse(
      'is not a valid unified social credit code: its last character does not fit the other 17 (GB 32100). Look for a mistyped or swapped one',
      code
    );
  }
  return { ok: true, value: code };
}

/** The 18th character, by the other 17. */
export function checkDigitOf(code: string): string {
  const sum = WEIGHTS.reduce(
    (total, weight, at) => total + weight * ALPHABET.indexOf(code[at] ?? ''),
    0
  );
  return ALPHABET[(31 - (sum % 31)) % 31] as string;
}
